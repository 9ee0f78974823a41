"""Rights and rows in one statement, for whoever was here before: three round trips less than a transaction."""

from collections.abc import Sequence
from typing import Any

from api.db import Database
from api.domain.queries.identity import with_rights
from api.identity.authentication import Authorized, Caller, authorization_parameters, authorize, parse_authorization

Row = tuple[Any, ...]


class RightsMoved(Exception):
    """The asker's rights are no longer those that the statement was written for: what it answered is void."""


class OptimisticRead:
    """Stands for a connection where one statement is all that is asked of the database.

    The statement was written for the rights that the asker had when last seen (`assumed`). It reads them anew while
    it runs, in its own snapshot and before any row, which also opens row-level security; what it found is given out
    only if they are still the same.
    """

    def __init__(self, database: Database, who: Caller, assumed: Authorized) -> None:
        self._database = database
        self._who = who
        self._assumed = assumed
        self.entered: Authorized | None = None
        """What the statement told of the asker's rights, once it ran."""

    async def fetch(self, sql: str, *values: Any) -> Sequence[Row]:
        """The rows of the statement. Raises RightsMoved, or the refusal of whoever may no longer enter."""
        if self.entered is not None:
            raise RuntimeError("an optimistic read is one statement: a second one needs a snapshot")
        async with self._database.connection() as connection:
            if self._who.is_anonymous:
                self.entered = await authorize(connection, self._who)
                return [tuple(row) for row in await connection.fetch(sql, *values)]
            found = await connection.fetch(with_rights(sql, len(values)), *values, *authorization_parameters(self._who))
        now = parse_authorization(self._who, found[0][-1])
        if (now.actor, now.language) != (self._assumed.actor, self._assumed.language):
            raise RightsMoved
        self.entered = now
        return [row[:-2] for row in found] if found[0][-2] else []

    async def fetchrow(self, sql: str, *values: Any) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *values: Any) -> Any:
        row = await self.fetchrow(sql, *values)
        return None if row is None else row[0]
