"""The shortest way to an answer that still holds: before any routing, for whoever was given it before."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.domain.errors import Refusal
from api.graphql.endpoint import PATH, question_key, to_http_response
from api.graphql.refusals import answer_of
from api.graphql.requests import media_type, names_graphql_json
from api.routers.answers import accepts_json, find_cached, question_of, to_response
from api.routers.public import is_public_address


class CacheMiddleware:
    """Answers a repeated read from memory when nothing it depends on has changed; anything else goes on inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: Response | None = None
        if scope["type"] == "http" and scope["method"] == "GET":
            answer = await _answer_read(Request(scope))
        elif scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == PATH:
            received = await _read_body(receive)
            answer = await _answer_graphql(Request(scope), received)
            receive = _ReplayedBody(received, receive)
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await answer(scope, receive, send)


async def _answer_read(request: Request) -> Response | None:
    found = await find_cached(request, question_of(request)) if accepts_json(request) else None
    return None if found is None else to_response(request, *found, is_public=is_public_address(request))


async def _answer_graphql(request: Request, received: Message) -> Response | None:
    """The answer to the same words of GraphQL, byte for byte."""
    try:
        found = await find_cached(request, question_key(received.get("body", b"")))
    except Exception as fault:
        if not names_graphql_json(request):
            raise
        return answer_of(fault, request)
    if found is None:
        return None
    try:
        media = media_type(request)
    except Refusal:  # the route words it
        return None
    answer, language = found
    return to_http_response(answer.body, language, media)


async def _read_body(receive: Receive) -> Message:
    """All of a body as one message; or the caller's leaving."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return {"type": "http.request", "body": b"".join(parts), "more_body": False}


class _ReplayedBody:
    """Receives once more what was received already, and then what follows."""

    def __init__(self, first: Message, receive: Receive) -> None:
        self._first: Message | None = first
        self._receive = receive

    async def __call__(self) -> Message:
        if self._first is None:
            return await self._receive()
        first, self._first = self._first, None
        return first
