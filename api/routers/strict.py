"""The route class of every REST address: media types, body size and strict JSON before anything else."""

from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, get_args, get_origin

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

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
        models = [param.field_info.annotation for param in self.dependant.query_params]

        async def strictly(request: Request) -> Response:
            _check_accept(request)
            if request.scope["query_string"]:
                _check_query(request, models)
            if has_body:
                await _read_body(request)
            return await handle(request)

        return strictly


def _check_accept(request: Request) -> None:
    if not accepts_json(request):
        raise Refusal("notAcceptable")


def _check_query(request: Request, models: list[Any]) -> None:
    """Nothing in a query is ignored: no parameter of an address that has none, no second value of what has one."""
    provided = [name for name, _ in request.query_params.multi_items()]
    if provided and not models:
        raise Invalid(*(Issue("unknownInput", "query", name[:100]) for name in dict.fromkeys(provided[:20])))
    singles = singles_of(models[0]) if models else frozenset()
    if twice := {name for name in provided if name in singles and provided.count(name) > 1}:
        reason = (("reason", "said more than once"),)
        raise Invalid(*(Issue("schemaViolation", "query", name, facts=reason) for name in sorted(twice)))


@cache
def singles_of(model: type[BaseModel]) -> frozenset[str]:
    """The parameters of a query that take one value, by the names of the wire."""
    fields = model.model_fields.items()
    return frozenset(info.alias or name for name, info in fields if not takes_list(info.annotation))


def takes_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(get_origin(part) is list for part in get_args(annotation))


async def _read_body(request: Request) -> None:
    expected = BODY_TYPES[request.method]
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in expected:
        raise Refusal("unsupportedMediaType", expected=list(expected))
    request._json = strict_json(await request.body(), settings_of(request))  # noqa: SLF001 - what Request.json() answers


def body_of(request: Request) -> Any:
    """The value of the body of a request that a strict route has read."""
    return request._json  # noqa: SLF001 - see `_read`
