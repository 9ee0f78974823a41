"""What is computed over the records of a plan: the questions that REST answers beside the documents."""

# ruff: noqa: N803 - arguments are named as GraphQL names them

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import strawberry
from pydantic import BaseModel

from api.domain.queries.diagnostic import diagnostic
from api.domain.queries.dpc_coverage import dpc_coverage
from api.domain.queries.handover import hand_over_preview
from api.domain.queries.pcs_report import pcs_report
from api.domain.queries.synergies import synergies
from api.domain.schemas.diagnostic import Diagnostic
from api.domain.schemas.dpc_coverage import DpcCoverage
from api.domain.schemas.handover import HandOver, HandOverRequest
from api.domain.schemas.pcs_report import PcsReport
from api.domain.schemas.synergies import Synergies
from api.domain.sql.reader import Reader
from api.graphql import scalars, shapes
from api.graphql.types import annotate_resolver


async def _synergies(info: Any, planId: Any = strawberry.UNSET) -> Any:
    return await _answer(info, lambda c, reader: synergies(c, reader, planId or None))


async def _dpc_coverage(info: Any, dpcId: UUID) -> Any:
    return await _answer(info, lambda c, reader: dpc_coverage(c, reader, dpcId))


async def _hand_over_preview(
    info: Any,
    personId: UUID,
    toPersonId: Any = strawberry.UNSET,
    toUnitId: Any = strawberry.UNSET,
    toOfficeId: Any = strawberry.UNSET,
    hasOffices: bool = False,
) -> Any:
    provided = {"toPersonId": toPersonId, "toUnitId": toUnitId, "toOfficeId": toOfficeId}
    asked = HandOverRequest.model_validate(
        {name: value or None for name, value in provided.items()} | {"hasOffices": hasOffices}
    )
    return await _answer(info, lambda c, reader: hand_over_preview(c, reader, personId, asked))


async def _answer(info: Any, ask: Callable[[Any, Reader], Awaitable[BaseModel]]) -> Any:
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(ask)
    return found.model_dump(mode="json", by_alias=True)


def _of_plan(ask: Callable[[Any, Reader, UUID], Awaitable[BaseModel]], model: type[BaseModel], meaning: str) -> Any:
    async def resolve(info: Any, planId: UUID) -> Any:
        return await _answer(info, lambda c, reader: ask(c, reader, planId))

    return strawberry.field(
        resolver=annotate_resolver(resolve, shapes.maybe(shapes.object_of(model)), planId=scalars.Identifier),
        description=meaning,
    )


def plan_overview_fields() -> dict[str, Any]:
    """The register of synergies, the report and the diagnostic of a plan, a DPC; what a person would hand over."""
    return {
        "synergies": strawberry.field(
            resolver=annotate_resolver(
                _synergies, shapes.maybe(shapes.object_of(Synergies)), planId=shapes.maybe(scalars.Identifier),
                told_of={"planId": "Only the actions that this plan claims."},
            ),
            description="The synergies between the commune and its CPAS: who brings what.",
        ),
        "pcsReport": _of_plan(pcs_report, PcsReport, "What a PCS reports on."),
        "diagnostic": _of_plan(diagnostic, Diagnostic, "The findings of a plan, and what its period asks."),
        "dpcCoverage": strawberry.field(
            resolver=annotate_resolver(
                _dpc_coverage, shapes.maybe(shapes.object_of(DpcCoverage)), dpcId=scalars.Identifier
            ),
            description="What carries out each item of a declaration of communal policy, and what nothing does.",
        ),
        "handOverPreview": strawberry.field(
            resolver=annotate_resolver(
                _hand_over_preview, shapes.maybe(shapes.object_of(HandOver)),
                personId=scalars.Identifier, toPersonId=shapes.maybe(scalars.Identifier),
                toUnitId=shapes.maybe(scalars.Identifier), toOfficeId=shapes.maybe(scalars.Identifier),
                hasOffices=bool,
            ),
            description="Everything that a person carries, and what would stay, with the reason; nothing is written.",
        ),
    }  # fmt: skip
