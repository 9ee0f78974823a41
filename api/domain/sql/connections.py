"""Pages of documents for many parents at once, and documents named by many others: one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from api.domain.resources.base import Resource
from api.domain.sql.cursors import CursorKey
from api.domain.sql.links import Link, links_of
from api.domain.sql.listing import Listing, Page, page_of, plans_asked
from api.domain.sql.reader import Reader

Connection = Any
Key = tuple[UUID | None, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A document, and the columns by which it is linked (known here even where they are withheld)."""

    document: dict[str, Any]
    columns: dict[str, UUID | None]

    def key(self, columns: Sequence[str]) -> Key:
        return tuple(self.columns[c] for c in columns)


@dataclass(frozen=True, slots=True)
class NodePage:
    """The documents of a page, each with the cursor after it."""

    nodes: tuple[Node, ...] = ()
    cursors: tuple[str, ...] = ()
    has_next: bool = False


async def root_page(
    connection: Connection, reader: Reader, resource: Resource, listing: Listing, key: CursorKey
) -> NodePage:
    """A page of all documents that the reader sees."""
    rows, seen = reader.reading(plans_asked(reader, resource, listing, reader.binds)).rows(resource, "t")
    asked = page_of(reader, resource, listing, "t", key)
    sql = (
        f"select {reader.document(resource, 't')}::text, {asked.keys}, {_columns(resource)} from {rows}"
        f" where {seen} and {asked.where} order by {asked.order} limit {listing.page_size + 1}"
    )
    found = await connection.fetch(sql, *reader.binds.values)
    return _page(resource, found, listing, asked, key)


async def pages_of(
    connection: Connection, reader: Reader, link: Link, parents: Sequence[Key], listing: Listing, key: CursorKey
) -> list[NodePage]:
    """For each parent the page of documents that name it, in one statement."""
    link.require_told(reader)
    rows, seen = reader.reading(plans_asked(reader, link.target, listing, reader.binds)).rows(link.target, "c")
    asked = page_of(reader, link.target, listing, "c", key, link.within)
    group = ", ".join(f"c.{column}" for column in link.target_columns)
    sql = (
        f"select {reader.document(link.target, 't')}::text, t._keys, {_columns(link.target)}, {_named_columns(link)}"
        f" from (select c.*, {asked.keys} as _keys, row_number() over (partition by {group} order by {asked.order})"
        f" as _rank from {rows} where {_among(reader, link, 'c', parents)} and {seen} and {asked.where}) t"
        f" where t._rank <= {listing.page_size + 1} order by t._rank"
    )
    by_parent: dict[Key, list[Any]] = {}
    for row in await connection.fetch(sql, *reader.binds.values):
        by_parent.setdefault(tuple(row[3]), []).append(row)
    return [_page(link.target, by_parent.get(parent, []), listing, asked, key) for parent in parents]


async def totals_of(
    connection: Connection, reader: Reader, link: Link, parents: Sequence[Key], listing: Listing, key: CursorKey
) -> list[int]:
    """For each parent how many documents name it, wherever the page begins."""
    link.require_told(reader)
    rows, seen = reader.reading(plans_asked(reader, link.target, listing, reader.binds)).rows(link.target, "t")
    asked = page_of(reader, link.target, Listing(listing.filters, listing.search), "t", key)
    sql = (
        f"select {_named_columns(link)}, count(*) from {rows} where {_among(reader, link, 't', parents)} and {seen}"
        f" and {asked.where} group by 1"
    )
    found = {tuple(row[0]): row[1] for row in await connection.fetch(sql, *reader.binds.values)}
    return [found.get(parent, 0) for parent in parents]


async def documents_of(
    connection: Connection, reader: Reader, resource: Resource, columns: Sequence[str], keys: Sequence[Key]
) -> list[Node | None]:
    """The documents with these keys, in one statement; None for what does not exist or is not visible."""
    rows, seen = reader.rows(resource, "t")
    sql = (
        f"select {reader.document(resource, 't')}::text, null, {_columns(resource)}, {_select_list(columns)}"
        f" from {rows} where {_in(reader, columns, 't', keys)} and {seen}"
    )
    found = {tuple(row[3]): _node(resource, row) for row in await connection.fetch(sql, *reader.binds.values)}
    return [found.get(key) for key in keys]


def _columns(resource: Resource) -> str:
    return _select_list(linking_columns(resource))


def linking_columns(resource: Resource) -> list[str]:
    """The columns of a document through which any of its links is followed."""
    used = [column for link in links_of(resource).values() for column in link.source_columns]
    return sorted({"id", *used})


def _named_columns(link: Link) -> str:
    return _select_list(link.target_columns)


def _select_list(columns: Sequence[str]) -> str:
    return f"array[{', '.join(f't.{column}' for column in columns)}]::uuid[]"


def _among(reader: Reader, link: Link, t: str, parents: Sequence[Key]) -> str:
    return _in(reader, link.target_columns, t, parents)


def _in(reader: Reader, columns: Sequence[str], t: str, keys: Sequence[Key]) -> str:
    """Whether the columns of row `t` are one of the keys."""
    listed = [reader.binds([key[i] for key in keys], "uuid[]") for i in range(len(columns))]
    return f"({', '.join(f'{t}.{c}' for c in columns)}) in (select * from unnest({', '.join(listed)}))"


def _node(resource: Resource, row: Any) -> Node:
    return Node(orjson.loads(row[0]), dict(zip(linking_columns(resource), row[2], strict=True)))


def _page(resource: Resource, found: Sequence[Any], listing: Listing, asked: Page, key: CursorKey) -> NodePage:
    shown = found[: listing.page_size]
    return NodePage(
        tuple(_node(resource, row) for row in shown),
        tuple(key.seal(row[1], asked.tag) for row in shown),
        len(found) > listing.page_size,
    )
