"""Every concept by its name, and the links between them."""

from collections.abc import Iterator

from api.domain.resources import (
    actions,
    agreements,
    articulation,
    attachments,
    beneficiaries,
    continuation,
    decisions,
    dpc,
    editions,
    findings,
    followups,
    groups,
    identity,
    indicators,
    journal,
    links,
    organisations,
    plans,
    reference,
    reminders,
)
from api.domain.resources.base import Ref, Resource

RESOURCES: tuple[Resource, ...] = (
    *actions.RESOURCES,
    *editions.RESOURCES,
    *indicators.RESOURCES,
    *followups.RESOURCES,
    *links.RESOURCES,
    *decisions.RESOURCES,
    *attachments.RESOURCES,
    *plans.RESOURCES,
    *findings.RESOURCES,
    *agreements.RESOURCES,
    *beneficiaries.RESOURCES,
    *dpc.RESOURCES,
    *articulation.RESOURCES,
    *continuation.RESOURCES,
    *groups.RESOURCES,
    *organisations.RESOURCES,
    *reference.RESOURCES,
    *identity.RESOURCES,
    *reminders.RESOURCES,
    *journal.RESOURCES,
)
BY_NAME: dict[str, Resource] = {resource.name: resource for resource in RESOURCES}


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
