"""Actions and all that hangs on them."""

from enum import StrEnum
from uuid import UUID

from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import (
    DRAFT,
    IN_PLAN,
    OWN,
    PLAN_OPEN,
    READS,
    ChildList,
    Derived,
    Filter,
    Lifecycle,
    OwnerKind,
    Ref,
    Resource,
    warnings,
)
from api.domain.resources.deadlines import ACTION_DATES
from api.domain.resources.editions import RECURRING
from api.domain.resources.following import IS_COUNTERPART, NOT_FOLLOWING
from api.domain.resources.indicators import HAS_TARGET
from api.domain.resources.leaving import IS_LEFT
from api.domain.resources.plans import BEARER_COLUMNS
from api.domain.resources.standing import PLANS_OF_OBJECTIVES, SHOWN_BENEATH, standing_condition
from api.domain.resources.version_content import CLAIMED, OF_ACTION, OF_COVERING, PLACED, VersionPart
from api.domain.rules.action_statuses import MOVES, OVER, ActionStatus, verb_of
from api.domain.schemas import actions as words
from api.domain.schemas.base import Flag, LongText, MonthsAgo
from api.domain.schemas.plans import Responsibility
from api.domain.tables import actions as tables
from api.domain.tables import findings

_OVER = ", ".join(f"'{status}'" for status in sorted(OVER))
IS_LATE = (
    "coalesce({t}.planned_end < (now() at time zone 'Europe/Brussels')::date"
    f" and {{t}}.status not in ({_OVER}) and {{t}}.kind <> 'perennial', false)"
)
_HAS = "exists (select from action_responsibility x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"


class Lacking(StrEnum):
    """What an action may lack: `missing=owner` lists the actions without one."""

    OWNER = "owner"
    MANDATARY = "mandatary"
    DUE_DATE = "dueDate"
    BUDGET = "budget"
    INDICATOR = "indicator"
    FINDING = "finding"
    FOLLOW_UP = "followUp"


_OPEN = ", ".join(f"'{audience}'" for audience in OPEN_AUDIENCES)
_NOTED = (
    "exists (select from follow_up x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
    f" and x.audience in ({_OPEN})"
)
"""A note for a narrow circle counts for nobody: else whoever is outside that circle would learn of it."""


_OWNS = f"{_HAS} and x.kind in ('owner', 'lead', 'managingUnit')"
OWNER_UNNAMED = f"not {_OWNS})"
LACKS = {
    Lacking.OWNER: f"not {_OWNS} and not ({IS_LEFT}))",
    Lacking.MANDATARY: f"not {_HAS} and x.kind = 'mandatary')",
    Lacking.DUE_DATE: "{t}.planned_end is null and coalesce({t}.planned_end_precision, '') <> 'continuous'",
    Lacking.BUDGET: "not exists (select from budget_line x where x.workspace_id = {t}.workspace_id"
    " and x.action_id = {t}.id)",
    Lacking.INDICATOR: "not exists (select from indicator x where x.workspace_id = {t}.workspace_id"
    f" and x.action_id = {{t}}.id and {HAS_TARGET.replace('{t}', 'x')})",
    Lacking.FINDING: "json_array_length({finding_ids}) = 0",
    Lacking.FOLLOW_UP: f"not {_NOTED})",
}
_LACKS = "(" + " or ".join(f"('{what}' = any({{v}}) and {sql})" for what, sql in LACKS.items()) + ")"
_LONG_AGO = "((now() at time zone 'Europe/Brussels')::date - make_interval(months => any_months.n))"
IS_STALE = (
    f"({{t}}.status not in ('draft', {_OVER}) and exists (select from unnest({{v}}) as any_months(n)"
    f" where ({{t}}.updated_at at time zone 'Europe/Brussels')::date < {_LONG_AGO}"
    f" and not {_NOTED} and x.noted_on >= {_LONG_AGO})))"
)
"""Neither noted nor changed for so many months, though it is under way."""
_IN_IMAGE = "exists (select from jsonb_array_elements_text({{t}}.image->'{0}') y where y::uuid = any({{v}}))"

WARNINGS = warnings(
    {
        **ACTION_DATES,
        "ownerMissing": f"{{t}}.status not in ('draft', {_OVER}) and {LACKS[Lacking.OWNER]}",
    }
)
"""What is unusual and yet saved: dates after the plan's or the objective's, nobody who answers for it."""

ACTION = Resource(
    name="action",
    plural="actions",
    table_model=tables.Action,
    fields=words.ActionFields,
    owner_kind=OwnerKind.ACTION,
    create=words.ActionCreate,
    parts={
        "domain_ids": ChildList(tables.ActionDomain, "action_id", ("domain_id",), UUID, "domain", asks=READS),
        "sdgs": ChildList(tables.ActionSdg, "action_id", ("number",), int),
        "responsibilities": ChildList(
            tables.ActionResponsibility, "action_id", BEARER_COLUMNS, Responsibility, order="rank", asks=READS),
        "finding_ids": ChildList(
            findings.ActionFinding, "action_id", ("finding_id",), UUID, "finding", asks="finding:answer"),
        "target_group_ids": ChildList(
            tables.ActionTargetGroup, "action_id", ("target_group_id",), UUID, "targetGroup", asks=READS),
        "synergy_organisation_ids": ChildList(
            tables.ActionSynergyOrganisation, "action_id", ("organisation_id",), UUID, "organisation", asks=READS),
    },
    refs={
        "workspace_id": Ref("workspace", one="workspace", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "parent_id": Ref("action", one="parent", many="subActions", asks="action:create"),
    },
    derived={
        "is_late": Derived(IS_LATE, bool),
        "warnings": WARNINGS,
        "is_counterpart": Derived(IS_COUNTERPART, bool),
    },
    filters={
        "plan_id": Filter(
            standing_condition("plan_action", "not x.is_withdrawn and x.plan_id = any({v})"), "uuid[]", UUID,
            shown=IN_PLAN, shown_plans="{v}", field="id"),
        "objective_id": Filter(
            standing_condition("placement", "x.state = 'active' and x.objective_id = any({v})"), "uuid[]", UUID,
            shown=SHOWN_BENEATH, target="objective", shown_plans=PLANS_OF_OBJECTIVES, field="id"),
        "unit_id": Filter(f"{_HAS} and x.unit_id = any({{v}}))", "uuid[]", UUID, field="responsibilities"),
        "person_id": Filter(f"{_HAS} and x.person_id = any({{v}}))", "uuid[]", UUID, field="responsibilities"),
        "domain_id": Filter(
            "exists (select from action_domain x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
            " and x.domain_id = any({v}))", "uuid[]", UUID, shown=_IN_IMAGE.format("domain_ids"), field="domain_ids"),
        "finding_id": Filter(
            "exists (select from action_finding x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
            " and x.finding_id = any({v}))", "uuid[]", UUID, shown=_IN_IMAGE.format("finding_ids"),
            field="finding_ids", target="finding"),
        "partner_id": Filter(
            "exists (select from partnership x where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
            " and x.organisation_id = any({v}))", "uuid[]", UUID, field="responsibilities"),
        "stale_months": Filter(IS_STALE, "int[]", MonthsAgo, field="responsibilities"),
        "missing": Filter(_LACKS, "text[]", Lacking, field="responsibilities"),
    },
    search=("title", "description"),
    sorts=("title", "planned_end", "priority", "progress", "status", "updated_at", "created_at"),
    default_sort=("title",),
    archives=True,
    guards={"delete": (DRAFT,), "createEdition": (RECURRING,)},
    patch_more={"status_reason": LongText | None, "planned_end_reason": LongText | None},
    lifecycle=Lifecycle("status", "next_statuses", ActionStatus, MOVES, verb_of, stands_still=IS_COUNTERPART),
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(
        "t.id in (select action_id from stands)",
        counted_only="t.id in (select action_id from held) and t.id not in (select action_id from stands)",
        is_numbered=True,
        place=3,
    ),
    lists_unchangeable=True,
)  # fmt: skip

PLAN_ACTION = Resource(
    name="planAction",
    plural="planActions",
    table_model=tables.PlanAction,
    fields=words.PlanActionFields,
    owner_kind=OwnerKind.ACTION,
    create=words.PlanActionCreate,
    parts={
        "right_ids": ChildList(tables.PlanActionRight, "plan_action_id", ("right_id",), UUID, "periodItem", asks=READS)
    },
    refs={
        "plan_id": Ref("plan", one="plan", many="planActions", asks=OWN),
        "action_id": Ref("action", one="action", many="planActions", asks=READS),
        "period_item_id": Ref("periodItem", one="periodItem", asks=READS),
    },
    sorts=("created_at",),
    default_sort=("created_at",),
    guards={"update": (PLAN_OPEN,), "delete": (PLAN_OPEN, NOT_FOLLOWING)},
    patch_more={"is_withdrawn": Flag},
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(CLAIMED, counted_only=f"{OF_COVERING} and not ({CLAIMED})", place=4),
)

PLACEMENT = Resource(
    name="placement",
    plural="placements",
    table_model=tables.Placement,
    fields=words.PlacementFields,
    owner_kind=OwnerKind.ACTION,
    create=words.PlacementCreate,
    refs={
        "plan_id": Ref("plan", one="plan", many="placements", asks=OWN),
        "action_id": Ref("action", one="action", many="placements", asks=READS),
        "objective_id": Ref("objective", one="objective", many="placements", asks=OWN),
    },
    derived={
        "share_numerator": Derived("case when {t}.state = 'active' then {t}.weight else 0 end", int),
        "share_denominator": Derived(
            "(select sum(x.weight) from placement x where x.workspace_id = {t}.workspace_id"
            " and x.plan_id = {t}.plan_id and x.action_id = {t}.action_id and x.state = 'active')",
            int,
            shown="(select sum((y.image->>'weight')::int) from shown_row y where y.workspace_id = {t}.workspace_id"
            " and y.circle = {circle} and y.plan_id = {t}.plan_id and y.entity = 'placement'"
            " and y.action_id = {t}.action_id and (y.image->>'plan_id')::uuid = {t}.plan_id)",
        ),
    },
    sorts=("position", "created_at"),
    default_sort=("position",),
    is_ordered=True,
    guards={"update": (PLAN_OPEN,), "delete": (PLAN_OPEN,)},
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(
        PLACED,
        counted_only=f"{OF_COVERING} and t.state = 'active' and ({PLACED}) is not true",
        is_numbered=True,
        place=5,
    ),
    partners_see=(
        "not exists (select from objective d where d.workspace_id = {t}.workspace_id"
        " and d.id = {t}.objective_id and d.status = 'draft')"
    ),
)

CONTRIBUTION_COLUMNS = ("year", "amount", "full_time_equivalents", "in_kind")

PARTNERSHIP = Resource(
    name="partnership",
    plural="partnerships",
    table_model=tables.Partnership,
    fields=words.PartnershipFields,
    owner_kind=OwnerKind.ACTION,
    create=words.PartnershipCreate,
    parts={
        "contributions": ChildList(
            tables.PartnershipContribution, "partnership_id", CONTRIBUTION_COLUMNS, words.Contribution, order="year"
        ),
    },
    refs={
        "action_id": Ref("action", one="action", many="partnerships", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=READS),
        "agreement_id": Ref("agreement", one="agreement", many="partnerships", asks="agreement:update"),
    },
    sorts=("created_at", "state"),
    default_sort=("created_at",),
    parent_owner="action_id",
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(f"t.state <> 'planned' and {OF_ACTION}", place=8),
    of_organisation="{t}.organisation_id = {organisation} and {t}.state <> 'planned'",
)

RESOURCES = (ACTION, PLAN_ACTION, PLACEMENT, PARTNERSHIP)
