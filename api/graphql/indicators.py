"""Where indicators stand, as REST answers it."""

# ruff: noqa: N803 - arguments are named as GraphQL names them

from typing import Any
from uuid import UUID

import strawberry

from api.domain.queries.indicator_values import action_indicator_values, plan_indicator_values
from api.domain.schemas.indicator_values import ActionIndicatorValues, PlanIndicatorValues
from api.graphql import scalars, shapes
from api.graphql.types import annotate_resolver


async def _of_plan(info: Any, planId: UUID, explain: bool = False) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: plan_indicator_values(c, reader, planId, explain=explain))
    return found.model_dump(mode="json", by_alias=True)


async def _of_action(info: Any, actionId: UUID, explain: bool = False) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: action_indicator_values(c, reader, actionId, explain=explain))
    return found.model_dump(mode="json", by_alias=True)


def indicator_fields() -> dict[str, Any]:
    """The values of the indicators of a plan, and of an action."""
    return {
        "planIndicatorValues": strawberry.field(
            resolver=annotate_resolver(
                _of_plan, shapes.maybe(shapes.object_of(PlanIndicatorValues)),
                planId=scalars.Identifier, explain=bool,
            ),
            description="Where the indicators of a plan stand, by approved measurements alone.",
        ),
        "actionIndicatorValues": strawberry.field(
            resolver=annotate_resolver(
                _of_action, shapes.maybe(shapes.object_of(ActionIndicatorValues)),
                actionId=scalars.Identifier, explain=bool,
            ),
            description="Where the indicators of an action stand, and their values day by day.",
        ),
    }  # fmt: skip
