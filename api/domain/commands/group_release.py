"""How a counterpart stops following: it stays as it is, and becomes an action of the member's own."""

from uuid import UUID

from api.domain.commands.change import Image
from api.domain.commands.group_rows import Across
from api.domain.resources.catalogue import BY_NAME

ACTION, CLAIM, UPTAKE, COUNTERPART = (BY_NAME[n] for n in ("action", "planAction", "uptake", "counterpart"))


async def let_go(there: Across, counterpart: Image) -> None:
    """Its action follows nothing any more, and leaves the member's part of the group's plans."""
    own = UUID(counterpart["action_id"])
    (action,) = await there.locked("action", "t.id = $2::uuid", own)
    await there.write(ACTION, action, {"origin_workspace_id": None, "origin_action_id": None})
    in_parts = (
        "t.action_id = $2::uuid and not t.is_withdrawn and exists (select from plan p where p.workspace_id ="
        " t.workspace_id and p.id = t.plan_id and p.origin_workspace_id = $3::uuid)"
    )
    for claim in await there.locked("planAction", in_parts, own, UUID(counterpart["origin_workspace_id"])):
        await there.write(CLAIM, claim, {"is_withdrawn": True})


async def note_release(group: Across, action: UUID, member: UUID) -> None:
    """The group's own row says that the member no longer has it."""
    living = "t.action_id = $2::uuid and t.member_workspace_id = $3::uuid and t.released_at is null"
    for uptake in await group.locked("uptake", living, action, member):
        await group.write(UPTAKE, uptake, {"released_at": await now(group)})


async def now(across: Across) -> str:
    return str(await across.under.connection.fetchval("select now()::text"))
