"""Telling the life of the actions of a demonstration commune: what was noted of them, by whom, what was decided."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.accounts import ensure_account, ensure_organisation_member
from api.demo_directory import make, wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import documents
from api.domain.commands.files import upload_file
from api.domain.reference import load_demo
from api.domain.resources.catalogue import BY_NAME
from api.identity.door import Who, enter

if TYPE_CHECKING:
    from api.demo_commune import Telling

Told = dict[str, Any]
BEARERS = ("action", "objective", "plan")


async def tell_sheets(telling: "Telling") -> None:
    """Write what the commune's file of sheets tells, each line in the name of its author."""
    sheets = load_demo(f"sheets/{telling.told['workspace']['slug']}")
    for key, notes in sheets["follow_ups"].items():
        for note in notes:
            await _note(telling, telling.ids["action"][key], note)
    for key, editions in sheets["editions"].items():
        for edition in editions:
            await _make(telling, "edition", {"action_id": telling.ids["action"][key]}, **edition)
    for link in sheets["links"]:
        ends = {
            "action_id": telling.ids["action"][link["action"]],
            "linked_action_id": telling.ids["action"][link["linked"]],
        }
        await _make(telling, "actionLink", ends, kind=link["kind"], note=link["note"])
    for decision in sheets["decisions"]:
        await _make(telling, "decision", _bearer(telling, decision), **_but(decision, *BEARERS))
    for document in sheets["attachments"]:
        await _attach(telling, document)


def _bearer(telling: "Telling", told: Told) -> dict[str, UUID]:
    """What something hangs on, by the column that says so."""
    return {f"{kind}_id": telling.ids[kind][told[kind]] for kind in BEARERS if kind in told}


def _but(told: Told, *names: str) -> Told:
    return {name: value for name, value in told.items() if name not in names}


async def _make(telling: "Telling", kind: str, bearer: dict[str, UUID], /, **words: Any) -> None:
    await make(telling.connection, await _keeper(telling, bearer), kind, **bearer, **words)


async def _attach(telling: "Telling", told: Told) -> None:
    """A link, or a file with the text told."""
    bearer, words = _bearer(telling, told), _but(told, "text", "media_type", *BEARERS)
    keeper = await _keeper(telling, bearer)
    if "text" in told:
        file = await upload_file(telling.connection, keeper, told["media_type"], told["text"].encode())
        words["file_id"] = file.id
    await make(telling.connection, keeper, "attachment", **bearer, **words)


async def _keeper(telling: "Telling", bearer: dict[str, UUID]) -> Actor:
    """The administration of the action's house; of the commune for what hangs on a plan or objective."""
    house = await telling.connection.fetchval(
        "select organisation_id from action where workspace_id = $1 and id = $2",
        telling.town.workspace_id, bearer.get("action_id"),
    )  # fmt: skip
    return next((telling.actors[key] for key, each in telling.town.houses.items() if each == house),
                telling.actors["commune"])  # fmt: skip


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
