"""Small things that hang on an action: the order of tasks, whose an outside reference is."""

from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks, place

SIBLINGS = "from task where workspace_id = $1::uuid and action_id = $2::uuid and id <> $3::uuid"


class TaskRules(Hooks, concept="task"):
    async def on_create(self, change: ChangeContext) -> None:
        await _place(change)

    async def on_update(self, change: ChangeContext) -> None:
        if "place_after" in change.provided:
            await _place(change)


async def _place(change: ChangeContext) -> None:
    await place(change, SIBLINGS, change.workspace_id, UUID(change.after["action_id"]), UUID(change.after["id"]))


class ExternalReferenceRules(Hooks, concept="externalReference"):
    async def on_create(self, change: ChangeContext) -> None:
        """A partner's reference is the partner's, and lives in the workspace of the action."""
        if Role.PARTNER in change.actor.roles:
            change.after["organisation_id"] = str(change.actor.organisation_id)
            workspace = await change.connection.fetchval(
                "select workspace_id from action where id = $1::uuid", UUID(change.after["action_id"])
            )
            change.after["workspace_id"] = str(workspace)
