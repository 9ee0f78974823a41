"""Telling the life of the actions of a demonstration commune: what was noted of them, by whom, what was decided."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.accounts import ensure_account, ensure_organisation_member
from api.demo.directory import make, to_wire
from api.domain.actor import Actor, Membership, Role
from api.domain.commands import documents
from api.domain.commands.files import upload_file
from api.domain.reference import load_demo
from api.domain.resources.catalogue import BY_NAME
from api.identity.authentication import Caller, authorize

if TYPE_CHECKING:
    from api.demo.commune import CommuneWriter

Told = dict[str, Any]
BEARERS = ("action", "objective", "plan")


async def write_sheets(writer: "CommuneWriter") -> None:
    """Write what the commune's file of sheets tells, each line in the name of its author."""
    sheets = load_demo(f"sheets/{writer.entry['workspace']['slug']}")
    for key, notes in sheets["follow_ups"].items():
        for note in notes:
            await _write_follow_up(writer, writer.ids["action"][key], note)
    for key, editions in sheets["editions"].items():
        for edition in editions:
            await _make(writer, "edition", {"action_id": writer.ids["action"][key]}, **edition)
    for link in sheets["links"]:
        ends = {
            "action_id": writer.ids["action"][link["action"]],
            "linked_action_id": writer.ids["action"][link["linked"]],
        }
        await _make(writer, "actionLink", ends, kind=link["kind"], note=link["note"])
    for decision in sheets["decisions"]:
        await _make(writer, "decision", _bearer(writer, decision), **_without(decision, *BEARERS))
    for document in sheets["attachments"]:
        await _attach(writer, document)


def _bearer(writer: "CommuneWriter", entry: Told) -> dict[str, UUID]:
    """What something hangs on, by the column that says so."""
    return {f"{kind}_id": writer.ids[kind][entry[kind]] for kind in BEARERS if kind in entry}


def _without(entry: Told, *names: str) -> Told:
    return {name: value for name, value in entry.items() if name not in names}


async def _make(writer: "CommuneWriter", kind: str, bearer: dict[str, UUID], /, **words: Any) -> None:
    await make(writer.connection, await _keeper(writer, bearer), kind, **bearer, **words)


async def _attach(writer: "CommuneWriter", entry: Told) -> None:
    """A link, or a file with the text told."""
    bearer, words = _bearer(writer, entry), _without(entry, "text", "media_type", *BEARERS)
    keeper = await _keeper(writer, bearer)
    if "text" in entry:
        file = await upload_file(writer.connection, keeper, entry["media_type"], entry["text"].encode())
        words["file_id"] = file.id
    await make(writer.connection, keeper, "attachment", **bearer, **words)


async def _keeper(writer: "CommuneWriter", bearer: dict[str, UUID]) -> Actor:
    """The administration of the action's house; of the commune for what hangs on a plan or objective."""
    house = await writer.connection.fetchval(
        "select organisation_id from action where workspace_id = $1 and id = $2",
        writer.town.workspace_id, bearer.get("action_id"),
    )  # fmt: skip
    return next((writer.actors[key] for key, each in writer.town.houses.items() if each == house),
                writer.actors["commune"])  # fmt: skip


async def _write_follow_up(writer: "CommuneWriter", action: UUID, entry: Told) -> None:
    author = await author_of(writer, action, entry["by"])
    words = {name: value for name, value in entry.items() if name != "by"}
    if author.organisation_id is not None:
        words.pop("audience")  # what a partner writes is for the partners
    await make(writer.connection, author, "followUp", action_id=action, **words)


async def author_of(writer: "CommuneWriter", action: UUID, by: str) -> Actor:
    """A house's administration, the agent, or a partner that is from now on granted to report."""
    if by in writer.actors:
        return writer.actors[by]
    if by == "agent":
        email = next(each["email"] for each in writer.entry["accounts"] if each["role"] == Role.AGENT)
        who = Caller(account_id=writer.town.accounts[email], workspace_id=writer.town.workspace_id)
        return (await authorize(writer.connection, who)).actor
    organisation = writer.ids["organisation"][by]
    await _grant(writer, action, organisation)
    account = await _member(writer, by, organisation)
    member = Membership(Role.PARTNER, organisation_id=organisation)
    return Actor(memberships=(member,), account_id=account, organisation_id=organisation)


async def _member(writer: "CommuneWriter", key: str, organisation: UUID) -> UUID:
    """Somebody of the partner organisation, known by its address; nobody can sign in so."""
    bodies = [*writer.entry["other_organisations"], *load_demo("directory")["organisations"]]
    body = next(each for each in bodies if each["key"] == key)
    founder = writer.actors["commune"]
    account = await ensure_account(writer.connection, founder, body["email"], body["name"])
    await ensure_organisation_member(writer.connection, founder, organisation, account, is_administrator=False)
    return account


async def _grant(writer: "CommuneWriter", action: UUID, organisation: UUID) -> None:
    row = await writer.connection.fetchrow(
        "select p.id, p.version, p.may_report_progress, a.organisation_id from partnership p join action a"
        " on a.workspace_id = p.workspace_id and a.id = p.action_id where p.workspace_id = $1"
        " and p.action_id = $2 and p.organisation_id = $3",
        writer.town.workspace_id, action, organisation,
    )  # fmt: skip
    if row["may_report_progress"]:
        return
    resource = BY_NAME["partnership"]
    assert resource.patch is not None
    house = next(house for house, each in writer.town.houses.items() if each == row["organisation_id"])
    patch = resource.patch.model_validate(to_wire({"may_report_progress": True}))
    await documents.update(writer.connection, writer.actors[house], resource, row["id"], patch, row["version"])
