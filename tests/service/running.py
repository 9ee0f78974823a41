"""The real service, `pst serve`, as a process of its own in a folder of its own."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from api.settings import Settings, variable_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


def environment(data_dir: Path, port: int) -> dict[str, str]:
    """What the service is told; nothing that the developer's shell says to it."""
    own = {variable_of(field) for field in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {
        "PST_DATA_DIR": str(data_dir), "PST_PORT": str(port), "PST_MODE": "development", "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@dataclass
class Service:
    """A running `pst serve`."""

    process: subprocess.Popen[str]
    data_dir: Path
    port: int
    log_before: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def postgres(self) -> psutil.Process:
        """The server of its database, as its pid file says."""
        return psutil.Process(int((self.data_dir / "postgres/cluster/postmaster.pid").read_text().splitlines()[0]))

    def addresses(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.data_dir / "postgres/addresses.json").read_text())
        return found

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log()
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/health", timeout=5).json() == {"status": "UP"}:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the service does not answer: {self.log()}")

    def log(self) -> str:
        """What it has said since it was started."""
        return (self.data_dir / "service.log").read_text(encoding="utf-8")[self.log_before :]

    def stop(self) -> int:
        """Ask it to stop, as a supervisor would; the code with which it ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def start(data_dir: Path, port: int, **more: str) -> Service:
    path = data_dir / "service.log"
    before = len(path.read_text(encoding="utf-8")) if path.exists() else 0
    with path.open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli.main", "serve"],
            cwd=ROOT, env=environment(data_dir, port) | more, stdout=log, stderr=log, text=True,
        )  # fmt: skip
    return Service(process, data_dir, port, before)


@contextlib.contextmanager
def served(data_dir: Path, port: int, **more: str) -> Iterator[Service]:
    """The service until the block ends, however it ends."""
    service = start(data_dir, port, **more)
    try:
        service.wait_until_it_answers()
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()


def pst(data_dir: Path, port: int, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """A command beside the service."""
    return subprocess.run(
        [sys.executable, "-m", "api.cli.main", *arguments],
        cwd=ROOT, env=environment(data_dir, port) | more, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def wait_for_end(process: psutil.Process) -> None:
    """A process of another parent ends in its own time; its number may be gone already."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.wait(PATIENCE)


Headers = dict[str, str]
Words = dict[str, Any]
