"""Processor time and memory of processes, as the kernel counts them: nanoseconds that each thread ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds spent so far by the server under test and by PostgreSQL."""

    server: float
    database: float

    def since(self, before: "Spent") -> "Spent":
        return Spent(self.server - before.server, self.database - before.database)


class Meter:
    """Reads what a server (with its children) and a PostgreSQL (all of its backends) have spent.

    A backend that ended keeps what it had spent when last seen, so that a total never falls.
    """

    def __init__(self, server_pid: int, database_pid: int) -> None:
        self._server_pid = server_pid
        self._database_pid = database_pid
        self._seen: dict[str, dict[int, float]] = {"server": {}, "database": {}}

    def read(self) -> Spent:
        return Spent(self._total("server", self._server_pid), self._total("database", self._database_pid))

    def _total(self, what: str, pid: int) -> float:
        seen = self._seen[what]
        for each in family(pid):
            seen[each] = max(seen.get(each, 0.0), seconds_of(each))
        return sum(seen.values())


def family(pid: int) -> Iterable[int]:
    """A process and all of its descendants."""
    try:
        process = psutil.Process(pid)
        return [pid, *(child.pid for child in process.children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def seconds_of(pid: int) -> float:
    """Seconds that the threads of a process have run (0 when it has ended)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except (OSError, IndexError):
            continue
    return total / 1e9


def resident_mib(pid: int) -> float:
    """Memory of a process and its descendants, in MiB."""
    total = 0
    for each in family(pid):
        try:
            total += psutil.Process(each).memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1_048_576
