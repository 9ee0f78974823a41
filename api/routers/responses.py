"""What the OpenAPI document says of refusals and headers, once for all addresses."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PROBLEM_JSON = "application/problem+json"


class ProblemIssue(BaseModel):
    """One thing wrong in what was said."""

    model_config = ConfigDict(extra="allow")

    type: str
    in_: str = Field(alias="in")
    name: str
    value: Any = None
    detail: str


class Problem(BaseModel):
    """A refusal (RFC 9457), in the reader's language."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    issues: list[ProblemIssue] | None = None


REASONS = {
    304: "Nothing changed since the tag in If-None-Match",
    400: "Something said cannot be true",
    401: "No valid access token",
    403: "The right or the scope is missing",
    404: "Not found, or not visible",
    405: "Another method is needed",
    406: "Only application/json can be answered",
    409: "A rule or a state forbids it now",
    412: "Somebody changed it in the meantime",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body must be JSON",
    422: "The idempotency key was used for something else",
    428: "If-Match is needed",
    429: "Too many requests",
    503: "Try again shortly",
}

BY_KIND = {
    "list": (400, 401, 403, 406, 414, 503),
    "read": (400, 401, 403, 404, 406, 414, 503),
    "create": (400, 401, 403, 404, 406, 409, 413, 414, 415, 422, 503),
    "update": (400, 401, 403, 404, 406, 409, 412, 413, 414, 415, 428, 503),
    "conflict": (409,),
    "delete": (400, 401, 403, 404, 406, 409, 412, 414, 428, 503),
}


def refusals(kind: str, *, is_public: bool = False) -> dict[int | str, dict[str, Any]]:
    """The documented refusals of a kind of operation; who asks without a token may ask too fast."""
    statuses = (*BY_KIND[kind], 429) if is_public else BY_KIND[kind]
    found: dict[int | str, dict[str, Any]] = {status: refusal(status) for status in statuses}
    if kind in ("list", "read"):
        found[304] = {"description": REASONS[304]}
    return found


def refusal(status: int) -> dict[str, Any]:
    """One documented refusal."""
    return {"description": REASONS[status], "content": {PROBLEM_JSON: {"schema": PROBLEM_REF}}}


PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}


def _header(name: str, description: str, *, required: bool, pattern: str | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if pattern:
        schema["pattern"] = pattern
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


IF_MATCH = _header(
    "If-Match", "The ETag of the version being changed; only its version counts.", required=True,
    pattern=r'^"\d{1,9}(\.[0-9a-f]{1,64})?"$',
)  # fmt: skip
IF_MATCH_BASIS = _header(
    "If-Match", "The ETag of the preview; only its basis counts.", required=True,
    pattern=r'^"[0-9a-f]{24}(\.[0-9a-f]{1,64})?"$',
)  # fmt: skip
IF_NONE_MATCH = _header("If-None-Match", "The ETag already known: 304 when it still holds.", required=False)
IDEMPOTENCY_KEY = _header(
    "Idempotency-Key", "Names this creation, so that asking again does not do it twice.", required=False,
    pattern=r"^[\x21-\x7e]{1,255}$",
)  # fmt: skip
