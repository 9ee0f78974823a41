"""Two ways to the database: a transaction to write in, a snapshot to read from."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Self

import asyncpg

from api.settings import Settings

logger = logging.getLogger("pst")

CLOSE_SECONDS = 5
ANSWER_SECONDS = 5
"""Beyond the longest statement: a server that has not answered by then is out of reach."""
LONGEST_PREPARED = 256 * 1024
"""Statements up to this many bytes stay prepared: trees and compiled selections are the ones that gain most."""

Connection = Any
"""An asyncpg connection, or the pool's proxy of one (its generic parameter says nothing here)."""


_LOST = (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg raises, beside the server's own words, when the server cannot be reached."""


class Unavailable(Exception):
    """The database could not be reached: the caller should try again shortly (503)."""


class OutcomeUnknown(Unavailable):
    """The connection broke while a change was being committed: it may have been done."""


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
            min_size=0,
            max_size=settings.pool_size,
            server_settings=settings.runtime_session_settings(),
            reset=_skip_reset,
            max_cacheable_statement_size=LONGEST_PREPARED,
            command_timeout=settings.statement_timeout_ms / 1000 + ANSWER_SECONDS,
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
        """A connection outside any transaction: each statement stands alone, in a snapshot of its own.

        Raises Unavailable when none comes free in time or can be made, and when it breaks.
        """
        connection = await self._acquire()
        try:
            yield connection
        except (*_LOST, asyncpg.PostgresError) as broken:
            if (unavailable := unavailable_for(broken, connection)) is not None:
                raise unavailable from broken
            raise
        finally:
            await self._release(connection)

    async def _acquire(self) -> Connection:
        try:
            return await self._pool.acquire(timeout=self._acquire_seconds)
        except (*_LOST, asyncpg.PostgresError) as refused:
            raise _unreachable(refused) from refused

    async def _release(self, connection: Connection) -> None:
        try:
            await self._pool.release(connection)
        except _LOST as broken:
            raise _unreachable(broken) from broken

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction to write in: committed when the block ends, undone when it raises.

        Raises OutcomeUnknown when the connection breaks while it is committed.
        """
        async with self.connection() as connection:
            transaction = connection.transaction(isolation="read_committed")
            await transaction.start()
            try:
                yield connection
            except BaseException:
                await transaction.rollback()
                raise
            try:
                await transaction.commit()
            except (*_LOST, asyncpg.PostgresError) as broken:
                if isinstance(broken, OSError) or _is_lost(connection):
                    raise OutcomeUnknown from broken
                raise

    async def note(self, work: Callable[[Connection], Awaitable[object]]) -> None:
        """Write something that whoever asked can do without: where that is not possible now, they are answered."""
        try:
            async with self.transaction() as connection:
                await work(connection)
        except Exception as fault:
            code = fault_of(fault)
            if code is None:
                raise
            logger.warning("something could not be noted: %s", code)

    @asynccontextmanager
    async def _within(self, **options: Any) -> AsyncIterator[Connection]:
        async with self.connection() as connection, connection.transaction(**options):
            yield connection

    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """One unchanging, read-only view of the database."""
        return self._within(isolation="repeatable_read", readonly=True)


def unavailable_for(error: Exception, connection: Connection) -> Unavailable | None:
    """What to raise for an error that the loss of this connection explains; None for any other."""
    if isinstance(error, Unavailable) or not isinstance(error, (*_LOST, asyncpg.PostgresError)):
        return None
    return _unreachable(error) if isinstance(error, OSError) or _is_lost(connection) else None


def _is_lost(connection: Connection) -> bool:
    """Whether a connection is gone: then the pool has taken it back already, and its proxy refuses every question."""
    try:
        closed: bool = connection.is_closed()
    except asyncpg.InterfaceError:
        return True
    return closed


def _unreachable(error: Exception) -> Unavailable:
    logger.warning("the database cannot be reached: %s", type(error).__name__)
    return Unavailable()


_OF_THE_SERVER = ("08", "53", "57", "58")
"""Classes of SQLSTATE: connection, resources, an operator's intervention, the system's own (PostgreSQL, appendix A)."""
_CANNOT_WRITE = ("25006", "53100")
"""Read only (a standby, or asked to be), and a full disk."""
_TOO_IDLE = ("25P03", "25P04")


def fault_of(error: BaseException | None) -> str | None:
    """The code of the refusal (503) that tells a fault of the database; None for any other error.

    It concerns neither what was sent nor our code: the same request may succeed in a moment.
    """
    match error:
        case OutcomeUnknown():
            return "outcomeUnknown"
        case Unavailable() | ConnectionError() | asyncpg.InvalidCachedStatementError():
            return "serviceUnavailable"
        case asyncpg.OutdatedSchemaCacheError():
            return "serviceUnavailable"
        case asyncpg.LockNotAvailableError() | asyncpg.DeadlockDetectedError() | asyncpg.SerializationError():
            return "lockedByOther"
        case asyncpg.QueryCanceledError():
            return "tookTooLong"
        case asyncpg.PostgresError():
            return _fault_told(error.sqlstate or "")
    return None


def _fault_told(sqlstate: str) -> str | None:
    if sqlstate in _CANNOT_WRITE:
        return "notWritableNow"
    return "serviceUnavailable" if sqlstate.startswith(_OF_THE_SERVER) or sqlstate in _TOO_IDLE else None


async def can_write(connection: Connection) -> bool:
    """Whether the database takes changes: it is no standby, not set to read only, and its disk has room.

    Sorting more than fits in memory writes a file beside the tables, which costs little and leaves nothing.
    """
    try:
        async with connection.transaction():
            if await connection.fetchval("select current_setting('transaction_read_only')::bool"):
                return False
            await connection.execute("set local work_mem = '64kB'")
            await connection.fetchval("select max(n) from (select n from generate_series(1, 20000) n order by -n) x")
    except asyncpg.PostgresError as refused:
        if fault_of(refused) == "notWritableNow":
            return False
        raise
    return True


async def _skip_reset(connection: Connection) -> None:
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
