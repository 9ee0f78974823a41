"""`python -m benchmarks`: fills a database with made-up communes, measures the claims, writes the report."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bed import Bed, bed
from benchmarks.claims_life import memory, start
from benchmarks.claims_public import public_reads
from benchmarks.claims_rest import graphql, rest
from benchmarks.claims_writes import journal, writes
from benchmarks.report import HEADING, Finding, line, write

KINDS = ("rest", "graphql", "public", "peers", "write", "memory", "start")
PEERS = Path("var/bench/peers").absolute()
FLAT = ("REST list", "REST tree")


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--communes", default="1,10,100,261", help="sizes of the database, by comma")
    parser.add_argument("--only", default=",".join(KINDS), help=f"some of {', '.join(KINDS)}, by comma")
    parser.add_argument("--requests", type=int, default=200, help="requests of a turn; peers get fewer")
    parser.add_argument("--turns", type=int, default=4, help="turns of each variant")
    parser.add_argument("--seconds", type=float, default=180, help="length of the mixed load")
    parser.add_argument("--long", action="store_true", help="ten minutes of mixed load")
    parser.add_argument("--keep", type=Path, help="keep the databases in this folder, and use those that are there")
    return parser.parse_args(arguments)


async def measured(ground: Bed, only: Sequence[str], options: argparse.Namespace, is_largest: bool) -> list[Finding]:
    """The claims on one size of database; what does not depend on the size is measured on the largest."""
    found: list[Finding] = []
    requests, turns = options.requests, options.turns
    if "rest" in only:
        with ExitStack() as stack:
            found += told(await rest(ground, stack, requests, turns))
    if "graphql" in only:
        with ExitStack() as stack:
            found += told(await graphql(ground, stack, requests, turns))
    if "public" in only and is_largest:
        with ExitStack() as stack:
            found += told(await public_reads(ground, stack, requests, turns))
    if "write" in only:
        with ExitStack() as stack:
            found += told(await writes(ground, stack, requests, turns))
        if is_largest:
            found += told(await journal(ground, 5))
    if "peers" in only and is_largest:
        from benchmarks.claims_peers import peers

        with ExitStack() as stack:
            found += told(await peers(ground, stack, requests, turns, PEERS))
    if "memory" in only and is_largest:
        with ExitStack() as stack:
            found += told(await memory(ground, stack, 600 if options.long else options.seconds))
    return found


def growth(found: Sequence[Finding]) -> list[Finding]:
    """What a list and a tree cost in the largest database against the smallest (from runs one after the other)."""
    grown = []
    for claim in FLAT:
        costs = {f.size: f.figures[0]["cpuMs"] for f in found if f.concurrency == 1 and f.claim == f"{claim}, uncached"}
        if len(costs) > 1:
            small, large = min(costs), max(costs)
            told = f"{claim}: cost at {large} communes against {small}"
            grown.append(Finding(told, large, 1, round(costs[large] / costs[small], 3), 1.2))
    return grown


def main() -> None:
    options = asked(sys.argv[1:])
    sizes, only = sorted({int(n) for n in options.communes.split(",")}), options.only.split(",")
    if unknown := set(only) - set(KINDS):
        sys.exit(f"unknown: {', '.join(sorted(unknown))}")
    found: list[Finding] = []
    began, busy = time.monotonic(), _busy()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped then too
    print(HEADING, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        home = options.keep.absolute() if options.keep else Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        for size in sizes:
            with bed(home / str(size), size) as ground:
                found += asyncio.run(measured(ground, only, options, size == sizes[-1]))
            if "start" in only and size == sizes[-1]:
                found += told([start(home / str(size), size)])
    found += told(growth(found))
    notes = [
        f"sizes {sizes}; at most {options.requests} requests a turn, {options.turns} turns; 300 actions a commune",
        f"load average of the machine: {busy} at the start, {_busy()} at the end",
        f"the run took {(time.monotonic() - began) / 60:.0f} minutes",
    ]
    print(f"\nwritten to {write(found, notes)}")


def _busy() -> str:
    """How busy the machine is: others' work makes latencies longer, and processor time somewhat."""
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def told(findings: list[Finding]) -> list[Finding]:
    for finding in findings:
        print(line(finding), flush=True)
    return findings


main()
