"""What is part of another, or depends on it, never comes back to itself, however many link at the same time."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks
from api.domain.enumerations.common import ActionLinkKind
from api.domain.errors import Conflict

WITHOUT_CYCLES = (ActionLinkKind.PART_OF, ActionLinkKind.DEPENDS_ON)


class ActionLinkRules(Hooks, concept="actionLink"):
    async def on_create(self, change: ChangeContext) -> None:
        """Refuse (`linkLoop`) a link from which its own beginning is reached.

        The workspace's row is locked until the commit: of two links that close a circle together, the second one
        waits for the first and sees it.
        """
        if change.after["kind"] not in WITHOUT_CYCLES:
            return
        await change.connection.execute(
            "select from workspace where id = $1::uuid for no key update", change.workspace_id
        )
        is_loop = await change.connection.fetchval(
            "with recursive beyond as (select $2::uuid as id union"
            " select l.linked_action_id from beyond join action_link l on l.workspace_id = $1::uuid"
            " and l.action_id = beyond.id and l.kind = $4) select exists (select from beyond where id = $3::uuid)",
            change.workspace_id,
            UUID(change.after["linked_action_id"]),
            UUID(change.after["action_id"]),
            change.after["kind"],
        )
        if is_loop and change.after["linked_action_id"] != change.after["action_id"]:
            raise Conflict("linkLoop", kind=change.after["kind"], linkedActionId=change.after["linked_action_id"])
