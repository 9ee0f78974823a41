"""Changes asked through GraphQL: each in a transaction of its own, creations once however often they are asked."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound, Refusal, invalid
from api.domain.queries import idempotency
from api.domain.resources.base import Resource
from api.domain.sql import connections
from api.domain.sql.connections import Node
from api.graphql.context import Context, Snapshot
from api.identity.authentication import authorize, require_sign_in

PATH = "/graphql"


@dataclass(frozen=True, slots=True)
class Creation:
    """A creation as asked: its field, what was written, its idempotency key, and how it is done."""

    field: str
    written: Any
    key: str | None
    create: Callable[[Snapshot], Awaitable[UUID]]


Work = Callable[[Snapshot], Awaitable[Any]]


async def run_as_author(context: Context, work: Work) -> Any:
    """Run a change as the caller in a transaction of its own; refuses an anonymous caller (401)."""
    await context.close()
    who = require_sign_in(context.who)
    async with context.database.transaction() as connection:
        return await work(context.on(connection, await authorize(connection, who)))


async def create_once(context: Context, resource: Resource, what: Creation) -> Any:
    """Create once, however often it is asked under one key, and read back."""

    async def work(author: Snapshot) -> Any:
        known = await _find_created(author, what)
        if known is not None:
            return await read_back(author, resource, known)
        node = await read_back(author, resource, await what.create(author))
        await _keep_record(author, what, node, context.idempotency_hours)
        return node

    return await run_as_author(context, work)


async def read_back(author: Snapshot, resource: Resource, identifier: UUID) -> Node:
    """The document as its author now sees it, before the commit."""
    [node] = await connections.documents_of(author.connection, author.reader(), resource, ("id",), [(identifier,)])
    if node is None:
        raise NotFound(resource.name, identifier)
    return node


def _scope(author: Snapshot, what: Creation) -> tuple[str, str, str, str]:
    return author.actor.principal, "POST", f"{PATH}#{what.field}", what.key or ""


def _digest(written: Any) -> bytes:
    return hashlib.sha256(json.dumps(written, sort_keys=True, default=str).encode()).digest()


async def _find_created(author: Snapshot, what: Creation) -> UUID | None:
    """What was already created under this key; refuses another input (422) and one still under way (409)."""
    key = what.key
    if key is None:
        return None
    if idempotency.KEY.fullmatch(key) is None:
        raise invalid("malformed", "idempotencyKey", key[:100])
    scope = _scope(author, what)
    if not await idempotency.take_turn(author.connection, *scope):
        raise Conflict("idempotencyInProgress")
    found = await idempotency.find_record(author.connection, *scope)
    if found is None:
        return None
    if found["request_hash"] != _digest(what.written):
        raise Refusal("idempotencyMismatch")
    return UUID(orjson.loads(found["body"])["id"])


async def _keep_record(author: Snapshot, what: Creation, node: Node, hours: int) -> None:
    """Remember the creation in the transaction of its effect: both happen, or neither."""
    if what.key is None:
        return
    body = orjson.dumps({"id": node.document["id"]})
    await idempotency.keep_record(
        author.connection, _scope(author, what), _digest(what.written), 200, "{}", body, timedelta(hours=hours)
    )
