"""A refusal as the outside reads it: problem+json (RFC 9457) in REST, the same words and facts in GraphQL."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from traceback import TracebackException
from typing import Any

import asyncpg
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api.db import fault_of
from api.domain.commands.constraints import refusal_of
from api.domain.errors import Invalid, Issue, Refusal, StaleVersion
from api.domain.reference import LANGUAGES, load

logger = logging.getLogger("pst")

BELGIF = "urn:problem-type:belgif:"
PST = "urn:problem-type:pst:"

STATUSES: dict[str, tuple[str, int, str]] = {
    "badRequest": (BELGIF, 400, "Bad Request"),
    "noAccessToken": (BELGIF, 401, "No Access Token"),
    "invalidAccessToken": (BELGIF, 401, "Invalid Access Token"),
    "expiredAccessToken": (BELGIF, 401, "Expired Access Token"),
    "invalidCredentials": (PST, 401, "Invalid Credentials"),
    "missingScope": (BELGIF, 403, "Missing Scope"),
    "missingPermission": (BELGIF, 403, "Missing Permission"),
    "unknownDocument": (PST, 403, "Unknown Document"),
    "resourceNotFound": (BELGIF, 404, "Resource Not Found"),
    "methodNotAllowed": (BELGIF, 405, "Method Not Allowed"),
    "notAcceptable": (BELGIF, 406, "Not Acceptable"),
    "unsupportedMediaType": (BELGIF, 415, "Unsupported Media Type"),
    "fileTypeRefused": (PST, 415, "File Type Refused"),
    "payloadTooLarge": (BELGIF, 413, "Payload Too Large"),
    "uriTooLong": (BELGIF, 414, "URI Too Long"),
    "tooManyRequests": (BELGIF, 429, "Too Many Requests"),
    "serviceUnavailable": (BELGIF, 503, "Service Unavailable"),
    "tookTooLong": (PST, 503, "Took Too Long"),
    "lockedByOther": (PST, 503, "Locked By Other"),
    "notWritableNow": (PST, 503, "Not Writable Now"),
    "outcomeUnknown": (PST, 503, "Outcome Unknown"),
    "internalServerError": (BELGIF, 500, "Internal Server Error"),
    "actingAsRequired": (PST, 400, "Acting-As Required"),
    "cursorInvalid": (PST, 400, "Cursor Invalid"),
    "queryTooCostly": (PST, 400, "Query Too Costly"),
    "cursorExpired": (PST, 410, "Cursor Expired"),
    "preconditionFailed": (PST, 412, "Precondition Failed"),
    "preconditionRequired": (PST, 428, "Precondition Required"),
    "idempotencyMismatch": (PST, 422, "Idempotency Mismatch"),
}
CONFLICT = (PST, 409, "Conflict")
"""Whatever is not listed is a rule or a state in the way."""

_FACTS_UNSAID = frozenset({"kind", "id"})
LOGGED_CALLS, LOGGED_LINES, LOGGED_CHARACTERS = 15, 100, 200
RETRY_AFTER = "2"
"""Seconds after which to ask again what a fault of the database stopped (503)."""
MOST_ISSUES = 50
"""Of one refusal: whoever sends a hundred thousand wrong names is not sent as many sentences."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal with its status, its headers and its body."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


def problem_of(error: Exception, language: str, trace_id: str) -> Problem:
    """The problem that tells this refusal in the reader's language; anything unknown is our fault and is masked."""
    refusal = _as_refusal(error)
    if refusal is None:
        logger.error("unexpected error %s\n%s", trace_id, _traceback_of(error), extra={"trace_id": trace_id})
        refusal = Refusal("internalServerError")
    prefix, status, title = STATUSES.get(refusal.code, CONFLICT)
    body = {
        "type": prefix + refusal.code,
        "title": title if status != 409 else _split_words(refusal.code),
        "status": status,
        "detail": _describe("refusals", refusal.code, language, refusal.facts),
        "instance": f"urn:uuid:{trace_id}",
        **{name: fact for name, fact in refusal.facts.items() if name not in _FACTS_UNSAID},
    }
    if isinstance(refusal, Invalid):
        body["issues"] = [_issue(issue, language) for issue in refusal.issues[:MOST_ISSUES]]
    return Problem(status, body, _headers(refusal, status))


def _traceback_of(error: Exception) -> str:
    """Where a fault happened, for the log. What it says may repeat all that was sent, so no line of it is longer."""
    told = TracebackException.from_exception(error, limit=-LOGGED_CALLS, max_group_depth=2)
    lines = (line[:LOGGED_CHARACTERS] for part in told.format() for line in part.splitlines())
    return "\n".join(islice(lines, LOGGED_LINES))


def _headers(refusal: Refusal, status: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    if status == 401:
        challenge = 'Bearer realm="pst"'
        if refusal.code in ("invalidAccessToken", "expiredAccessToken"):
            challenge += ', error="invalid_token"'
        headers["WWW-Authenticate"] = challenge
    if "retryAfter" in refusal.facts:
        headers["Retry-After"] = str(refusal.facts["retryAfter"])
    if status == 503:
        headers["Retry-After"] = RETRY_AFTER
    if status == 413:
        headers["Connection"] = "close"  # or the server would go on reading what it has refused
    if "allow" in refusal.facts:
        headers["Allow"] = ", ".join(refusal.facts["allow"])
    return headers


def _as_refusal(error: Exception) -> Refusal | None:
    if fault := fault_of(error):
        return Refusal(fault)
    match error:
        case Refusal():
            return error
        case RequestValidationError():
            return Invalid(*(_validation_issue(e) for e in error.errors()))
        case ValidationError():
            return Invalid(*(_validation_issue({**e, "loc": ("body", *e["loc"])}) for e in error.errors()))
        case asyncpg.IntegrityConstraintViolationError():
            # No command said it first: it was found at the commit, or by a row that no concept owns.
            return refusal_of(error)
        case asyncpg.NumericValueOutOfRangeError() | asyncpg.DataError():
            return Invalid(Issue("schemaViolation", "body", "", facts=(("reason", "value out of range"),)))
    return None


_SECRET = frozenset({"password"})
"""Names whose value is never said back, however wrong it is."""

_KINDS = {"extra_forbidden": "unknownInput", "missing": "required"}


def _validation_issue(error: Mapping[str, Any]) -> Issue:
    where, *path = [str(part) for part in error["loc"]] or ["body"]
    code = _KINDS.get(error["type"], "schemaViolation")
    value = error.get("input")
    is_said_back = code != "required" and not _SECRET & set(path)
    shown = value if isinstance(value, str | int | bool) and is_said_back else None
    facts = (("reason", error["msg"].removeprefix("Value error, ")),) if code == "schemaViolation" else ()
    return Issue(code, where, _to_json_safe(".".join(path)), _shorten(shown), facts)


def _shorten(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)[:100]
    return _to_json_safe(value) if isinstance(value, str) else value


def _to_json_safe(text: str) -> str:
    """As much of what was said as can be said back: a lone surrogate has no UTF-8."""
    return text[:100].encode("utf-8", "replace").decode()


def _issue(issue: Issue, language: str) -> dict[str, Any]:
    facts = dict(issue.facts)
    return {
        "type": (BELGIF if issue.code in ("schemaViolation", "unknownInput", "referencedResourceNotFound") else PST)
        + f"input-validation:{issue.code}",
        "in": issue.where,
        "name": issue.name,
        "value": issue.value,
        "detail": _describe("issues", issue.code, language, facts),
        **facts,
    }


class _Facts(dict[str, Any]):
    """Facts for a sentence: lists are joined, and what is missing leaves a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _describe(kind: str, code: str, language: str, facts: Mapping[str, Any]) -> str:
    sentences = load("refusals")[kind].get(code) or load("refusals")["refusals"]["badRequest"]
    words = sentences[language if language in LANGUAGES else "fr"]
    shown = {k: ", ".join(map(str, v)) or "–" if isinstance(v, list | tuple) else v for k, v in facts.items()}
    told: str = words.format_map(_Facts(shown))
    return told


def _split_words(code: str) -> str:
    return "".join(f" {c}" if c.isupper() else c for c in code).strip().title()


__all__ = ["Problem", "StaleVersion", "problem_of"]
