"""A plan beyond the end of its programming period: preview, going on, undo."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from api.domain.commands.continuation import continue_plan
from api.domain.commands.continuation_undo import undo_continuation
from api.domain.queries.continuation_answers import preview_continuation
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.continuation import ContinuationKind
from api.domain.schemas.base import Day
from api.domain.schemas.continuation import ContinuationPreview, ContinuationRequest
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

router = IndexedRouter(prefix="/plans/{planId}/continuations", tags=["continuation"], route_class=StrictRoute)
CONTINUATION = BY_NAME["planContinuation"]
PlanId = Annotated[UUID, Path(alias="planId")]
UUID_TEXT = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Assigned = Annotated[str, StringConstraints(pattern=f"^{UUID_TEXT}:({UUID_TEXT})?$")]


class ContinuationQuery(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    kind: ContinuationKind
    period_id: UUID | None = Field(None, description="The next period; only for a successor.")
    ends_on: Day | None = Field(None, description="Until when the plan goes on; only under no period yet.")
    assign: list[Assigned] = Field(
        default=[], max_length=200,
        description="`planActionId:periodItemId`: an item to try for a claim; several, or none after the colon.",
    )  # fmt: skip
    ending: list[UUID] | None = Field(None, max_length=200, description="The claims that would stay behind.")

    def request(self) -> ContinuationRequest:
        """The same question as a command would say it."""
        assigned: dict[str, list[str]] = {}
        for each in self.assign:
            claim, _, item = each.partition(":")
            assigned.setdefault(claim, []).extend([item] if item else [])
        return ContinuationRequest.model_validate(
            {
                "kind": self.kind, "periodId": self.period_id, "endsOn": self.ends_on, "endingIds": self.ending,
                "assignments": [{"planActionId": c, "periodItemIds": items} for c, items in assigned.items()],
            }
        )  # fmt: skip


@router.get(
    "/preview",
    operation_id="previewContinuation",
    summary="Preview how a plan goes on beyond its programming period",
    response_model=None,
    responses={200: {"model": ContinuationPreview}, **refusals("read"), **refusals("conflict")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def preview(request: Request, plan_id: PlanId, query: Annotated[ContinuationQuery, Query()]) -> Response:
    """Nothing is written. The ETag names the state of every row concerned: the command asks for it in If-Match."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await preview_continuation(connection, reader, plan_id, query.request())
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)


@router.post(
    "",
    operation_id="continuePlan",
    summary="Let a plan go on beyond its programming period as previewed",
    status_code=201,
    response_model=None,
    responses={201: {"model": CONTINUATION.read}, **refusals("update"), **refusals("create")},
    openapi_extra={"parameters": [IF_MATCH_BASIS, IDEMPOTENCY_KEY]},
)
async def go_on(request: Request, plan_id: PlanId, words: Annotated[ContinuationRequest, Body()]) -> Response:
    """All rows in one transaction, or none: 412 when one of them changed since the preview."""
    who = await writer(request)
    basis = expected_basis(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        attempt = await idempotency.attempt_of(request, actor, settings_of(request).idempotency_hours)
        known = await idempotency.find_replay(connection, attempt) if attempt else None
        identifier = known or await continue_plan(connection, actor, plan_id, words, basis)
        body = await documents.document(connection, reader, CONTINUATION, identifier)
        if attempt and known is None:
            await idempotency.keep(connection, attempt, identifier)
    location = f"{reader.base_url}/pst/v1/{CONTINUATION.plural}/{identifier}"
    return answer_written(body, 201, reader, location, is_replayed=known is not None)


@router.post(
    "/{planContinuationId}/undo",
    operation_id="undoPlanContinuation",
    summary="Undo a continuation exactly",
    response_model=None,
    responses={200: {"model": CONTINUATION.read}, **refusals("read"), **refusals("conflict")},
)
async def undo(
    request: Request, plan_id: PlanId, continuation_id: Annotated[UUID, Path(alias="planContinuationId")]
) -> Response:
    """Refused (409, the rows listed) when a row that it wrote has changed since, or something hangs on one."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, reader = await authorize_writer(request, connection, who)
        await undo_continuation(connection, actor, plan_id, continuation_id)
        body = await documents.document(connection, reader, CONTINUATION, continuation_id)
    return answer_written(body, 200, reader)
