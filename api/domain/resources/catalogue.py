"""Every concept by its name, and the links between them."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from api.domain import resources
from api.domain.policy import declare_scopes
from api.domain.resources.base import Ref, Resource

CHAPTERS = (
    "actions", "tasks", "budget_lines", "external_references", "editions", "indicators",
    "followups", "links", "decisions", "attachments", "plans", "findings",
    "agreements", "beneficiaries", "dpc", "articulation", "continuation", "groups", "organisations", "reference",
    "identity", "reminders", "journal",
)  # fmt: skip
"""The order in which contracts tell the concepts; those of modules that are not named follow, by name of the module."""


def _declared_resources() -> Iterator[Resource]:
    """The concepts of every module of this folder that declares `RESOURCES`."""
    ranks = {name: rank for rank, name in enumerate(CHAPTERS)}
    names = sorted(
        (module.name for module in iter_modules(resources.__path__) if module.name not in ("catalogue", "trees")),
        key=lambda name: (ranks.get(name, len(ranks)), name),
    )
    for name in names:
        yield from getattr(import_module(f"{resources.__name__}.{name}"), "RESOURCES", ())


RESOURCES: tuple[Resource, ...] = tuple(_declared_resources())
BY_NAME: dict[str, Resource] = {resource.name: resource for resource in RESOURCES}
IN_VERSIONS: tuple[Resource, ...] = tuple(resource for resource in RESOURCES if resource.in_versions is not None)
"""The concepts whose rows a version of a plan holds."""
SHOWN: frozenset[str] = frozenset(r.name for r in RESOURCES if r.is_shown)
"""The concepts whose rows readers of versions are shown."""
NUMBERED: tuple[str, ...] = tuple(r.name for r in RESOURCES if r.in_versions is not None and r.in_versions.is_numbered)
"""The concepts whose rows have a number in a plan."""
declare_scopes({resource.name: resource.machine_scopes for resource in RESOURCES})


def links_to(target: Resource) -> Iterator[tuple[str, Resource, str]]:
    """The lists that hang on a document: (name of the link, resource listed, column that names the document)."""
    for resource in RESOURCES:
        for column, ref in resource.refs.items():
            if ref.target == target.name and ref.many:
                yield ref.many, resource, column


def links_from(resource: Resource) -> Iterator[tuple[str, Resource, str]]:
    """The documents that a document names: (name of the link, resource named, column that names it)."""
    for column, ref in resource.refs.items():
        if ref.one:
            yield ref.one, BY_NAME[ref.target], column


def target_of(ref: Ref) -> Resource:
    return BY_NAME[ref.target]
