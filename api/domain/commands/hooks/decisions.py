"""A decision is one of an organ of the house that answers for what it is about, unless another house is named."""

from uuid import UUID

from api.domain.commands.context import ChangeContext, today
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import invalid


class DecisionRules(Hooks, concept="decision"):
    async def on_create(self, change: ChangeContext) -> None:
        _check_day(change)
        if change.after["action_id"] is None and change.after["objective_id"] is None:
            raise invalid("exactlyOneBearer", "actionId")
        if change.after["organisation_id"] is None:
            change.after["organisation_id"] = await _answering(change)

    async def on_update(self, change: ChangeContext) -> None:
        _check_day(change)


def _check_day(change: ChangeContext) -> None:
    if change.has_changed("decided_on") and change.after["decided_on"] > str(today()):
        raise invalid("notYetCome", "decidedOn", change.after["decided_on"])


async def _answering(change: ChangeContext) -> str | None:
    """The house of the action, or of the objective's plan."""
    action, objective = change.after["action_id"], change.after["objective_id"]
    found = await change.connection.fetchval(
        "select coalesce((select organisation_id from action where workspace_id = $1::uuid and id = $2::uuid),"
        " (select p.organisation_id from objective o join plan p on p.workspace_id = o.workspace_id"
        " and p.id = o.plan_id where o.workspace_id = $1::uuid and o.id = $3::uuid))",
        change.workspace_id,
        UUID(action) if action else None,
        UUID(objective) if objective else None,
    )
    return str(found) if found else None
