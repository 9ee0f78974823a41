"""What a list can be asked, from GraphQL arguments to the `Listing` that REST also makes."""

from collections.abc import Mapping, Sized
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any

import strawberry
from graphql import Undefined
from pydantic.alias_generators import to_camel
from sqlalchemy import BigInteger

from api.domain.errors import Invalid, Issue
from api.domain.resources.base import Resource, list_of
from api.domain.sql.listing import DEFAULT_PAGE, MAX_PAGE, Listing, Order, cast_of, column_filters
from api.domain.tables.base import words_of
from api.graphql import descriptions, scalars, shapes

MOST_VALUES = 50
LONGEST_VALUE = 200
LONGEST_CURSOR = 2000
MOST_SORTS = 5
DESCENDING = "Descending"


def filter_types(resource: Resource) -> dict[str, Any]:
    """Every name by which a list can be filtered, with the type of one value."""
    asked: dict[str, Any] = {}
    for name, column in column_filters(resource).items():
        words = words_of(resource.columns.get(name))
        python_type = scalars.LargeInt if isinstance(column.type, BigInteger) else None
        plain = str if cast_of(column) == "text" else column.type.python_type
        asked[name] = python_type or shapes.shape(words or plain)
    for name, derived in resource.derived.items():
        if derived.type is bool:
            asked[name] = bool
    for name, filtered in resource.filters.items():
        asked[name] = shapes.shape(filtered.type)
    return asked


@lru_cache(maxsize=128)
def filter_input(resource_name: str) -> Any:
    """`ActionFilter`: values of one name are alternatives, names add up; null asks nothing."""
    resource = _resource(resource_name)
    fields = {to_camel(n): shapes.maybe(list_of(kind)) for n, kind in filter_types(resource).items()}
    return shapes.make_type(
        f"{resource.title}Filter", fields, None, dict.fromkeys(fields, strawberry.UNSET),
        description="Values of one name are alternatives; names add up.", is_input=True,
    )  # fmt: skip


@lru_cache(maxsize=128)
def sort_enum(resource_name: str) -> Any:
    """`ActionSort`: each sortable name, and the same name descending."""
    resource = _resource(resource_name)
    names = [to_camel(s) for s in resource.sorts]
    members = {word: word for name in names for word in (name, f"{name}{DESCENDING}")}
    make: Any = StrEnum
    made = make(f"{resource.title}Sort", members)
    return strawberry.enum(
        made, description=f"An order of the {descriptions.split_name(resource.plural)}; all can be descending."
    )


def _resource(name: str) -> Resource:
    from api.domain.resources.catalogue import BY_NAME

    return BY_NAME[name]


@lru_cache(maxsize=128)
def _wire_names(resource_name: str) -> dict[str, str]:
    return {to_camel(name): name for name in filter_types(_resource(resource_name))}


@lru_cache(maxsize=128)
def _orders(resource_name: str) -> dict[str, Order]:
    by_wire = {to_camel(s): s for s in _resource(resource_name).sorts}
    return {w: Order(n) for w, n in by_wire.items()} | {w + DESCENDING: Order(n, True) for w, n in by_wire.items()}


def listing_of(resource: Resource, provided: Mapping[str, Any]) -> Listing:
    """The listing that coerced arguments ask for; refuses what REST would refuse (400)."""
    first = _provided_argument(provided, "first")
    page_size = DEFAULT_PAGE if first is None else first
    if not 1 <= page_size <= MAX_PAGE:
        raise Invalid(Issue("outOfRange", "query", "first", first, (("maximum", MAX_PAGE),)))
    return Listing(
        filters=_filters(resource, _provided_argument(provided, "filter")),
        search=checked_text("search", _provided_argument(provided, "search"), LONGEST_VALUE, is_search=True),
        sort=_sort(resource, _provided_argument(provided, "sort")),
        after=checked_text("after", _provided_argument(provided, "after"), LONGEST_CURSOR),
        page_size=page_size,
    )


def _provided_argument(provided: Mapping[str, Any], name: str) -> Any:
    value = provided.get(name)
    return None if value is Undefined or value is strawberry.UNSET else value


def _filters(resource: Resource, asked: Any) -> dict[str, list[Any]]:
    if asked is None:
        return {}
    names = _wire_names(resource.name)
    pairs = asked.items() if isinstance(asked, Mapping) else vars(asked).items()
    found = {names[w]: values for w, values in pairs if values is not None and values is not strawberry.UNSET}
    return {name: _values(name, values) for name, values in found.items()}


def _values(name: str, values: Any) -> list[Any]:
    listed = values if isinstance(values, list) else [values]
    at_most(to_camel(name), listed, MOST_VALUES)
    plain = [str(v.value) if isinstance(v, Enum) else v for v in listed]
    return [checked_text(to_camel(name), v, LONGEST_VALUE) if isinstance(v, str) else v for v in plain]


def _sort(resource: Resource, asked: Any) -> tuple[Order, ...]:
    listed = [] if asked is None else asked if isinstance(asked, list) else [asked]
    at_most("sort", listed, MOST_SORTS)
    orders = _orders(resource.name)
    return tuple(orders[v.value if isinstance(v, Enum) else v] for v in listed)


def at_most(name: str, values: Sized, most: int) -> None:
    """Refuse a list that is longer than REST would take."""
    if len(values) > most:
        raise Invalid(Issue("outOfRange", "query", name, len(values), (("maximum", most),)))


def checked_text(name: str, value: str | None, longest: int, *, is_search: bool = False) -> str | None:
    """A text as REST would take it: not too long, no control characters; an empty search is refused."""
    if value is None:
        return None
    if len(value) > longest or (is_search and not value):
        raise Invalid(Issue("outOfRange", "query", name, value[:100], (("maximum", longest),)))
    if any((ord(c) < 32 and c not in "\n\t\r") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in value):
        raise Invalid(Issue("malformed", "query", name))
    return value
