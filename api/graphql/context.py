"""What one GraphQL request holds: who asks, one snapshot to read from, and the reads gathered per level."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from api.accelerations.optimistic_read import OptimisticRead
from api.db import Connection, Database, unavailable_for
from api.domain.actor import Actor
from api.domain.resources.base import Resource
from api.domain.sql import connections
from api.domain.sql.connections import Key, Node, NodePage
from api.domain.sql.cursors import CursorKey
from api.domain.sql.links import Link
from api.domain.sql.listing import Listing
from api.domain.sql.reader import Reader
from api.identity.authentication import Authorized, Caller, authorize, recent_authorization

T = TypeVar("T")
Position = tuple[str, ...]


@dataclass
class Snapshot:
    """One unchanging view of the database with the rights of one actor. Concurrent resolvers take turns on it."""

    connection: Connection
    actor: Actor
    language: str
    base_url: str
    key: CursorKey
    position: str | None = None
    """The version of everything that can be read here, as the SQL function `enter` answers it."""
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _fault: Exception | None = None

    def reader(self) -> Reader:
        return Reader(self.actor, self.language, self.base_url)

    async def read(self, work: Callable[[Connection, Reader], Awaitable[T]]) -> T:
        """Do a read when its turn has come. After a fault of the database nothing more can be read here."""
        async with self._turn:
            if self._fault is not None:
                raise self._fault
            try:
                return await work(self.connection, self.reader())
            except Exception as fault:
                if (unavailable := unavailable_for(fault, self.connection)) is not None:
                    self._fault = unavailable
                    raise unavailable from fault
                if self.connection.is_in_transaction() and getattr(fault, "sqlstate", None):
                    self._fault = fault
                raise


@dataclass
class Context:
    """The context of one operation; `snapshot` is opened with it (queries) or after a change (mutations)."""

    database: Database
    key: CursorKey
    who: Caller
    base_url: str
    trace_id: str
    idempotency_hours: int
    language_for: Callable[[str | None], str]
    snapshot: Snapshot | None = None
    told_in: str | None = None
    """The language of the answer, once the asker is known."""
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _loaders: dict[Position, DataLoader[Any, Any]] = field(default_factory=dict)

    async def open_snapshot(self) -> Snapshot:
        """The snapshot of this operation; after a change, a new one that shows it."""
        async with self._opening:
            if self.snapshot is None:
                connection = await self._stack.enter_async_context(self.database.snapshot())
                self.snapshot = self.on(connection, await authorize(connection, self.who))
            return self.snapshot

    def optimistic_read(self) -> tuple[OptimisticRead, Snapshot] | None:
        """What stands for a snapshot where one statement answers all; None for whoever was not here lately."""
        assumed = recent_authorization(self.who)
        if assumed is None:
            return None
        optimistic_read = OptimisticRead(self.database, self.who, assumed)
        return optimistic_read, self.on(optimistic_read, assumed)

    def on(self, connection: Connection, entered: Authorized) -> Snapshot:
        language = self.language_for(entered.language)
        self.told_in = language
        return Snapshot(connection, entered.actor, language, self.base_url, self.key, entered.position)

    @asynccontextmanager
    async def ended(self) -> AsyncIterator[None]:
        """Lets the snapshot go when the block ends; an error passes through it, which tells a lost connection."""
        async with self._stack:
            yield

    async def close(self) -> None:
        """Let the snapshot go; whatever is read next is read anew."""
        self.snapshot = None
        self._loaders.clear()
        await self._stack.aclose()

    def language(self) -> str:
        return self.told_in or self.language_for(None)

    async def document(self, resource: Resource, identifier: UUID, position: Position) -> Node | None:
        async def load(keys: list[Key]) -> Sequence[Node | None]:
            return await self._documents(resource, ("id",), keys)

        found: Node | None = await self._loader(position, load).load((identifier,))
        return found

    async def read_linked(self, link: Link, source: Node, position: Position) -> Node | None:
        """The document that a link leads to; refused where the reader may read none of its kind."""

        async def load(keys: list[Key]) -> Sequence[Node | None]:
            return await self._documents(link.target, link.target_columns, keys)

        snapshot = await self.open_snapshot()
        found = await self._loader(position, load).load(source.key(link.source_columns))
        return found if link.is_told(snapshot.reader()) else None

    async def _documents(self, resource: Resource, columns: tuple[str, ...], keys: list[Key]) -> Sequence[Node | None]:
        snapshot = await self.open_snapshot()
        return await snapshot.read(lambda c, reader: connections.documents_of(c, reader, resource, columns, keys))

    async def page(self, resource: Resource, listing: Listing) -> NodePage:
        snapshot = await self.open_snapshot()
        return await snapshot.read(lambda c, reader: connections.root_page(c, reader, resource, listing, self.key))

    async def linked_page(self, link: Link, source: Node, listing: Listing, position: Position) -> NodePage:
        async def load(keys: list[Key]) -> list[NodePage]:
            snapshot = await self.open_snapshot()
            return await snapshot.read(lambda c, reader: connections.pages_of(c, reader, link, keys, listing, self.key))

        page: NodePage = await self._loader(position, load).load(source.key(link.source_columns))
        return page

    async def linked_total(self, link: Link, source: Node, listing: Listing, position: Position) -> int:
        async def load(keys: list[Key]) -> list[int]:
            snapshot = await self.open_snapshot()
            return await snapshot.read(
                lambda c, reader: connections.totals_of(c, reader, link, keys, listing, self.key)
            )

        total: int = await self._loader(position, load).load(source.key(link.source_columns))
        return total

    def _loader(
        self, position: Position, load: Callable[[list[Any]], Awaitable[Sequence[Any]]]
    ) -> DataLoader[Any, Any]:
        """One loader per place in the document: all its parents are answered by one statement."""
        if position not in self._loaders:
            self._loaders[position] = DataLoader(load_fn=load)
        return self._loaders[position]


def position_of(path: Any) -> Position:
    """A path without its indexes: the place in the document."""
    names = []
    while path is not None:
        if isinstance(path.key, str):
            names.append(path.key)
        path = path.prev
    return tuple(reversed(names))
