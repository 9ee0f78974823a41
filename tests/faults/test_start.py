"""A start without its database waits for it, and says in one sentence that it does not answer."""

import asyncio
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from api.database_wait import wait_for_database
from api.migration import UnfitDatabase
from api.postgres.embedded import EmbeddedPostgres
from tests.service.running import ROOT, environment, free_port

PASSWORD = "not-to-be-said"


def test_a_start_whose_database_stays_away_ends_with_one_sentence(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "DATABASE_URL": f"postgresql://pst:{PASSWORD}@127.0.0.1:{port}/pst",
        "PST_DATABASE_WAIT_SECONDS": "0",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "serve"],
        cwd=ROOT, env=environment(tmp_path, free_port()) | settings, check=False, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"pst: The database “pst” at 127.0.0.1:{port} does not answer (")
    assert "DATABASE_URL" in line
    assert PASSWORD not in line


def test_a_database_that_comes_a_little_later_is_waited_for(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = data_folder / "later"
    server = EmbeddedPostgres(folder, durable=False)
    addresses = server.start()
    server.stop()
    has_begun = threading.Event()

    def start() -> None:
        has_begun.set()
        server.start()

    starting = threading.Timer(1.0, start)
    starting.start()
    wait_for_database(addresses.owner, 30)
    assert has_begun.is_set()
    starting.join()
    server.stop()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "waiting for it" in told


def test_an_account_that_is_refused_is_not_waited_for(
    data_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: float) -> None:
        raise AssertionError("it waits")

    monkeypatch.setattr("api.database_wait.asyncio", SimpleNamespace(run=asyncio.run, sleep=never))
    with (
        EmbeddedPostgres(data_folder / "refusing", durable=False) as addresses,
        pytest.raises(UnfitDatabase, match="password"),
    ):
        wait_for_database(addresses.owner.replace("pst_owner:", "pst_owner:x"), 60)
    assert capsys.readouterr().err == ""
