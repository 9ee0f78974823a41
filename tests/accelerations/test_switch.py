"""One switch turns all accelerations off: none is touched then, and the answers are the same."""

import functools
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query
from typer.testing import CliRunner

from api.accelerations.optimistic_read import OptimisticRead
from api.accelerations.response_cache import ResponseCache
from api.cache_middleware import CacheMiddleware
from api.cli.main import app as command_line
from api.db import Database
from api.domain.sql import prepared
from api.graphql import compiled, context
from api.lru_cache import LruCache
from api.routers import answers, quick_routes
from api.routers.route_index import IndexedRouter
from api.settings import Settings
from tests.concurrency.together import impatient
from tests.factories import Commune, freeze_and_publish, make_commune

ENTRIES: dict[str, tuple[Any, str]] = {
    "CacheMiddleware": (CacheMiddleware, "__call__"),
    "ResponseCache.knows": (ResponseCache, "knows"),
    "ResponseCache.note": (ResponseCache, "note"),
    "ResponseCache.find": (ResponseCache, "find"),
    "ResponseCache.keep": (ResponseCache, "keep"),
    "OptimisticRead": (OptimisticRead, "fetch"),
    "rights of lately, REST": (answers, "recent_authorization"),
    "rights of lately, GraphQL": (context, "recent_authorization"),
    "QuickRoute": (quick_routes, "_parse_parameters"),
    "IndexedRouter": (IndexedRouter, "_may_hold"),
    "statements written": (prepared, "_write_statement"),
    "compiled GraphQL": (compiled, "answer_compiled"),
}
TRACE = re.compile(r"urn:uuid:[0-9a-f-]{36}")
"""What names one request in its refusals."""
INTROSPECTION = "introspection kept"
STATEMENTS = "statements kept"


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the accelerations that are asked from now on."""
    found: set[str] = set()

    def watch(place: Any, name: str, label: str) -> None:
        entry: Callable[..., Any] = getattr(place, name)

        @functools.wraps(entry)
        def watched(*args: Any, **options: Any) -> Any:
            found.add(label)
            return entry(*args, **options)

        monkeypatch.setattr(place, name, watched)

    for label, (place, name) in ENTRIES.items():
        watch(place, name, label)
    # Its own, empty: whatever other tests asked, a statement is written again.
    monkeypatch.setattr(prepared, "_KEPT", LruCache(prepared.MOST))
    watch(prepared._KEPT, "get", STATEMENTS)
    return found


@pytest.fixture
async def commune(database: Database) -> Commune:
    commune = await make_commune(database, approach="grouped")
    await freeze_and_publish(commune, commune.plans["pst"])
    return commune


@asynccontextmanager
async def service(settings: Settings, touched: set[str], *, is_on: bool) -> AsyncIterator[httpx.AsyncClient]:
    async with impatient(settings, accelerations=is_on) as (app, client):
        kept = app.state.graphql_library.introspection.kept
        for name in ("get", "put"):
            own = getattr(kept, name)

            def watched(*args: Any, entry: Callable[..., Any] = own) -> Any:
                touched.add(INTROSPECTION)
                return entry(*args)

            setattr(kept, name, watched)
        yield client


def questions(commune: Commune) -> list[tuple[str, dict[str, str], dict[str, Any] | None]]:
    """Reads by REST and GraphQL, of people of the commune and of the public: address, headers, body."""
    plan, action = commune.plans["pst"], commune.actions["shuttle"]
    addresses = (
        "actions", "actions?pageSize=2&totalCount=true", f"actions/{action}", f"plans/{plan}/tree",
        f"plans/{plan}/progress", "tasks", "search?q=navette", "actions/none", "actions?unknown=1",
    )  # fmt: skip
    shown = (f"plans/{plan}/tree", f"plans/{plan}", f"actions?planId={plan}", "organisations?pageSize=3")
    queries = (
        "{ actions(first: 5) { nodes { id title } } }",
        f'{{ planTree(planId: "{plan}") {{ plan {{ title }} }} }}',
        "{ actions(first: 5) { nodes { id tasks { totalCount } } } }",
    )
    asked: list[tuple[str, dict[str, str], dict[str, Any] | None]] = []
    for role in ("administration", "college", "council", "agent"):
        headers = commune.as_(role)
        asked += [(f"/pst/v1/{address}", headers, None) for address in addresses]
        asked += [("/graphql", headers, {"query": query}) for query in queries]
    asked += [(f"/pst/v1/public/{address}", {}, None) for address in shown]
    asked.append(("/graphql", {}, {"query": f'{{ plan(id: "{plan}") {{ title }} }}'}))
    asked.append(("/graphql", commune.as_("administration"), {"query": get_introspection_query()}))
    return asked


async def answer_all(client: httpx.AsyncClient, commune: Commune) -> list[tuple[int, Any, dict[str, str]]]:
    """Each question asked twice: status, body and the headers that describe it."""
    told = []
    for address, headers, body in questions(commune) * 2:
        answer = (
            await client.get(address, headers=headers)
            if body is None
            else await client.post(address, json=body, headers=headers)
        )
        names = ("etag", "cache-control", "vary", "content-language", "content-type")
        found = json.loads(TRACE.sub("", answer.text))
        told.append((answer.status_code, found, {name: answer.headers.get(name, "") for name in names}))
    return told


async def create_and_change(client: httpx.AsyncClient, commune: Commune) -> None:
    """A change, whose own statements are prepared too."""
    headers = commune.as_("administration")
    action = f"/pst/v1/actions/{commune.actions['shuttle']}"
    tag = (await client.get(action, headers=headers)).headers["ETag"]
    changed = await client.patch(action, json={"title": "Une navette de plus"}, headers={**headers, "If-Match": tag})
    assert changed.status_code == 200, changed.text


async def test_switched_off_no_acceleration_is_touched(settings: Settings, commune: Commune, touched: set[str]) -> None:
    async with service(settings, touched, is_on=False) as client:
        assert {status for status, *_ in await answer_all(client, commune)} == {200, 400, 403}
        await create_and_change(client, commune)
    assert touched == set()


async def test_switched_on_each_of_them_is_used(settings: Settings, commune: Commune, touched: set[str]) -> None:
    """Otherwise the test above would prove nothing."""
    async with service(settings, touched, is_on=True) as client:
        await answer_all(client, commune)
        await create_and_change(client, commune)
    assert touched == {*ENTRIES, INTROSPECTION, STATEMENTS}


async def test_the_plain_way_answers_the_same(settings: Settings, commune: Commune, touched: set[str]) -> None:
    async with service(settings, touched, is_on=True) as client:
        fast = await answer_all(client, commune)
    async with service(settings, touched, is_on=False) as client:
        plain = await answer_all(client, commune)
    for asked, one, other in zip(questions(commune) * 2, fast, plain, strict=True):
        assert one == other, asked


async def test_what_ended_or_changed_is_seen_at_once_the_plain_way(settings: Settings, commune: Commune) -> None:
    headers = commune.as_("administration")
    address = f"/pst/v1/actions/{commune.actions['shuttle']}"
    async with impatient(settings, accelerations=False) as (_, client):
        assert (await client.get(address, headers=headers)).status_code == 200
        await create_and_change(client, commune)
        assert (await client.get(address, headers=headers)).json()["title"] == "Une navette de plus"
        async with commune.database.transaction() as connection:
            await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{commune.workspace_id}}}")
            account = commune.account("administration")
            await connection.execute("update membership set ended_at = now() where account_id = $1", account)
        assert (await client.get(address, headers=headers)).status_code == 403
        for query in ("{ actions { nodes { id } } }", "{ __typename }"):
            assert (await client.post("/graphql", json={"query": query}, headers=headers)).status_code == 403, query


def test_the_settings_tell_the_switch_and_refuse_what_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PST_ACCELERATIONS", "false")
    monkeypatch.setenv("PST_PLAN_CACHE_MODE", "auto")
    told = CliRunner().invoke(command_line, ["check-config"])
    lines = {line.split()[0]: line.split()[1] for line in told.output.splitlines() if line.startswith("PST_")}
    assert (told.exit_code, lines["PST_ACCELERATIONS"], lines["PST_PLAN_CACHE_MODE"]) == (0, "False", "auto")
    monkeypatch.setenv("PST_ACCELERATIONS", "perhaps")
    monkeypatch.setenv("PST_PLAN_CACHE_MODE", "never")
    told = CliRunner().invoke(command_line, ["check-config"])
    assert (told.exit_code, told.output.count("WRONG")) == (1, 2)


async def test_connections_plan_as_the_setting_says(settings: Settings) -> None:
    assert settings.database_url is not None
    address = settings.database_url.get_secret_value()
    for mode in ("force_generic_plan", "force_custom_plan"):
        own = settings.model_copy(update={"plan_cache_mode": mode})
        database = await Database.open(own, address)
        async with database.connection() as connection:
            assert await connection.fetchval("show plan_cache_mode") == mode
        await database.close()
