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
from benchmarks.peers import django, documents, install, postgraphile
from benchmarks.peers.sameness import told_alike
from benchmarks.report import Finding, compared
from benchmarks.servers import Server
from benchmarks.subjects import Subject

TARGETS = {"PostGraphile": 0.333, "DRF": 0.125, "strawberry-django": 0.067}
UNCHANGED = 0.05
SHARES = {"PostGraphile": 0.5, "DRF": 0.25, "strawberry-django": 0.1}
"""The slow need fewer requests to be as sure."""
PARTS = {"tree": 0.4}
Group = dict[str, tuple[Server, q.Make]]


async def peers(bed: Bed, stack: ExitStack, requests: int, turns: int, home: Path) -> list[Finding]:
    """Lists of 50 and trees of a plan: all that is kept of them, and a list of few fields."""
    install(home)
    fresh, kept = stack.enter_context(bed.ours("fresh", PST_REMEMBER_MIB="0")), stack.enter_context(bed.ours("kept"))
    graphile = stack.enter_context(postgraphile(bed, home))
    theirs = stack.enter_context(django(bed, home))
    asking = _Asking(bed, fresh, graphile, theirs)
    groups = {
        "list": asking.all(
            documents.OUR_LIST, documents.POSTGRAPHILE_LIST, lambda _: "/page", documents.STRAWBERRY_LIST
        ),
        "tree": asking.all(
            documents.OUR_TREE, documents.POSTGRAPHILE_TREE, lambda s: f"/tree/{s.plan}", documents.STRAWBERRY_TREE
        ),
        "list of few fields": asking.all(
            documents.OUR_FEW, documents.POSTGRAPHILE_FEW, lambda _: "/few", documents.STRAWBERRY_FEW
        ),
    }
    for kind, group in groups.items():
        await _check_equal(bed, kind, group)
    found = []
    for kind, group in groups.items():
        found += await _measured(bed, kind, group, kept, requests, turns)
    return found


class _Asking:
    """The same question to each of the servers."""

    def __init__(self, bed: Bed, ours: Server, graphile: Server, django_peer: Server) -> None:
        self._bearers = bed.bearers
        self._servers = ours, graphile, django_peer

    def all(self, ours: str, graphile: str, path: Callable[[Subject], str], strawberry: str) -> Group:
        our_server, graphile_server, django_server = self._servers
        return {
            "GraphQL": (our_server, self._document(ours)),
            "PostGraphile": (graphile_server, self._document(graphile)),
            "DRF": (django_server, lambda s: Asked("GET", path(s), self._bearers.of(s))),
            "strawberry-django": (django_server, self._document(strawberry)),
        }

    def _document(self, document: str) -> q.Make:
        names = [name for name in ("w", "id") if f"${name}:" in document]
        values = {"w": lambda s: str(s.workspace), "id": lambda s: str(s.plan)}
        return q.graphql(self._bearers, document, lambda s: {name: values[name](s) for name in names})


async def _measured(bed: Bed, kind: str, group: Group, kept: Server, requests: int, turns: int) -> list[Finding]:
    """One question to all of them in turns, and to us again when nothing changed since."""
    part = PARTS.get(kind, 1.0)
    variants = [
        Variant(name, server, q.round_robin(bed.subjects, make), share=part * SHARES.get(name, 1.0))
        for name, (server, make) in group.items()
    ]
    again = Variant("GraphQL, unchanged", kept, q.round_robin(bed.subjects[:50], group["GraphQL"][1]))
    figures = await in_turns(
        [*variants, again], bed.database_pid, concurrency=1, requests=requests, turns=turns, communes=bed.communes
    )
    found = [
        compared(f"GraphQL {kind} against {peer}", bed.communes, figures, "GraphQL", peer, target)
        for peer, target in TARGETS.items()
    ]
    claim = f"GraphQL {kind}, unchanged plan, against PostGraphile"
    return [*found, compared(claim, bed.communes, figures, again.name, "PostGraphile", UNCHANGED)]


async def _check_equal(bed: Bed, kind: str, group: Group) -> None:
    """Every variant tells the same of two communes, field by field."""
    for subject in (bed.subjects[0], bed.subjects[-1]):
        answers: dict[str, Any] = {}
        for name, (server, make) in group.items():
            answer = await ask(server.port, make(subject))
            assert answer.status == 200, (name, answer.status, answer.body[:500])
            answers[name] = orjson.loads(answer.body)
        told_alike(kind, answers)
