"""What is part of another, or depends on it, never comes back to itself, however many link at the same time."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules
from api.domain.errors import Conflict
from api.domain.schemas.enumerations import ActionLinkKind

WITHOUT_CYCLES = (ActionLinkKind.PART_OF, ActionLinkKind.DEPENDS_ON)


class ActionLinkRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """Refuse (`linkLoop`) a link from which its own beginning is reached.

        The workspace's row is locked until the commit: of two links that close a circle together, the second one
        waits for the first and sees it.
        """
        if under.after["kind"] not in WITHOUT_CYCLES:
            return
        await under.connection.execute(
            "select from workspace where id = $1::uuid for no key update", under.workspace_id
        )
        is_loop = await under.connection.fetchval(
            "with recursive beyond as (select $2::uuid as id union"
            " select l.linked_action_id from beyond join action_link l on l.workspace_id = $1::uuid"
            " and l.action_id = beyond.id and l.kind = $4) select exists (select from beyond where id = $3::uuid)",
            under.workspace_id,
            UUID(under.after["linked_action_id"]),
            UUID(under.after["action_id"]),
            under.after["kind"],
        )
        if is_loop and under.after["linked_action_id"] != under.after["action_id"]:
            raise Conflict("linkLoop", kind=under.after["kind"], linkedActionId=under.after["linked_action_id"])
