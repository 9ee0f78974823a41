"""The one switch of all accelerations: `PST_ACCELERATIONS`. The package's docstring shows what it turns off."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.domain.sql.prepared import keep_statements
from api.settings import Settings


def is_accelerated(scope: Scope) -> bool:
    """Whether the service that was sent this request may answer it by an acceleration."""
    settings: Settings = scope["app"].state.settings
    return settings.accelerations


class PlainWayMiddleware:
    """Stands in the place of `CacheMiddleware` where accelerations are off: each request has its statements written."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with keep_statements(False):
            await self._app(scope, receive, send)
