"""Every change that REST offers, each root field in a transaction of its own."""

import hashlib
from datetime import timedelta
from typing import Any, Optional
from uuid import UUID

import orjson
import strawberry
from pydantic import BaseModel

from api.db import Connection
from api.domain.commands import documents as commands
from api.domain.commands.clients import issue_secret
from api.domain.errors import Conflict, Refusal, invalid
from api.domain.queries import connections, idempotency
from api.domain.queries.connections import Node
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.domain.schemas.identity import ClientSecret, SecretWords
from api.graphql import scalars, shapes
from api.graphql.context import Context, Snapshot
from api.graphql.types import TYPES, annotated
from api.identity.door import enter, signed_in

PATH = "/graphql"


def _create(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, input: Any, idempotencyKey: Any = strawberry.UNSET) -> Any:  # noqa: A002, N803
        context: Context = info.context
        written = shapes.said(input)
        key = None if idempotencyKey is strawberry.UNSET else idempotencyKey
        await context.close()
        who = signed_in(context.who)
        async with context.database.transaction() as connection:
            author = context.on(connection, await enter(connection, who))
            words = model.model_validate(written)
            known = await _known(connection, context, author, resource, key, written)
            if known is not None:
                return await _read_back(author, resource, known)
            identifier = await commands.create(connection, author.actor, resource, words)  # type: ignore[arg-type]
            node = await _read_back(author, resource, identifier)
            if key is not None:
                await _keep(connection, context, author, resource, key, written, node)
        return node

    return strawberry.field(
        resolver=annotated(
            resolve,
            Optional[TYPES[resource.name]],  # noqa: UP045
            input=shapes.input_of(model, f"{resource.title}Create"),
            idempotencyKey=Optional[str],  # noqa: UP045
        )
    )


def _update(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int, patch: Any) -> Any:  # noqa: A002, N803
        context: Context = info.context
        await context.close()
        who = signed_in(context.who)
        async with context.database.transaction() as connection:
            author = context.on(connection, await enter(connection, who))
            words = model.model_validate(shapes.said(patch))
            await commands.update(connection, author.actor, resource, id, words, expectedVersion)  # type: ignore[arg-type]
            return await _read_back(author, resource, id)

    return strawberry.field(
        resolver=annotated(
            resolve,
            Optional[TYPES[resource.name]],  # noqa: UP045
            id=scalars.Identifier,
            expectedVersion=int,
            patch=shapes.input_of(model, f"{resource.title}Patch"),
        ),
        description="A merge patch: what is left out stays, null clears.",
    )


def _delete(resource: Resource) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int) -> Any:  # noqa: A002, N803
        context: Context = info.context
        await context.close()
        who = signed_in(context.who)
        async with context.database.transaction() as connection:
            author = context.on(connection, await enter(connection, who))
            await commands.delete(connection, author.actor, resource, id, expectedVersion)
        return str(id)

    return strawberry.field(
        resolver=annotated(
            resolve,
            Optional[scalars.Identifier],  # noqa: UP045
            id=scalars.Identifier,
            expectedVersion=int,
        ),
        description="Answers the id of what was removed.",
    )


async def _issue_client_secret(info: Any, clientId: UUID, input: Any) -> Any:  # noqa: A002, N803
    context: Context = info.context
    await context.close()
    who = signed_in(context.who)
    async with context.database.transaction() as connection:
        author = context.on(connection, await enter(connection, who))
        words = SecretWords.model_validate(shapes.said(input))
        overlap = timedelta(hours=words.overlap_hours)
        secret = await issue_secret(connection, author.actor, clientId, overlap=overlap)
    return secret.model_dump(mode="json", by_alias=True)


async def _read_back(author: Snapshot, resource: Resource, identifier: UUID) -> Node:
    """The document as its author now sees it, before the commit."""
    [node] = await connections.documents_of(author.connection, author.reader(), resource, ("id",), [(identifier,)])
    if node is None:
        raise Refusal("resourceNotFound", kind=resource.name, id=str(identifier))
    return node


def _scope(author: Snapshot, resource: Resource, key: str) -> tuple[str, str, str, str]:
    return author.actor.principal, "POST", f"{PATH}#create{resource.title}", key


def _digest(written: Any) -> bytes:
    return hashlib.sha256(orjson.dumps(written, option=orjson.OPT_SORT_KEYS, default=str)).digest()


async def _known(
    connection: Connection, context: Context, author: Snapshot, resource: Resource, key: str | None, written: Any
) -> UUID | None:
    """What was already created under this key; refuses another input (422) and one still under way (409)."""
    if key is None:
        return None
    if not 1 <= len(key) <= 255 or not key.isprintable() or not key.isascii():
        raise invalid("malformed", "idempotencyKey", key[:100])
    scope = _scope(author, resource, key)
    if not await idempotency.take_turn(connection, *scope):
        raise Conflict("idempotencyInProgress")
    found = await idempotency.find_record(connection, *scope)
    if found is None:
        return None
    if found["request_hash"] != _digest(written):
        raise Refusal("idempotencyMismatch")
    return UUID(orjson.loads(found["body"])["id"])


async def _keep(
    connection: Connection, context: Context, author: Snapshot, resource: Resource, key: str, written: Any, node: Node
) -> None:
    """Remember the creation in the transaction of its effect: both happen, or neither."""
    await idempotency.keep_record(
        connection, _scope(author, resource, key), _digest(written), 200, "{}",
        orjson.dumps({"id": node.document["id"]}), timedelta(hours=context.idempotency_hours),
    )  # fmt: skip


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for resource in RESOURCES:
        if resource.create is not None:
            found[f"create{resource.title}"] = _create(resource, resource.create)
        if resource.patch is not None:
            found[f"update{resource.title}"] = _update(resource, resource.patch)
        if resource.can_delete and resource.create is not None:
            found[f"delete{resource.title}"] = _delete(resource)
    found["issueClientSecret"] = strawberry.field(
        resolver=annotated(
            _issue_client_secret,
            Optional[shapes.object_of(ClientSecret)],  # noqa: UP045
            clientId=scalars.Identifier,
            input=shapes.input_of(SecretWords, "ClientSecretInput"),
        ),
        description="A new secret of a machine, shown this once.",
    )
    return found


Mutation: Any = strawberry.type(type("Mutation", (), _fields()), name="Mutation")
