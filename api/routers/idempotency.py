"""Doing a thing once however often it is asked: the answer to a creation is kept with its effect.

Source: IETF draft "The Idempotency-Key HTTP Header Field". Scope: who, method, path and key.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from api.db import Connection
from api.domain.actor import Actor
from api.domain.errors import Conflict, Refusal, invalid
from api.domain.queries.idempotency import KEY, find_record, keep_record, take_turn

KEPT_HEADERS = ("etag", "location", "content-type", "content-language", "cache-control", "vary")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One asking of a creation that named an Idempotency-Key."""

    principal: str
    method: str
    path: str
    key: str
    request_hash: bytes
    hours: int


async def attempt_of(request: Request, actor: Actor, hours: int) -> Attempt | None:
    """The attempt that the request's key makes it, or None without a key; refuses a malformed key (400)."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if KEY.fullmatch(key) is None:
        raise invalid("malformed", "Idempotency-Key", key[:100], where="header")
    digest = hashlib.sha256(await request.body()).digest()
    return Attempt(actor.principal, request.method, request.url.path, key, digest, hours)


async def replay(connection: Connection, attempt: Attempt) -> Response | None:
    """The stored answer of the same asking; refuses another body (422) and one still under way (409)."""
    if not await take_turn(connection, attempt.principal, attempt.method, attempt.path, attempt.key):
        raise Conflict("idempotencyInProgress")
    found = await find_record(connection, attempt.principal, attempt.method, attempt.path, attempt.key)
    if found is None:
        return None
    if found["request_hash"] != attempt.request_hash:
        raise Refusal("idempotencyMismatch")
    headers = {**json.loads(found["headers"]), "Idempotency-Replayed": "true"}
    return Response(found["body"], found["status"], headers=headers)


async def keep(connection: Connection, attempt: Attempt, answer: Response) -> None:
    """Store the answer in the transaction of its effect: both happen, or neither."""
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    await keep_record(
        connection,
        (attempt.principal, attempt.method, attempt.path, attempt.key),
        attempt.request_hash,
        answer.status_code,
        json.dumps(headers),
        bytes(answer.body),
        timedelta(hours=attempt.hours),
    )
