"""What every answer passes through last: trace ids, HEAD, limits on addresses and bodies, safety headers."""

import re
from uuid import uuid4

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.domain.errors import NotFound, Refusal
from api.problems import problem_of
from api.routers.answers import language_of
from api.settings import Settings

UPLOADS = frozenset({("POST", "/pst/v1/files")})
"""Where a body may be a whole file."""
_TRACE = re.compile(r"[\x21-\x7e]{1,128}")
SAFETY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Edge:
    """Pure ASGI, so that a hot request pays for nothing it does not use."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace_id = str(uuid4())
        scope.setdefault("state", {})["trace_id"] = trace_id
        headers = dict(scope["headers"])
        sender = _Sender(send, trace_id, headers.get(b"belgov-trace-id", b""), scope["method"] == "HEAD")
        if sender.is_head:
            scope = {**scope, "method": "GET"}  # a copy: the server looks at its own to know what it sends
        refusal = self._find_refusal(scope, headers)
        if refusal is not None:
            await _refuse(refusal, scope, trace_id, sender)
            return
        try:
            await self._app(scope, _CountedBody(receive, self._limit(scope)), sender)
        except Exception as fault:
            # The last place where a fault can still become an answer; once headers are gone it is the server's.
            if sender.has_started:
                raise
            await _refuse(fault, scope, trace_id, sender)

    def _find_refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> Refusal | None:
        """What is refused before any routing: an address or a body that is too long, an address nobody has."""
        limit = self._settings.url_limit_bytes
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > limit:
            return Refusal("uriTooLong", limit=limit)
        if scope["path"].endswith("\n"):  # the `$` of Starlette's routes passes over one
            return NotFound("address", scope["path"])
        length, limit = headers.get(b"content-length", b"0"), self._limit(scope)
        if length.isdigit() and int(length) > limit:
            return Refusal("payloadTooLarge", limit=limit)
        return None

    def _limit(self, scope: Scope) -> int:
        """The largest body that may be sent here, in bytes."""
        if (scope["method"], scope["path"]) in UPLOADS:
            return self._settings.import_limit_bytes
        return self._settings.body_limit_bytes


class _CountedBody:
    """Receives a body of unknown length, and refuses it as soon as it grows past the limit."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = self._limit = limit

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise Refusal("payloadTooLarge", limit=self._limit)
        return message


class _Sender:
    """Adds what every answer carries; drops the body of an answer to HEAD."""

    def __init__(self, send: Send, trace_id: str, related: bytes, is_head: bool) -> None:
        self._send = send
        self.is_head = is_head
        self.has_started = False
        self._added = [*SAFETY, (b"belgov-trace-id", trace_id.encode())]
        if related and _TRACE.fullmatch(related.decode("latin-1")):
            self._added.append((b"belgov-related-trace-id", related))

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_started = True
            message["headers"] = [*message.get("headers", []), *self._added]
        elif self.is_head and message["type"] == "http.response.body":
            message["body"] = b""
        await self._send(message)


async def _refuse(refusal: Exception, scope: Scope, trace_id: str, send: Send) -> None:
    """A refusal that no route could phrase, with all that a route's would carry."""
    language = language_of(Request(scope))
    problem = problem_of(refusal, language, trace_id)
    own = {**problem.headers, "Content-Language": language, "Cache-Control": "no-store", "Connection": "close"}
    answer = JSONResponse(problem.body, problem.status, own, media_type="application/problem+json")
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": answer.body})
