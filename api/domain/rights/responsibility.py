"""Who answers for a row: the house it belongs to, the units that manage it, the persons named on it."""

from collections.abc import Callable

from api.domain.actor import Actor, Membership
from api.domain.parameters import Parameters, any_of
from api.domain.resources.base import OwnerKind, Resource
from api.domain.rights.sharing import house_of


def answers_for(member: Membership, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the membership's house answers for row `t`; a membership limited to plans only inside these."""
    own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
    match resource.owner_kind:
        case OwnerKind.WORKSPACE:
            return f"({own} and {_of_house(member, resource, binds, t)})"
        case OwnerKind.PLAN if resource.parent_owner is None:
            return f"({own} and {_plan(member, binds, t)})"
        case OwnerKind.PLAN | OwnerKind.OBJECTIVE:
            return f"({own} and {_through(member, 'plan', f'{t}.plan_id', binds, t)})"
        case OwnerKind.VERSION if resource.parent_owner == "version_id":
            v = f"{t}_v"
            return (
                f"({own} and exists (select from plan_version {v} where {v}.workspace_id = {t}.workspace_id"
                f" and {v}.id = {t}.version_id and {_through(member, 'plan', f'{v}.plan_id', binds, v)}))"
            )
        case OwnerKind.VERSION:
            return f"({own} and {_through(member, 'plan', f'{t}.plan_id', binds, t)})"
        case OwnerKind.ACTION if resource.parent_owner is None:
            return f"({own} and {_action(member, binds, t)})"
        case OwnerKind.ACTION if "plan_id" in resource.table.c:
            return f"({own} and {_through(member, 'plan', f'{t}.plan_id', binds, t)})"
        case OwnerKind.ACTION:
            return f"({own} and {_through(member, 'action', f'{t}.action_id', binds, t)})"
        case OwnerKind.BEARER:
            return f"({own} and {_bearer(member, resource, binds, t)})"
    raise AssertionError(f"no house answers for {resource.name}")


def _of_house(member: Membership, resource: Resource, binds: Parameters, t: str) -> str:
    """A row of a register belongs to its house; one that is of a plan, to those too who may only touch that plan."""
    own = house_of(resource, member, binds, t)
    if member.plans is None or "plan_id" not in resource.table.c:
        return own
    return f"{own} and {t}.plan_id = any({binds(sorted(member.plans), 'uuid[]')})"


def taken_up(member: Membership, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the membership's house answers for row `t`, or for a plan that takes it up (as `plan_finding` says)."""
    own, name = answers_for(member, resource, actor, binds, t), resource.table.name
    return (
        f"({own} or {t}.workspace_id = {binds(actor.workspace_id, 'uuid')} and exists (select from plan_{name} x"
        f" join plan xp on xp.workspace_id = x.workspace_id and xp.id = x.plan_id where"
        f" x.workspace_id = {t}.workspace_id and x.{name}_id = {t}.id and {_plan(member, binds, 'xp')}))"
    )


def _plan(member: Membership, binds: Parameters, p: str) -> str:
    house = binds(member.organisation_id, "uuid")
    owned = (
        f"({p}.organisation_id = {house} or exists (select from plan_owner o where o.workspace_id = {p}.workspace_id"
        f" and o.plan_id = {p}.id and o.organisation_id = {house}))"
    )
    if member.plans is None:
        return owned
    return f"({owned} and {p}.id = any({binds(sorted(member.plans), 'uuid[]')}))"


def _action(member: Membership, binds: Parameters, a: str) -> str:
    house = f"({a}.organisation_id = {binds(member.organisation_id, 'uuid')} or {a}.department = 'both')"
    if member.plans is None:
        return house
    return (
        f"({house} and exists (select from plan_action x where x.workspace_id = {a}.workspace_id"
        f" and x.action_id = {a}.id and x.plan_id = any({binds(sorted(member.plans), 'uuid[]')})))"
    )


def _through(member: Membership, table: str, column: str, binds: Parameters, t: str) -> str:
    inner = f"{t}_{table}"
    rule = _plan(member, binds, inner) if table == "plan" else _action(member, binds, inner)
    return (
        f"exists (select from {table} {inner} where {inner}.workspace_id = {t}.workspace_id"
        f" and {inner}.id = {column} and {rule})"
    )


def _bearer(member: Membership, resource: Resource, binds: Parameters, t: str) -> str:
    o = f"{t}_o"
    objective = (
        f"exists (select from objective {o} where {o}.workspace_id = {t}.workspace_id and {o}.id = {t}.objective_id"
        f" and {_through(member, 'plan', f'{o}.plan_id', binds, o)})"
    )
    of_plan = ""
    if "plan_id" in resource.table.c:
        of_plan = f" when {t}.plan_id is not null then {_through(member, 'plan', f'{t}.plan_id', binds, t)}"
    return (
        f"case when {t}.action_id is not null then {_through(member, 'action', f'{t}.action_id', binds, t)}"
        f"{of_plan} else {objective} end"
    )


def is_responsible(owner: str, member: Membership, binds: Parameters, t: str) -> str:
    """Whether the member's units or the member in person (or by an office held) answer for action or objective `t`."""
    units = binds(sorted(member.units), "uuid[]")
    person = binds(member.person_id, "uuid")
    return (
        f"exists (select from {owner}_responsibility z where z.workspace_id = {t}.workspace_id"
        f" and z.{owner}_id = {t}.id and (z.unit_id = any({units}) or z.person_id = {person}"
        " or exists (select from office_holding h where h.workspace_id = z.workspace_id"
        f" and h.office_id = z.office_id and h.person_id = {person} and h.is_current)))"
    )


def is_managed_by(member: Membership, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the member's units manage what row `t` is or hangs on; a placement also needs its objective to be."""
    own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
    if resource.owner_kind is OwnerKind.BEARER:
        return f"({own} and {_of_bearer(resource, t, lambda owner, b: is_responsible(owner, member, binds, b))})"
    if resource.parent_owner is None:
        return f"({own} and {_action(member, binds, t)} and {is_responsible('action', member, binds, t)})"
    a = f"{t}_a"
    answered_for = is_responsible("action", member, binds, a)
    of_action = f"{a}.workspace_id = {t}.workspace_id and {a}.id = {t}.action_id"
    clauses = [own, f"exists (select from action {a} where {of_action} and {answered_for})"]
    if "objective_id" in resource.table.c:
        o = f"{t}_o"
        clauses.append(
            f"exists (select from objective {o} where {o}.workspace_id = {t}.workspace_id"
            f" and {o}.id = {t}.objective_id and {is_responsible('objective', member, binds, o)})"
        )
    return "(" + " and ".join(clauses) + ")"


def is_headed_by(member: Membership, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the member heads, by an office held now, a unit that manages the action or objective of row `t`."""
    own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
    person = binds(member.person_id, "uuid")

    def heads_unit(owner: str, b: str) -> str:
        return (
            f"exists (select from {owner}_responsibility z join office h on h.workspace_id = z.workspace_id"
            " and h.unit_id = z.unit_id and h.kind = 'headOfUnit' and not h.is_archived"
            " join office_holding k on k.workspace_id = h.workspace_id and k.office_id = h.id"
            f" where z.workspace_id = {b}.workspace_id and z.{owner}_id = {b}.id and z.kind = 'managingUnit'"
            f" and k.person_id = {person} and k.is_current)"
        )

    return f"({own} and {_of_bearer(resource, t, heads_unit)})"


def _of_bearer(resource: Resource, t: str, holds: Callable[[str, str], str]) -> str:
    """Whether a condition holds on the action or objective that bears row `t`."""
    clauses = []
    for owner in ("action", "objective"):
        if f"{owner}_id" in resource.table.c:
            b = f"{t}_{owner[0]}"
            clauses.append(
                f"exists (select from {owner} {b} where {b}.workspace_id = {t}.workspace_id"
                f" and {b}.id = {t}.{owner}_id and {holds(owner, b)})"
            )
    return any_of(clauses)


def is_administered(resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether the administrators of the actor's workspace, or of the organisation it acts for, keep row `t`."""
    if actor.organisation_id is not None:
        return resource.administered_for.format(t=t, organisation=binds(actor.organisation_id, "uuid"))
    return resource.administered.format(t=t, workspace=binds(actor.workspace_id, "uuid"))


def of_administered_house(member: Membership, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether row `t` belongs to a house for which the membership carries the administrator grant."""
    own = is_administered(resource, actor, binds, t)
    if member.administers_all_houses:
        return own
    return f"({own} and {resource.of_house.format(t=t, house=binds(member.organisation_id, 'uuid'))})"
