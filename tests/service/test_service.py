"""The service as it is really run: whatever kills it, everything it acknowledged is there when it starts again."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.service.running import Headers, free_port, pst, served, start, wait_for_end
from tests.service.writing import ENOUGH, NIS, Writers, assert_is_whole, everything

pytestmark = pytest.mark.xdist_group("service")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the account of PostgreSQL may enter."""
    folder = Path(tempfile.mkdtemp(prefix="pst-service-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def token(folder: Path, port: int) -> Headers:
    """The token of the administration of a commune that this service holds."""
    with served(folder, port):
        created = pst(folder, port, "workspace", "create", "--nis", str(NIS), "--name", "Walcourt")
        assert created.returncode == 0, created.stderr
        issued = pst(folder, port, "token", "administration", "--commune", str(NIS))
        assert issued.returncode == 0, issued.stderr
    return {"Authorization": f"Bearer {issued.stdout.splitlines()[-1]}"}


@pytest.mark.parametrize("victim", ["service", "postgres"])
def test_everything_acknowledged_survives_a_kill_under_writes(
    folder: Path, port: int, token: Headers, victim: str
) -> None:
    with served(folder, port) as service:
        writers = Writers(service, token)
        postgres = service.postgres
        killed = service.process.pid if victim == "service" else postgres.pid
        writers.until(lambda: os.kill(killed, signal.SIGKILL))
        assert service.process.wait(60) != 0, "without its database, the service does not stay"
        wait_for_end(postgres)
        assert len(writers.acknowledged) >= ENOUGH, writers.refused
    with served(folder, port) as service:
        assert_is_whole(service, token, writers.acknowledged)
        again = Writers(service, token)
        again.until(lambda: service.process.send_signal(signal.SIGTERM))
        assert len(again.acknowledged) >= ENOUGH


@pytest.mark.long
def test_kill_after_kill_loses_nothing_that_was_acknowledged(folder: Path, port: int, token: Headers) -> None:
    acknowledged: dict[str, str] = {}
    for turn in range(8):
        with served(folder, port) as service:
            assert_is_whole(service, token, acknowledged)
            writers = Writers(service, token)
            killed = service.process.pid if turn % 2 else service.postgres.pid
            postgres = service.postgres
            writers.until(lambda killed=killed: os.kill(killed, signal.SIGKILL))  # type: ignore[misc]
            assert service.process.wait(60) != 0
            wait_for_end(postgres)
            assert len(writers.acknowledged) >= ENOUGH, writers.refused
        acknowledged |= writers.acknowledged
    with served(folder, port) as service:
        assert_is_whole(service, token, acknowledged)


def test_a_stop_finishes_what_was_begun_and_ends_in_good_order(folder: Path, port: int, token: Headers) -> None:
    with served(folder, port) as service:
        postgres = service.postgres
        writers = Writers(service, token)
        writers.until(lambda: service.process.send_signal(signal.SIGTERM))
        assert service.process.wait(60) == 0, service.log()
        wait_for_end(postgres)
        assert not postgres.is_running()
        assert [text for text in writers.refused if "internalServerError" in text] == []
        assert "Traceback" not in service.log()
    with served(folder, port) as service:
        assert_is_whole(service, token, writers.acknowledged)


def test_several_processes_answer_as_one(folder: Path, port: int, token: Headers) -> None:
    with served(folder, port, PST_WORKERS="2") as service:
        family = psutil.Process(service.process.pid).children()
        assert len([child for child in family if "spawn_main" in " ".join(child.cmdline())]) == 2
        writers = Writers(service, token)
        writers.until(lambda: service.process.send_signal(signal.SIGTERM))
        assert service.process.wait(60) == 0, service.log()
        assert "Traceback" not in service.log()
    with served(folder, port) as service:
        assert_is_whole(service, token, writers.acknowledged)


def test_a_second_service_in_the_same_folder_is_refused_and_says_why(folder: Path, port: int, token: Headers) -> None:
    with served(folder, port) as service:
        second = start(folder, free_port())
        assert second.process.wait(60) == 1
        words = second.log()
        assert words.startswith("pst: ")
        assert str(folder) in words
        assert "Traceback" not in words
        assert len(words.strip().splitlines()) == 1
        assert httpx.get(f"{service.address}/pst/v1/actions", headers=token, timeout=30).status_code == 200


def test_a_second_start_finds_the_data_and_migrates_nothing_again(folder: Path, port: int, token: Headers) -> None:
    with served(folder, port) as service:
        first = everything(service, token, "journalEntries")
    with served(folder, port) as service:
        assert everything(service, token, "journalEntries") == first


def test_a_port_that_is_taken_is_refused_and_the_database_is_stopped(folder: Path, port: int) -> None:
    with served(folder, port):
        other = Path(tempfile.mkdtemp(prefix="pst-service-"))
        other.chmod(0o755)
        try:
            second = start(other, port)
            assert second.process.wait(120) != 0
            assert not (other / "postgres/addresses.json").exists()
        finally:
            shutil.rmtree(other, ignore_errors=True)
