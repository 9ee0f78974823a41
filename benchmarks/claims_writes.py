"""Changes against the same statements on bare asyncpg; the journal against a bare sequence."""

import asyncio
import itertools
import json
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import asyncpg

from api.domain.actor import Actor, Membership, Role
from api.domain.journal import APPEND, Change, _entry, record
from benchmarks import questions as q
from benchmarks.bed import Bed
from benchmarks.measure import Variant, in_turns
from benchmarks.report import Finding, compared
from benchmarks.subjects import Subject

WRITERS, COMMUNES = 12, 20
SEQUENCED = re.sub(
    r"insert into journal_counter.*?returning position",
    "select nextval('bench_position') - 1 + $2::bigint as position",
    APPEND,
    flags=re.DOTALL,
).replace("insert into journal_entry", "insert into bench_event")
"""The same entry, its position taken from a sequence instead of the workspace's counter."""
AUTHOR = Actor(memberships=(Membership(Role.OPERATOR),), origin="import")
Write = Callable[[Any, Subject, int], Awaitable[None]]


async def writes(bed: Bed, stack: ExitStack, requests: int, turns: int) -> list[Finding]:
    """PATCH of an action with history, through the door and as bare statements."""
    ours, floor = stack.enter_context(bed.ours("ours")), stack.enter_context(bed.floor())
    owner: Any = await asyncpg.connect(bed.addresses.owner)
    versions = {row[0]: row[1] for row in await owner.fetch("select id, version from action")}
    found = []
    # With few actions, the same one would be changed twice at once: that is another measurement.
    for at_once in (1, 16) if bed.communes > 1 else (1,):
        variants = [
            Variant("PATCH", ours, q.Changes(bed.bearers, bed.subjects, "/pst/v1/actions", versions)),
            Variant("floor PATCH", floor, q.Changes(bed.bearers, bed.subjects, "/actions", versions)),
        ]
        figures = await in_turns(
            variants, bed.database_pid, concurrency=at_once, requests=requests, turns=turns, communes=bed.communes
        )
        found.append(compared("PATCH with history", bed.communes, figures, "PATCH", "floor PATCH", 1.4))
    await owner.close()
    return found


async def journal(bed: Bed, seconds: float) -> list[Finding]:
    """Twelve writers on twenty communes while a reader follows: our positions, and a sequence that loses events."""
    owner: Any = await asyncpg.connect(bed.addresses.owner)
    await owner.execute(
        "drop table if exists bench_event; drop sequence if exists bench_position; create sequence bench_position;"
        " create table bench_event (like journal_entry including indexes); create index on bench_event (position)"
    )
    subjects, rates, missed = bed.subjects[:COMMUNES], {"journal": 0.0, "sequence": 0.0}, {"journal": 0, "sequence": 0}
    for _ in range(2):
        for name, write in (("journal", _journaled), ("sequence", _sequenced)):
            done, lost = await _race(bed.addresses.owner, subjects, write, name, seconds)
            rates[name] += done / seconds / 2
            missed[name] += lost
    await owner.execute("drop table bench_event; drop sequence bench_position")
    await owner.close()
    told = f"journal, {WRITERS} writers on {len(subjects)} communes"
    share = round(rates["journal"] / rates["sequence"], 3)
    return [
        Finding(f"{told}: rate against a sequence ({rates['journal']:.0f}/s, {rates['sequence']:.0f}/s)", bed.communes,
                WRITERS, share, 0.8, most=False),
        Finding(f"{told}: events missed by a reader (a sequence: {missed['sequence']})", bed.communes, WRITERS,
                missed["journal"], 0, "events"),
    ]  # fmt: skip


async def _race(address: str, subjects: Any, write: Write, name: str, seconds: float) -> tuple[int, int]:
    """How many events were written, and how many of them a polling reader never saw."""
    ends, counter, done = time.monotonic() + seconds, itertools.count(), 0
    following, stop = itertools.cycle(subjects), asyncio.Event()
    before = await _last(address, name)

    async def writer() -> None:
        nonlocal done
        connection: Any = await asyncpg.connect(address)
        while time.monotonic() < ends:
            async with connection.transaction():
                await write(connection, next(following), next(counter))
            done += 1
        await connection.close()

    reading = asyncio.create_task(_follow(address, name, before, stop))
    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(writer())
    stop.set()
    return done, done - await reading


async def _journaled(connection: Any, subject: Subject, count: int) -> None:
    await record(connection, AUTHOR, "bench", subject.workspace, [_change(subject, count)])


async def _sequenced(connection: Any, subject: Subject, count: int) -> None:
    entry = json.dumps([_entry(1, _change(subject, count))], default=str)
    await connection.fetchval(SEQUENCED, subject.workspace, 1, entry, "bench", None, None, ["operator"], "import")


def _change(subject: Subject, count: int) -> Change:
    action = str(subject.actions[count % len(subject.actions)])
    image = {"id": action, "version": count + 1, "title": "Une mesure", "organisation_id": None}
    return Change("action", image, image)


async def _last(address: str, name: str) -> dict[UUID, int]:
    connection: Any = await asyncpg.connect(address)
    sql = "select workspace_id, position from journal_counter" if name == "journal" else (
        "select '00000000-0000-0000-0000-000000000000'::uuid, coalesce(max(position), 0) from bench_event"
    )  # fmt: skip
    found = {row[0]: row[1] for row in await connection.fetch(sql)}
    await connection.close()
    return found


async def _follow(address: str, name: str, after: dict[UUID, int], stop: asyncio.Event) -> int:
    """Read on from the last position seen, as the change feed does; answers how many events came by."""
    connection: Any = await asyncpg.connect(address)
    table, own = (
        ("journal_entry", "workspace_id = $1") if name == "journal" else ("bench_event", "$1::uuid is not null")
    )
    sql = f"select position from {table} where {own} and position > $2 order by position"
    seen, is_last = 0, False
    while not is_last:
        is_last = stop.is_set()
        for workspace, position in list(after.items()):
            rows = await connection.fetch(sql, workspace, position)
            if rows:
                seen += len(rows)
                after[workspace] = rows[-1][0]
        await asyncio.sleep(0.001)
    await connection.close()
    return seen
