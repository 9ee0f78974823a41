"""What everybody may read: the same questions about one commune while it alone publishes, and while all do."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from uuid import UUID

import asyncpg
import orjson

from benchmarks.bed import Bed
from benchmarks.load import Asked, Next, ask
from benchmarks.measure import Figures, Variant, in_turns
from benchmarks.report import Finding
from benchmarks.subjects import Bearers, Subject

TARGET = 1.2
SEARCH_MS = 50.0
UNLIMITED = "1000000"
WORD = "logement"


async def public_reads(bed: Bed, stack: ExitStack, requests: int, turns: int) -> list[Finding]:
    """An action, lists, the tree, the progress and a search of the public, read each time."""
    server = stack.enter_context(bed.ours("public", PST_REMEMBER_MIB="0", PST_PUBLIC_READS_PER_MINUTE=UNLIMITED))
    await _publish(server.port, bed, bed.subjects[:1])
    variants = [Variant(name, server, following) for name, following in await _questions(server.port, bed.subjects[0])]
    small = await _measure(variants, bed, requests, turns)
    await _publish(server.port, bed, bed.subjects[1:])
    large = await _measure(variants, bed, requests, turns)
    found = []
    for before, after in zip(small, large, strict=True):
        told = [replace(before, name=f"{before.name}, one publishes").told(), after.told()]
        claim = f"public {before.name}: {bed.communes} published communes against one"
        if before.name == "search":
            found.append(Finding(claim, bed.communes, 1, round(after.cpu_ms, 1), SEARCH_MS, "ms", figures=told))
        else:
            ratio = round(after.cpu_ms / before.cpu_ms, 3)
            found.append(Finding(claim, bed.communes, 1, ratio, TARGET, figures=told))
    return found


async def _measure(variants: Sequence[Variant], bed: Bed, requests: int, turns: int) -> list[Figures]:
    return await in_turns(variants, bed.database_pid, concurrency=1, requests=requests, turns=turns, communes=1)


async def _questions(port: int, subject: Subject) -> list[tuple[str, Next]]:
    plan = subject.plan
    listed = orjson.loads((await ask(port, _get(f"actions?planId={plan}&pageSize=1"))).body)
    action = UUID(listed["items"][0]["id"])
    paths = {
        "action": f"actions/{action}",
        "list of a plan": f"actions?planId={plan}",
        "list": "actions",
        "tree": f"plans/{plan}/tree",
        "progress": f"plans/{plan}/progress",
        "search": f"search?q={WORD}",
    }
    return [(name, _always(path)) for name, path in paths.items()]


def _always(path: str) -> Next:
    return lambda: _get(path)


def _get(path: str) -> Asked:
    return Asked("GET", f"/pst/v1/public/{path}", {})


async def _publish(port: int, bed: Bed, subjects: Sequence[Subject]) -> None:
    """Freeze and publish every plan of these communes, as their administrations, where that is not done yet."""
    bearers = bed.bearers
    connection = await asyncpg.connect(bed.addresses.owner)
    try:
        for subject in subjects:
            for row in await connection.fetch(
                "select p.id, p.organisation_id from plan p where p.workspace_id = $1 and not exists (select from"
                " plan_version v where v.workspace_id = p.workspace_id and v.plan_id = p.id)", subject.workspace,
            ):  # fmt: skip
                version = await _create(port, bearers, subject, "planVersions", planId=str(row["id"]))
                words = {"kind": "published", "organ": "administration", "decidedOn": "2025-06-30",
                         "organisationId": str(row["organisation_id"])}  # fmt: skip
                await _create(port, bearers, subject, "acts", versionId=version, **words)
        await connection.execute("vacuum analyze shown_row")
    finally:
        await connection.close()


async def _create(port: int, bearers: Bearers, subject: Subject, path: str, **words: str) -> str:
    headers = bearers.of(subject) | {"Content-Type": "application/json"}
    answer = await ask(port, Asked("POST", f"/pst/v1/{path}", headers, orjson.dumps(words)))
    assert answer.status == 201, answer.body
    made: str = orjson.loads(answer.body)["id"]
    return made
