"""How much an answer may hold where no page size says it: computed answers, and the schema itself."""

from collections.abc import Callable
from functools import cache
from math import ceil

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
)

from api.graphql.schema import CORE

ROWS = 200
"""Of a list in a computed answer: as many as the largest page of any list."""
ROWS_WITHIN = 5
"""Of a list in the rows of another."""
WRAPPED = 0.6
"""How often a type is another one that may not be null, or a list of it."""

Chosen = dict[str, list[FieldNode]]
Below = Callable[[list[FieldNode], str], Chosen]


def estimate_fields(below: Below, type_name: str, nodes: list[FieldNode]) -> int:
    """The fields of the answer to a field of this type; `below` tells what is chosen of it, fragments written out."""
    return ceil(_estimate(below, type_name, nodes, ROWS))


def _estimate(below: Below, type_name: str, nodes: list[FieldNode], rows: int) -> float:
    parent = CORE.type_map[type_name]
    assert isinstance(parent, GraphQLObjectType)
    field = CORE.get_field(parent, nodes[0].name.value)
    assert field is not None
    size = _size(type_name, nodes[0].name.value, field, rows)
    own, inner = get_named_type(field.type).name, rows if size == 1 else ROWS_WITHIN
    return size * (1 + sum(_estimate(below, own, found, inner) for found in below(nodes, own).values()))


def _size(type_name: str, name: str, field: GraphQLField, rows: int) -> float:
    """How many there are of what a field answers."""
    if type_name.startswith("__"):
        return _means().get(name, 1)
    return rows if isinstance(get_nullable_type(field.type), GraphQLList) else 1


@cache
def _means() -> dict[str, float]:
    """How long the lists of our schema are on the average."""
    kinds = list(CORE.type_map.values())
    fields = [field for kind in kinds if isinstance(kind, GraphQLObjectType) for field in kind.fields.values()]
    inputs = sum(len(kind.fields) for kind in kinds if isinstance(kind, GraphQLInputObjectType))
    words = sum(len(kind.values) for kind in kinds if isinstance(kind, GraphQLEnumType))
    return {
        "types": len(kinds),
        "directives": len(CORE.directives),
        "fields": len(fields) / len(kinds),
        "args": sum(len(field.args) for field in fields) / len(fields),
        "inputFields": inputs / len(kinds),
        "enumValues": words / len(kinds),
        "ofType": WRAPPED,
    }
