"""How a PST joins the PCS: detection, preview, conversion, undo."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from api.domain.commands.articulation import convert_articulation
from api.domain.commands.articulation_undo import undo_conversion
from api.domain.queries import articulation_answers as queries
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.articulation.detection import Target
from api.domain.schemas.articulation import Articulation, ArticulationPreview, ConversionRequest
from api.domain.sql import documents
from api.domain.sql.reader import Reader
from api.routers import idempotency
from api.routers.answers import (
    answer_read,
    answer_written,
    authorize_writer,
    database_of,
    expected_basis,
    settings_of,
    writer,
)
from api.routers.responses import IDEMPOTENCY_KEY, IF_MATCH_BASIS, IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(prefix="/plans/{planId}/articulation", tags=["articulation"], route_class=StrictRoute)
CONVERSION = BY_NAME["articulationConversion"]
PlanId = Annotated[UUID, Path(alias="planId")]
UUID_TEXT = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Assigned = Annotated[str, StringConstraints(pattern=f"^{UUID_TEXT}:{UUID_TEXT}$")]


class ArticulationQuery(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    with_plan_id: UUID | None = Field(None, alias="with", description="One PCS; all of the workspace when absent.")


class PreviewQuery(ArticulationQuery):
    to: Target
    assign: list[Assigned] = Field(
        default=[], max_length=100, description="`actionId:objectiveId`: try a place for an unmatched action."
    )


@router.get(
    "",
    operation_id="getArticulation",
    summary="Detect how a PST joins the PCS",
    response_model=None,
    responses={200: {"model": Articulation}, **refusals("read"), **refusals("conflict")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_articulation(request: Request, plan_id: PlanId, query: Annotated[ArticulationQuery, Query()]) -> Response:
    """For each PCS of the workspace: the approach detected and the reasons for it."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await queries.articulation(connection, reader, plan_id, query.with_plan_id)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)


@router.get(
    "/preview",
    operation_id="previewArticulation",
    summary="Preview a conversion of the articulation, row by row",
    response_model=None,
    responses={200: {"model": ArticulationPreview}, **refusals("read"), **refusals("conflict")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def preview_articulation(request: Request, plan_id: PlanId, query: Annotated[PreviewQuery, Query()]) -> Response:
    """Nothing is written. The ETag names the state of every row concerned: a conversion asks for it in If-Match."""
    assigned = dict(each.split(":") for each in query.assign)

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await queries.preview(connection, reader, plan_id, query.to, query.with_plan_id, assigned)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)


@router.post(
    "/conversions",
    operation_id="convertArticulation",
    summary="Convert the articulation as previewed",
    status_code=201,
    response_model=None,
    responses={201: {"model": CONVERSION.read}, **refusals("update"), **refusals("create")},
    openapi_extra={"parameters": [IF_MATCH_BASIS, IDEMPOTENCY_KEY]},
)
async def convert(request: Request, plan_id: PlanId, words: Annotated[ConversionRequest, Body()]) -> Response:
    """All rows in one transaction, or none: 412 when one of them changed since the preview."""
    who = await writer(request)
    basis = expected_basis(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        attempt = await idempotency.attempt_of(request, actor, settings_of(request).idempotency_hours)
        known = await idempotency.find_replay(connection, attempt) if attempt else None
        identifier = known or await convert_articulation(connection, actor, plan_id, words, basis)
        body = await documents.document(connection, reader, CONVERSION, identifier)
        if attempt and known is None:
            await idempotency.keep(connection, attempt, identifier)
    location = f"{reader.base_url}/pst/v1/{CONVERSION.plural}/{identifier}"
    return answer_written(body, 201, reader, location, is_replayed=known is not None)


@router.post(
    "/conversions/{articulationConversionId}/undo",
    operation_id="undoArticulationConversion",
    summary="Undo a conversion exactly",
    response_model=None,
    responses={200: {"model": CONVERSION.read}, **refusals("read"), **refusals("conflict")},
)
async def undo(
    request: Request, plan_id: PlanId, conversion_id: Annotated[UUID, Path(alias="articulationConversionId")]
) -> Response:
    """Refused (409, the rows listed) when a row that it wrote has changed since."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        await undo_conversion(connection, actor, plan_id, conversion_id)
        body = await documents.document(connection, reader, CONVERSION, conversion_id)
    return answer_written(body, 200, reader)
