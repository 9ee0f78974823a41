"""The policy's scopes said in SQL: which rows an actor sees, and which of them it may touch.

`{t}` below is always the alias of the row in question. Nothing here reads the clock.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from api.domain.actor import Actor, Role
from api.domain.authority import (
    administered,
    answers_for,
    headed_by,
    managed_by,
    of_administered_house,
    responsible,
    taken_up,
)
from api.domain.declared import declared_seen, shared_seen
from api.domain.found import finding_seen
from api.domain.policy import Held, Scope, held, refusal
from api.domain.reach import of_row, reached
from api.domain.recorded import entries_seen
from api.domain.resources.base import Home, Resource
from api.domain.schemas.enumerations import OPEN_AUDIENCES
from api.domain.shown import LATEST, ShownIn, shown_and_reached, shown_keys, shown_source
from api.domain.statement import Binds, any_of
from api.domain.taking_part import granted, in_partnership, partner_actions, party_to

SHOWN = frozenset(
    {
        "plan",
        "objective",
        "action",
        "planAction",
        "placement",
        "partnership",
        "budgetLine",
        "finding",
        "planFinding",
        "agreement",
        "beneficiaryCount",
        "indicator",
        "followUp",
        "actionLink",
        "decision",
        "attachment",
    }
)
"""What a version's content holds, and so what its readers can be shown."""

SHOWN_SCOPES = (Scope.VERSIONS, Scope.PUBLISHED)

Seen = Mapping[str, str | None]
"""Rows that a statement has at hand: a table, and the common table expression of those of it that are seen; None where
the statement itself joins every row to one that is seen."""
NOTHING: Seen = MappingProxyType({})

TO_COUNCIL = ("council", "public")
TO_PUBLIC = ("public",)


def circle_of(actor: Actor, resource: Resource) -> str | None:
    """The circle whose shown rows the actor reads instead of living ones, or None if it reads living rows."""
    scopes = {way.grant.scope for way in held(actor, f"{resource.name}:read")}
    if resource.name not in SHOWN or not scopes or scopes - set(SHOWN_SCOPES):
        return None
    return "council" if Scope.VERSIONS in scopes else "public"


def source(resource: Resource, actor: Actor, binds: Binds, alias: str, shown_in: ShownIn = LATEST) -> str:
    """Where the rows come from: the living table, or the rows shown to the actor's circle."""
    circle = circle_of(actor, resource)
    if circle is None:
        return f'"{resource.table.name}" {alias}'
    workspace = binds(actor.workspace_id, "uuid") if circle == "council" else None
    return shown_source(resource, circle, workspace, alias, shown_in)


def keys_source(resource: Resource, actor: Actor, binds: Binds, alias: str) -> str:
    """Of a reader of versions: where what its rows are looked up by comes from, without the rest of them."""
    circle = circle_of(actor, resource)
    assert circle is not None
    workspace = binds(actor.workspace_id, "uuid") if circle == "council" else None
    return shown_keys(resource, circle, workspace, alias, LATEST)


def visible(
    resource: Resource, actor: Actor, binds: Binds, t: str, at_hand: Seen = NOTHING, shown_in: ShownIn = LATEST
) -> str:
    """The condition under which the actor sees row `t`; raises Forbidden when it holds no right to read any.

    What is seen for the sake of an action or objective is looked up among those at hand, which are seen in the same
    way where the actor has one membership only.
    """
    at_hand = at_hand if len(actor.memberships) == 1 else NOTHING
    ways = held(actor, f"{resource.name}:read")
    if not ways:
        raise refusal(actor, f"{resource.name}:read")
    if resource.name in SHOWN and circle_of(actor, resource) is None:
        ways = tuple(way for way in ways if way.grant.scope not in SHOWN_SCOPES)
    return any_of([_seen(way, resource, actor, binds, t, at_hand, shown_in) for way in ways])


def may(
    permission: str,
    resource: Resource,
    actor: Actor,
    binds: Binds,
    t: str,
    ways: Sequence[Held] | None = None,
) -> str:
    """The condition under which the actor holds a writing permission on row `t` (`false` if it never does)."""
    chosen = held(actor, permission) if ways is None else ways
    return any_of([_held_on(way, resource, actor, binds, t) for way in chosen])


def _seen(way: Held, resource: Resource, actor: Actor, binds: Binds, t: str, at_hand: Seen, shown_in: ShownIn) -> str:
    match way.grant.scope:
        case Scope.ALL:
            return "true"
        case Scope.WORKSPACE:
            return _in_workspace(way, resource, actor, binds, t, at_hand)
        case Scope.VERSIONS | Scope.PUBLISHED:
            return _in_versions(way.grant.scope, resource, actor, binds, t, shown_in)
        case Scope.PARTNERSHIP:
            return in_partnership(resource, actor, binds, t)
        case Scope.OWN:
            return _own(resource, actor, binds, t)
        case Scope.ADMINISTRATOR:
            return administered(resource, actor, binds, t)
        case Scope.MEMBER:
            return _offered(actor, binds, t)
    raise AssertionError(f"{way.grant.scope} is no scope of reading")


_ANSWERING = {
    Scope.HOUSE: answers_for,
    Scope.TAKEN_UP: taken_up,
    Scope.UNIT: managed_by,
    Scope.HEAD: headed_by,
    Scope.ADMINISTERED: of_administered_house,
}
"""The scopes in which a membership answers for rows."""


def _held_on(way: Held, resource: Resource, actor: Actor, binds: Binds, t: str) -> str:
    if (answering := _ANSWERING.get(way.grant.scope)) is not None:
        return answering(way.membership, resource, actor, binds, t)
    match way.grant.scope:
        case Scope.ALL:
            return "true"
        case Scope.GRANTED:
            return granted(resource, actor, binds, t)
        case Scope.ADMINISTRATOR:
            return administered(resource, actor, binds, t)
        case Scope.STEWARD:
            workspace = binds(actor.workspace_id, "uuid")
            return (
                f"({t}.steward_workspace_id = {workspace} or exists (select from workspace_organisation x"
                " join workspace xw on xw.id = x.workspace_id and xw.kind <> 'group'"
                f" where x.workspace_id = {workspace} and x.organisation_id = {t}.id))"
            )
        case Scope.OWN:
            return _own(resource, actor, binds, t)
    raise AssertionError(f"{way.grant.scope} is no scope of writing")


def _in_workspace(way: Held, resource: Resource, actor: Actor, binds: Binds, t: str, at_hand: Seen) -> str:
    workspace = binds(actor.workspace_id, "uuid")
    if resource.name == "workspace":
        return f"{t}.id = {workspace}"
    own = f"{t}.workspace_id = {workspace}"
    if resource.name == "journalEntry":
        return f"({own} and {entries_seen(way.membership, actor, binds, t)})"
    if resource.name in ("finding", "planFinding"):
        return f"({own} and {finding_seen(way.membership, resource.name, binds, t)})"
    if resource.shared_once is not None:
        return f"({own} and {shared_seen(resource, way.membership, binds, t)})"
    match resource.home:
        case Home.OBJECTIVE:
            return f"({own} and {_objective_seen(way, actor, binds, t)})"
        case Home.ACTION if resource.parent_home is None:
            return f"({own} and {_action_seen(way, actor, binds, t)})"
        case Home.ACTION | Home.BEARER:
            return f"({own} and {_bearers_seen(way, resource, actor, binds, t, at_hand)})"
    return own


def _objective_seen(way: Held, actor: Actor, binds: Binds, t: str) -> str:
    """A draft objective is seen by the houses of its plan and by the units that manage it."""
    if way.membership.role is Role.AGENT:
        return f"({t}.status <> 'draft' or {responsible('objective', way.membership, binds, t)})"
    house = binds(way.membership.organisation_id, "uuid")
    return (
        f"({t}.status <> 'draft' or exists (select from plan p where p.workspace_id = {t}.workspace_id"
        f" and p.id = {t}.plan_id and (p.organisation_id = {house} or exists (select from plan_owner o"
        f" where o.workspace_id = p.workspace_id and o.plan_id = p.id and o.organisation_id = {house}))))"
    )


def _action_seen(way: Held, actor: Actor, binds: Binds, t: str) -> str:
    """Drafts and narrow audiences stay in their house; what is `both` belongs to either."""
    open_to_all = f"{t}.status <> 'draft' and {t}.audience = any({binds(list(OPEN_AUDIENCES), 'text[]')})"
    member = way.membership
    if member.role is Role.AGENT:
        return f"({open_to_all} or {responsible('action', member, binds, t)})"
    house = f"({t}.organisation_id = {binds(member.organisation_id, 'uuid')} or {t}.department = 'both')"
    if member.role is Role.COLLEGE:
        house += f" and {t}.audience <> 'restricted'"
    return f"({open_to_all} or {house})"


def _bearers_seen(way: Held, resource: Resource, actor: Actor, binds: Binds, t: str, at_hand: Seen) -> str:
    """A row of an action or objective is seen where that is seen, if its own audience reaches the reader too; a link
    where both ends are."""
    clauses = []
    for column, table, seen in (
        ("action_id", "action", _action_seen),
        ("linked_action_id", "action", _action_seen),
        ("objective_id", "objective", _objective_seen),
    ):
        if column not in resource.table.c or at_hand.get(table, "") is None:
            continue
        b = f"{t}_{column[0]}"
        exists = (
            f"exists (select from {table} {b} where {b}.workspace_id = {t}.workspace_id"
            f" and {b}.id = {t}.{column} and {seen(way, actor, binds, b)})"
            if table not in at_hand
            # Said so, it is a set to look into; a join would be one of guessed size.
            else f"({t}.{column} in (select id from {at_hand[table]})) is true"
        )
        optional = resource.table.c[column].nullable
        clauses.append(f"({t}.{column} is null or {exists})" if optional else exists)
    if "audience" in resource.table.c:
        clauses.append(reached(way.membership, resource.column_names, of_row(t), binds))
    return " and ".join(clauses) or "true"


def _in_versions(scope: Scope, resource: Resource, actor: Actor, binds: Binds, t: str, shown_in: ShownIn) -> str:
    council = scope is Scope.VERSIONS
    if resource.published_once is not None:
        return declared_seen(resource, council, actor, binds, t)
    if resource.home is Home.VERSION:
        if resource.name == "act":
            v = f"{t}_v"
            inner = _version_seen(council, actor, binds, v)
            return (
                f"({t}.is_in_effect and exists (select from plan_version {v}"
                f" where {v}.workspace_id = {t}.workspace_id and {v}.id = {t}.version_id and {inner}))"
            )
        return _version_seen(council, actor, binds, t)
    circle = list(TO_COUNCIL if council else TO_PUBLIC)
    if resource.name in ("action", "finding"):
        return f"{t}.audience = any({binds(circle, 'text[]')})"
    own = [f"{t}.audience = any({binds(circle, 'text[]')})"] if "audience" in resource.table.c else []
    if resource.name == "planFinding":
        return shown_and_reached("finding", f"{t}.finding_id", council, circle, binds, t, shown_in)
    ends = [column for column in ("action_id", "linked_action_id") if column in resource.table.c]
    shown = []
    for column in ends:
        told = shown_and_reached("action", f"{t}.{column}", council, circle, binds, t, shown_in)
        shown.append(f"({t}.{column} is null or {told})" if resource.table.c[column].nullable else told)
    return "(" + " and ".join([*own, *shown]) + ")" if own or shown else "true"


def _version_seen(council: bool, actor: Actor, binds: Binds, t: str) -> str:
    if council:
        own = f"{t}.workspace_id = {binds(actor.workspace_id, 'uuid')}"
        return f"({own} and ({t}.is_before_council or {t}.is_published))"
    return f"{t}.is_published"


def _offered(actor: Actor, binds: Binds, t: str) -> str:
    """What a group offers is seen by itself, and by the workspaces of which a house is a member of it now."""
    workspace = binds(actor.workspace_id, "uuid")
    return (
        f"({t}.workspace_id = {workspace} or ({t}.is_offered and exists (select from group_member gm"
        " join workspace_organisation gh on gh.organisation_id = gm.organisation_id"
        " join workspace gw on gw.id = gh.workspace_id and gw.kind <> 'group'"
        f" where gm.group_id = {t}.workspace_id and gm.ended_at is null and gh.workspace_id = {workspace})))"
    )


def _own(resource: Resource, actor: Actor, binds: Binds, t: str) -> str:
    if resource.name == "client":
        return f"{t}.owner_kind = '{'operator' if Role.OPERATOR in actor.roles else 'region'}'"
    organisation: UUID | None = actor.organisation_id
    if resource.name == "agreement":
        return f"({t}.state <> 'draft' and {party_to(actor, binds, t)})"
    column = "id" if resource.name == "organisation" else "organisation_id"
    own = f"{t}.{column} = {binds(organisation, 'uuid')}"
    if resource.name == "partnership":
        own += f" and {t}.state <> 'planned'"
    if resource.home is Home.ACTION:
        return f"({own} and {partner_actions(actor, binds, t, f'{{a}}.id = {t}.action_id')})"
    return own
