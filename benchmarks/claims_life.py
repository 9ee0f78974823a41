"""What time does to the service: memory under a mixed load, the start on a directory that is there already."""

import asyncio
import itertools
import os
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks import questions as q
from benchmarks.bed import PUBLIC_URL, Bed
from benchmarks.cpu import resident_mib
from benchmarks.load import Line
from benchmarks.report import Finding
from benchmarks.servers import free_port, python, serving

MOST_MIB = 250
STARTS = 5


async def memory(bed: Bed, stack: ExitStack, seconds: float) -> list[Finding]:
    """Resident memory of the worker, every second, while eight callers read, ask again and change."""
    server = stack.enter_context(bed.ours("memory"))
    bearers, versions = bed.bearers, {}  # type: ignore[var-annotated]
    kinds = [q.round_robin(bed.subjects, make) for make in (q.page(bearers), q.tree(bearers), q.known_tree(bearers))]
    following = itertools.cycle([*kinds, *kinds])
    ends, taken = time.monotonic() + seconds, []
    changes = q.Changes(bearers, bed.subjects, "/pst/v1/actions", versions)

    async def caller(rank: int) -> None:
        line = Line(server.port)
        while time.monotonic() < ends:
            # One caller changes what the seven others read: answers fall out of date and are remembered anew.
            await line.ask(changes() if rank == 0 else next(following)())
        await line.close()

    async def watch() -> None:
        while time.monotonic() < ends:
            taken.append((time.monotonic(), resident_mib(server.pid)))
            await asyncio.sleep(1)

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        for rank in range(8):
            group.create_task(caller(rank))
    warm = [(at, mib) for at, mib in taken if at > taken[0][0] + seconds / 3]
    return [
        Finding(f"memory of a worker, {seconds:.0f} s of mixed load", bed.communes, 8,
                round(max(mib for _, mib in taken), 1), MOST_MIB, "MiB at most"),
        Finding("memory: growth after warm-up", bed.communes, 8, round(_slope(warm) * 60, 2), 0.5, "MiB a minute"),
    ]  # fmt: skip


def _slope(points: list[tuple[float, float]]) -> float:
    """Least squares."""
    n = len(points)
    if n < 3:
        return 0.0
    x, y = sum(p[0] for p in points) / n, sum(p[1] for p in points) / n
    spread = sum((p[0] - x) ** 2 for p in points)
    return sum((p[0] - x) * (p[1] - y) for p in points) / spread


def start(folder: Path, communes: int) -> Finding:
    """Seconds from `pst serve` to its first healthy answer, with its own PostgreSQL in an existing directory."""
    taken = []
    for _ in range(STARTS):
        port, began = free_port(), time.monotonic()
        given = {"PST_MODE": "production", "PST_PORT": str(port), "PST_DATA_DIR": str(folder),
                 "PST_PUBLIC_URL": PUBLIC_URL, "PATH": os.environ["PATH"]}  # fmt: skip
        command = python("-m", "api.cli.main", "serve")
        with serving("start", command, given, port=port, health="/health", log=folder / "start.log"):
            taken.append(time.monotonic() - began)
    taken.sort()
    return Finding("start of the embedded service, healthy", communes, 1, round(taken[STARTS // 2], 2), 3.0, "s")
