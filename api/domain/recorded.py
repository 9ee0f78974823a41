"""Which entries of the journal a reader sees: those of things whose images, of then and of now, it may see."""

from collections.abc import Callable

from api.domain.actor import Actor, Membership, Role
from api.domain.declared import shared_image_seen
from api.domain.policy import held
from api.domain.reach import of_image, reached
from api.domain.resources.base import Home, Resource
from api.domain.resources.catalogue import RESOURCES
from api.domain.schemas.enumerations import OPEN_AUDIENCES
from api.domain.statement import Binds

_WITH_AUDIENCE = sorted(
    r.name for r in RESOURCES if r.name != "action" and r.home in (Home.ACTION, Home.BEARER) and "audience" in r.table.c
)
"""What hangs on something else and has an audience of its own."""

Seen = Callable[[Membership, Binds, str], str]


def entries_seen(member: Membership, actor: Actor, binds: Binds, t: str) -> str:
    """Whether entry `t` tells only what its reader may read: no draft, no narrow audience of the other house."""
    readable = [r.name for r in RESOURCES if held(actor, f"{r.name}:read")]
    image = f"coalesce({t}.after, {t}.before)"
    return (
        f"({t}.entity = any({binds(readable, 'text[]')})"
        f" and case when {t}.entity = 'action' then {_both(_action_seen, member, binds, t)}"
        f" when {t}.entity = 'finding' then {_both(_finding_seen, member, binds, t)}"
        f" when {t}.entity = 'objective' then {_both(_objective_seen, member, binds, t)}"
        f"{''.join(_shared_seen(r, member, binds, t) for r in RESOURCES if r.shared_once)}"
        f" when {t}.entity = any({binds(_WITH_AUDIENCE, 'text[]')}) then {_both(_reached, member, binds, t)}"
        f" and {_bearer_seen(member, binds, t, image)}"
        f" when {image} ?| '{{action_id,objective_id,finding_id}}' then {_bearer_seen(member, binds, t, image)}"
        " else true end)"
    )


def _both(seen: Seen, member: Membership, binds: Binds, t: str) -> str:
    before, after = seen(member, binds, f"{t}.before"), seen(member, binds, f"{t}.after")
    return f"(({t}.before is null or {before}) and ({t}.after is null or {after}))"


def _action_seen(member: Membership, binds: Binds, image: str) -> str:
    """What `visibility` says of a living action, said of an image."""
    is_open = f"{image}->>'status' <> 'draft' and {image}->>'audience' = any({binds(list(OPEN_AUDIENCES), 'text[]')})"
    house = binds(member.organisation_id, "uuid")
    own = f"(({image}->>'organisation_id')::uuid = {house} or {image}->>'department' = 'both')"
    if member.role is Role.COLLEGE:
        own += f" and {image}->>'audience' <> 'restricted'"
    return f"({is_open} or {own})"


def _finding_seen(member: Membership, binds: Binds, image: str) -> str:
    own = f"({image}->>'organisation_id')::uuid = {binds(member.organisation_id, 'uuid')}"
    if member.role is Role.COLLEGE:
        own += f" and {image}->>'audience' <> 'restricted'"
    return f"({image}->>'audience' = any({binds(list(OPEN_AUDIENCES), 'text[]')}) or {own})"


def _reached(member: Membership, binds: Binds, image: str) -> str:
    """What hangs on something for a narrow audience is told to its own house only."""
    return reached(member, ("action_id", "objective_id", "plan_id"), of_image(image), binds)


def _objective_seen(member: Membership, binds: Binds, image: str) -> str:
    house = binds(member.organisation_id, "uuid")
    return (
        f"({image}->>'status' <> 'draft' or exists (select from plan p"
        f" where p.workspace_id = ({image}->>'workspace_id')::uuid and p.id = ({image}->>'plan_id')::uuid"
        f" and (p.organisation_id = {house} or exists (select from plan_owner o where o.workspace_id = p.workspace_id"
        f" and o.plan_id = p.id and o.organisation_id = {house}))))"
    )


def _shared_seen(resource: Resource, member: Membership, binds: Binds, t: str) -> str:
    """What only its own house reads until it is shared."""

    def seen(member: Membership, binds: Binds, image: str) -> str:
        return shared_image_seen(resource, member, binds, image)

    return f" when {t}.entity = '{resource.name}' then {_both(seen, member, binds, t)}"


def _bearer_seen(member: Membership, binds: Binds, t: str, image: str) -> str:
    """What hangs on an action, objective or finding is seen where that is, as it is now or was when removed."""
    clauses = []
    for column, entity, seen in BEARERS:
        bearer = f"({image}->>'{column}')::uuid"
        clauses.append(
            f"({bearer} is null or exists (select from {entity} b where b.workspace_id = {t}.workspace_id"
            f" and b.id = {bearer} and {seen(member, binds, 'to_jsonb(b)')})"
            f" or exists (select from journal_entry j where j.workspace_id = {t}.workspace_id"
            f" and j.entity = '{entity}' and j.entity_id = {bearer} and j.after is null"
            f" and {seen(member, binds, 'j.before')}))"
        )
    return " and ".join(clauses)


BEARERS: tuple[tuple[str, str, Seen], ...] = (
    ("action_id", "action", _action_seen),
    ("linked_action_id", "action", _action_seen),
    ("objective_id", "objective", _objective_seen),
    ("finding_id", "finding", _finding_seen),
)
"""The columns by which a row hangs on something, and when that is seen."""
