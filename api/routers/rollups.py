"""What the actions of plans come to: money, progress, quality."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.domain.queries.progress import plan_progress
from api.domain.queries.quality import plan_quality
from api.domain.queries.totals import plan_totals
from api.domain.queries.workspace_totals import workspace_totals
from api.domain.schemas.quality import PlanQuality
from api.domain.schemas.rollups import GroupBy, PlanProgress, PlanTotals, WorkspaceTotals
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["rollups"], route_class=StrictRoute)
public_router = IndexedRouter(tags=["public"], route_class=StrictRoute)
PlanId = Annotated[UUID, Path(alias="planId")]


class TotalsQuery(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    group_by: list[GroupBy] = Field(default=[], max_length=5, description="What money is grouped by, in that order.")


@router.get(
    "/plans/{planId}/totals",
    operation_id="getPlanTotals",
    summary="Read the money of a plan and of its objectives",
    response_model=None,
    responses={200: {"model": PlanTotals}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_totals(request: Request, plan_id: PlanId, query: Annotated[TotalsQuery, Query()]) -> Response:
    """Budget lines of the plan's years, by the shares of actions, to the cent: children sum to their parents."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await plan_totals(connection, reader, plan_id, query.group_by)).encode()

    return await answer_read(request, work)


@router.get(
    "/totals",
    operation_id="getWorkspaceTotals",
    summary="Read the money of all plans of the workspace, each action once",
    response_model=None,
    responses={200: {"model": WorkspaceTotals}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_workspace_totals(request: Request, query: Annotated[TotalsQuery, Query()]) -> Response:
    """All years; an action counts once and whole, however many plans claim it."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await workspace_totals(connection, reader, query.group_by)).encode()

    return await answer_read(request, work)


@router.get(
    "/plans/{planId}/progress",
    operation_id="getPlanProgress",
    summary="Read the progress of a plan and of its objectives",
    response_model=None,
    responses={200: {"model": PlanProgress}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_progress(request: Request, plan_id: PlanId) -> Response:
    """The mean of the living actions, weighed as the plan says, with its formula and what was left out."""
    return await _progress(request, plan_id, is_public=False)


@public_router.get(
    "/plans/{planId}/progress",
    operation_id="getPublicPlanProgress",
    summary="Read the progress of a published plan and of its objectives",
    response_model=None,
    responses={200: {"model": PlanProgress}, **refusals("read", is_public=True)},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_public_plan_progress(request: Request, plan_id: PlanId) -> Response:
    """As everybody may read it: of what is published, by the progress that the college released."""
    return await _progress(request, plan_id, is_public=True)


async def _progress(request: Request, plan_id: UUID, *, is_public: bool) -> Response:
    async def work(connection: Any, reader: Reader) -> bytes:
        return (await plan_progress(connection, reader, plan_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work, is_public=is_public)


@router.get(
    "/plans/{planId}/quality",
    operation_id="getPlanQuality",
    summary="Read what could be better in a plan, as advice",
    response_model=None,
    responses={200: {"model": PlanQuality}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_quality(request: Request, plan_id: PlanId) -> Response:
    """A score for the plan and each objective, what each check finds, and a worklist. It never blocks anybody."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await plan_quality(connection, reader, plan_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
