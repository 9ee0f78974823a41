"""What a document offers its reader beside being changed or removed: what may be added to it, what stays as it is.

Said by the policy's own conditions, so that no client repeats a rule (`api.md` §1).
"""

import re
from collections.abc import Iterator
from functools import cache

from sqlalchemy.dialects import postgresql

from api.domain.actor import Actor
from api.domain.parameters import Parameters
from api.domain.policy import grants_of
from api.domain.resources.base import OwnerKind, Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.rights.visibility import may
from api.domain.rules.action_statuses import LOCKED_WHEN_COMPLETED
from api.domain.rules.counterparts import FOLLOWED
from api.domain.rules.meaningful_fields import MEANINGS

_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
_CHILD = "n"
_BEARERS = frozenset({OwnerKind.ACTION, OwnerKind.OBJECTIVE, OwnerKind.PLAN})
"""On what a row hangs; whom else it names, it merely names."""
_OF_MOVES = frozenset({"status", "status_reason"})
"""Fields that `nextStatuses` speaks for."""


@cache
def hanging_on(name: str) -> tuple[tuple[Resource, str], ...]:
    """The concepts whose documents hang on one of this kind and on nothing else, each with the column that says so.

    What also needs a right elsewhere (a placement needs the plan's) is not told by this document. A concept may hang
    on its own kind: a sub-action on an action.
    """
    return tuple(
        (child, column)
        for child in RESOURCES
        if child.create is not None
        for column, ref in child.refs.items()
        if ref.target == name
        and column in child.create.model_fields
        and _hangs_on_it_alone(child, column, BY_NAME[name])
    )


def _hangs_on_it_alone(child: Resource, column: str, target: Resource) -> bool:
    if child is target:
        return child.is_action
    if child.owner_kind is OwnerKind.BEARER and child.parent_owner is None:
        return target.owner_kind in _BEARERS
    return column == child.parent_owner and not (child.owner_kind is OwnerKind.ACTION and "plan_id" in child.table.c)


def additions(actor: Actor, binds: Parameters, resource: Resource, t: str) -> Iterator[tuple[str, str]]:
    """What may be added to row `t`: the word for each kind (`createTask`), and the condition under which it may."""
    for child, column in hanging_on(resource.name):
        if grants_of(actor, f"{child.name}:create"):
            word = f"create{child.title}"
            guards = "".join(f" and {guard.sql.replace('{t}', t)}" for guard in resource.guards.get(word, ()))
            yield word, _may_add(child, column, actor, binds, resource, t) + guards


def _may_add(child: Resource, column: str, actor: Actor, binds: Parameters, resource: Resource, t: str) -> str:
    """Whether the actor may create a child of row `t`.

    One of the same kind is asked about as if it were like `t`, and hangs one level deep.
    """
    permission = f"{child.name}:create"
    if child is resource:
        return f"({t}.{column} is null and {may(permission, child, actor, binds, t)})"
    condition = may(permission, child, actor, binds, _CHILD)
    known = {"workspace_id": f"{t}.workspace_id", column: f"{t}.id"}
    if resource.owner_kind is OwnerKind.BEARER:  # a child of what is borne carries the same bearer
        known |= {parent: f"{t}.{parent}" for parent in ("action_id", "objective_id")}
    columns = []
    for name in child.column_names:
        if re.search(rf"\b{_CHILD}\.{name}\b", condition):
            if name == "organisation_id" and actor.organisation_id is not None:
                known[name] = binds(actor.organisation_id, "uuid")
            columns.append(f"{known.get(name, 'null')}::{child.table.c[name].type.compile(_POSTGRESQL)} as {name}")
    if not columns:
        return condition
    return f"exists (select from (select {', '.join(columns)}) {_CHILD} where {condition})"


def unchangeable(actor: Actor, binds: Parameters, resource: Resource, t: str) -> str:
    """The SQL of the wire names that the reader may not change of action `t`.

    Its rights do not reach them, the action is completed, it follows the action of a group, or they mean nothing in
    its state. Status and its reason are left out: `nextStatuses` speaks for them.
    """
    fields = set(resource.patch.model_fields) - _OF_MOVES if resource.patch else set()
    permission = f"{resource.name}:update"
    ways = grants_of(actor, permission)
    barred: dict[frozenset[str], list[int]] = {}
    for place, way in enumerate(ways):
        kept = frozenset(f for f in fields if not way.grant.covers(resource.name, f))
        barred.setdefault(kept, []).append(place)
    whens = [
        f"when {may(permission, resource, actor, binds, t, [ways[p] for p in places])}"
        f" then {_by_state(resource, fields, kept, t)}"
        for kept, places in sorted(barred.items(), key=lambda one: len(one[0]))
    ]
    if not whens:
        return "'[]'::json"
    return f"to_json(case {' '.join(whens)} else '{{}}'::text[] end)"


def _by_state(resource: Resource, fields: set[str], kept: frozenset[str], t: str) -> str:
    """What stays as it is in each state: what completion locks, what follows a group's action, what means nothing."""
    locked, copied = fields & LOCKED_WHEN_COMPLETED, fields & set(FOLLOWED)
    cases = {
        f"{t}.status = 'completed' and {t}.origin_action_id is not null": kept | locked | copied,
        f"{t}.status = 'completed'": kept | locked,
        f"{t}.origin_action_id is not null": kept | copied,
    }
    told = " ".join(f"when {state} then {_in_state(resource, names, t)}" for state, names in cases.items())
    return f"case {told} else {_in_state(resource, kept, t)} end"


def _in_state(resource: Resource, names: frozenset[str] | set[str], t: str) -> str:
    """These fields, and of the others those that mean nothing for the row."""
    absent = [
        f"case when {meaning.is_absent.replace('{t}', t)} then {_array(resource, {meaning.field})} end"
        for meaning in MEANINGS
        if meaning.field not in names
    ]
    return " || ".join((_array(resource, names), *absent))


def _array(resource: Resource, names: frozenset[str] | set[str]) -> str:
    return f"'{{{','.join(sorted(resource.wire(name) for name in names))}}}'::text[]"
