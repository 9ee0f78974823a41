"""The route class of every REST address: media types, body size and strict JSON before anything else."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.domain.errors import Refusal
from api.routers.answers import settings_of
from api.routers.bodies import strict_json

BODY_TYPES = {
    "POST": ("application/json",),
    "PUT": ("application/json",),
    "PATCH": ("application/merge-patch+json", "application/json"),
}


class StrictRoute(APIRoute):
    """A route that reads its body strictly and refuses media types it does not speak (406, 415)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        has_body = self.body_field is not None

        async def strictly(request: Request) -> Response:
            _check_accept(request)
            if has_body:
                await _read(request)
            return await handle(request)

        return strictly


def _check_accept(request: Request) -> None:
    accept = request.headers.get("accept")
    if not accept or "*/*" in accept:
        return
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if not any(kind in ("application/json", "application/*", "application/problem+json") for kind in kinds):
        raise Refusal("notAcceptable")


async def _read(request: Request) -> None:
    expected = BODY_TYPES[request.method]
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in expected:
        raise Refusal("unsupportedMediaType", expected=list(expected))
    request._json = strict_json(await request.body(), settings_of(request))  # noqa: SLF001 - what Request.json() answers
