"""What the schema tells of itself: the same for every reader, so worked out once for each selection and kept as bytes.

It is worked out in short turns, one selection at a time, so that the requests of everybody else go on meanwhile. What
is told of a type is worked out once, however many fields and arguments are of that type.
"""

import asyncio
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLType,
    get_named_type,
    get_nullable_type,
    print_ast,
)
from graphql.execution.values import VariableValues, get_argument_values

from api.domain.errors import Refusal
from api.graphql.estimates import Below, Chosen
from api.graphql.schema import CORE
from api.lru_cache import LruCache

TELLING = ("__schema", "__type")
MOST_KEPT = 16 * 1024 * 1024
"""Bytes of the answers kept; one to the usual question takes one million."""
MOST_WAITING = 8
TURN_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class IntrospectionQuestion:
    """A field asked of the schema, and what of its answer: equal ones are answered alike, however they are written."""

    key: str
    name: str
    provided: tuple[str, ...]
    inner: tuple["IntrospectionQuestion", ...]
    definition: GraphQLField = field(compare=False)
    node: FieldNode = field(compare=False)


def find_introspection(below: Below, chosen: Chosen, type_name: str) -> tuple[IntrospectionQuestion, ...]:
    """The selection of a type of introspection, fragments written out."""
    return tuple(_find_in_selection(below, key, nodes, type_name) for key, nodes in chosen.items())


def _find_in_selection(below: Below, key: str, nodes: list[FieldNode], type_name: str) -> IntrospectionQuestion:
    parent = CORE.type_map[type_name]
    assert isinstance(parent, GraphQLObjectType)
    definition = CORE.get_field(parent, nodes[0].name.value)
    assert definition is not None
    provided = tuple(sorted(print_ast(argument) for argument in nodes[0].arguments or ()))
    own = get_named_type(definition.type).name
    inner = (
        find_introspection(below, below(nodes, own), own) if isinstance(CORE.type_map[own], GraphQLObjectType) else ()
    )
    return IntrospectionQuestion(key, nodes[0].name.value, provided, inner, definition, nodes[0])


@dataclass
class Introspection:
    """The answers kept, and whoever waits for a new one."""

    kept: LruCache[Hashable, bytes] = field(default_factory=lambda: LruCache(MOST_KEPT))
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0

    async def describe(
        self, asked: tuple[IntrospectionQuestion, ...], written: str, variables: VariableValues, *, is_kept: bool = True
    ) -> bytes:
        """The JSON of `data` for an operation that asks for nothing but the schema; worked out anew unless kept.

        Refuses (503) when many others wait to be told something new; raises what graphql-core raises of a value.
        """
        key = (asked, written)
        known = self.kept.get(key) if is_kept else None
        if known is not None:
            return known
        if self.waiting >= MOST_WAITING:
            raise Refusal("serviceUnavailable")
        self.waiting += 1
        try:
            async with self.turn:
                if is_kept:
                    known = self.kept.get(key)  # whoever came before may have asked the same
                if known is None:
                    known = await _IntrospectionWriter(variables).of(asked, None, "Query")
                    if is_kept:
                        self.kept.put(key, known, len(known))
                return known
        finally:
            self.waiting -= 1


class _IntrospectionWriter:
    """Writes one answer, and gives way whenever its turn is over."""

    def __init__(self, variables: VariableValues) -> None:
        self._variables = variables
        self._said: dict[int, dict[str, Any]] = {}
        self._told: dict[tuple[int, int], bytes] = {}
        self._until = time.perf_counter() + TURN_SECONDS

    async def of(self, asked: Sequence[IntrospectionQuestion], source: Any, type_name: str) -> bytes:
        """The members asked of one thing."""
        if time.perf_counter() > self._until:
            await asyncio.sleep(0)
            self._until = time.perf_counter() + TURN_SECONDS
        members = [b"%b:%b" % (orjson.dumps(each.key), await self._member(each, source, type_name)) for each in asked]
        return b"{%b}" % b",".join(members)

    async def _member(self, asked: IntrospectionQuestion, source: Any, type_name: str) -> bytes:
        if asked.name == "__typename":
            return orjson.dumps(type_name)
        provided = self._said.get(id(asked))
        if provided is None:
            provided = get_argument_values(asked.definition, asked.node, self._variables, hide_suggestions=True)
            self._said[id(asked)] = provided
        if asked.name == "__schema":
            value: Any = CORE
        elif asked.name == "__type":
            value = CORE.get_type(provided["name"])
        else:
            assert asked.definition.resolve is not None
            value = asked.definition.resolve(source, None, **provided)
        return await self._value(asked, get_nullable_type(asked.definition.type), value)

    async def _value(self, asked: IntrospectionQuestion, kind: Any, value: Any) -> bytes:
        if value is None:
            return b"null"
        if isinstance(kind, GraphQLList):
            inner = get_nullable_type(kind.of_type)
            return b"[%b]" % b",".join([await self._value(asked, inner, item) for item in value])
        if not isinstance(kind, GraphQLObjectType):
            return orjson.dumps(kind.serialize(value))
        if not isinstance(value, GraphQLType):
            return await self.of(asked.inner, value, kind.name)
        place = id(asked), id(value)
        known = self._told.get(place)
        if known is None:
            known = self._told[place] = await self.of(asked.inner, value, kind.name)
        return known
