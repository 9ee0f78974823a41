"""Somebody signed in, for the tests: a session as a browser holds it, and the requests it sends."""

from typing import Any
from uuid import UUID

import httpx

from api.identity.sessions import COOKIE, new_cookie, session_key
from tests.identity.town import Town


class Somebody:
    """A person with a session, acting in one place."""

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str], account: UUID) -> None:
        self.client = client
        self.headers = headers
        self.account = account

    async def ask(self, method: str, path: str, words: Any = None, **headers: str) -> httpx.Response:
        more = {} if words is None else {"json": words}
        return await self.client.request(method, f"/pst/v1/{path}", headers={**self.headers, **headers}, **more)

    async def get(self, path: str) -> httpx.Response:
        return await self.ask("GET", path)

    async def post(self, path: str, **words: Any) -> httpx.Response:
        return await self.ask("POST", path, words)

    async def patch(self, path: str, version: int | None = None, **words: Any) -> httpx.Response:
        """A patch of the version that was read, which is the present one unless said."""
        if version is None:
            version = (await self.get(path)).json()["version"]
        return await self.ask("PATCH", path, words, **{"If-Match": f'"{version}"'})


async def signed_in(client: httpx.AsyncClient, town: Town, account: UUID, acting_as: str | None = None) -> Somebody:
    cookie = new_cookie()
    await town.run(
        "insert into browser_session (id, account_id, expires_at) values ($1, $2, now() + interval '1 hour')",
        session_key(cookie),
        account,
    )
    issuer = (await client.get("/.well-known/oauth-authorization-server")).json()["issuer"]
    headers = {"Cookie": f"{COOKIE}={cookie}", "Pst-Csrf": "1", "Origin": issuer}
    if acting_as is not None:
        headers["Pst-Acting-As"] = acting_as
    return Somebody(client, headers, account)


class Commune:
    """A workspace with one house and its administrator, signed in."""

    def __init__(self, town: Town, workspace: UUID, house: UUID, admin: Somebody, membership: UUID) -> None:
        self.town, self.workspace, self.house = town, workspace, house
        self.admin, self.membership = admin, membership

    async def person(self, role: str, **more: Any) -> Somebody:
        """Somebody else of this commune."""
        account = await self.town.account()
        await self.town.membership(self.workspace, self.house, account, role, **more)
        return await signed_in(self.admin.client, self.town, account, f"workspace/{self.workspace}")


async def commune(client: httpx.AsyncClient, town: Town) -> Commune:
    workspace, house = await town.workspace()
    account = await town.account()
    membership = await town.membership(workspace, house, account, "administration", is_administrator=True)
    admin = await signed_in(client, town, account, f"workspace/{workspace}")
    return Commune(town, workspace, house, admin, membership)


async def operator(client: httpx.AsyncClient, town: Town) -> Somebody:
    return await signed_in(client, town, await town.account(global_role="operator"))


async def counts(town: Town, *tables: str) -> dict[str, Any]:
    """How many rows there are, and how far every journal is: what a refusal must leave alone."""
    async with town.database.transaction() as connection:
        await connection.execute(
            "select set_config('app.workspaces', (select coalesce(array_agg(id), '{}') from workspace)::text, true)"
        )
        found = {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}
        found["journal"] = await connection.fetchval("select sum(position) from journal_counter")
    return found
