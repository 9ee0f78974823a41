"""What a partner organisation sees and may report on: actions in which it takes part, and what stands above them."""

from api.domain.actor import Actor, Role
from api.domain.parameters import Parameters
from api.domain.policy import POLICY
from api.domain.resources.base import PartnerView, Resource

TO_PARTNERS = ("partners", "council", "public")
FOLLOWS = (
    "not exists (select from plan_action own where own.workspace_id = x.workspace_id and own.plan_id = x.plan_id"
    " and own.action_id = {a}.id)"
)
"""Whether sub-action `a` stands in the plan of row `x` with its action: it is neither claimed nor withdrawn there."""
LIVE_PARTNERSHIP = "state in ('proposed', 'agreed')"


def partner_visibility(actor: Actor, binds: Parameters, a: str) -> str:
    """Whether the partner organisation takes part in action `a`, which is no draft and meant for partners too."""
    return (
        f"({a}.status <> 'draft' and {a}.audience = any({binds(list(TO_PARTNERS), 'text[]')})"
        f" and exists (select from partnership y where y.organisation_id = {binds(actor.organisation_id, 'uuid')}"
        f" and y.workspace_id = {a}.workspace_id and y.action_id = {a}.id and y.{LIVE_PARTNERSHIP}))"
    )


def partner_actions(actor: Actor, binds: Parameters, t: str, extra: str) -> str:
    """Whether row `t` goes with (`extra`, about `{a}`) an action that the partner organisation sees."""
    a = f"{t}_a"
    return (
        f"exists (select from action {a} where {a}.workspace_id = {t}.workspace_id and {extra.format(a=a)}"
        f" and {partner_visibility(actor, binds, a)})"
    )


def partnership_visibility(resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether row `t` is, or stands above or hangs on, an action in which the partner organisation takes part."""
    match resource.partner_view:
        case PartnerView.WORKSPACE:
            return _workspace_visibility(actor, binds, t)
        case PartnerView.PLAN:
            return _plan_visibility(actor, binds, t)
        case PartnerView.OBJECTIVE:
            return _objective_visibility(actor, binds, t)
        case PartnerView.OF_ACTION if resource.is_action:
            return partner_visibility(actor, binds, t)
    seen = partner_actions(actor, binds, t, f"{{a}}.id = {t}.action_id")
    seen += _meant_for_partners(resource, actor, binds, t)
    if resource.partners_see is not None:
        seen += f" and ({resource.partners_see.replace('{t}', t)}"
        own = f" or {t}.organisation_id = {binds(actor.organisation_id, 'uuid')}" if _has_house(resource) else ""
        seen += f"{own})"
    return f"({seen})"


def _workspace_visibility(actor: Actor, binds: Parameters, t: str) -> str:
    return (
        f"exists (select from partnership y where y.organisation_id = {binds(actor.organisation_id, 'uuid')}"
        f" and y.workspace_id = {t}.id and y.{LIVE_PARTNERSHIP})"
    )


def _plan_visibility(actor: Actor, binds: Parameters, t: str) -> str:
    claimed = (
        "exists (select from plan_action x where x.workspace_id = {a}.workspace_id and not x.is_withdrawn"
        f" and x.plan_id = {t}.id and x.action_id = any(array[{{a}}.id, {{a}}.parent_id])"
        f" and (x.action_id = {{a}}.id or {FOLLOWS}))"
    )
    return partner_actions(actor, binds, t, claimed)


def _objective_visibility(actor: Actor, binds: Parameters, t: str) -> str:
    seen = partner_visibility(actor, binds, "pa")
    return (
        f"{t}.status <> 'draft' and ({t}.workspace_id, {t}.id) in (with recursive above as ("
        " select x.workspace_id, x.objective_id as id from placement x join action pa"
        f" on pa.workspace_id = x.workspace_id and pa.id = x.action_id where x.state = 'active' and {seen}"
        " union select x.workspace_id, x.objective_id from placement x join action pa"
        " on pa.workspace_id = x.workspace_id and pa.parent_id = x.action_id"
        f" where x.state = 'active' and {FOLLOWS.format(a='pa')} and {seen}"
        " union select o.workspace_id, o.parent_id from above join objective o"
        " on o.workspace_id = above.workspace_id and o.id = above.id)"
        " select workspace_id, id from above where id is not null)"
    )


def _has_house(resource: Resource) -> bool:
    return "organisation_id" in resource.table.c


def _meant_for_partners(resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """What a row asks beside: an audience that reaches partners (what it wrote itself it reads all the same), and of a
    link that its other end be seen too."""
    asked = ""
    if "audience" in resource.table.c:
        meant = f"{t}.audience = any({binds(list(TO_PARTNERS), 'text[]')})"
        if (Role.PARTNER, f"{resource.name}:create") in POLICY:
            meant += f" or {t}.organisation_id = {binds(actor.organisation_id, 'uuid')}"
        asked += f" and ({meant})"
    if "linked_action_id" in resource.table.c:
        asked += f" and {partner_actions(actor, binds, t, f'{{a}}.id = {t}.linked_action_id')}"
    return asked


def may_report(resource: Resource, actor: Actor, binds: Parameters, t: str) -> str:
    """Whether an agreed partnership lets the partner organisation report on action `t`, or by its own row of one."""
    organisation = binds(actor.organisation_id, "uuid")
    is_action = resource.is_action
    reporting = (
        f"exists (select from partnership y where y.organisation_id = {organisation}"
        f" and y.workspace_id = {t}.workspace_id and y.action_id = {t}.{'id' if is_action else 'action_id'}"
        " and y.state = 'agreed' and y.may_report_progress)"
    )
    return reporting if is_action else f"({t}.organisation_id = {organisation} and {reporting})"
