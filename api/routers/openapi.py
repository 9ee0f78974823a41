"""The OpenAPI document: what FastAPI derives, and what it cannot know."""

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.domain.errors import NotFound, Refusal
from api.domain.policy import can_be_withheld
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.routers.responses import Problem, ProblemIssue
from api.settings import Settings

DESCRIPTION = (
    "The strategic plans of Walloon communes: every action held once, shown in every plan that claims it. "
    "Follows the Belgif REST guide; refusals are application/problem+json (RFC 9457)."
)


def describe(app: FastAPI, settings: Settings) -> None:
    """Make the application answer our OpenAPI document."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="PST", version=app.version, description=DESCRIPTION, routes=app.routes,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )  # fmt: skip
    schemas = document["components"]["schemas"]
    _, defined = models_json_schema(
        [(Problem, "serialization"), (ProblemIssue, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    schemas |= defined["$defs"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for resource in RESOURCES:
        _tell_withheld(schemas[resource.title]["properties"], resource)
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "at+jwt"},
        "session": {"type": "apiKey", "in": "cookie", "name": "__Host-pst"},
    }
    for path, item in document["paths"].items():
        for operation in item.values():
            operation["responses"].pop("422", None) if _is_default(operation) else None
            is_open = path.startswith(("/pst/v1/public", "/pst/v1/health", "/oauth", "/.well-known", "/auth"))
            operation["security"] = [] if is_open else [{"bearer": []}, {"session": []}]
    return document


def _tell_withheld(properties: dict[str, Any], resource: Resource) -> None:
    """What some role may not read is null for it (`model.md` §5), so the document says that it may be."""
    for name in resource.answered_fields:
        provided = properties[resource.wire(name)]
        if can_be_withheld(resource.name, name) and {"type": "null"} not in provided.get("anyOf", []):
            kept = {key: provided.pop(key) for key in ("title", "description") if key in provided}
            alternatives = provided.pop("anyOf", None) or [dict(provided)]
            provided.clear()
            provided |= {"anyOf": [*alternatives, {"type": "null"}], **kept}


def _is_default(operation: dict[str, Any]) -> bool:
    """FastAPI documents its own 422, which we never answer; ours (idempotency) is a problem."""
    content = operation["responses"].get("422", {}).get("content", {})
    return "application/json" in content and "application/problem+json" not in content


def no_such_method(request: Request) -> Refusal:
    """Why nothing answers here: the address takes other methods (405), or does not exist (404)."""
    found: set[str] = set()
    path = request.scope["path"]  # as it is routed: a URL leaves line ends out
    for template, item in request.app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\\{[^/]+\\}", "[^/]+", re.escape(template)), path):
            found |= {method.upper() for method in item}
    if not found:
        return NotFound("address", path)
    return Refusal("methodNotAllowed", allow=sorted(found | ({"HEAD"} if "GET" in found else set())))
