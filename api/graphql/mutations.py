"""Every change that REST offers, each root field in a transaction of its own."""

# ruff: noqa: A002, N803 - arguments are named as GraphQL names them

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import strawberry
from pydantic import BaseModel

from api.domain.commands import documents as commands
from api.domain.commands.articulation import convert_articulation
from api.domain.commands.articulation_undo import undo_conversion
from api.domain.commands.clients import issue_secret
from api.domain.commands.handover import hand_over
from api.domain.commands.reminders import read_reminders
from api.domain.errors import Conflict, NotFound, Refusal, invalid
from api.domain.queries import connections, idempotency
from api.domain.queries.connections import Node
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.schemas.articulation import ConversionRequest
from api.domain.schemas.handover import HandOver, HandOverRequest
from api.domain.schemas.identity import ClientSecret, SecretWords
from api.domain.schemas.reminders import ReadReminders, UnreadReminders
from api.graphql import scalars, shapes, told
from api.graphql.context import Context, Snapshot
from api.graphql.types import TYPES, annotated
from api.identity.door import enter, signed_in

PATH = "/graphql"
CONVERSION = BY_NAME["articulationConversion"]


@dataclass(frozen=True, slots=True)
class Creation:
    """A creation as asked: its field, what was written, its idempotency key, and how it is done."""

    field: str
    written: Any
    key: str | None
    create: Callable[[Snapshot], Awaitable[UUID]]


Work = Callable[[Snapshot], Awaitable[Any]]


async def authored(context: Context, work: Work) -> Any:
    """Do a change in a transaction of its own, as its author; refused to nobody in particular (401)."""
    await context.close()
    who = signed_in(context.who)
    async with context.database.transaction() as connection:
        return await work(context.on(connection, await enter(connection, who)))


async def created(context: Context, resource: Resource, what: Creation) -> Any:
    """Create once, however often it is asked under one key, and read back."""

    async def work(author: Snapshot) -> Any:
        known = await _known(author, what)
        if known is not None:
            return await read_back(author, resource, known)
        node = await read_back(author, resource, await what.create(author))
        await _keep(author, what, node, context.idempotency_hours)
        return node

    return await authored(context, work)


def _create(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, input: Any, idempotencyKey: Any = strawberry.UNSET) -> Any:
        written = shapes.said(input)

        async def create(author: Snapshot) -> UUID:
            words: Any = model.model_validate(written)
            return await commands.create(author.connection, author.actor, resource, words)

        what = Creation(f"create{resource.title}", written, shapes.given(idempotencyKey), create)
        return await created(info.context, resource, what)

    return strawberry.field(
        resolver=annotated(
            resolve,
            shapes.maybe(TYPES[resource.name]),
            input=shapes.input_of(model, f"{resource.title}Create", told.written(resource)),
            idempotencyKey=shapes.maybe(str),
        ),
        description=told.creates(resource),
    )


def _update(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int, patch: Any) -> Any:
        async def work(author: Snapshot) -> Any:
            words: Any = model.model_validate(shapes.said(patch))
            await commands.update(author.connection, author.actor, resource, id, words, expectedVersion)
            return await read_back(author, resource, id)

        return await authored(info.context, work)

    return strawberry.field(
        resolver=annotated(
            resolve,
            shapes.maybe(TYPES[resource.name]),
            id=scalars.Identifier,
            expectedVersion=int,
            patch=shapes.input_of(model, f"{resource.title}Patch"),
        ),
        description=told.changes(resource),
    )


def _delete(resource: Resource) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int) -> Any:
        async def work(author: Snapshot) -> str:
            await commands.delete(author.connection, author.actor, resource, id, expectedVersion)
            return str(id)

        return await authored(info.context, work)

    return strawberry.field(
        resolver=annotated(
            resolve,
            shapes.maybe(scalars.Identifier),
            id=scalars.Identifier,
            expectedVersion=int,
        ),
        description=told.removes(resource),
    )


async def _issue_client_secret(info: Any, clientId: UUID, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = SecretWords.model_validate(shapes.said(input))
        overlap = timedelta(hours=words.overlap_hours)
        secret = await issue_secret(author.connection, author.actor, clientId, overlap=overlap)
        return secret.model_dump(mode="json", by_alias=True)

    return await authored(info.context, work)


async def _read_reminders(info: Any, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = ReadReminders.model_validate(shapes.said(input))
        return {"unread": await read_reminders(author.connection, author.actor, words.reminder_ids)}

    return await authored(info.context, work)


async def _hand_over(info: Any, personId: UUID, expectedBasis: str, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = HandOverRequest.model_validate(shapes.said(input))
        done = await hand_over(author.connection, author.actor, personId, words, expectedBasis)
        return done.model_dump(mode="json", by_alias=True)

    return await authored(info.context, work)


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


async def _known(author: Snapshot, what: Creation) -> UUID | None:
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


async def _keep(author: Snapshot, what: Creation, node: Node, hours: int) -> None:
    """Remember the creation in the transaction of its effect: both happen, or neither."""
    if what.key is None:
        return
    body = orjson.dumps({"id": node.document["id"]})
    await idempotency.keep_record(
        author.connection, _scope(author, what), _digest(what.written), 200, "{}", body, timedelta(hours=hours)
    )


async def _convert(
    info: Any,
    planId: UUID,
    expectedBasis: str,
    input: Any,
    idempotencyKey: Any = strawberry.UNSET,
) -> Any:
    written = shapes.said(input)

    async def create(author: Snapshot) -> UUID:
        words = ConversionRequest.model_validate(written)
        return await convert_articulation(author.connection, author.actor, planId, words, expectedBasis)

    asked = {"planId": planId, "basis": expectedBasis, "input": written}
    what = Creation("convertArticulation", asked, shapes.given(idempotencyKey), create)
    return await created(info.context, CONVERSION, what)


async def _undo(info: Any, planId: UUID, articulationConversionId: UUID) -> Any:
    async def work(author: Snapshot) -> Any:
        await undo_conversion(author.connection, author.actor, planId, articulationConversionId)
        return await read_back(author, CONVERSION, articulationConversionId)

    return await authored(info.context, work)


def articulation_mutations() -> dict[str, Any]:
    """Converting and undoing; `expectedBasis` is what REST reads in If-Match: the basis of the preview."""
    answers = shapes.maybe(TYPES[CONVERSION.name])
    words = shapes.input_of(ConversionRequest, "ConversionRequest")
    key = shapes.maybe(str)
    return {
        "convertArticulation": strawberry.field(
            resolver=annotated(
                _convert, answers, planId=scalars.Identifier, expectedBasis=str, input=words, idempotencyKey=key
            ),
            description="Converts the articulation as previewed: all rows, or none.",
        ),
        "undoArticulationConversion": strawberry.field(
            resolver=annotated(_undo, answers, planId=scalars.Identifier, articulationConversionId=scalars.Identifier),
            description="Undoes a conversion exactly; refused where a row that it wrote has changed since.",
        ),
    }


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
            shapes.maybe(shapes.object_of(ClientSecret)),
            clientId=scalars.Identifier,
            input=shapes.input_of(SecretWords, "ClientSecretInput"),
        ),
        description="A new secret of a machine, shown this once.",
    )
    found["readReminders"] = strawberry.field(
        resolver=annotated(
            _read_reminders,
            shapes.maybe(shapes.object_of(UnreadReminders)),
            input=shapes.input_of(ReadReminders, "ReadRemindersInput"),
        ),
        description="Answers how many of the reader's own reminders are left.",
    )
    found["handOver"] = strawberry.field(
        resolver=annotated(
            _hand_over,
            shapes.maybe(shapes.object_of(HandOver)),
            personId=scalars.Identifier,
            expectedBasis=str,
            input=shapes.input_of(HandOverRequest, "HandOverRequest"),
        ),
        description="Everything a person carries goes to a successor; `expectedBasis` is that of the preview.",
    )
    return found | articulation_mutations()


Mutation: Any = strawberry.type(
    type("Mutation", (), _fields()), name="Mutation",
    description="Everything that can be changed: each field in a transaction of its own, in the order of the document.",
)  # fmt: skip
