"""The demonstration's communes, and one asker for each role."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from api.db import Database
from api.demo.bearers import BearerRequest, find_bearer
from api.demo.loading import load_demo_communes
from api.domain.actor import Role
from api.domain.reference import load_demo
from api.domain.resources.catalogue import RESOURCES
from api.domain.sql.cursors import CursorKey
from api.graphql.context import Context
from api.identity.authentication import ANONYMOUS, Caller
from api.identity.service import open_tokens
from api.settings import Settings

IN_COMMUNE = (Role.ADMINISTRATION, Role.COLLEGE, Role.COUNCIL, Role.AGENT)


@dataclass
class Town:
    """The demonstration: who asks, and the ids that are there."""

    askers: dict[str, Caller]
    ids: dict[str, list[str]]
    context: Callable[[str], Context]
    headers: dict[str, dict[str, str]]


@pytest.fixture(scope="session")
async def town(database: Database, settings: Settings) -> Town:
    await load_demo_communes(database)
    return await demo_town(database, settings)


async def demo_town(database: Database, settings: Settings) -> Town:
    """Everybody of the first commune of the demonstration, and those beside."""
    async with database.connection() as connection:
        nis = await connection.fetchval("select nis from workspace where nis is not null order by nis limit 1")
    partner = load_demo("directory")["organisations"][0]["enterprise_number"]
    wanted = {str(role): BearerRequest(role, nis) for role in IN_COMMUNE}
    wanted |= {
        "cpas": BearerRequest(Role.ADMINISTRATION, nis, house="cpas"),
        "partner": BearerRequest(Role.PARTNER, organisation=partner),
    }
    wanted |= {str(role): BearerRequest(role) for role in (Role.REGION, Role.INTEGRATOR, Role.OPERATOR)}
    askers, tokens = {"public": ANONYMOUS}, open_tokens(settings)
    headers: dict[str, dict[str, str]] = {"public": {}}
    for name, asked in wanted.items():
        async with database.transaction() as connection:
            bearer = await find_bearer(connection, asked)
        scopes = frozenset(bearer.scopes)
        token = tokens.issue(bearer.subject, is_machine=bearer.is_machine, scopes=bearer.scopes)
        headers[name] = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        askers[name] = (
            Caller(client_id=bearer.subject, scopes=scopes) if bearer.is_machine else Caller(account_id=bearer.subject)
        )
    key = CursorKey(b"of the tests")

    def context(role: str) -> Context:
        return Context(
            database=database, key=key, who=askers[role], base_url=settings.base_url, trace_id="0",
            idempotency_hours=24, language_for=lambda preferred: preferred or "fr",
        )  # fmt: skip

    return Town(askers, await _ids(database), context, headers)


async def _ids(database: Database) -> dict[str, list[str]]:
    """A few ids of every concept, of every commune."""
    found: dict[str, list[str]] = {}
    async with database.transaction() as connection:
        await connection.execute(
            "select set_config('app.workspaces', (select array_agg(id)::text from workspace), true)"
        )
        for resource in RESOURCES:
            rows = await connection.fetch(f"select id from {resource.table.name} order by md5(id::text) limit 8")
            found[resource.name] = [str(row[0]) for row in rows]
    return found
