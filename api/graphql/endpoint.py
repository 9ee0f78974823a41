"""`POST /graphql`: one operation, one snapshot, one answer."""

from fastapi import APIRouter, Request, Response

from api.domain.queries.selection import Many, One, Piece, RootMany, RootOne, Selected, has_cursors, selections_in
from api.graphql import compiled, ordinary
from api.graphql.context import Context
from api.graphql.operations import Operation, operation_of
from api.graphql.requests import PersistedQueryNotFound, asked, document_of, media_type
from api.identity.door import Who, enter, identify
from api.remembered import Answer
from api.routers.answers import cursor_key_of, database_of, language_of, memory_of, settings_of

router = APIRouter()
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
NOT_FOUND = b'{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}'


@router.api_route("/graphql", methods=METHODS, include_in_schema=False)
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
    headers = {"Content-Language": context.language(), "Cache-Control": "private, no-store"}
    return Response(body, headers=headers, media_type=media)


async def _answered(request: Request, operation: Operation, context: Context) -> bytes:
    cost = b',"extensions":{"cost":%d}}' % operation.cost
    if operation.is_query:
        body = await _recalled(request, operation, context) or await _read(request, operation, context)
        if body is not None:
            return body + cost
    answer = await ordinary.executed(operation, context)
    return ordinary.as_bytes(answer)[:-1] + cost


async def _recalled(request: Request, operation: Operation, context: Context) -> bytes | None:
    """What this asker was answered before, if nothing it was read from has changed since: one statement tells."""
    memory, question = memory_of(request), _question(operation)
    if not memory.knows((context.who, question)):
        return None
    async with context.database.connection() as connection:
        entered = await enter(connection, context.who)
    context.told_in = context.language_for(entered.language)
    known = memory.find(entered.actor, entered.position, context.told_in, question)
    return None if known is None else known.body


async def _read(request: Request, operation: Operation, context: Context) -> bytes | None:
    """The answer remembered, or read in one statement and remembered; None where neither is possible."""
    snapshot = await context.opened()
    memory, question = memory_of(request), _question(operation)
    if snapshot.position is not None:
        memory.note((context.who, question))
    known = memory.find(snapshot.actor, snapshot.position, snapshot.language, question)
    if known is not None:
        return known.body
    data = await compiled.answered(operation, snapshot)
    if data is None:
        return None
    body = b'{"data":' + data
    is_personal = _is_personal(operation)
    memory.keep(
        snapshot.actor, snapshot.position, snapshot.language, question, Answer(body, ""), is_personal=is_personal
    )
    return body


def _question(operation: Operation) -> str:
    name = operation.node.name.value if operation.node.name else ""
    return f"graphql {operation.document.digest} {name} {operation.written}"


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
