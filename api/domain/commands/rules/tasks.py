"""Small things that hang on an action: the order of tasks, whose an outside reference is."""

from uuid import UUID

from api.domain.actor import Role
from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules, place

SIBLINGS = "from task where workspace_id = $1::uuid and action_id = $2::uuid and id <> $3::uuid"


class TaskRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await _place(under)

    async def on_update(self, under: Undertaking) -> None:
        if "place_after" in under.said:
            await _place(under)


async def _place(under: Undertaking) -> None:
    await place(under, SIBLINGS, under.workspace_id, UUID(under.after["action_id"]), UUID(under.after["id"]))


class ExternalReferenceRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """A partner's reference is the partner's, and lives in the workspace of the action."""
        if Role.PARTNER in under.actor.roles:
            under.after["organisation_id"] = str(under.actor.organisation_id)
            workspace = await under.connection.fetchval(
                "select workspace_id from action where id = $1::uuid", UUID(under.after["action_id"])
            )
            under.after["workspace_id"] = str(workspace)
