"""What the measurements of indicators come to."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.domain.queries.indicator_values import action_indicator_values, plan_indicator_values
from api.domain.schemas.indicator_values import ActionIndicatorValues, PlanIndicatorValues
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["indicators"], route_class=StrictRoute)


class ExplainQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    explain: bool = False


@router.get(
    "/plans/{planId}/indicatorValues",
    operation_id="getPlanIndicatorValues",
    summary="Read where the indicators of a plan stand",
    response_model=None,
    responses={200: {"model": PlanIndicatorValues}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_indicator_values(
    request: Request, plan_id: Annotated[UUID, Path(alias="planId")], query: Annotated[ExplainQuery, Query()]
) -> Response:
    """By approved measurements alone, gathered through the tree. `explain` also tells what each value is made of."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await plan_indicator_values(connection, reader, plan_id, explain=query.explain)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)


@router.get(
    "/actions/{actionId}/indicatorValues",
    operation_id="getActionIndicatorValues",
    summary="Read where the indicators of an action stand",
    response_model=None,
    responses={200: {"model": ActionIndicatorValues}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_action_indicator_values(
    request: Request, action_id: Annotated[UUID, Path(alias="actionId")], query: Annotated[ExplainQuery, Query()]
) -> Response:
    """Value, target, what is foreseen for today, and the values as they stood on each day."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await action_indicator_values(connection, reader, action_id, explain=query.explain)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
