"""Telling the life of the actions of a demonstration commune: what was noted of them, by whom."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.accounts import ensure_account, ensure_organisation_member
from api.demo_directory import make, wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import documents
from api.domain.reference import load_demo
from api.domain.resources.catalogue import BY_NAME
from api.identity.door import Who, enter

if TYPE_CHECKING:
    from api.demo_commune import Telling

Told = dict[str, Any]


async def tell_sheets(telling: "Telling") -> None:
    """Write what the commune's file of sheets tells, each line in the name of its author."""
    sheets = load_demo(f"sheets/{telling.told['workspace']['slug']}")
    for key, notes in sheets["follow_ups"].items():
        for note in notes:
            await _note(telling, telling.ids["action"][key], note)


async def _note(telling: "Telling", action: UUID, told: Told) -> None:
    author = await author_of(telling, action, told["by"])
    words = {name: value for name, value in told.items() if name != "by"}
    if author.organisation_id is not None:
        words.pop("audience")  # what a partner writes is for the partners
    await make(telling.connection, author, "followUp", action_id=action, **words)


async def author_of(telling: "Telling", action: UUID, by: str) -> Actor:
    """A house's administration, the agent, or a partner that is from now on granted to report."""
    if by in telling.actors:
        return telling.actors[by]
    if by == "agent":
        email = next(each["email"] for each in telling.told["accounts"] if each["role"] == Role.AGENT)
        who = Who(account_id=telling.town.accounts[email], workspace_id=telling.town.workspace_id)
        return (await enter(telling.connection, who)).actor
    organisation = telling.ids["organisation"][by]
    await _grant(telling, action, organisation)
    account = await _member(telling, by, organisation)
    member = Membership(Role.PARTNER, organisation_id=organisation)
    return Actor(memberships=(member,), account_id=account, organisation_id=organisation)


async def _member(telling: "Telling", key: str, organisation: UUID) -> UUID:
    """Somebody of the partner organisation, known by its address; nobody can sign in so."""
    bodies = [*telling.told["other_organisations"], *load_demo("directory")["organisations"]]
    body = next(each for each in bodies if each["key"] == key)
    founder = telling.actors["commune"]
    account = await ensure_account(telling.connection, founder, body["email"], body["name"])
    await ensure_organisation_member(telling.connection, founder, organisation, account, is_administrator=False)
    return account


async def _grant(telling: "Telling", action: UUID, organisation: UUID) -> None:
    row = await telling.connection.fetchrow(
        "select p.id, p.version, p.may_report_progress, a.organisation_id from partnership p join action a"
        " on a.workspace_id = p.workspace_id and a.id = p.action_id where p.workspace_id = $1"
        " and p.action_id = $2 and p.organisation_id = $3",
        telling.town.workspace_id, action, organisation,
    )  # fmt: skip
    if row["may_report_progress"]:
        return
    resource = BY_NAME["partnership"]
    assert resource.patch is not None
    house = next(house for house, each in telling.town.houses.items() if each == row["organisation_id"])
    patch = resource.patch.model_validate(wire({"may_report_progress": True}))
    await documents.update(telling.connection, telling.actors[house], resource, row["id"], patch, row["version"])
