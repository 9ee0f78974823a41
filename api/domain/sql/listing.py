"""A question about many documents: filters, search, order and page, checked and then said in SQL."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Integer, Numeric, Text, Uuid

from api.domain.errors import invalid
from api.domain.resources.base import Resource
from api.domain.rights.shown_rows import LATEST, ShownIn, uses_plain_tables
from api.domain.rights.visibility import reader_group_of
from api.domain.sql.cursors import CursorKey
from api.domain.sql.reader import Reader

MAX_PAGE = 200
DEFAULT_PAGE = 50
Bind = Callable[[Any, str], str]
__all__ = ["DEFAULT_PAGE", "MAX_PAGE", "Listing", "Order", "column_filters"]


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key: a sortable name and its direction."""

    name: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of a list. Values of one filter are alternatives; filters add up."""

    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    search: str | None = None
    sort: tuple[Order, ...] = ()
    after: str | None = None
    page_size: int = DEFAULT_PAGE
    with_total: bool = False

    def tag(self, resource: Resource, principal: str, within: str = "") -> str:
        """What a cursor is bound to: the question and who asks it."""
        question = [
            resource.name, within, principal, self.search,
            {k: [str(v) for v in vs] for k, vs in sorted(self.filters.items())},
            [(o.name, o.descending) for o in self.sort],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(question, default=str).encode()).hexdigest()[:24]


def column_filters(resource: Resource) -> dict[str, Column[Any]]:
    """The columns that can be filtered by equality: references, closed words, flags and whole numbers."""
    out = {}
    for name, column in resource.table.c.items():
        if name in resource.hidden or name in ("id", "version"):
            continue
        is_word = isinstance(column.type, Text) and not isinstance(column.type, ARRAY) and _is_word(resource, name)
        if (
            isinstance(column.type, Uuid | Boolean | Integer)
            or is_word
            or name in ("code", "slug", "entity", "command")
        ):
            out[name] = column
    return out


def _is_word(resource: Resource, name: str) -> bool:
    from api.domain.tables.base import words_of

    return words_of(resource.columns.get(name)) is not None


def cast_of(column: Column[Any]) -> str:
    """The PostgreSQL type of a column's values."""
    kind = column.type
    for sql_type, cast in ((Uuid, "uuid"), (Boolean, "bool"), (Integer, "bigint"), (DateTime, "timestamptz"),
                           (Date, "date"), (Numeric, "numeric")):  # fmt: skip
        if isinstance(kind, sql_type):
            return cast
    return "text"


def plans_asked(reader: Reader, resource: Resource, listing: Listing, bind: Bind) -> ShownIn:
    """The plans whose versions answer the listing, where the reader reads versions: those that a filter names."""
    reader_group = reader_group_of(reader.actor, resource)
    for name, values in listing.filters.items() if reader_group else ():
        asked = resource.filters.get(name)
        if asked is not None and asked.shown_plans is not None:
            plans = asked.shown_plans.replace("{v}", bind(list(values), asked.cast)).replace(
                "{circle}", f"'{reader_group}'"
            )
            return ShownIn(plans=plans)
    return LATEST


def conditions(reader: Reader, resource: Resource, listing: Listing, t: str) -> list[str]:
    """The filters and the search as SQL; a field that the reader may not see cannot be asked about."""
    columns = column_filters(resource) if listing.filters else {}
    out = []
    for name, values in listing.filters.items():
        if name in resource.filters:
            out.append(_declared_filter(reader, resource, name, values, t))
        elif name in resource.derived:
            _must_see(reader, resource, name, name)
            out.append(f"{reader.value(resource, name, t)} = any({reader.binds(list(values), 'bool[]')})")
        else:
            _must_see(reader, resource, name, name)
            given = reader.binds(list(values), cast_of(columns[name]) + "[]")
            out.append(f"{t}.{name} = any({reader.namable(resource, name, given, t)})")
    if "is_archived" in resource.table.c and "is_archived" not in listing.filters:
        out.append(f"not {t}.is_archived")
    if "is_resting" in resource.table.c and "is_resting" not in listing.filters:
        out.append(f"{t}.is_resting is not true")
    if listing.search:
        out.append(_search_condition(reader, resource, listing.search, t))
    return out


def _declared_filter(reader: Reader, resource: Resource, name: str, values: Sequence[Any], t: str) -> str:
    asked = resource.filters[name]
    _must_see(reader, resource, asked.field, name)
    reader_group = reader_group_of(reader.actor, resource)
    if reader_group and asked.shown is None:
        raise invalid("notReadable", resource.wire(name), where="query")
    sql = (asked.shown or asked.sql) if reader_group else asked.sql
    for array in resource.parts:
        if f"{{{array}}}" in sql:
            sql = sql.replace(f"{{{array}}}", f"({reader.part(resource, array, t)})::json")
    given = reader.binds(list(values), asked.cast)
    if asked.target is not None:
        given = reader.followable(asked.target, given, t)
    return sql.replace("{t}", t).replace("{v}", given).replace("{circle}", f"'{reader_group}'")


def _must_see(reader: Reader, resource: Resource, field_name: str, asked: str) -> None:
    if not reader.sees(resource, field_name):
        raise invalid("notReadable", resource.wire(asked), where="query")


def _search_condition(reader: Reader, resource: Resource, text: str, t: str) -> str:
    asked = reader.binds(text, "text")
    seen = [s for s in resource.search if reader.sees(resource, s.partition("->")[0])]
    words = " || ' ' || ".join(f"coalesce({t}.{s}, '')" for s in seen) or "''"
    if reader_group_of(reader.actor, resource) is not None and len(seen) == len(resource.search):
        return f"({t}.words @@ (select search_question({asked})) or {uses_plain_tables(f'{t}.plain', asked)})"
    found = f"search_words({words}) @@ search_question({asked})"
    contained = f"position(plain_text({asked}) in plain_text({words})) > 0"
    return f"({found} or {contained})"


def order_of(reader: Reader, resource: Resource, listing: Listing) -> list[Order]:
    """The keys asked, or the usual ones as far as the reader reads them: an order tells what it follows."""
    usual = [Order(name) for name in resource.default_sort if reader.sees(resource, name)]
    return [*(listing.sort or usual), Order("id")]


def sort_key(resource: Resource, name: str, t: str, *, is_shown: bool = False) -> tuple[str, str]:
    """A sort expression that is never null, and the type of its values. Shown rows have that of their first word."""
    if is_shown and resource.search[:1] == (name,):
        return f"{t}.title_key", "text"
    column = resource.table.c[name]
    cast = cast_of(column)
    if cast == "text" and name not in ("position", "status", "state", "code"):
        return f"sort_text({t}.{name})", "text"
    if not column.nullable:
        return f"{t}.{name}", cast
    last = {
        "date": "'infinity'::date",
        "timestamptz": "'infinity'",
        "bigint": "2147483647",
        "numeric": "'NaN'",
    }
    return f"coalesce({t}.{name}, {last.get(cast, chr(39) * 2)})", cast


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a statement that answers a listing, for a FROM item under alias `t`."""

    where: str
    order: str
    keys: str
    tag: str


def page_of(reader: Reader, resource: Resource, listing: Listing, t: str, key: CursorKey, within: str = "") -> Page:
    """Says the listing in SQL: condition, order, and the JSON array of sort keys of a row (for its cursor)."""
    if not 1 <= listing.page_size <= MAX_PAGE:
        raise invalid("outOfRange", "pageSize", listing.page_size, where="query", maximum=MAX_PAGE)
    for asked in listing.sort:
        _must_see(reader, resource, asked.name, "sort")
    orders = order_of(reader, resource, listing)
    is_shown = reader_group_of(reader.actor, resource) is not None
    keys = [sort_key(resource, o.name, t, is_shown=is_shown) for o in orders]
    tag = listing.tag(resource, reader.actor.principal, within)
    where = conditions(reader, resource, listing, t)
    if listing.after is not None:
        where.append(_after_cursor(reader, orders, keys, key.open(listing.after, tag)))
    order = ", ".join(f"{sql}{' desc' if o.descending else ''}" for o, (sql, _) in zip(orders, keys, strict=True))
    listed = ", ".join(f"({sql})::text" for sql, _ in keys)
    return Page(" and ".join(where) or "true", order, f"json_build_array({listed})::text", tag)


def _after_cursor(reader: Reader, orders: list[Order], keys: list[tuple[str, str]], values: list[Any]) -> str:
    """Rows after the cursor: later on the first key that differs."""
    bound = [f"{reader.binds(v, 'text')}::{cast}" for v, (_, cast) in zip(values, keys, strict=True)]
    alternatives = []
    for i, order in enumerate(orders):
        same = [f"{keys[j][0]} = {bound[j]}" for j in range(i)]
        alternatives.append(" and ".join([*same, f"{keys[i][0]} {'<' if order.descending else '>'} {bound[i]}"]))
    return "(" + " or ".join(f"({a})" for a in alternatives) + ")"
