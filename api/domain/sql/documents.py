"""Reading any concept: one document, or a page of them, each as the JSON text that PostgreSQL built."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.resources.base import Resource
from api.domain.sql.cursors import CursorKey
from api.domain.sql.listing import Listing, page_of, plans_asked
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The documents of one page as JSON texts, the cursor of the next one, and the count if it was asked."""

    items: Sequence[str]
    next: str | None
    total: int | None


async def document(connection: Connection, reader: Reader, resource: Resource, identifier: UUID) -> str:
    """One document as JSON text; NotFound when it does not exist or the reader may not see it."""
    identity = reader.binds.apart(identifier, "uuid")

    def write() -> tuple[str]:
        rows, seen = reader.rows(resource, "t")
        shown = reader.document(resource, "t")
        return (f"select {shown}::text from {rows} where t.id = {identity}{_tenant(reader, resource)} and {seen}",)

    (sql,) = prepare_statement(reader, f"document:{resource.name}", write)
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound(resource.name, identifier)
    return found


async def page(
    connection: Connection, reader: Reader, resource: Resource, listing: Listing, key: CursorKey
) -> DocumentPage:
    """A page of documents in one statement (two when the total is asked)."""
    shown_in = plans_asked(reader, resource, listing, reader.binds.apart)
    rows, seen, shown = prepare_statement(
        reader, f"page:{resource.name}:{shown_in}",
        lambda: (*reader.reading(shown_in).rows(resource, "t"), reader.document(resource, "t")),
    )  # fmt: skip
    asked = page_of(reader, resource, listing, "t", key)
    sql = (
        f"select {shown}::text, {asked.keys} from {rows}"
        f" where {seen} and {asked.where} order by {asked.order} limit {listing.page_size + 1}"
    )
    found = await connection.fetch(sql, *reader.binds.values)
    has_more = len(found) > listing.page_size
    reader.is_personal = has_more
    items = [row[0] for row in found[: listing.page_size]]
    after = key.seal(found[listing.page_size - 1][1], asked.tag) if has_more else None
    total = await count(connection, reader, resource, listing, key) if listing.with_total else None
    return DocumentPage(items, after, total)


async def count(connection: Connection, reader: Reader, resource: Resource, listing: Listing, key: CursorKey) -> int:
    """How many documents a listing finds, wherever its page begins."""
    counter = Reader(reader.actor, reader.language, reader.base_url)
    rows, seen = counter.reading(plans_asked(counter, resource, listing, counter.binds)).rows(resource, "t")
    whole = Listing(listing.filters, listing.search)
    asked = page_of(counter, resource, whole, "t", key)
    total: int = await connection.fetchval(
        f"select count(*) from {rows} where {seen} and {asked.where}", *counter.binds.values
    )
    return total


def _tenant(reader: Reader, resource: Resource) -> str:
    """The leading key of a tenant table, where the reader acts in one workspace (an index prefix)."""
    if resource.stays_home and reader.actor.workspace_id is not None:
        return f" and t.workspace_id = {reader.binds(reader.actor.workspace_id, 'uuid')}"
    return ""
