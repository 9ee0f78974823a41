"""The service as it is really run: whatever kills it, everything it acknowledged is there when it starts again."""

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.service.running import Headers, Service, Words, free_port, pst, served, start, wait_for_end

pytestmark = pytest.mark.xdist_group("service")
NIS = 93088
WRITERS, ENOUGH = 4, 40


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


def house(service: Service, token: Headers) -> str:
    workspaces = httpx.get(f"{service.address}/pst/v1/workspaces?nis={NIS}", headers=token, timeout=30).json()
    found: str = workspaces["items"][0]["organisations"][0]
    return found


class Writers:
    """Several clients that create actions as fast as they can, and note what was acknowledged."""

    def __init__(self, service: Service, token: Headers) -> None:
        self.acknowledged: dict[str, str] = {}
        self.refused: list[str] = []
        self._service, self._token = service, token
        self._house = house(service, token)
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def _write(self, number: int) -> None:
        with httpx.Client(base_url=self._service.address, headers=self._token, timeout=30) as client:
            for turn in range(10_000):
                title = f"{time.time_ns()} {number}.{turn}"
                words = {"title": title, "organisationId": self._house}
                try:
                    answer = client.post("/pst/v1/actions", json=words)
                except httpx.TransportError:
                    return
                if answer.status_code != 201:
                    self.refused.append(answer.text)
                    return
                self.acknowledged[answer.json()["id"]] = title

    def until(self, end: Callable[[], object]) -> None:
        """Write, do this in the middle of it, and return when every writer has noticed."""
        for thread in self._threads:
            thread.start()
        while len(self.acknowledged) < ENOUGH and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)
        end()
        for thread in self._threads:
            thread.join(60)


def everything(service: Service, token: Headers, plural: str) -> list[Words]:
    found: list[Words] = []
    path: str | None = f"{service.address}/pst/v1/{plural}?pageSize=200"
    while path:
        page = httpx.get(path, headers=token, timeout=30).json()
        found += page["items"]
        path = page.get("next")
    return found


def assert_is_whole(service: Service, token: Headers, acknowledged: dict[str, str]) -> None:
    """All that was acknowledged is there as it was said, and the journal tells of it without gap or repetition."""
    actions = {item["id"]: item["title"] for item in everything(service, token, "actions")}
    assert acknowledged.items() <= actions.items()
    entries = everything(service, token, "journalEntries")
    assert [e["position"] for e in entries] == list(range(1, len(entries) + 1))
    created = [e["entityId"] for e in entries if e["command"] == "createAction"]
    assert sorted(created) == sorted(actions)


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
