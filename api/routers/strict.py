"""The route class of every REST address: media types, body size and strict JSON before anything else."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.domain.errors import Invalid, Issue, Refusal
from api.routers.answers import accepts_json, settings_of
from api.routers.bodies import strict_json

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

BODY_TYPES = {
    "POST": ("application/json",),
    "PUT": ("application/json",),
    "PATCH": ("application/merge-patch+json", "application/json"),
}


class StrictRoute(APIRoute):
    """A route that reads its body strictly and refuses what it does not speak or know (400, 406, 415)."""

    def get_route_handler(self) -> Handler:
        return self.strictly(super().get_route_handler())

    def strictly(self, handle: Handler) -> Handler:
        """The handler, once media types and the body are what they must be."""
        has_body = self.body_field is not None
        has_query = bool(self.dependant.query_params)

        async def strictly(request: Request) -> Response:
            _check_accept(request)
            if not has_query and request.scope["query_string"]:
                _refuse_query(request)
            if has_body:
                await _read(request)
            return await handle(request)

        return strictly


def _check_accept(request: Request) -> None:
    if not accepts_json(request):
        raise Refusal("notAcceptable")


def _refuse_query(request: Request) -> None:
    """An address without query parameters ignores none either."""
    unknown = [Issue("unknownInput", "query", name[:100], value[:100]) for name, value in request.query_params.items()]
    if unknown:
        raise Invalid(*unknown[:20])


async def _read(request: Request) -> None:
    expected = BODY_TYPES[request.method]
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in expected:
        raise Refusal("unsupportedMediaType", expected=list(expected))
    request._json = strict_json(await request.body(), settings_of(request))  # noqa: SLF001 - what Request.json() answers
