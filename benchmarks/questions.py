"""The requests of the claims, for our service and for the floor; each rotates through all communes."""

import itertools
import json
import time
from collections.abc import Callable, Sequence
from uuid import UUID

from benchmarks.load import Asked, Next
from benchmarks.subjects import Bearers, Subject

Make = Callable[[Subject], Asked]

LIST_QUERY = """query List($first: Int) { actions(first: $first) { edges { node {
  id title description status kind progress priority plannedStart plannedEnd isLate organisationId } } } }"""


def round_robin(subjects: Sequence[Subject], make: Make) -> Next:
    """The same question, to one commune after the other."""
    following = itertools.cycle(subjects)
    return lambda: make(next(following))


def page(bearers: Bearers) -> Make:
    return lambda s: Asked("GET", "/pst/v1/actions", bearers.of(s))


def tree(bearers: Bearers) -> Make:
    return lambda s: Asked("GET", f"/pst/v1/plans/{s.plan}/tree", bearers.of(s))


def known_tree(bearers: Bearers) -> Make:
    """A reader that already has the tree and asks whether it still holds."""
    return lambda s: Asked("GET", f"/pst/v1/plans/{s.plan}/tree", bearers.of(s) | {"If-None-Match": "*"})


def floor(path: str, bearers: Bearers) -> Make:
    return lambda s: Asked("GET", path, bearers.of(s))


def graphql(bearers: Bearers, document: str, variables: Callable[[Subject], dict[str, object]]) -> Make:
    def make(subject: Subject) -> Asked:
        body = json.dumps({"query": document, "variables": variables(subject)}).encode()
        return Asked("POST", "/graphql", bearers.of(subject) | {"Content-Type": "application/json"}, body)

    return make


class Changes:
    """PATCHes of actions that always name the right version; no action is asked for twice at once."""

    def __init__(self, bearers: Bearers, subjects: Sequence[Subject], path: str, versions: dict[UUID, int]) -> None:
        self._bearers = bearers
        self._path = path
        self._versions = versions
        self._following = itertools.cycle([(s, a) for n in range(30) for s in subjects for a in s.actions[n : n + 1]])
        self._counted = itertools.count(int(time.time()))  # never the words of an earlier run: they change nothing

    def __call__(self) -> Asked:
        subject, action = next(self._following)
        version = self._versions.get(action, 1)
        self._versions[action] = version + 1
        count = next(self._counted)
        said = f"Le texte change pour la fois numéro {count} de la mesure de {self._path}. "
        words = {"description": said * 4, "progress": count % 95}
        headers = self._bearers.of(subject) | {
            "If-Match": f'"{version}"',
            "Content-Type": "application/merge-patch+json",
        }
        return Asked("PATCH", f"{self._path}/{action}", headers, json.dumps(words).encode())
