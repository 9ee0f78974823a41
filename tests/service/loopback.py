"""A PostgreSQL that is not the service's own: reached over loopback with an account and a password, as a host's is."""

import asyncio
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from api.postgres import cluster
from api.postgres.binaries import account_for, programs_for
from api.postgres.cluster import SUPERUSER
from tests.service.running import free_port

IN_MEMORY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ForeignPostgres:
    """One server; each database asked of it is new and empty."""

    def __init__(self, port: int, password: str) -> None:
        self._port, self._password = port, password

    def address(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}:{self._password}@127.0.0.1:{self._port}/{database}"

    def create(self, database: str) -> str:
        """The address of a new, empty database, for the account that owns everything, as in compose.yaml."""
        asyncio.run(self._create(database))
        return self.address(database)

    async def _create(self, database: str) -> None:
        connection = await asyncpg.connect(self.address("postgres"))
        try:
            await connection.execute(f"create database {database}")
        finally:
            await connection.close()


@contextmanager
def foreign_postgres(folder: Path) -> Iterator[ForeignPostgres]:
    """The server, in a folder that the account of PostgreSQL may enter, until the block ends."""
    account = account_for(folder / "postgres" / "cluster")
    home = cluster.prepare_home(folder, account)
    programs = programs_for(account, home)
    sockets = cluster.socket_folder(home, account)
    cluster.initialise_cluster(home, account, programs)
    with (home / "cluster" / "pg_hba.conf").open("a") as rules:
        rules.write("host all all 127.0.0.1/32 scram-sha-256\n")
    port = free_port()
    options = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={sockets}", *IN_MEMORY)
    with cluster.log_of(home) as log:
        server = account.start(
            programs / "postgres", "-D", home / "cluster", *(part for option in options for part in ("-c", option)),
            stdout=log.fileno(),
        )  # fmt: skip
    try:
        _wait_until_ready(server, home / "cluster" / "postmaster.pid")
        yield ForeignPostgres(port, json.loads((home / "accounts.json").read_text())[SUPERUSER])
    finally:
        server.terminate()
        server.wait(60)


def _wait_until_ready(server: "subprocess.Popen[str]", note: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "PostgreSQL did not start"
        lines = cluster.lines_of(note)
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.02)
    raise AssertionError("PostgreSQL is not ready after a minute")
