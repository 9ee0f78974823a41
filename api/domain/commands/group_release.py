"""How a counterpart stops following: it stays as it is, and becomes an action of the member's own."""

from uuid import UUID

from api.domain.commands.context import Image
from api.domain.commands.group_rows import CrossWorkspaceWriter
from api.domain.resources.catalogue import BY_NAME

ACTION, CLAIM, PLAN, UPTAKE, COUNTERPART = (
    BY_NAME[n] for n in ("action", "planAction", "plan", "uptake", "counterpart")
)


async def release_counterpart(there: CrossWorkspaceWriter, counterpart: Image) -> None:
    """Its action follows nothing any more, and leaves the member's part of the group's plans."""
    own = UUID(counterpart["action_id"])
    await unfollow(there, counterpart)
    in_parts = (
        "t.action_id = $2::uuid and not t.is_withdrawn and exists (select from plan p where p.workspace_id ="
        " t.workspace_id and p.id = t.plan_id and p.origin_workspace_id = $3::uuid)"
    )
    for claim in await there.lock_rows("planAction", in_parts, own, UUID(counterpart["origin_workspace_id"])):
        await there.write(CLAIM, claim, {"is_withdrawn": True})


async def unfollow(there: CrossWorkspaceWriter, counterpart: Image) -> None:
    """Its action is the member's own from now on, wherever it stands."""
    (action,) = await there.lock_rows("action", "t.id = $2::uuid", UUID(counterpart["action_id"]))
    await there.write(ACTION, action, {"origin_workspace_id": None, "origin_action_id": None})


async def end_parts(there: CrossWorkspaceWriter, group: UUID, left_on: str) -> None:
    """The member's parts of the group's plans end on the day it left, with what they claim.

    The years in which it took part stay in their figures; what is dated later is told outside of their years. A part
    that had not begun yet never will: it is left without its claims.
    """
    ours = "t.origin_workspace_id = $2::uuid and not t.is_closed"
    for part in await there.lock_rows("plan", ours, group):
        if part["starts_on"] is not None and part["starts_on"] >= left_on:
            for claim in await there.lock_rows(
                "planAction", "t.plan_id = $2::uuid and not t.is_withdrawn", UUID(part["id"])
            ):
                await there.write(CLAIM, claim, {"is_withdrawn": True})
        elif part["ends_on"] is None or part["ends_on"] > left_on:
            await there.write(PLAN, part, {"ends_on": left_on})


async def note_release(group: CrossWorkspaceWriter, action: UUID, member: UUID) -> None:
    """The group's own row says that the member no longer has it."""
    living = "t.action_id = $2::uuid and t.member_workspace_id = $3::uuid and t.released_at is null"
    for uptake in await group.lock_rows("uptake", living, action, member):
        await group.write(UPTAKE, uptake, {"released_at": await now(group)})


async def now(across: CrossWorkspaceWriter) -> str:
    return str(await across.under.connection.fetchval("select now()::text"))
