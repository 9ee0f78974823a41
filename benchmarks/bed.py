"""The ground of every measurement: a durable embedded PostgreSQL with made-up communes, and servers on it."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import Addresses, EmbeddedPostgres
from api.settings import Settings
from api.synthesis.rows import ACTIONS, synthesize
from benchmarks.servers import Server, free_port, python, serving
from benchmarks.subjects import Bearers, Subject, subjects_of


@dataclass(frozen=True)
class Bed:
    """A running database of so many communes."""

    folder: Path
    addresses: Addresses
    database_pid: int
    communes: int
    subjects: Sequence[Subject]

    def environment(self, port: int, **more: str) -> dict[str, str]:
        """The settings of a production service on this database."""
        return {
            "PST_MODE": "production",
            "PST_PORT": str(port),
            "PST_DATA_DIR": str(self.folder),
            "PST_PUBLIC_URL": PUBLIC_URL,
            "PST_PUBLIC_READS_PER_MINUTE": "1000000000",
            "DATABASE_URL": self.addresses.runtime,
            "PST_OWNER_DATABASE_URL": self.addresses.owner,
            **more,
        }

    @property
    def bearers(self) -> Bearers:
        return Bearers(Settings(public_url=PUBLIC_URL, data_dir=self.folder))

    @contextmanager
    def ours(self, name: str = "ours", **more: str) -> Iterator[Server]:
        """Our service as `pst serve` runs it in production."""
        port = free_port()
        command = python("-m", "api.cli.main", "serve")
        log = self.folder / f"{name}.log"
        with serving(name, command, self.environment(port, **more), port=port, health="/live", log=log) as server:
            yield server

    @contextmanager
    def floor(self) -> Iterator[Server]:
        """Bare Starlette and asyncpg: `benchmarks.reference`."""
        port = free_port()
        command = python("-m", "benchmarks.reference")
        log = self.folder / "floor.log"
        with serving("floor", command, self.environment(port), port=port, health="/live", log=log) as server:
            yield server


PUBLIC_URL = "https://bench.example"
"""One address for every server under test, so that links and tokens are the same bytes everywhere."""


@contextmanager
def bed(folder: Path, communes: int) -> Iterator[Bed]:
    """A database in a folder; filled if it is new, used as it is if it was kept from a run before."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder)
    with server as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        subjects = asyncio.run(subjects_of(addresses.owner))
        if not subjects:
            asyncio.run(synthesize(addresses.owner, communes, ACTIONS))
            subjects = asyncio.run(subjects_of(addresses.owner))
        assert server.pid is not None
        yield Bed(folder, addresses, server.pid, communes, subjects)
