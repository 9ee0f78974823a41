"""Who reads a document of a house that is shared once it is adopted, and by everybody once it is published."""

from collections.abc import Callable

from api.domain.actor import Actor, Membership
from api.domain.parameters import Parameters
from api.domain.resources.base import Resource, SharedOnce


def shared_row_visibility(resource: Resource, member: Membership, binds: Parameters, t: str) -> str:
    """Whether row `t`, or what it hangs on, is shared by now, or of the member's own house."""
    assert resource.shared_once is not None
    house = binds(member.organisation_id, "uuid")
    once = resource.shared_once
    return _of_bearer(resource, t, lambda x: f"({once.of_row(x)} or {x}.organisation_id = {house})")


def published_row_visibility(resource: Resource, council: bool, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the council reads row `t` because it was adopted, or everybody because it was published."""
    assert resource.shared_once is not None
    assert resource.published_once is not None
    if council:
        own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
        return f"({own} and {_of_bearer(resource, t, resource.shared_once.of_row)})"
    return _of_bearer(resource, t, resource.published_once.of_row)


def shared_image_visibility(resource: Resource, member: Membership, binds: Parameters, image: str) -> str:
    """What `shared_seen` says of a living row, said of an image of the journal."""
    assert resource.shared_once is not None
    once: SharedOnce = resource.shared_once
    house = binds(member.organisation_id, "uuid")
    if resource.parent_owner is None:
        return f"({once.of_image(image)} or ({image}->>'organisation_id')::uuid = {house})"
    table = resource.parent_owner.removesuffix("_id")
    return (
        f"exists (select from {table} b where b.workspace_id = ({image}->>'workspace_id')::uuid"
        f" and b.id = ({image}->>'{resource.parent_owner}')::uuid"
        f" and ({once.of_row('b')} or b.organisation_id = {house}))"
    )


def house_of(resource: Resource, member: Membership, binds: Parameters, t: str) -> str:
    """Whether the member's house keeps row `t`, or the document on which it hangs."""
    if resource.published_once is None:
        return f"{t}.organisation_id = {binds(member.organisation_id, 'uuid')}"
    return _of_bearer(resource, t, lambda x: f"{x}.organisation_id = {binds(member.organisation_id, 'uuid')}")


def _of_bearer(resource: Resource, t: str, condition: Callable[[str], str]) -> str:
    if resource.parent_owner is None:
        return condition(t)
    table, b = resource.parent_owner.removesuffix("_id"), f"{t}_b"
    return (
        f"exists (select from {table} {b} where {b}.workspace_id = {t}.workspace_id"
        f" and {b}.id = {t}.{resource.parent_owner} and {condition(b)})"
    )
