"""The schema: everything that REST reads and writes, as one graph."""

from typing import Any

import strawberry
from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.graphql.mutations import Mutation
from api.graphql.queries import Query
from api.graphql.scalars import SCALARS
from api.graphql.shapes import OneSpelling
from api.graphql.types import default_resolver

SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    config=StrawberryConfig(
        name_converter=OneSpelling(),
        default_resolver=default_resolver,
        scalar_map=SCALARS,
        disable_field_suggestions=True,
    ),
)
CORE: GraphQLSchema = SCHEMA._schema  # noqa: SLF001 - parsing, validating and running are graphql-core's


def schema_text() -> str:
    """The schema in the schema language, as committed in `openapi/schema.graphql`."""
    text: Any = print_schema(lexicographic_sort_schema(CORE))
    return f"{text}\n"
