"""Every change that REST offers, each root field in a transaction of its own."""

# ruff: noqa: A002, N803 - arguments are named as GraphQL names them

from datetime import timedelta
from typing import Any
from uuid import UUID

import strawberry
from pydantic import BaseModel

from api.domain.commands import documents as commands
from api.domain.commands.articulation import convert_articulation
from api.domain.commands.articulation_undo import undo_conversion
from api.domain.commands.clients import issue_secret
from api.domain.commands.handover import hand_over
from api.domain.commands.reminders import read_reminders
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.schemas.articulation import ConversionRequest
from api.domain.schemas.handover import HandOver, HandOverRequest
from api.domain.schemas.identity import ClientSecret, SecretWords
from api.domain.schemas.reminders import ReadReminders, UnreadReminders
from api.graphql import descriptions, scalars, shapes
from api.graphql.authoring import Creation, create_once, read_back, run_as_author
from api.graphql.context import Snapshot
from api.graphql.continuation import continuation_mutations
from api.graphql.identity_mutations import identity_mutations
from api.graphql.invitations import invitation_mutations
from api.graphql.types import TYPES, annotate_resolver

CONVERSION = BY_NAME["articulationConversion"]


def _create(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, input: Any, idempotencyKey: Any = strawberry.UNSET) -> Any:
        written = shapes.provided_input(input)

        async def create(author: Snapshot) -> UUID:
            words: Any = model.model_validate(written)
            return await commands.create(author.connection, author.actor, resource, words)

        what = Creation(f"create{resource.title}", written, shapes.provided_argument(idempotencyKey), create)
        return await create_once(info.context, resource, what)

    return strawberry.field(
        resolver=annotate_resolver(
            resolve,
            shapes.maybe(TYPES[resource.name]),
            input=shapes.input_of(model, f"{resource.title}Create", descriptions.describe_written(resource)),
            idempotencyKey=shapes.maybe(str),
        ),
        description=descriptions.creates(resource),
    )


def _update(resource: Resource, model: type[BaseModel]) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int, patch: Any) -> Any:
        async def work(author: Snapshot) -> Any:
            words: Any = model.model_validate(shapes.provided_input(patch))
            await commands.update(author.connection, author.actor, resource, id, words, expectedVersion)
            return await read_back(author, resource, id)

        return await run_as_author(info.context, work)

    return strawberry.field(
        resolver=annotate_resolver(
            resolve,
            shapes.maybe(TYPES[resource.name]),
            id=scalars.Identifier,
            expectedVersion=int,
            patch=shapes.input_of(model, f"{resource.title}Patch"),
        ),
        description=descriptions.changes(resource),
    )


def _delete(resource: Resource) -> Any:
    async def resolve(info: Any, id: UUID, expectedVersion: int) -> Any:
        async def work(author: Snapshot) -> str:
            await commands.delete(author.connection, author.actor, resource, id, expectedVersion)
            return str(id)

        return await run_as_author(info.context, work)

    return strawberry.field(
        resolver=annotate_resolver(
            resolve,
            shapes.maybe(scalars.Identifier),
            id=scalars.Identifier,
            expectedVersion=int,
        ),
        description=descriptions.removes(resource),
    )


async def _issue_client_secret(info: Any, clientId: UUID, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = SecretWords.model_validate(shapes.provided_input(input))
        overlap = timedelta(hours=words.overlap_hours)
        secret = await issue_secret(author.connection, author.actor, clientId, overlap=overlap)
        return secret.model_dump(mode="json", by_alias=True)

    return await run_as_author(info.context, work)


async def _read_reminders(info: Any, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = ReadReminders.model_validate(shapes.provided_input(input))
        return {"unread": await read_reminders(author.connection, author.actor, words.reminder_ids)}

    return await run_as_author(info.context, work)


async def _hand_over(info: Any, personId: UUID, expectedBasis: str, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = HandOverRequest.model_validate(shapes.provided_input(input))
        done = await hand_over(author.connection, author.actor, personId, words, expectedBasis)
        return done.model_dump(mode="json", by_alias=True)

    return await run_as_author(info.context, work)


async def _convert(
    info: Any,
    planId: UUID,
    expectedBasis: str,
    input: Any,
    idempotencyKey: Any = strawberry.UNSET,
) -> Any:
    written = shapes.provided_input(input)

    async def create(author: Snapshot) -> UUID:
        words = ConversionRequest.model_validate(written)
        return await convert_articulation(author.connection, author.actor, planId, words, expectedBasis)

    asked = {"planId": planId, "basis": expectedBasis, "input": written}
    what = Creation("convertArticulation", asked, shapes.provided_argument(idempotencyKey), create)
    return await create_once(info.context, CONVERSION, what)


async def _undo(info: Any, planId: UUID, articulationConversionId: UUID) -> Any:
    async def work(author: Snapshot) -> Any:
        await undo_conversion(author.connection, author.actor, planId, articulationConversionId)
        return await read_back(author, CONVERSION, articulationConversionId)

    return await run_as_author(info.context, work)


def articulation_mutations() -> dict[str, Any]:
    """Converting and undoing; `expectedBasis` is what REST reads in If-Match: the basis of the preview."""
    answers = shapes.maybe(TYPES[CONVERSION.name])
    words = shapes.input_of(ConversionRequest, "ConversionRequest")
    key = shapes.maybe(str)
    return {
        "convertArticulation": strawberry.field(
            resolver=annotate_resolver(
                _convert, answers, planId=scalars.Identifier, expectedBasis=str, input=words, idempotencyKey=key
            ),
            description="Converts the articulation as previewed: all rows, or none.",
        ),
        "undoArticulationConversion": strawberry.field(
            resolver=annotate_resolver(
                _undo, answers, planId=scalars.Identifier, articulationConversionId=scalars.Identifier
            ),
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
        resolver=annotate_resolver(
            _issue_client_secret,
            shapes.maybe(shapes.object_of(ClientSecret)),
            clientId=scalars.Identifier,
            input=shapes.input_of(SecretWords, "ClientSecretInput"),
        ),
        description="A new secret of a machine, shown this once.",
    )
    found["readReminders"] = strawberry.field(
        resolver=annotate_resolver(
            _read_reminders,
            shapes.maybe(shapes.object_of(UnreadReminders)),
            input=shapes.input_of(ReadReminders, "ReadRemindersInput"),
        ),
        description="Answers how many of the reader's own reminders are left.",
    )
    found["handOver"] = strawberry.field(
        resolver=annotate_resolver(
            _hand_over,
            shapes.maybe(shapes.object_of(HandOver)),
            personId=scalars.Identifier,
            expectedBasis=str,
            input=shapes.input_of(HandOverRequest, "HandOverRequest"),
        ),
        description="Everything a person carries goes to a successor; `expectedBasis` is that of the preview.",
    )
    return found | identity_mutations() | articulation_mutations() | continuation_mutations() | invitation_mutations()


Mutation: Any = strawberry.type(
    type("Mutation", (), _fields()), name="Mutation",
    description="Everything that can be changed: each field in a transaction of its own, in the order of the document.",
)  # fmt: skip
