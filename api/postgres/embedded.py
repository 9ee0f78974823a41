"""The service's own PostgreSQL, used when no `DATABASE_URL` is given: it starts and stops with the service.

In `<PST_DATA_DIR>/postgres`: `cluster/` (the data), `run/` (the socket), `log`, `lock` (held while we run),
`accounts.json` (passwords made at random, 0600) and `addresses.json` (how to reach the running server, 0600).
Nothing listens on the network; every connection proves a password.
"""

import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from api.postgres import cluster
from api.postgres.binaries import Account, EmbeddedError, account_for, programs_for, stop_with_parent
from api.postgres.cluster import DATABASE, OWNER_ROLE, DirectoryInUse
from api.settings import RUNTIME_ROLE, Settings

START_SECONDS = 60
STOP_SECONDS = 30

SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "huge_pages": "off",
    "max_parallel_workers_per_gather": "0",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u ",
}
IN_MEMORY_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addresses:
    """How to reach the database: as the owner, who migrates, and as the runtime, which serves requests."""

    owner: str
    runtime: str


class EmbeddedPostgres:
    """One PostgreSQL server in one data directory, alive between `start()` and `stop()`."""

    def __init__(self, data_dir: Path, *, durable: bool = True, on_loss: Callable[[], object] | None = None) -> None:
        """`durable=False` is for tests that can lose everything: it never waits for the disk.

        `on_loss` is called, from another thread, should the server end without having been asked to.
        """
        self._on_loss = on_loss
        self._data_dir = data_dir.absolute()
        self._home = cluster.home_in(self._data_dir)
        self._options = SERVER_OPTIONS | ({} if durable else IN_MEMORY_OPTIONS)
        self._lock: IO[str] | None = None
        self._server: subprocess.Popen[str] | None = None
        self._keeper: threading.Thread | None = None
        self._is_stopping = False
        self.is_lost = False
        self._sockets: Path | None = None

    def start(self) -> Addresses:
        """Take the directory, make the cluster if there is none, and return once the server answers."""
        account = account_for(self._cluster)
        self._home = cluster.prepare_home(self._data_dir, account)
        self._lock = cluster.lock_directory(self._home)
        try:
            programs = programs_for(account, self._home)
            sockets = self._sockets = cluster.socket_folder(self._home, account)
            cluster.wait_for_orphans(self._cluster, sockets)
            if not self._cluster.exists():
                cluster.initialise_cluster(self._home, account, programs)
            self._run(account, programs, sockets)
            addresses = _addresses(self._home, sockets)
            cluster.write_private(self._home / "addresses.json", json.dumps(asdict(addresses)))
        except BaseException:
            self.stop()
            raise
        return addresses

    def stop(self) -> None:
        """Stop the server cleanly and let the directory go; safe to call twice."""
        self._is_stopping = True
        if self._server is not None:
            (self._home / "addresses.json").unlink(missing_ok=True)
            _terminate(self._server)
        if self._sockets is not None and self._sockets.parent != self._home:
            with suppress(OSError):
                self._sockets.rmdir()
        if self._keeper is not None and not self.is_lost:
            self._keeper.join(STOP_SECONDS)
        self._server = self._keeper = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Addresses:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _cluster(self) -> Path:
        return self._home / "cluster"

    @property
    def pid(self) -> int | None:
        """The process of the running server."""
        return self._server.pid if self._server is not None else None

    def _run(self, account: Account, programs: Path, sockets: Path) -> None:
        """Launch the server from a thread that lives as long as it does, and wait until it answers.

        The kernel's parent-death signal follows the *thread* that launched a process: a server launched from
        a passing worker thread would be stopped with it.
        """
        self._is_stopping = False
        launched = threading.Event()
        options = self._options | {"unix_socket_directories": str(sockets)}
        command: list[str | Path] = [programs / "postgres", "-D", self._cluster]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

        def keep() -> None:
            with cluster.log_of(self._home) as log:
                try:
                    self._server = account.start(*command, stdout=log.fileno(), before=stop_with_parent(os.getpid()))
                finally:
                    launched.set()
            code = self._server.wait()
            if not self._is_stopping:
                self.is_lost = True
                logger.critical("PostgreSQL ended unexpectedly (%s): see %s", code, self._home / "log")
                if self._on_loss is not None:
                    self._on_loss()

        self._keeper = threading.Thread(target=keep, name="postgres-keeper", daemon=True)
        self._keeper.start()
        launched.wait()
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        """Return when the server says so in its own pid file; raise with the end of its log if it dies."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._server is None or self._server.poll() is not None:
                break
            lines = cluster.lines_of(self._cluster / "postmaster.pid")
            if len(lines) > 7 and lines[0] == str(self._server.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.01)
        tail = "\n".join(cluster.lines_of(self._home / "log")[-8:])
        raise EmbeddedError(f"PostgreSQL did not start in {self._cluster}:\n{tail}")


@contextmanager
def database_addresses(settings: Settings) -> Iterator[Addresses]:
    """The addresses to use now: those given, those of the server already running, or of one run meanwhile."""
    if settings.database_url is not None:
        runtime = settings.database_url.get_secret_value()
        owner = settings.owner_database_url
        yield Addresses(owner=owner.get_secret_value() if owner else runtime, runtime=runtime)
        return
    running = running_addresses(settings.data_dir)
    if running is not None:
        yield running
        return
    with EmbeddedPostgres(settings.data_dir) as addresses:
        yield addresses


@contextmanager
def exclusive_addresses(settings: Settings) -> Iterator[Addresses]:
    """The same for what replaces everything: refused while another process runs our own server."""
    source = database_addresses(settings) if settings.database_url else EmbeddedPostgres(settings.data_dir)
    with source as addresses:
        yield addresses


def running_addresses(data_dir: Path) -> Addresses | None:
    """The addresses of the server that another process runs in this directory, waiting while it starts."""
    home = cluster.home_in(data_dir.absolute())
    deadline = time.monotonic() + START_SECONDS
    while cluster.is_taken(home):
        try:
            return Addresses(**json.loads((home / "addresses.json").read_text()))
        except FileNotFoundError:
            if time.monotonic() > deadline:
                raise DirectoryInUse(f"The server in {home} does not finish starting.") from None
            time.sleep(0.05)
        except PermissionError:
            raise EmbeddedError(f"Another user runs the server in {home}: use that account.") from None
    return None


def _addresses(home: Path, sockets: Path) -> Addresses:
    passwords = json.loads((home / "accounts.json").read_text())

    def address(role: str) -> str:
        return f"postgresql://{role}:{passwords[role]}@/{DATABASE}?host={quote(str(sockets), safe='')}"

    return Addresses(owner=address(OWNER_ROLE), runtime=address(RUNTIME_ROLE))


def _terminate(server: subprocess.Popen[str]) -> None:
    """Ask for a clean stop, then for an immediate one: both keep everything that was committed."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(request)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            logger.warning("PostgreSQL did not stop within %s s of %s", STOP_SECONDS, request.name)
        else:
            return
