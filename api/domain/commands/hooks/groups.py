"""Who belongs to a group: the operator admits, an act of the member's own decides, and leaving has its effects."""

from uuid import UUID

from api.domain.commands import images
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.group_release import COUNTERPART, end_parts, note_release, now, unfollow
from api.domain.commands.group_rows import CrossWorkspaceWriter
from api.domain.commands.hooks.base import Hooks
from api.domain.enumerations.common import WorkspaceKind
from api.domain.errors import Conflict, invalid
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.row_security import open_workspaces

LEAVE = "updateGroupMember"
WORKSPACE, MEMBER = BY_NAME["workspace"], BY_NAME["groupMember"]

WITHOUT_MEMBER = """
select distinct h.workspace_id from workspace_organisation h
join workspace w on w.id = h.workspace_id and w.kind <> 'group'
where h.organisation_id = $2::uuid and not exists (
    select from workspace_organisation o join group_member m on m.organisation_id = o.organisation_id
    where o.workspace_id = h.workspace_id and m.group_id = $1::uuid and m.ended_at is null)
order by 1
"""
"""The workspaces of a body none of whose houses is a member of the group any more."""


class GroupMemberRules(Hooks, concept="groupMember"):
    async def on_create(self, change: ChangeContext) -> None:
        """Whoever becomes a member is a house of the group from then on, so that a plan can name it."""
        group, body = UUID(change.after["group_id"]), UUID(change.after["organisation_id"])
        kind = await change.connection.fetchval("select kind from workspace where id = $1::uuid", group)
        if kind != WorkspaceKind.GROUP:
            raise invalid("notAGroup", "groupId", change.after["group_id"])
        _check_start(change)
        if _is_over(change.after["ends_on"]):
            raise invalid("inThePast", "endsOn", change.after["ends_on"])
        await _admit_house(change, group, str(body))

    async def on_update(self, change: ChangeContext) -> None:
        assert change.before is not None
        if change.before["ended_at"] is not None:
            raise Conflict("membershipEnded")
        _check_start(change)
        if change.provided.get("is_ended") or (change.has_changed("ends_on") and _is_over(change.after["ends_on"])):
            change.after["ended_at"] = str(await change.connection.fetchval("select now()::text"))
            change.after["ends_on"] = min(change.after["ends_on"] or str(today()), str(today()))

    async def afterwards(self, change: ChangeContext) -> None:
        """Who left follows no action of the group any more; what it had taken up becomes its own."""
        if change.before is None or not change.has_changed("ended_at"):
            return
        group = UUID(change.after["group_id"])
        left = await change.connection.fetch(WITHOUT_MEMBER, group, UUID(change.after["organisation_id"]))
        async with open_workspaces(change.connection, [group, *(row[0] for row in left)]):
            for row in left:
                await _release_all(change, group, row[0], change.after["ends_on"])


def _check_start(change: ChangeContext) -> None:
    starts_on = change.after["starts_on"]
    if starts_on and starts_on > str(today()):
        # It counts from now on: nothing starts it later yet, and rights must not come early.
        raise invalid("inTheFuture", "startsOn", starts_on)


def _is_over(ends_on: str | None) -> bool:
    return ends_on is not None and ends_on <= str(today())


async def _release_all(change: ChangeContext, group: UUID, workspace: UUID, left_on: str) -> None:
    there, here = CrossWorkspaceWriter(change, workspace, LEAVE), CrossWorkspaceWriter(change, group, LEAVE)
    living = "t.origin_workspace_id = $2::uuid and t.released_at is null"
    for counterpart in await there.lock_rows("counterpart", living, group):
        await there.write(COUNTERPART, counterpart, {"released_at": await now(there)})
        await unfollow(there, counterpart)
        await note_release(here, UUID(counterpart["origin_action_id"]), workspace)
    await end_parts(there, group, left_on)


def founding_members(group: UUID, bodies: list[str]) -> list[Image]:
    """The members with which a group begins: the first one named leads."""
    return [
        images.complete_image(MEMBER, {"id": str(new_id()), "group_id": str(group), "organisation_id": body,
                              "is_lead": body == bodies[0]})
        for body in bodies
    ]  # fmt: skip


async def _admit_house(change: ChangeContext, group: UUID, body: str) -> None:
    """The group's workspace gains the body as a house, if it is not one yet; told in the directory's journal."""
    before = await _workspace(change, group)
    if body in before["organisations"]:
        return
    async with open_workspaces(change.connection, [group]):
        await change.connection.execute(
            "insert into workspace_organisation (workspace_id, organisation_id, rank) values ($1::uuid, $2::uuid, $3)",
            group,
            UUID(body),
            len(before["organisations"]) + 1,
        )
    await change.connection.execute(
        "update workspace set version = version + 1, updated_at = now() where id = $1::uuid", group
    )
    change.changes.append(Change(WORKSPACE.name, before, await _workspace(change, group)))


async def _workspace(change: ChangeContext, group: UUID) -> Image:
    found: str = await change.connection.fetchval(
        f"select {images.image_of(WORKSPACE, 't')}::text from workspace t where t.id = $1::uuid for no key update of t",
        group,
    )
    return images.loads(found)
