"""Handing over everything a person carries: preview, and the command."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from api.domain.commands.handover import hand_over
from api.domain.queries.handover import hand_over_preview
from api.domain.schemas.handover import HandOver, HandOverRequest
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read, authorize_writer, database_of, expected_basis, writer
from api.routers.responses import IF_MATCH_BASIS, IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(prefix="/persons/{personId}/handOver", tags=["persons"], route_class=StrictRoute)
PersonId = Annotated[UUID, Path(alias="personId")]


class HandOverQuery(BaseModel):
    """Who would take over: exactly one person, unit or office."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    to_person_id: UUID | None = None
    to_unit_id: UUID | None = None
    to_office_id: UUID | None = None
    has_offices: bool = False


@router.get(
    "",
    operation_id="previewHandOver",
    summary="Preview what a person would hand over, row by row",
    response_model=None,
    responses={200: {"model": HandOver}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def preview_hand_over(
    request: Request, person_id: PersonId, query: Annotated[HandOverQuery, Query()]
) -> Response:
    """Nothing is written. The ETag names the state of every row concerned: handing over asks for it in If-Match."""
    asked = HandOverRequest.model_validate(query.model_dump(by_alias=True))

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await hand_over_preview(connection, reader, person_id, asked)).model_dump_json(by_alias=True).encode()

    # Which offices are held depends on the day, which no position of the journal tells.
    return await answer_read(request, work, is_remembered=False)


@router.post(
    "",
    operation_id="handOver",
    summary="Hand over everything a person carries, as previewed",
    response_model=None,
    responses={200: {"model": HandOver}, **refusals("update")},
    openapi_extra={"parameters": [IF_MATCH_BASIS]},
)
async def hand_over_all(request: Request, person_id: PersonId, words: Annotated[HandOverRequest, Body()]) -> Response:
    """All rows of the own house in one transaction, or none: 412 when one changed since the preview. What stays is
    named with the reason."""
    who = await writer(request)
    basis = expected_basis(request)
    async with database_of(request).transaction() as connection:
        actor, _ = await authorize_writer(request, connection, who)
        done = await hand_over(connection, actor, person_id, words, basis)
    return Response(done.model_dump_json(by_alias=True), media_type="application/json")
