"""Row-level security, opened to more workspaces for as long as a command that spans several needs it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

Connection = Any


@asynccontextmanager
async def open_workspaces(connection: Connection, workspaces: Iterable[UUID]) -> AsyncIterator[None]:
    """Admit these workspaces besides those already open, until the block ends.

    A refusal inside leaves them open; it also undoes the transaction, and the setting dies with that.
    """
    more = sorted(set(workspaces))
    before = await connection.fetchval("select coalesce(current_setting('app.workspaces', true), '')")
    await connection.execute(
        "select set_config('app.workspaces', (coalesce(nullif($1::text, ''), '{}')::uuid[] || $2::uuid[])::text, true)",
        before,
        more,
    )
    yield
    await connection.execute("select set_config('app.workspaces', $1, true)", before)
