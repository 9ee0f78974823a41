"""Whatever befalls the database, whoever asks is told to ask again, and is answered when it is back."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from api.postgres.embedded import EmbeddedPostgres
from tests.faults.scene import READS, WRITES, Ask, Scene, assert_all, assert_well, served

pytestmark = pytest.mark.xdist_group("faults")
IS_ROOT = os.geteuid() == 0
NEED_WRITING: list[Ask] = [Scene.write, Scene.change, Scene.sign_in]
"""Without a write somebody reads, and a machine is given its token."""
ENOUGH = 10
ROOM = 400 * 1024 * 1024
"""Bytes of the disk that is filled: a new cluster and its log take some 150 million."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the account of PostgreSQL may enter."""
    folder = Path(tempfile.mkdtemp(prefix="pst-faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
async def scene() -> AsyncIterator[Scene]:
    """A service that is well before and after each of the tests that share it."""
    folder = Path(tempfile.mkdtemp(prefix="pst-faults-"))
    folder.chmod(0o755)
    async with served(folder) as scene:
        await assert_well(scene)
        yield scene
    shutil.rmtree(folder, ignore_errors=True)


async def test_while_no_connection_is_to_be_had(scene: Scene) -> None:
    held: list[Any] = []
    async with contextlib.AsyncExitStack() as leaving:
        refused = 0
        while refused < ENOUGH:  # a place is free a moment after whoever had it is gone
            try:
                held.append(await asyncpg.connect(scene.addresses.owner))
            except asyncpg.TooManyConnectionsError:
                refused = 0 if await _end_connections_of_the_service(scene, held[0]) else refused + 1
                await asyncio.sleep(0.02)
            else:
                leaving.push_async_callback(held[-1].close)
        assert await assert_all(scene, [*READS, *WRITES]) == {"serviceUnavailable"}
        assert await scene.health() == (503, "DOWN")
    await _become_well(scene)


async def _end_connections_of_the_service(scene: Scene, watching: Any) -> bool:
    """Whether there were any, whose places others may now take."""
    for holder in scene.app.state.database._pool._holders:
        if holder._con is not None:
            holder._con.terminate()
    of_the_service = "select exists (select from pg_stat_activity where usename = 'pst_runtime')"
    if not await watching.fetchval(of_the_service):
        return False
    while await watching.fetchval(of_the_service):  # noqa: ASYNC110 - nobody tells that a process of it has ended
        await asyncio.sleep(0.01)
    return True


async def test_while_a_migration_holds_the_tables(scene: Scene) -> None:
    migration: Any = await asyncpg.connect(scene.addresses.owner)
    async with migration.transaction():
        await migration.execute(
            "lock table action, public_stamp, account, client, attempt_window in access exclusive mode"
        )
        assert await assert_all(scene, [*READS, *WRITES]) == {"lockedByOther"}
        assert await scene.health() == (200, "UP")
    await migration.close()
    await assert_well(scene)


async def test_while_it_takes_no_change(scene: Scene) -> None:
    owner: Any = await asyncpg.connect(scene.addresses.owner)
    await owner.execute("alter database pst set default_transaction_read_only = on")
    await scene.app.state.database._pool.expire_connections()
    assert await assert_all(scene, NEED_WRITING) == {"notWritableNow"}
    for ask in READS:
        assert (await ask(scene)).status_code == 200
    assert await scene.health() == (200, "DEGRADED")
    await owner.execute("set default_transaction_read_only = off")
    await owner.execute("alter database pst reset default_transaction_read_only")
    await owner.close()
    await scene.app.state.database._pool.expire_connections()
    await assert_well(scene)


@pytest.mark.parametrize(
    "fault",
    [
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        ConnectionRefusedError(111, "Connection refused"),
        FileNotFoundError(2, "No such file or directory: /run/.s.PGSQL.5432"),
        OSError(101, "Network is unreachable"),
        TimeoutError(),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.TooManyConnectionsError("sorry, too many clients already"),
        asyncpg.InvalidPasswordError("password authentication failed"),
        asyncpg.InvalidCatalogNameError("database does not exist"),
        asyncpg.InterfaceError("pool is closing"),
    ],
    ids=lambda fault: type(fault).__name__,
)
async def test_while_it_cannot_be_reached(scene: Scene, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    async def refused(*_: Any, **__: Any) -> Any:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.pool.Pool, "acquire", refused)
        assert await assert_all(scene, [*READS, *WRITES]) == {"serviceUnavailable"}
        assert await scene.health() == (503, "DOWN")
    await assert_well(scene)


async def test_when_a_connection_breaks_while_a_change_is_committed_its_outcome_is_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(transaction: Any) -> None:
        transaction._connection.terminate()
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    with monkeypatch.context() as patch:
        patch.setattr(asyncpg.transaction.Transaction, "commit", broken)
        assert await assert_all(scene, [Scene.write, Scene.change]) == {"outcomeUnknown"}
    await assert_well(scene)


@pytest.mark.parametrize(
    "fault", [TimeoutError(), asyncpg.ConnectionDoesNotExistError("closed"), OSError(104, "reset")]
)
async def test_when_a_connection_breaks_while_a_query_reads(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Where graphql-core runs resolvers, which keep their errors to themselves."""

    async def broken(snapshot: Any, *_: Any, **__: Any) -> Any:
        snapshot.terminate()
        raise fault

    async def nothing(*_: Any) -> None:
        return None

    with monkeypatch.context() as patch:
        patch.setattr("api.graphql.compiled.answer_compiled", nothing)
        patch.setattr("api.domain.sql.connections.root_page", broken)
        assert await assert_all(scene, [Scene.query, Scene.query_in_its_own_form]) == {"serviceUnavailable"}
    await assert_well(scene)


@pytest.mark.parametrize("place", ["api.graphql.context.authorize", "api.graphql.compiled.answer_compiled"])
async def test_when_a_connection_breaks_before_any_resolver_runs(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr("api.graphql.context.Context.optimistic_read", lambda _: None)
        patch.setattr(place, broken)
        assert await assert_all(scene, [Scene.query, Scene.query_in_its_own_form]) == {"serviceUnavailable"}
    await assert_well(scene)


async def test_a_fault_of_ours_is_no_fault_of_the_database(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wrong(*_: Any, **__: Any) -> Any:
        raise asyncpg.InterfaceError("the server expects 2 arguments for this query, 1 was passed")

    monkeypatch.setattr("asyncpg.connection.Connection.fetchrow", wrong)
    assert (await scene.write()).status_code == 500


async def test_when_it_is_killed_and_started_again(folder: Path) -> None:
    async with served(folder, EmbeddedPostgres(folder)) as scene:  # durable: a kill may not take what was committed
        assert scene.server.pid is not None
        os.kill(scene.server.pid, signal.SIGKILL)
        await assert_all(scene, [*READS, *WRITES])
        assert await assert_all(scene, [*READS, *WRITES]) == {"serviceUnavailable"}
        assert await scene.health() == (503, "DOWN")
        scene.server.stop()
        await asyncio.to_thread(scene.server.start)
        await assert_well(scene)


async def test_on_a_standby_until_it_is_promoted(folder: Path) -> None:
    async with served(folder) as scene:
        scene.server.stop()
        standby = EmbeddedPostgres(folder, durable=False)
        (standby._cluster / "standby.signal").touch()
        await asyncio.to_thread(standby.start)
        try:
            for ask in READS:
                assert (await ask(scene)).status_code == 200
            assert await assert_all(scene, NEED_WRITING) == {"notWritableNow"}
            assert await scene.health() == (200, "DEGRADED")
            assert standby.pid is not None
            (standby._cluster / "promote").touch()
            os.kill(standby.pid, signal.SIGUSR1)
            await _become_well(scene)
        finally:
            standby.stop()


@pytest.fixture
def full_disk(folder: Path) -> Iterator[Path]:
    """The folder on a small disk of its own."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=0755", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.skipif(not IS_ROOT, reason="only root may mount a disk to fill")
async def test_while_its_disk_is_full(full_disk: Path) -> None:
    async with served(full_disk) as scene:
        filler = full_disk / "filler"
        told: set[str] = set()
        with filler.open("wb") as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 65_536)
                file.flush()
        assert await scene.health() == (200, "DEGRADED")
        for _ in range(200):  # what fits into pages begun is still saved
            answer = await scene.write()
            if answer.status_code != 201:
                told |= await assert_all(scene, [Scene.write])
        assert told == {"notWritableNow"}
        for ask in (Scene.read, Scene.public, Scene.query):
            assert (await ask(scene)).status_code == 200
        filler.unlink()
        await _become_well(scene)


async def _become_well(scene: Scene) -> None:
    """It recovers by itself: until then whoever asks is told to ask again."""
    deadline = time.monotonic() + 30
    while await scene.health() != (200, "UP"):
        assert time.monotonic() < deadline, "it did not recover"
        await asyncio.sleep(0.05)
    await assert_well(scene)
