"""Money, progress and quality as GraphQL asks for them: the same answers as REST gives."""

# ruff: noqa: N803 - arguments are named as GraphQL names them

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import orjson
import strawberry
from pydantic import BaseModel

from api.domain.queries.progress import plan_progress
from api.domain.queries.quality import plan_quality
from api.domain.queries.totals import plan_totals
from api.domain.queries.workspace_totals import workspace_totals
from api.domain.resources.base import list_of
from api.domain.schemas.quality import PlanQuality
from api.domain.schemas.rollups import GroupBy, PlanProgress, PlanTotals, WorkspaceTotals
from api.domain.sql.reader import Reader
from api.graphql import scalars, shapes
from api.graphql.arguments import at_most
from api.graphql.types import annotate_resolver

Work = Callable[[Any, Reader], Awaitable[Any]]


async def _read_rollup(info: Any, work: Work) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(work)
    return found.model_dump(mode="json", by_alias=True) if isinstance(found, BaseModel) else orjson.loads(found)


async def _plan_totals(info: Any, planId: UUID, groupBy: Any = strawberry.UNSET) -> Any:
    at_most("groupBy", groupBy or (), len(GroupBy))
    return await _read_rollup(info, lambda c, reader: plan_totals(c, reader, planId, groupBy or ()))


async def _workspace_totals(info: Any, groupBy: Any = strawberry.UNSET) -> Any:
    at_most("groupBy", groupBy or (), len(GroupBy))
    return await _read_rollup(info, lambda c, reader: workspace_totals(c, reader, groupBy or ()))


async def _plan_progress(info: Any, planId: UUID) -> Any:
    return await _read_rollup(info, lambda c, reader: plan_progress(c, reader, planId))


async def _plan_quality(info: Any, planId: UUID) -> Any:
    return await _read_rollup(info, lambda c, reader: plan_quality(c, reader, planId))


def _field(resolve: Any, answer: type[BaseModel], meaning: str, **arguments: Any) -> Any:
    resolver = annotate_resolver(resolve, shapes.maybe(shapes.object_of(answer)), **arguments)
    return strawberry.field(resolver=resolver, description=meaning)


def rollup_fields() -> dict[str, Any]:
    """What the actions of a plan, and of all plans, come to."""
    grouped = shapes.maybe(list_of(shapes.enumeration(GroupBy)))
    return {
        "planTotals": _field(
            _plan_totals,
            PlanTotals,
            "The money of a plan and of its objectives, to the cent.",
            planId=scalars.Identifier,
            groupBy=grouped,
        ),
        "workspaceTotals": _field(
            _workspace_totals, WorkspaceTotals, "The money of all plans, each action once.", groupBy=grouped
        ),
        "planProgress": _field(
            _plan_progress,
            PlanProgress,
            "The progress of a plan and of its objectives, with its formula.",
            planId=scalars.Identifier,
        ),
        "planQuality": _field(
            _plan_quality, PlanQuality, "What could be better in a plan, as advice.", planId=scalars.Identifier
        ),
    }
