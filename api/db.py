"""Two ways to the database: a transaction to write in, a snapshot to read from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Self

import asyncpg

from api.settings import Settings

CLOSE_SECONDS = 5
LONGEST_PREPARED = 256 * 1024
"""Statements up to this many bytes stay prepared: trees and compiled selections are the ones that gain most."""

Connection = Any
"""An asyncpg connection, or the pool's proxy of one (its generic parameter says nothing here)."""


class Unavailable(Exception):
    """No connection came free in time: the caller should try again shortly (503)."""


class UnsafeRole(Exception):
    """The runtime role could bypass row-level security, so the service refuses to start."""


class Database:
    """A pool of connections under the runtime role, which owns nothing and cannot bypass row security."""

    def __init__(self, pool: "asyncpg.Pool[Any]", acquire_seconds: float) -> None:
        self._pool = pool
        self._acquire_seconds = acquire_seconds

    @classmethod
    async def open(cls, settings: Settings, address: str) -> Self:
        """A pool on the runtime address; refuses a role that owns tables or bypasses row security."""
        pool = await asyncpg.create_pool(
            address,
            min_size=1,
            max_size=settings.pool_size,
            server_settings=settings.runtime_session_settings(),
            reset=_leave_as_is,
            max_cacheable_statement_size=LONGEST_PREPARED,
        )
        database = cls(pool, settings.pool_acquire_seconds)
        async with database.connection() as connection:
            await _check_role(connection)
        return database

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self._pool.close(), CLOSE_SECONDS)
        except TimeoutError:
            self._pool.terminate()  # the server is gone: nothing will answer a polite goodbye

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection outside any transaction: each statement stands alone, in a snapshot of its own."""
        try:
            connection = await self._pool.acquire(timeout=self._acquire_seconds)
        except TimeoutError as too_late:
            raise Unavailable from too_late
        try:
            yield connection
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def _within(self, **options: Any) -> AsyncIterator[Connection]:
        async with self.connection() as connection, connection.transaction(**options):
            yield connection

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction to write in: committed when the block ends, undone when it raises."""
        return self._within(isolation="read_committed")

    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """One unchanging, read-only view of the database."""
        return self._within(isolation="repeatable_read", readonly=True)


async def _leave_as_is(connection: Connection) -> None:
    """Nothing to reset: every setting is local to its transaction, so a round trip is saved."""


async def _check_role(connection: Connection) -> None:
    """Raise unless row-level security binds this role."""
    unsafe = await connection.fetchval(
        """
        select rolsuper or rolbypassrls or exists (
            select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname = 'public' and pg_has_role(r.oid, c.relowner, 'usage'))
        from pg_roles r where rolname = current_user
        """
    )
    if unsafe:
        raise UnsafeRole(
            "The runtime role owns tables or bypasses row-level security. "
            "Give DATABASE_URL a role that does neither, and PST_OWNER_DATABASE_URL the owner."
        )
