"""A decision is one of an organ of the house that answers for what it is about, unless another house is named."""

from uuid import UUID

from api.domain.commands.change import Undertaking, today
from api.domain.commands.rules.base import Rules
from api.domain.errors import invalid


class DecisionRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        _check_day(under)
        if under.after["action_id"] is None and under.after["objective_id"] is None:
            raise invalid("exactlyOneBearer", "actionId")
        if under.after["organisation_id"] is None:
            under.after["organisation_id"] = await _answering(under)

    async def on_update(self, under: Undertaking) -> None:
        _check_day(under)


def _check_day(under: Undertaking) -> None:
    if under.changed("decided_on") and under.after["decided_on"] > str(today()):
        raise invalid("notYetCome", "decidedOn", under.after["decided_on"])


async def _answering(under: Undertaking) -> str | None:
    """The house of the action, or of the objective's plan."""
    action, objective = under.after["action_id"], under.after["objective_id"]
    found = await under.connection.fetchval(
        "select coalesce((select organisation_id from action where workspace_id = $1::uuid and id = $2::uuid),"
        " (select p.organisation_id from objective o join plan p on p.workspace_id = o.workspace_id"
        " and p.id = o.plan_id where o.workspace_id = $1::uuid and o.id = $3::uuid))",
        under.workspace_id,
        UUID(action) if action else None,
        UUID(objective) if objective else None,
    )
    return str(found) if found else None
