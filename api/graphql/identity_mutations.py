"""Changes that concern who may sign in and act, besides those of documents."""

# ruff: noqa: A002, N803 - arguments are named as GraphQL names them

from typing import Any
from uuid import UUID

import strawberry

from api.domain.commands.first_administrator import name_administrator
from api.domain.schemas.passwords import AdministratorNamed, AdministratorNaming
from api.graphql import scalars, shapes
from api.graphql.authoring import run_as_author
from api.graphql.context import Snapshot
from api.graphql.types import annotate_resolver


async def _name_administrator(info: Any, workspaceId: UUID, input: Any) -> Any:
    async def work(author: Snapshot) -> Any:
        words = AdministratorNaming.model_validate(shapes.provided_input(input))
        named = await name_administrator(author.connection, author.actor, workspaceId, words)
        return named.model_dump(mode="json", by_alias=True)

    return await run_as_author(info.context, work)


def identity_mutations() -> dict[str, Any]:
    """The fields of the mutation, by their names."""
    return {
        "nameAdministrator": strawberry.field(
            resolver=annotate_resolver(
                _name_administrator,
                shapes.maybe(shapes.object_of(AdministratorNamed)),
                workspaceId=scalars.Identifier,
                input=shapes.input_of(AdministratorNaming, "AdministratorNamingInput"),
            ),
            description="The first administrator of a workspace, by the operator; refused once it has one.",
        ),
    }
