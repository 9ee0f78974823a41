"""The policy's scopes said in SQL: which rows an actor sees, and which of them it may touch.

`{t}` below is always the alias of the row in question. Nothing here reads the clock.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from api.domain.actor import Actor, Role
from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.parameters import Parameters, any_of
from api.domain.policy import HeldGrant, Scope, grants_of, refusal
from api.domain.resources.base import HouseView, OwnerKind, Resource
from api.domain.rights.audiences import audience_condition, row_column
from api.domain.rights.findings import finding_visibility
from api.domain.rights.journal_entries import journal_visibility
from api.domain.rights.partners import may_report, partner_actions, partnership_visibility
from api.domain.rights.responsibility import (
    answers_for,
    is_administered,
    is_headed_by,
    is_managed_by,
    is_responsible,
    of_administered_house,
    taken_up,
)
from api.domain.rights.sharing import shared_row_visibility
from api.domain.rights.shown_rows import LATEST, ShownIn, shown_keys, shown_source
from api.domain.rights.versions import visible_in_versions

SHOWN_SCOPES = (Scope.VERSIONS, Scope.PUBLISHED)

RowsAtHand = Mapping[str, str | None]
"""Rows that a statement has at hand: a table, and the common table expression of those of it that are seen; None where
the statement itself joins every row to one that is seen."""
NOTHING: RowsAtHand = MappingProxyType({})


def reader_group_of(actor: Actor, resource: Resource) -> str | None:
    """The reader group whose shown rows the actor reads instead of living ones; None where it reads living rows."""
    scopes = {way.grant.scope for way in grants_of(actor, f"{resource.name}:read")}
    if not resource.is_shown or not scopes or scopes - set(SHOWN_SCOPES):
        return None
    return "council" if Scope.VERSIONS in scopes else "public"


def row_source(resource: Resource, actor: Actor, binds: Parameters, alias: str, shown_in: ShownIn = LATEST) -> str:
    """Where the rows come from: the living table, or the rows shown to the actor's reader group."""
    reader_group = reader_group_of(actor, resource)
    if reader_group is None:
        return f'"{resource.table.name}" {alias}'
    workspace = binds(actor.workspace_id, "uuid") if reader_group == "council" else None
    return shown_source(resource, reader_group, workspace, alias, shown_in)


def keys_source(resource: Resource, actor: Actor, binds: Parameters, alias: str) -> str:
    """Of a reader of versions: where what its rows are looked up by comes from, without the rest of them."""
    reader_group = reader_group_of(actor, resource)
    assert reader_group is not None
    workspace = binds(actor.workspace_id, "uuid") if reader_group == "council" else None
    return shown_keys(resource, reader_group, workspace, alias, LATEST)


def visible(
    resource: Resource,
    actor: Actor,
    binds: Parameters,
    t: str,
    at_hand: RowsAtHand = NOTHING,
    shown_in: ShownIn = LATEST,
) -> str:
    """The condition under which the actor sees row `t`; raises Forbidden when it holds no right to read any.

    What is seen for the sake of an action or objective is looked up among those at hand, which are seen in the same
    way where the actor has one membership only.
    """
    at_hand = at_hand if len(actor.memberships) == 1 else NOTHING
    ways = grants_of(actor, f"{resource.name}:read")
    if not ways:
        raise refusal(actor, f"{resource.name}:read")
    if resource.is_shown and reader_group_of(actor, resource) is None:
        ways = tuple(way for way in ways if way.grant.scope not in SHOWN_SCOPES)
    return any_of([_visible_by(way, resource, actor, binds, t, at_hand, shown_in) for way in ways])


def may(
    permission: str,
    resource: Resource,
    actor: Actor,
    binds: Parameters,
    t: str,
    ways: Sequence[HeldGrant] | None = None,
) -> str:
    """The condition under which the actor holds a writing permission on row `t` (`false` if it never does)."""
    chosen = grants_of(actor, permission) if ways is None else ways
    return any_of([_granted_on(way, resource, actor, binds, t) for way in chosen])


def _visible_by(
    way: HeldGrant, resource: Resource, actor: Actor, binds: Parameters, t: str, at_hand: RowsAtHand, shown_in: ShownIn
) -> str:
    match way.grant.scope:
        case Scope.ALL:
            return "true"
        case Scope.WORKSPACE:
            return _in_workspace(way, resource, actor, binds, t, at_hand)
        case Scope.VERSIONS | Scope.PUBLISHED:
            return visible_in_versions(way.grant.scope, resource, actor, binds, t, shown_in)
        case Scope.PARTNERSHIP:
            return partnership_visibility(resource, actor, binds, t)
        case Scope.OWN:
            return _own(resource, actor, binds, t)
        case Scope.ADMINISTRATOR:
            return is_administered(resource, actor, binds, t)
        case Scope.MEMBER:
            return _offer_visibility(actor, binds, t)
    raise AssertionError(f"{way.grant.scope} is no scope of reading")


_ANSWERING = {
    Scope.HOUSE: answers_for,
    Scope.TAKEN_UP: taken_up,
    Scope.UNIT: is_managed_by,
    Scope.HEAD: is_headed_by,
    Scope.ADMINISTERED: of_administered_house,
}
"""The scopes in which a membership answers for rows."""


def _granted_on(way: HeldGrant, resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    if (answering := _ANSWERING.get(way.grant.scope)) is not None:
        return answering(way.membership, resource, actor, binds, t)
    match way.grant.scope:
        case Scope.ALL:
            return "true"
        case Scope.GRANTED:
            return may_report(resource, actor, binds, t)
        case Scope.ADMINISTRATOR:
            return is_administered(resource, actor, binds, t)
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


def _in_workspace(
    way: HeldGrant, resource: Resource, actor: Actor, binds: Parameters, t: str, at_hand: RowsAtHand
) -> str:
    workspace = binds(actor.workspace_id, "uuid")
    own = f"{t}.{resource.workspace_column} = {workspace}"
    if resource.house_view is HouseView.JOURNAL:
        return f"({own} and {journal_visibility(way.membership, actor, binds, t)})"
    if resource.house_view is HouseView.FINDING:
        return f"({own} and {finding_visibility(way.membership, resource, binds, t)})"
    if resource.shared_once is not None:
        return f"({own} and {shared_row_visibility(resource, way.membership, binds, t)})"
    match resource.owner_kind:
        case OwnerKind.OBJECTIVE:
            return f"({own} and {_objective_seen(way, actor, binds, t)})"
        case OwnerKind.ACTION if resource.parent_owner is None:
            return f"({own} and {_action_seen(way, actor, binds, t)})"
        case OwnerKind.ACTION | OwnerKind.BEARER:
            return f"({own} and {_bearers_seen(way, resource, actor, binds, t, at_hand)})"
    return own


def _objective_seen(way: HeldGrant, actor: Actor, binds: Parameters, t: str) -> str:
    """A draft objective is seen by the houses of its plan and by the units that manage it."""
    if way.membership.role is Role.AGENT:
        return f"({t}.status <> 'draft' or {is_responsible('objective', way.membership, binds, t)})"
    house = binds(way.membership.organisation_id, "uuid")
    return (
        f"({t}.status <> 'draft' or exists (select from plan p where p.workspace_id = {t}.workspace_id"
        f" and p.id = {t}.plan_id and (p.organisation_id = {house} or exists (select from plan_owner o"
        f" where o.workspace_id = p.workspace_id and o.plan_id = p.id and o.organisation_id = {house}))))"
    )


def _action_seen(way: HeldGrant, actor: Actor, binds: Parameters, t: str) -> str:
    """Drafts and narrow audiences stay in their house; what is `both` belongs to either."""
    open_to_all = f"{t}.status <> 'draft' and {t}.audience = any({binds(list(OPEN_AUDIENCES), 'text[]')})"
    member = way.membership
    if member.role is Role.AGENT:
        return f"({open_to_all} or {is_responsible('action', member, binds, t)})"
    house = f"({t}.organisation_id = {binds(member.organisation_id, 'uuid')} or {t}.department = 'both')"
    if member.role is Role.COLLEGE:
        house += f" and {t}.audience <> 'restricted'"
    return f"({open_to_all} or {house})"


def _bearers_seen(
    way: HeldGrant, resource: Resource, actor: Actor, binds: Parameters, t: str, at_hand: RowsAtHand
) -> str:
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
        clauses.append(audience_condition(way.membership, resource.column_names, row_column(t), binds))
    return " and ".join(clauses) or "true"


def _offer_visibility(actor: Actor, binds: Parameters, t: str) -> str:
    """What a group offers is seen by itself, and by the workspaces of which a house is a member of it now."""
    workspace = binds(actor.workspace_id, "uuid")
    return (
        f"({t}.workspace_id = {workspace} or ({t}.is_offered and exists (select from group_member gm"
        " join workspace_organisation gh on gh.organisation_id = gm.organisation_id"
        " join workspace gw on gw.id = gh.workspace_id and gw.kind <> 'group'"
        f" where gm.group_id = {t}.workspace_id and gm.ended_at is null and gh.workspace_id = {workspace})))"
    )


def _own(resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """What the concept declares as the rows of an organisation, or of the service that reads."""
    service = "'operator'" if Role.OPERATOR in actor.roles else "'region'"
    template = resource.of_organisation
    organisation = binds(actor.organisation_id, "uuid") if "{organisation}" in template else ""
    own = template.format(t=t, organisation=organisation, service=service)
    if resource.owner_kind is OwnerKind.ACTION:
        return f"({own} and {partner_actions(actor, binds, t, f'{{a}}.id = {t}.action_id')})"
    return own
