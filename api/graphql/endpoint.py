"""`POST /graphql`: one operation, one snapshot, one answer."""

import hashlib

from fastapi import Request, Response
from graphql import FieldNode, GraphQLError

from api.accelerations.optimistic_read import RightsMoved
from api.accelerations.response_cache import CachedAnswer
from api.accelerations.switch import is_accelerated
from api.domain.commands.context import today
from api.domain.errors import Refusal
from api.domain.sql.selection import (
    Many,
    One,
    Piece,
    Root,
    RootMany,
    RootOne,
    RootTree,
    SelectedField,
    has_cursors,
    selections_in,
)
from api.graphql import compiled, ordinary
from api.graphql.context import Context, Snapshot
from api.graphql.documents import Library
from api.graphql.invitations import ASKED_NOWHERE
from api.graphql.operations import Operation, operation_of
from api.graphql.refusals import in_graphql
from api.graphql.requests import PersistedQueryNotFound, document_of, media_type, read_request
from api.identity.authentication import Caller, identify
from api.problems import RETRY_AFTER
from api.routers.answers import (
    cursor_key_of,
    database_of,
    is_worth_looking_up,
    language_of,
    response_cache_of,
    settings_of,
)
from api.routers.public import check_pace
from api.routers.route_index import IndexedRouter

router = IndexedRouter()
PATH = "/graphql"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
DATA = b'{"data":'
NOT_FOUND = b'{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}'


async def graphql(request: Request) -> Response:
    """Run one operation. 200 when it ran, whatever fields were refused; a refusal where it could not run."""
    media = media_type(request)
    settings = settings_of(request)
    question = await read_request(request, settings)
    who = await identify(request)
    try:
        document = document_of(question, request.app.state.graphql_library, who, settings)
    except PersistedQueryNotFound:
        return Response(NOT_FOUND, media_type=media)
    operation = operation_of(document, question.operation_name, question.variables, settings)
    if who.is_anonymous:
        check_pace(request)
    context = _context(request, who)
    async with context.ended():
        body, is_to_be_asked_again = await _answer_ordinary(request, operation, context)
    answer = to_http_response(body, context.language(), media)
    if is_to_be_asked_again:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


# A plain route: nothing of the request is left for FastAPI to understand.
router.add_route(PATH, in_graphql(graphql), METHODS, include_in_schema=False)


def to_http_response(body: bytes, language: str, media: str) -> Response:
    """The HTTP response of a body: never stored by caches."""
    return Response(
        body, headers={"Content-Language": language, "Cache-Control": "private, no-store"}, media_type=media
    )


def question_key(body: bytes) -> str:
    """The question of a request, byte for byte: the same words are the same question."""
    return f"graphql {hashlib.sha256(body).hexdigest()}"


async def _answer_ordinary(request: Request, operation: Operation, context: Context) -> tuple[bytes, bool]:
    """The body, and whether a part of it is missing that may be there in a moment."""
    cost = b',"extensions":{"cost":%d}}' % operation.cost
    if operation.is_query and not _is_asked_nowhere(operation):
        body = await _of_the_schema(request, operation, cost)
        if body is None and is_accelerated(request.scope):
            body = await _read_remembered(request, operation, context, cost)
        elif body is None:
            await context.open_snapshot()  # whoever may not enter is refused as a whole, either way
        if body is not None:
            return body, False
    answer = await ordinary.execute_ordinary(operation, context)
    return ordinary.as_bytes(answer)[:-1] + cost, ordinary.is_to_be_asked_again(answer)


async def _of_the_schema(request: Request, operation: Operation, cost: bytes) -> bytes | None:
    """What the schema tells of itself; None where something else is asked, or a value is refused."""
    schema = operation.outline.schema
    if schema is None or schema.asked is None:
        return None
    library: Library = request.app.state.graphql_library
    try:
        data = await library.introspection.describe(
            schema.asked, operation.written, operation.variables, is_kept=is_accelerated(request.scope)
        )
    except GraphQLError:  # the ordinary way says where and why
        return None
    return b"".join([DATA, data, cost])


def _is_asked_nowhere(operation: Operation) -> bool:
    """Whether the asker needs no place to act in: whoever is invited may have none yet."""
    chosen = operation.node.selection_set.selections
    names = {field.name.value if isinstance(field, FieldNode) else "" for field in chosen}
    return names - {"__typename"} == {ASKED_NOWHERE}


async def _read_remembered(request: Request, operation: Operation, context: Context, cost: bytes) -> bytes | None:
    """The answer remembered, or read in one statement and remembered; None where neither is possible."""
    memory, question, day = response_cache_of(request), question_key(await request.body()), today()
    found = (
        None
        if is_worth_looking_up(memory, context.who, question)
        else await _read_optimistically(operation, context, cost)
    )
    if found is None:
        snapshot = await context.open_snapshot()
        known = memory.find(snapshot.actor, snapshot.position, snapshot.language, question)
        if known is not None:
            memory.note((context.who.asker, question))
            return known.body
        body = await compiled.answer_compiled(operation, snapshot, DATA, cost)
        if body is None:
            return None
        found = snapshot, body
    read, body = found
    answer = CachedAnswer(body, "")
    memory.keep(
        read.actor, read.position, read.language, question, answer, day=day, is_personal=_is_personal(operation)
    )
    if read.position is not None:
        memory.note((context.who.asker, question))
    return body


async def _read_optimistically(operation: Operation, context: Context, cost: bytes) -> tuple[Snapshot, bytes] | None:
    """Read with the rights the asker had lately, if it still has them; None where another way must tell."""
    glanced = context.optimistic_read()
    if glanced is None:
        return None
    optimistic_read, snapshot = glanced
    try:
        body = await compiled.answer_compiled(operation, snapshot, DATA, cost)
    except (Refusal, RightsMoved):
        return None
    if body is None or optimistic_read.entered is None:
        return None
    snapshot.position = optimistic_read.entered.position
    return snapshot, body


def _is_personal(operation: Operation) -> bool:
    """Whether the answer holds cursors, which are good for their asker alone."""
    return any(_root_is_personal(root) for root in operation.outline.roots)


def _root_is_personal(root: Root) -> bool:
    match root:
        case RootMany():
            return _has_cursors(root.pieces)
        case RootOne():
            return _is_own_data(root.selected)
        case RootTree():
            return any(isinstance(chosen, SelectedField) and _is_own_data(chosen) for _, _, chosen in root.parts)
    return False


def _has_cursors(pieces: tuple[Piece, ...]) -> bool:
    return has_cursors(pieces) or any(_is_own_data(selected) for selected in selections_in(pieces))


def _is_own_data(selected: SelectedField) -> bool:
    return any(
        (isinstance(choice, Many) and _has_cursors(choice.pieces))
        or (isinstance(choice, One) and _is_own_data(choice.selected))
        for choice in selected.choices
    )


def _context(request: Request, who: Caller) -> Context:
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
