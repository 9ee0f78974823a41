"""The end of a programming period: preview of another one, amendment, undo."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Path, Query, Request, Response

from api.domain.commands.amendments import amend_period, undo_amendment
from api.domain.queries.amendments import preview_amendment
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.amendments import AmendmentPreview, AmendmentQuestion, AmendmentRequest
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

router = IndexedRouter(
    prefix="/programmingPeriods/{programmingPeriodId}/amendments", tags=["continuation"], route_class=StrictRoute
)
AMENDMENT = BY_NAME["periodAmendment"]
PeriodId = Annotated[UUID, Path(alias="programmingPeriodId")]


@router.get(
    "/preview",
    operation_id="previewPeriodAmendment",
    summary="Preview what another end of a programming period concerns",
    response_model=None,
    responses={200: {"model": AmendmentPreview}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def preview(request: Request, period_id: PeriodId, query: Annotated[AmendmentQuestion, Query()]) -> Response:
    """Numbers over all workspaces for those who may amend it; the plans of the own workspace for its people."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await preview_amendment(connection, reader, period_id, query.ends_on)
        return found.model_dump_json(by_alias=True).encode()

    # What is counted lies in other workspaces, of which no position of the own journal tells.
    return await answer_read(request, work, is_remembered=False)


@router.post(
    "",
    operation_id="amendProgrammingPeriod",
    summary="Amend the end of a programming period as previewed",
    status_code=201,
    response_model=None,
    responses={201: {"model": AMENDMENT.read}, **refusals("update"), **refusals("create")},
    openapi_extra={"parameters": [IF_MATCH_BASIS, IDEMPOTENCY_KEY]},
)
async def amend(request: Request, period_id: PeriodId, words: Annotated[AmendmentRequest, Body()]) -> Response:
    """Told in the journal of each workspace that has a plan of the period; no plan is changed by it."""
    who = await writer(request)
    basis = expected_basis(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        attempt = await idempotency.attempt_of(request, actor, settings_of(request).idempotency_hours)
        known = await idempotency.find_replay(connection, attempt) if attempt else None
        identifier = known or await amend_period(connection, actor, period_id, words, basis)
        body = await documents.document(connection, reader, AMENDMENT, identifier)
        if attempt and known is None:
            await idempotency.keep(connection, attempt, identifier)
    location = f"{reader.base_url}/pst/v1/{AMENDMENT.plural}/{identifier}"
    return answer_written(body, 201, reader, location, is_replayed=known is not None)


@router.post(
    "/{periodAmendmentId}/undo",
    operation_id="undoPeriodAmendment",
    summary="Undo an amendment exactly",
    response_model=None,
    responses={200: {"model": AMENDMENT.read}, **refusals("read"), **refusals("conflict")},
)
async def undo(
    request: Request, period_id: PeriodId, amendment_id: Annotated[UUID, Path(alias="periodAmendmentId")]
) -> Response:
    """Refused (409) when the period changed since, or when plans went on up to the end taken back."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        await undo_amendment(connection, actor, period_id, amendment_id)
        body = await documents.document(connection, reader, AMENDMENT, amendment_id)
    return answer_written(body, 200, reader)
