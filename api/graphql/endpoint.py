"""`POST /graphql`: one operation, one snapshot, one answer."""

import hashlib

from fastapi import APIRouter, Request, Response

from api.domain.queries.selection import Many, One, Piece, RootMany, RootOne, Selected, has_cursors, selections_in
from api.graphql import compiled, ordinary
from api.graphql.context import Context
from api.graphql.operations import Operation, operation_of
from api.graphql.requests import PersistedQueryNotFound, asked, document_of, media_type
from api.identity.door import Who, identify
from api.remembered import Answer
from api.routers.answers import asker_of, cursor_key_of, database_of, language_of, memory_of, settings_of

router = APIRouter()
PATH = "/graphql"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
NOT_FOUND = b'{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}'


@router.api_route(PATH, methods=METHODS, include_in_schema=False)
async def graphql(request: Request) -> Response:
    """Run one operation. 200 when it ran, whatever fields were refused; problem+json when it could not run."""
    media = media_type(request)
    settings = settings_of(request)
    question = await asked(request, settings)
    who = await identify(request)
    try:
        document = document_of(question, request.app.state.graphql_library, who, settings)
    except PersistedQueryNotFound:
        return Response(NOT_FOUND, media_type=media)
    operation = operation_of(document, question.operation_name, question.variables, settings)
    context = _context(request, who)
    try:
        body = await _answered(request, operation, context)
    finally:
        await context.close()
    return worded(body, context.language(), media)


def worded(body: bytes, language: str, media: str) -> Response:
    """An answer as it leaves the house."""
    return Response(
        body, headers={"Content-Language": language, "Cache-Control": "private, no-store"}, media_type=media
    )


def said(body: bytes) -> str:
    """The question of a request, byte for byte: the same words are the same question."""
    return f"graphql {hashlib.sha256(body).hexdigest()}"


async def _answered(request: Request, operation: Operation, context: Context) -> bytes:
    cost = b',"extensions":{"cost":%d}}' % operation.cost
    if operation.is_query:
        body = await _read(request, operation, context, cost)
        if body is not None:
            return body
    answer = await ordinary.executed(operation, context)
    return ordinary.as_bytes(answer)[:-1] + cost


async def _read(request: Request, operation: Operation, context: Context, cost: bytes) -> bytes | None:
    """The answer remembered, or read in one statement and remembered; None where neither is possible."""
    snapshot = await context.opened()
    memory, question = memory_of(request), said(await request.body())
    known = memory.find(snapshot.actor, snapshot.position, snapshot.language, question)
    if known is None:
        data = await compiled.answered(operation, snapshot)
        if data is None:
            return None
        known = Answer(b'{"data":' + data + cost, "")
        memory.keep(
            snapshot.actor, snapshot.position, snapshot.language, question, known, is_personal=_is_personal(operation)
        )
    if snapshot.position is not None:
        memory.note((asker_of(context.who), question))
    return known.body


def _is_personal(operation: Operation) -> bool:
    """Whether the answer holds cursors, which are good for their asker alone."""
    return any(
        _has_cursors(root.pieces) if isinstance(root, RootMany) else isinstance(root, RootOne) and _tells(root.selected)
        for root in operation.outline.roots
    )


def _has_cursors(pieces: tuple[Piece, ...]) -> bool:
    return has_cursors(pieces) or any(_tells(selected) for selected in selections_in(pieces))


def _tells(selected: Selected) -> bool:
    return any(
        (isinstance(choice, Many) and _has_cursors(choice.pieces))
        or (isinstance(choice, One) and _tells(choice.selected))
        for choice in selected.choices
    )


def _context(request: Request, who: Who) -> Context:
    settings = settings_of(request)
    return Context(
        database=database_of(request),
        key=cursor_key_of(request),
        who=who,
        base_url=settings.base_url,
        trace_id=request.state.trace_id,
        idempotency_hours=settings.idempotency_hours,
        language_for=lambda preferred: language_of(request, preferred),
    )
