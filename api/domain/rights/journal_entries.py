"""Which entries of the journal a reader sees: those of things whose images, of then and of now, it may see."""

from collections.abc import Callable

from api.domain.actor import Actor, Membership, Role
from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.parameters import Parameters
from api.domain.policy import grants_of
from api.domain.resources.base import OwnerKind, Resource
from api.domain.resources.catalogue import RESOURCES
from api.domain.rights.audiences import audience_condition, image_member
from api.domain.rights.sharing import shared_image_visibility

_WITH_AUDIENCE = sorted(
    r.name
    for r in RESOURCES
    if not r.is_action and r.owner_kind in (OwnerKind.ACTION, OwnerKind.BEARER) and "audience" in r.table.c
)
"""What hangs on something else and has an audience of its own."""

Seen = Callable[[Membership, Parameters, str], str]


def journal_visibility(member: Membership, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether entry `t` tells only what its reader may read: no draft, no narrow audience of the other house."""
    readable = [r.name for r in RESOURCES if grants_of(actor, f"{r.name}:read")]
    image = f"coalesce({t}.after, {t}.before)"
    return (
        f"({t}.entity = any({binds(readable, 'text[]')})"
        f" and case when {t}.entity = 'action' then {_both(_action_seen, member, binds, t)}"
        f" when {t}.entity = 'finding' then {_both(_finding_seen, member, binds, t)}"
        f" when {t}.entity = 'objective' then {_both(_objective_seen, member, binds, t)}"
        f"{''.join(_shared_seen(r, member, binds, t) for r in RESOURCES if r.shared_once)}"
        f" when {t}.entity = any({binds(_WITH_AUDIENCE, 'text[]')}) then {_both(_audience_of_image, member, binds, t)}"
        f" and {_bearer_seen(member, binds, t, image)}"
        f" when {image} ?| '{{action_id,objective_id,finding_id}}' then {_bearer_seen(member, binds, t, image)}"
        " else true end)"
    )


def _both(image_visibility: Seen, member: Membership, binds: Parameters, t: str) -> str:
    before, after = image_visibility(member, binds, f"{t}.before"), image_visibility(member, binds, f"{t}.after")
    return f"(({t}.before is null or {before}) and ({t}.after is null or {after}))"


def _action_seen(member: Membership, binds: Parameters, image: str) -> str:
    """What `visibility` says of a living action, said of an image."""
    is_open = f"{image}->>'status' <> 'draft' and {image}->>'audience' = any({binds(list(OPEN_AUDIENCES), 'text[]')})"
    house = binds(member.organisation_id, "uuid")
    own = f"(({image}->>'organisation_id')::uuid = {house} or {image}->>'department' = 'both')"
    if member.role is Role.COLLEGE:
        own += f" and {image}->>'audience' <> 'restricted'"
    return f"({is_open} or {own})"


def _finding_seen(member: Membership, binds: Parameters, image: str) -> str:
    own = f"({image}->>'organisation_id')::uuid = {binds(member.organisation_id, 'uuid')}"
    if member.role is Role.COLLEGE:
        own += f" and {image}->>'audience' <> 'restricted'"
    return f"({image}->>'audience' = any({binds(list(OPEN_AUDIENCES), 'text[]')}) or {own})"


def _audience_of_image(member: Membership, binds: Parameters, image: str) -> str:
    """What hangs on something for a narrow audience is told to its own house only."""
    return audience_condition(member, ("action_id", "objective_id", "plan_id"), image_member(image), binds)


def _objective_seen(member: Membership, binds: Parameters, image: str) -> str:
    house = binds(member.organisation_id, "uuid")
    return (
        f"({image}->>'status' <> 'draft' or exists (select from plan p"
        f" where p.workspace_id = ({image}->>'workspace_id')::uuid and p.id = ({image}->>'plan_id')::uuid"
        f" and (p.organisation_id = {house} or exists (select from plan_owner o where o.workspace_id = p.workspace_id"
        f" and o.plan_id = p.id and o.organisation_id = {house}))))"
    )


def _shared_seen(resource: Resource, member: Membership, binds: Parameters, t: str) -> str:
    """What only its own house reads until it is shared."""

    def image_visibility(member: Membership, binds: Parameters, image: str) -> str:
        return shared_image_visibility(resource, member, binds, image)

    return f" when {t}.entity = '{resource.name}' then {_both(image_visibility, member, binds, t)}"


def _bearer_seen(member: Membership, binds: Parameters, t: str, image: str) -> str:
    """What hangs on an action, objective or finding is seen where that is, as it is now or was when removed."""
    clauses = []
    for column, entity, image_visibility in BEARERS:
        parent = f"({image}->>'{column}')::uuid"
        clauses.append(
            f"({parent} is null or exists (select from {entity} b where b.workspace_id = {t}.workspace_id"
            f" and b.id = {parent} and {image_visibility(member, binds, 'to_jsonb(b)')})"
            f" or exists (select from journal_entry j where j.workspace_id = {t}.workspace_id"
            f" and j.entity = '{entity}' and j.entity_id = {parent} and j.after is null"
            f" and {image_visibility(member, binds, 'j.before')}))"
        )
    return " and ".join(clauses)


BEARERS: tuple[tuple[str, str, Seen], ...] = (
    ("action_id", "action", _action_seen),
    ("linked_action_id", "action", _action_seen),
    ("objective_id", "objective", _objective_seen),
    ("finding_id", "finding", _finding_seen),
)
"""The columns by which a row hangs on something, and when that is seen."""
