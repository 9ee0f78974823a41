"""Requests understood without FastAPI's machinery when they are well-formed, which nearly all are.

FastAPI still describes these addresses and still phrases every refusal: whatever is not plainly right is handed
to it, so that nothing is accepted here that it would refuse.
"""

import re
from collections.abc import Callable
from inspect import signature
from typing import Any, get_args
from uuid import UUID

from fastapi import Request, Response, params
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.accelerations.switch import is_accelerated
from api.routers.strict import Handler, StrictRoute, body_of, takes_list

Said = dict[str, Any]
Understanding = Callable[[Request], Said | None]

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII)


class QuickRoute(StrictRoute):
    """A route whose parameters are identifiers in the path, at most one model of the query and one of the body."""

    def get_route_handler(self) -> Handler:
        with_fastapi = super(StrictRoute, self).get_route_handler()
        understandings = [_parse_request(name, p.annotation) for name, p in signature(self.endpoint).parameters.items()]

        async def handle(request: Request) -> Response:
            provided = _parse_parameters(request, understandings) if is_accelerated(request.scope) else None
            if provided is None:
                return await with_fastapi(request)
            answer: Response = await self.endpoint(**provided)
            return answer

        return self.strictly(handle)


class ReadRoute(QuickRoute):
    """A GET: identifiers in the path and at most one model of the query."""


def _parse_parameters(request: Request, understandings: list[Understanding]) -> Said | None:
    """The values of all parameters of an endpoint by name; None where one of them is in doubt."""
    provided: Said = {}
    for understand in understandings:
        found = understand(request)
        if found is None:
            return None
        provided |= found
    return provided


def _parse_request(name: str, annotation: Any) -> Understanding:
    """How one parameter of an endpoint is read from a request: its value under its name, or None if in doubt."""
    if annotation is Request:
        return lambda request: {name: request}
    kind, how = get_args(annotation)
    if isinstance(how, params.Path) and kind is UUID:
        return _identifier(name, how.alias or name)
    if isinstance(how, params.Query) and issubclass(kind, BaseModel):
        return _query(name, kind)
    if isinstance(how, params.Body) and issubclass(kind, BaseModel):
        validate = TypeAdapter(kind).validate_python
        return lambda request: _validate(name, validate, body_of(request))
    raise TypeError(f"a quick route cannot understand {name}: {annotation}")


def _identifier(name: str, alias: str) -> Understanding:
    def understand(request: Request) -> Said | None:
        text = request.path_params[alias]
        return {name: UUID(text)} if _IDENTIFIER.fullmatch(text) else None

    return understand


def _query(name: str, model: type[BaseModel]) -> Understanding:
    lists = {info.alias or field for field, info in model.model_fields.items() if takes_list(info.annotation)}

    def understand(request: Request) -> Said | None:
        provided: dict[str, Any] = {}
        for key, value in request.query_params.multi_items():
            if key in lists:
                provided.setdefault(key, []).append(value)
            elif key in provided:
                return None
            else:
                provided[key] = value
        return _validate(name, model.model_validate, provided)

    return understand


def _validate(name: str, validate: Callable[[Any], BaseModel], provided: Any) -> Said | None:
    try:
        return {name: validate(provided)}
    except ValidationError:
        return None
