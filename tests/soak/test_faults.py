"""Everybody at work while the database fails again and again: nobody meets a fault of ours, and nothing is lost."""

import asyncio
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.postgres.embedded import EmbeddedPostgres
from tests.faults.scene import BASE, BUSY, READS, Scene, assert_well, served

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("soak")]
SECONDS = 300
PAUSE = 3.0
"""Seconds between two faults, in which everybody is served."""
FINE = {200, 201, 304, 400, 401, 403, 404, 409, 412, 429}


class Desk:
    """One caller of one role, who reads, or writes where the role may, until it is over."""

    def __init__(self, scene: Scene, role: str, told: Counter[str], made: set[str]) -> None:
        self.scene, self.role, self.told, self.made = scene, role, told, made
        self.headers = scene.commune.as_(role)
        self.number = 0

    async def work(self, is_over: asyncio.Event) -> None:
        while not is_over.is_set():
            self.number += 1
            ask = random.choice(self._ways())
            answer = await ask()
            self._check(answer)
            await asyncio.sleep(0.01)

    def _check(self, answer: httpx.Response) -> None:
        """A refusal that is ours to give, or 503 with the seconds to wait; never a fault."""
        assert "internalServerError" not in answer.text, f"{self.role}: {answer.text[:500]}"
        self.told[f"{answer.status_code}"] += 1
        if answer.status_code == 503:
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json()["type"].rpartition(":")[2] in BUSY, answer.text
        else:
            assert answer.status_code in FINE, f"{self.role}: {answer.status_code} {answer.text[:500]}"

    def _ways(self) -> list[Callable[[], Awaitable[httpx.Response]]]:
        ways: list[Callable[[], Awaitable[httpx.Response]]] = [
            self._read, self._list, self._tree, self._search, self._query, self.scene.sign_in, self.scene.token,
        ]  # fmt: skip
        return [*ways, self._create, self._create, self._mutate, self._change] if self._may_write() else ways

    def _may_write(self) -> bool:
        return self.role in ("administration", "agent")

    @property
    def _door(self) -> str:
        return f"{BASE}/public" if self.role == "public" else BASE

    async def _read(self) -> httpx.Response:
        return await self._get(f"actions/{self.scene.commune.actions['space']}")

    async def _list(self) -> httpx.Response:
        return await self._get(f"actions?pageSize={1 + self.number % 50}&total=true")

    async def _tree(self) -> httpx.Response:
        return await self._get(f"plans/{self.scene.commune.plans['pst']}/tree")

    async def _search(self) -> httpx.Response:
        return await self._get(f"search?q=maison{self.number % 20}")

    async def _get(self, path: str) -> httpx.Response:
        return await self.scene.client.get(f"{self._door}/{path}", headers=self.headers)

    async def _query(self) -> httpx.Response:
        nodes = "nodes { id title tasks { totalCount } }"
        body = {"query": f"{{ actions(first: {1 + self.number % 40}) {{ {nodes} }} }}"}
        return await self.scene.client.post("/graphql", json=body, headers=self.headers)

    async def _create(self) -> httpx.Response:
        words = {"title": f"{self.role} {self.number}", "organisationId": str(self.scene.commune.municipality)}
        answer = await self.scene.client.post(f"{BASE}/actions", json=words, headers=self.headers)
        if answer.status_code == 201:
            self.made.add(answer.json()["id"])
        return answer

    async def _mutate(self) -> httpx.Response:
        words = f'title: "{self.role} {self.number}", organisationId: "{self.scene.commune.municipality}"'
        body = {"query": f"mutation {{ createAction(input: {{ {words} }}) {{ id }} }}"}
        answer = await self.scene.client.post("/graphql", json=body, headers=self.headers)
        if answer.status_code == 200 and answer.json()["data"]["createAction"]:
            self.made.add(answer.json()["data"]["createAction"]["id"])
        return answer

    async def _change(self) -> httpx.Response:
        path = f"{BASE}/objectives/{self.scene.commune.objectives['oo1']}"
        known = await self.scene.client.get(path, headers=self.headers)
        if known.status_code != 200:
            return known
        headers = {**self.headers, "If-Match": known.headers["ETag"]}
        return await self.scene.client.patch(path, json={"title": f"Titre {self.number}"}, headers=headers)


async def kill_the_server(scene: Scene) -> None:
    assert scene.server.pid is not None
    os.kill(scene.server.pid, signal.SIGKILL)
    await asyncio.sleep(1)
    scene.server.stop()
    await asyncio.to_thread(scene.server.start)


async def end_the_connections(scene: Scene) -> None:
    connection: Any = await asyncpg.connect(scene.addresses.runtime)
    ended = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'pst_runtime' and pid <> $1"
    for _ in range(20):
        await connection.execute("select 1")
        await connection.fetch(ended, await connection.fetchval("select pg_backend_pid()"))
        await asyncio.sleep(0.05)
    await connection.close()


async def hold_the_tables(scene: Scene) -> None:
    migration: Any = await asyncpg.connect(scene.addresses.owner)
    async with migration.transaction():
        with suppress(asyncpg.DeadlockDetectedError):
            await migration.execute("lock table action, objective, plan, shown_row in access exclusive mode")
            await asyncio.sleep(2)
    await migration.close()


async def take_all_connections(scene: Scene) -> None:
    held: list[Any] = []
    until = time.monotonic() + 2
    while time.monotonic() < until:
        try:
            held.append(await asyncpg.connect(scene.addresses.owner))
        except asyncpg.TooManyConnectionsError:
            await asyncio.sleep(0.05)
    for connection in held:
        await connection.close()


async def take_no_change(scene: Scene) -> None:
    owner: Any = await asyncpg.connect(scene.addresses.owner)
    await owner.execute("alter database pst set default_transaction_read_only = on")
    await scene.app.state.database._pool.expire_connections()
    await asyncio.sleep(2)
    await owner.execute("set default_transaction_read_only = off")
    await owner.execute("alter database pst reset default_transaction_read_only")
    await scene.app.state.database._pool.expire_connections()
    await owner.close()


async def stand_still(scene: Scene) -> None:
    """The server neither answers nor ends, as behind a network that swallows everything."""
    assert scene.server.pid is not None
    asleep = [psutil.Process(scene.server.pid), *psutil.Process(scene.server.pid).children()]
    for process in asleep:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    await asyncio.sleep(8)
    for process in asleep:
        with suppress(psutil.NoSuchProcess):
            process.resume()


FAULTS = [
    hold_the_tables, end_the_connections, take_all_connections, take_no_change, kill_the_server, stand_still,
]  # fmt: skip
ROLES = ["administration", "administration", "agent", "college", "council", "region", "integrator", "public", "public"]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    folder = Path(tempfile.mkdtemp(prefix="pst-soak-"))
    folder.chmod(0o755)
    patience: dict[str, Any] = {"statement_timeout_ms": 1_000, "pool_size": 8, "public_reads_per_minute": 100_000}
    async with served(folder, EmbeddedPostgres(folder), **patience) as scene:  # what it acknowledges it keeps
        yield scene
    shutil.rmtree(folder, ignore_errors=True)


async def test_nobody_meets_a_fault_of_ours_and_nothing_acknowledged_is_lost(scene: Scene) -> None:
    told: Counter[str] = Counter()
    made: set[str] = set()
    is_over = asyncio.Event()
    desks = [asyncio.create_task(Desk(scene, role, told, made).work(is_over)) for role in ROLES]
    until, rounds = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        for fault in FAULTS:
            await asyncio.sleep(PAUSE)
            await fault(scene)
            for desk in desks:
                if desk.done():
                    desk.result()
        rounds += 1
    await asyncio.sleep(PAUSE)
    is_over.set()
    await asyncio.gather(*desks)
    await assert_well(scene, (*READS, Scene.write, Scene.change))
    assert rounds >= 1
    assert told["503"] > 0
    assert told["201"] > 0
    await _holds(scene, made)
    print(f"{rounds} rounds of {len(FAULTS)} faults: {dict(told)}")  # noqa: T201 - the record of a soak


async def _holds(scene: Scene, made: set[str]) -> None:
    """Every acknowledged action is there, and the journal has no gap."""
    database = await Database.open(scene.settings, scene.addresses.runtime)
    workspace = scene.commune.workspace_id
    async with database.snapshot() as connection:
        await open_workspace(connection, workspace)
        actions = await connection.fetch("select id from action where workspace_id = $1", workspace)
        positions = await connection.fetch(
            "select position from journal_entry where workspace_id = $1 order by position", workspace
        )
    await database.close()
    assert made <= {str(row[0]) for row in actions}
    assert [row[0] for row in positions] == list(range(1, len(positions) + 1))
