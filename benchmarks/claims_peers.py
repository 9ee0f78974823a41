"""Against what a user would pick instead, on the same database, once all answers were found equal."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from benchmarks import questions as q
from benchmarks.bed import Bed
from benchmarks.load import Asked, ask
from benchmarks.measure import Variant, in_turns
from benchmarks.peers import django, install, postgraphile
from benchmarks.peers.documents import POSTGRAPHILE_LIST, POSTGRAPHILE_TREE, STRAWBERRY_LIST, STRAWBERRY_TREE
from benchmarks.report import Finding, compared
from benchmarks.selections import PEER_LIST, PEER_TREE
from benchmarks.servers import Server
from benchmarks.subjects import Subject

TARGETS = {"PostGraphile": 0.333, "DRF": 0.125, "strawberry-django": 0.067}
SHARES = {"PostGraphile": 0.5, "DRF": 0.25, "strawberry-django": 0.15}
"""The slow need fewer requests to be as sure."""
Told = Callable[[Any], Any]
REST_LIST = "/pst/v1/actions?status=inProgress&sort=plannedEnd"


async def peers(bed: Bed, stack: ExitStack, requests: int, turns: int, home: Path) -> list[Finding]:
    """Lists of 50 and trees of a plan, ours through GraphQL and REST, theirs as they advise."""
    install(home)
    fresh, kept = stack.enter_context(bed.ours("fresh", PST_REMEMBER_MIB="0")), stack.enter_context(bed.ours("kept"))
    graphile = stack.enter_context(postgraphile(bed, home))
    theirs = stack.enter_context(django(bed, home))
    lists = {
        "GraphQL list": (fresh, _ours(bed, PEER_LIST)),
        "REST list": (fresh, lambda s: Asked("GET", REST_LIST, bed.bearers.of(s))),
        "PostGraphile list": (graphile, _theirs(POSTGRAPHILE_LIST)),
        "DRF list": (theirs, lambda s: Asked("GET", "/page", {"X-Workspace": str(s.workspace)})),
        "strawberry-django list": (theirs, _theirs(STRAWBERRY_LIST)),
    }
    trees = {
        "GraphQL tree": (fresh, _ours(bed, PEER_TREE)),
        "REST tree": (fresh, q.tree(bed.bearers)),
        "PostGraphile tree": (graphile, _theirs(POSTGRAPHILE_TREE)),
        "DRF tree": (theirs, lambda s: Asked("GET", f"/tree/{s.plan}", {"X-Workspace": str(s.workspace)})),
        "strawberry-django tree": (theirs, _theirs(STRAWBERRY_TREE)),
    }
    for group in (lists, trees):
        await _check_equal(bed, group)
    found = []
    for kind, group in (("list", lists), ("tree", trees)):
        found += await _measured(bed, kind, group, kept, requests, turns)
    return found


async def _measured(
    bed: Bed, kind: str, group: dict[str, Any], kept: Server, requests: int, turns: int
) -> list[Finding]:
    """One question to all of them in turns, and to us again when nothing changed since."""
    part = 0.4 if kind == "tree" else 1.0
    variants = [
        Variant(name, server, q.round_robin(bed.subjects, make), share=part * SHARES.get(name.split()[0], 1.0))
        for name, (server, make) in group.items()
    ]
    again = q.round_robin(bed.subjects[:50], group[f"GraphQL {kind}"][1])
    unchanged = Variant(f"GraphQL {kind}, unchanged", kept, again)
    figures = await in_turns(
        [*variants, unchanged], bed.database_pid, concurrency=1, requests=requests, turns=turns, communes=bed.communes
    )
    found = [
        compared(f"{door} {kind} against {peer}", bed.communes, figures, f"{door} {kind}", f"{peer} {kind}", target)
        for door in ("GraphQL", "REST")
        for peer, target in TARGETS.items()
    ]
    claim = f"GraphQL {kind}, unchanged plan, against PostGraphile"
    return [*found, compared(claim, bed.communes, figures, unchanged.name, f"PostGraphile {kind}", 0.05)]


def _ours(bed: Bed, document: str) -> q.Make:
    return q.graphql(bed.bearers, document, lambda s: {"id": str(s.plan)} if "$id" in document else {})


def _theirs(document: str) -> q.Make:
    def make(subject: Subject) -> Asked:
        said = {"query": document, "variables": {"w": str(subject.workspace), "id": str(subject.plan)}}
        if "$w" not in document:
            said["variables"] = {"id": str(subject.plan)} if "$id" in document else {}
        headers = {"Content-Type": "application/json", "X-Workspace": str(subject.workspace)}
        return Asked("POST", "/graphql", headers, orjson.dumps(said))

    return make


async def _check_equal(bed: Bed, group: dict[str, Any]) -> None:
    """Every variant tells the same ids, titles, statuses and counts of two communes."""
    for subject in (bed.subjects[0], bed.subjects[-1]):
        told = {}
        for name, (server, make) in group.items():
            answer = await ask(server.port, make(subject))
            assert answer.status == 200, (name, answer.status, answer.body[:500])
            told[name] = _core(orjson.loads(answer.body))
        first = next(iter(told))
        for name, core in told.items():
            assert core == told[first], f"{name} differs from {first}: {_difference(core, told[first])}"


def _core(answer: Any) -> dict[str, Any]:
    """What every answer says, however it is shaped: actions by id, objectives, placements."""
    found: dict[str, Any] = {"actions": {}, "objectives": {}, "placements": 0, "responsibilities": 0}
    _walk(answer, found)
    return found


def _walk(value: Any, found: dict[str, Any]) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(item, found)
    elif isinstance(value, dict):
        identifier = value.get("rowId") or value.get("id")
        if "status" in value and "progress" in value:
            found["actions"][identifier] = (value["title"], value["status"], value["progress"])
        elif identifier and "title" in value and ("parentId" in value or "parent_id" in value):
            found["objectives"][identifier] = value["title"]
        elif identifier and ("objectiveId" in value or "objective_id" in value):
            found["placements"] += 1
        elif "unitId" in value or "unit_id" in value:
            found["responsibilities"] += 1
        for item in value.values():
            _walk(item, found)


def _difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    return "; ".join(f"{k}: {str(v)[:200]} / {str(other[k])[:200]}" for k, v in one.items() if v != other[k])
