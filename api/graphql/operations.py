"""One operation ready to run: its document, its variables, what it selects and what that costs."""

import json
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues, get_variable_values

from api.domain.errors import Refusal
from api.domain.sql.listing import Listing
from api.domain.sql.selection import Ask
from api.graphql import limits
from api.graphql.documents import Document, invalid_document
from api.graphql.outline import Outline, decide_variables, outline_of
from api.graphql.schema import CORE
from api.lru_cache import LruCache
from api.settings import Settings

OutlineKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """What is run. `asks` is None where a value said is refused: the ordinary way then tells where and why."""

    document: Document
    node: OperationDefinitionNode
    variables: VariableValues
    provided: dict[str, Any]
    written: str
    """The variables as JSON, in the order of their names."""
    outline_key: OutlineKey
    outline: Outline
    asks: tuple[Ask, ...] | None
    cost: int

    @property
    def is_query(self) -> bool:
        return self.node.operation.value == "query"


MOST_KEPT = 1_000_000
"""Characters of the documents and variables of the operations kept ready; of the documents of outlines alike."""
_OPERATIONS: LruCache[tuple[str, str | None, str, int], Operation] = LruCache(MOST_KEPT)
_OUTLINES: LruCache[OutlineKey, Outline] = LruCache(MOST_KEPT)


def operation_of(document: Document, name: str | None, provided: dict[str, Any], settings: Settings) -> Operation:
    """The operation with its variables; refuses wrong variables and too high a cost (400)."""
    limits.check_variables(provided)
    written = _serialise(provided)
    key = (document.digest, name, written, settings.graphql_cost)
    known = _OPERATIONS.get(key)
    if known is None:
        known = _make_operation(document, name, provided, written, settings)
        _OPERATIONS.put(key, known, document.weight + len(written))
    return known


def _make_operation(
    document: Document, name: str | None, provided: dict[str, Any], written: str, settings: Settings
) -> Operation:
    node = document.operation(name)
    variables = _variables(node, provided)
    key = (document.digest, name, *decide_variables(variables, document.deciding))
    outline = _OUTLINES.get(key)
    if outline is None:
        try:
            outline = outline_of(document.node, node, variables)
        except GraphQLError as wrong:  # null, where a @skip or an @include needs to know
            raise invalid_document([wrong], lambda _: "variables") from wrong
        _OUTLINES.put(key, outline, document.weight)
    if (schema := outline.schema) is not None:
        limits.check_schema(schema.times, schema.fields, is_alone=schema.asked is not None)
    asks, are_fine = _asks(outline, variables)
    cost = outline.beside + limits.cost_of(outline.roots, asks)
    if cost > settings.graphql_cost:
        raise limits.too_much("cost", settings.graphql_cost, cost=cost)
    return Operation(document, node, variables, provided, written, key, outline, asks if are_fine else None, cost)


def _serialise(provided: dict[str, Any]) -> str:
    try:
        return orjson.dumps(provided, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # a number beyond 64 bits, which the types refuse next
        return json.dumps(provided, sort_keys=True)


def _variables(node: OperationDefinitionNode, provided: dict[str, Any]) -> VariableValues:
    values = get_variable_values(CORE, node.variable_definitions or (), provided, max_errors=5, hide_suggestions=True)
    if isinstance(values, list):
        raise invalid_document(values, lambda _: "variables")
    return values


def _asks(outline: Outline, variables: VariableValues) -> tuple[tuple[Ask, ...], bool]:
    asks, are_fine = [], True
    for place in outline.places:
        try:
            asks.append(place.ask(variables))
        except (Refusal, GraphQLError):
            asks.append(Ask(Listing()))
            are_fine = False
    return tuple(asks), are_fine
