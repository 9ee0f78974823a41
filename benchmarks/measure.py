"""Measuring variants in turns (A B A B …), so that a noisy minute falls on all of them."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.cpu import Meter
from benchmarks.load import Next, drive
from benchmarks.servers import Server

OK = frozenset({200})
MOST_SECONDS = 1.5
"""A turn ends then, however many requests it still had: so the whole run ends."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of being asked something."""

    name: str
    server: Server
    following: Next
    good: frozenset[int] = OK
    share: float = 1.0
    """The part of a turn's requests that it gets: slow peers need fewer to be as sure."""


@dataclass(slots=True)
class Figures:
    """What was measured of a variant at one concurrency; CPU in milliseconds per request, of every turn."""

    name: str
    concurrency: int
    server_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """The median over turns of everything spent on a request."""
        return statistics.median(s + d for s, d in zip(self.server_ms, self.database_ms, strict=True))

    def told(self) -> dict[str, float | int | str]:
        ordered = sorted(self.seconds)
        return {
            "name": self.name,
            "concurrency": self.concurrency,
            "requests": len(ordered),
            "cpuMs": round(self.cpu_ms, 3),
            "serverMs": round(statistics.median(self.server_ms), 3),
            "databaseMs": round(statistics.median(self.database_ms), 3),
            "medianMs": round(ordered[len(ordered) // 2] * 1000, 2),
            "p99Ms": round(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1000, 2),
        }


async def in_turns(
    variants: Sequence[Variant], database_pid: int, *, concurrency: int, requests: int, turns: int, communes: int
) -> list[Figures]:
    """Warm each variant up in every commune, then give each one its turn, again and again."""
    meters = {v.name: Meter(v.server.pid, database_pid) for v in variants}
    figures = {v.name: Figures(v.name, concurrency) for v in variants}
    for variant in variants:
        warm_up = max(_part(variant, requests), communes)
        await drive(variant.server.port, variant.following, concurrency, warm_up, variant.good, 2 * MOST_SECONDS)
    for turn in range(turns):
        for variant in variants if turn % 2 == 0 else reversed(variants):
            await _turn(variant, meters[variant.name], figures[variant.name], concurrency, _part(variant, requests))
    return list(figures.values())


async def _turn(variant: Variant, meter: Meter, figures: Figures, concurrency: int, requests: int) -> None:
    before = meter.read()
    taken = await drive(variant.server.port, variant.following, concurrency, requests, variant.good, MOST_SECONDS)
    spent = meter.read().since(before)
    figures.server_ms.append(spent.server / len(taken) * 1000)
    figures.database_ms.append(spent.database / len(taken) * 1000)
    figures.seconds += taken


def _part(variant: Variant, requests: int) -> int:
    return max(4, round(requests * variant.share))


def ratio(figures: Iterable[Figures], name: str, reference: str) -> float:
    """How many times the reference's processor time a variant takes; the median of the turns' own ratios."""
    by_name = {f.name: f for f in figures}
    ours, theirs = by_name[name], by_name[reference]
    turns = [
        (s + d) / (rs + rd)
        for s, d, rs, rd in zip(ours.server_ms, ours.database_ms, theirs.server_ms, theirs.database_ms, strict=True)
    ]
    return statistics.median(turns)
