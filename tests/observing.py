"""Looking at a database from outside a test: what it holds, and what it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from asyncpg.connection import Connection as AsyncpgConnection

from api.accounts import open_workspace
from api.db import Database
from api.domain.identifiers import DIRECTORY

Snapshot = dict[str, str]


async def snapshot_of_everything(database: Database, workspace_id: UUID) -> Snapshot:
    """A digest of each table of a workspace, its journal position and the directory's.

    Two are equal exactly when nothing changed: "a refusal changes nothing" compares them.
    """
    async with database.transaction() as connection:
        await open_workspace(connection, workspace_id)
        tables = await connection.fetch(
            "select c.table_name from information_schema.columns c join information_schema.tables t"
            " using (table_schema, table_name) where c.table_schema = 'public' and t.table_type = 'BASE TABLE'"
            " and c.column_name = 'workspace_id' order by 1"
        )
        digests = [
            f"select '{row[0]}' as name, count(*) || ':' ||"
            f" md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest"
            f" from {row[0]} t where workspace_id = $1"
            for row in tables
        ]
        found = await connection.fetch(" union all ".join(digests), workspace_id)
        positions = await connection.fetch(
            "select workspace_id, position from journal_counter where workspace_id = any($1::uuid[])",
            [workspace_id, DIRECTORY],
        )
    return {row["name"]: row["digest"] for row in found} | {
        f"journal of {row['workspace_id']}": str(row["position"]) for row in positions
    }


@contextmanager
def statements(_database: Database) -> Iterator[list[str]]:
    """The SQL statements that this process sends while the block runs, by any pool, without BEGIN and COMMIT."""
    sent: list[str] = []
    prepared, simple = AsyncpgConnection._do_execute, AsyncpgConnection.execute

    async def counted_prepared(self: Any, query: str, *args: Any, **options: Any) -> Any:
        sent.append(query)
        return await prepared(self, query, *args, **options)

    async def counted_simple(self: Any, query: str, *args: Any, **options: Any) -> Any:
        frame = query.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"))
        if not args and not frame:
            sent.append(query)
        return await simple(self, query, *args, **options)

    AsyncpgConnection._do_execute = counted_prepared
    AsyncpgConnection.execute = counted_simple
    try:
        yield sent
    finally:
        AsyncpgConnection._do_execute = prepared
        AsyncpgConnection.execute = simple
