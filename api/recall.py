"""The shortest way to an answer that still holds: before any routing, for whoever was given it before."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.routers.answers import recalled


class Recall:
    """Answers a repeated read from memory when nothing it depends on has changed; anything else goes on inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            answer = await recalled(Request(scope))
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
