"""Starting and stopping what is measured: each server a child process on a loopback port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

START_SECONDS = 90
STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Server:
    """A running server under test."""

    name: str
    port: int
    pid: int


class DidNotStart(Exception):
    """A server ended, or did not answer in time; the message holds the end of what it printed."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    name: str,
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    port: int,
    health: str,
    log: Path,
    folder: Path | None = None,
) -> Iterator[Server]:
    """The server, from its first answer until the end of the block; its whole family is stopped then."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PST_") and k != "DATABASE_URL"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=kept | dict(environment), stdout=out, stderr=subprocess.STDOUT, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
    try:
        _wait(name, process, f"http://127.0.0.1:{port}{health}", log)
        yield Server(name, port, process.pid)
    finally:
        stop(process)


def _wait(name: str, process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urlopen(address, timeout=2).close()
        except HTTPError:
            return  # it answers, and that is all we ask
        except (URLError, OSError):
            time.sleep(0.02)
        else:
            return
    tail = log.read_text(errors="replace")[-2_000:]
    raise DidNotStart(f"{name} does not answer at {address}:\n{tail}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a child that we started and everything that it started."""
    children = []
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(process.pid).children(recursive=True)
    for request in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(request)
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
