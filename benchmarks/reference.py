"""What bare Starlette and asyncpg cost for the same answers: the practical floor that our doors are compared with.

The same SQL text (built by our own Reader, once, at the start), the same obligations: the token is verified with
the same cache, rights are read and row-level security opened by the same statement in the same kind of snapshot.
Nothing else: no routing of a hundred addresses, no query checking, no ETag, no problem documents.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.actor import Actor
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.cursors import CursorKey
from api.domain.sql.listing import Listing, page_of
from api.domain.sql.plan_tree import tree_statement
from api.domain.sql.reader import Reader
from api.identity.authentication import Caller, authorize
from api.identity.service import open_tokens
from api.serving import _options
from api.settings import Settings
from benchmarks.reference_writes import Change, change
from benchmarks.subjects import subjects_of

ENTER = "select enter($1, null, null, null, $2, null)::text"


class Floor:
    """The statements of each commune's administration, and the pool they run on."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tokens = open_tokens(settings)
        self.pages: dict[UUID, tuple[str, list[Any]]] = {}
        self.trees: dict[UUID, tuple[str, list[Any]]] = {}
        self.changes: dict[UUID, Change] = {}
        self.kept: dict[UUID, tuple[str, str]] = {}
        self.pool: Any = None

    async def open(self) -> None:
        assert self.settings.database_url is not None
        assert self.settings.owner_database_url is not None
        self.pool = await asyncpg.create_pool(
            self.settings.database_url.get_secret_value(), min_size=1, max_size=self.settings.pool_size,
            server_settings=self.settings.runtime_session_settings(), reset=_nothing,
            max_cacheable_statement_size=1 << 20,
        )  # fmt: skip
        for subject in await subjects_of(self.settings.owner_database_url.get_secret_value()):
            async with self.pool.acquire() as connection, connection.transaction():
                actor = (await authorize(connection, Caller(account_id=subject.account))).actor
            self.changes[subject.account] = Change(actor, self.settings.base_url)
            self.pages[subject.account] = self._page(actor)
            reader = Reader(actor, "fr", self.settings.base_url)
            self.trees[subject.account] = tree_statement(reader, subject.plan), reader.binds.values

    def _page(self, actor: Actor) -> tuple[str, list[Any]]:
        reader, action = Reader(actor, "fr", self.settings.base_url), BY_NAME["action"]
        rows, seen = reader.rows(action, "t")
        asked = page_of(reader, action, Listing(), "t", CursorKey(b""))
        sql = (
            f"select {reader.document(action, 't')}::text, {asked.keys} from {rows}"
            f" where {seen} and {asked.where} order by {asked.order} limit 51"
        )
        return sql, reader.binds.values

    def account(self, request: Request) -> tuple[UUID, str]:
        claims = self.tokens.verify(request.headers["authorization"].partition(" ")[2])
        return claims.subject, claims.jti


floor: Floor


async def page(request: Request) -> Response:
    account, jti = floor.account(request)
    sql, values = floor.pages[account]
    async with floor.pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.fetchval(ENTER, account, jti)
        rows = await connection.fetch(sql, *values)
    items = ",".join([row[0] for row in rows[:50]])
    return Response(f'{{"items":[{items}]}}'.encode(), media_type="application/json")


async def tree(request: Request) -> Response:
    account, jti = floor.account(request)
    sql, values = floor.trees[account]
    async with floor.pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.fetchval(ENTER, account, jti)
        found = await connection.fetchval(sql, *values)
    return Response(found.encode(), media_type="application/json")


async def known(request: Request) -> Response:
    """An unchanged answer: rights and position are read, and nothing is sent."""
    account, jti = floor.account(request)
    async with floor.pool.acquire() as connection:
        found = await connection.fetchval(ENTER, account, jti)
    return Response(status_code=304, headers={"X-Position": str(len(found))})


async def remembered(request: Request) -> Response:
    """The bytes of an unchanged tree, kept since it was first read."""
    account, jti = floor.account(request)
    async with floor.pool.acquire() as connection:
        found = await connection.fetchval(ENTER, account, jti)
    kept = floor.kept.get(account)
    if kept is None or kept[0] != found:
        sql, values = floor.trees[account]
        async with floor.pool.acquire() as connection, connection.transaction():
            await connection.fetchval(ENTER, account, jti)
            kept = found, (await connection.fetchval(sql, *values)).encode()
        floor.kept[account] = kept
    return Response(kept[1], media_type="application/json")


async def patch(request: Request) -> Response:
    account, jti = floor.account(request)
    body = await change(floor.pool, floor.changes[account], ENTER, jti, request)
    return Response(body, media_type="application/json")


async def _nothing(_connection: Any) -> None:
    """Nothing to reset, as in our own pool."""


async def _live(_request: Request) -> Response:
    return Response(b"{}")


def main() -> None:
    global floor  # noqa: PLW0603 - one process, one floor
    settings = Settings()
    floor = Floor(settings)
    routes = [
        Route("/live", _live), Route("/page", page), Route("/tree", tree), Route("/known", known),
        Route("/remembered", remembered), Route("/actions/{id}", patch, methods=["PATCH"]),
    ]  # fmt: skip

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await floor.open()
        yield
        await floor.pool.close()

    app = Starlette(routes=routes, lifespan=lifespan)
    uvicorn.run(app, **_options(settings))


if __name__ == "__main__":
    main()
