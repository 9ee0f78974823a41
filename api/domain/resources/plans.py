"""Plans and the tree of their objectives, their versions and the acts recorded on them."""

from enum import StrEnum
from uuid import UUID

from api.domain.resources.base import (
    DRAFT,
    OWN,
    PLAN_OPEN,
    READS,
    ChildList,
    Derived,
    Filter,
    Guard,
    OwnerKind,
    PartnerView,
    Ref,
    Resource,
    warnings,
)
from api.domain.resources.deadlines import DEADLINE, OBJECTIVE_DATES
from api.domain.resources.version_content import VersionPart
from api.domain.schemas import plans as words
from api.domain.schemas.base import Flag
from api.domain.tables import dpc, findings, versions
from api.domain.tables import plans as tables

LEVEL_COLUMNS = ("level", "label", "meaning", "is_numbered", "restarts", "prefix")
STILL_OPEN = Guard("planFrozen", "not {t}.is_closed")
OF_A_PERIOD = Guard("noPeriod", "{t}.period_id is not null")
BEARER_COLUMNS = ("kind", "office_id", "unit_id", "person_id")


class ObjectiveLacking(StrEnum):
    """What an objective may lack: `missing=finding` lists those that answer none."""

    FINDING = "finding"


_LACKS_FINDING = "('finding' = any({v}) and json_array_length({finding_ids}) = 0)"
_AFTER_PERIOD = "exists (select from programming_period r {join} where r.id = {{t}}.period_id and {condition} > {end})"
PLAN_WARNINGS = warnings(
    {
        "afterPeriod": _AFTER_PERIOD.format(
            join="", condition="{t}.without_period_from is null and {t}.ends_on", end="r.ends_on"
        ),
        "withoutPeriod": "{t}.without_period_from is not null",
        "periodExtended": _AFTER_PERIOD.format(join="", condition="r.ends_on", end="{t}.ends_on"),
        "agreementsAfterPeriod": _AFTER_PERIOD.format(
            join="join plan_action c on c.workspace_id = {t}.workspace_id and c.plan_id = {t}.id and not c.is_withdrawn"
            " join partnership x on x.workspace_id = c.workspace_id and x.action_id = c.action_id"
            " join agreement g on g.workspace_id = x.workspace_id and g.id = x.agreement_id and g.state <> 'draft'"
            " and {sees:partnership:x}",
            condition="g.ends_on", end="r.ends_on",
        ),
        "budgetLinesAfterPeriod": _AFTER_PERIOD.format(
            join="join budget_line b on b.workspace_id = {t}.workspace_id and b.plan_id = {t}.id",
            condition="b.fiscal_year", end="extract(year from r.ends_on)",
        ),
    }
)  # fmt: skip
"""What goes on beyond the end of the plan's programming period, which may have been amended since."""

PLAN = Resource(
    name="plan",
    plural="plans",
    table_model=tables.Plan,
    fields=words.PlanFields,
    owner_kind=OwnerKind.PLAN,
    create=words.PlanCreate,
    parts={
        "owners": ChildList(tables.PlanOwner, "plan_id", ("organisation_id",), UUID, "organisation", asks=READS),
        "levels": ChildList(tables.PlanLevel, "plan_id", LEVEL_COLUMNS, words.Level, order="level"),
        "strands": ChildList(tables.PlanStrand, "plan_id", ("id", "label", "meaning"), words.Strand, order="rank"),
        "committee": ChildList(
            tables.PlanCommitteeMember,
            "plan_id",
            ("organisation_id", "role"),
            words.CommitteeMember,
            order="rank",
            asks=READS,
        ),
    },
    refs={
        "workspace_id": Ref("workspace", one="workspace", many="plans", asks=OWN),
        "plan_type_id": Ref("planType", one="planType", many="plans", asks=READS),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "term_id": Ref("term", one="term", asks=READS),
        "period_id": Ref("programmingPeriod", one="period", asks=READS),
        "continues_id": Ref("plan", one="continues", many="continuedBy", asks="plan:update"),
    },
    derived={"warnings": PLAN_WARNINGS},
    search=("title", "description"),
    sorts=("title", "starts_on", "created_at"),
    default_sort=("title",),
    archives=True,
    guards={
        "createObjective": (STILL_OPEN,),
        "createPlanFinding": (STILL_OPEN,),
        "continuePlan": (STILL_OPEN, OF_A_PERIOD),
    },
    patch_more={"is_closed": Flag},
    commands={"continuePlan": ()},
    in_versions=VersionPart(
        "t.id = p.id", counted_only="t.id in (select plan_id from covering) and t.id <> p.id", place=1
    ),
    partner_view=PartnerView.PLAN,
)

OBJECTIVE = Resource(
    name="objective",
    plural="objectives",
    table_model=tables.Objective,
    fields=words.ObjectiveFields,
    owner_kind=OwnerKind.OBJECTIVE,
    create=words.ObjectiveCreate,
    parts={
        "domain_ids": ChildList(tables.ObjectiveDomain, "objective_id", ("domain_id",), UUID, "domain", asks=READS),
        "sdgs": ChildList(tables.ObjectiveSdg, "objective_id", ("number",), int),
        "responsibilities": ChildList(
            tables.ObjectiveResponsibility, "objective_id", BEARER_COLUMNS, words.Responsibility, order="rank",
            asks=READS),
        "finding_ids": ChildList(
            findings.ObjectiveFinding, "objective_id", ("finding_id",), UUID, "finding", asks="finding:answer"),
        "dpc_item_ids": ChildList(
            dpc.ObjectiveDpcItem, "objective_id", ("dpc_item_id",), UUID, "dpcItem", asks="dpcItem:answer"),
    },
    refs={
        "workspace_id": Ref("workspace", one="workspace", asks=OWN),
        "plan_id": Ref("plan", one="plan", many="objectives", asks=OWN),
        "parent_id": Ref("objective", one="parent", many="children", asks="objective:create"),
        "covers_plan_id": Ref("plan", one="coversPlan", many="coveredBy", asks="plan:update"),
        "period_item_id": Ref("periodItem", one="periodItem", asks=READS),
    },
    filters={
        "domain_id": Filter(
            "exists (select from objective_domain x where x.workspace_id = {t}.workspace_id"
            " and x.objective_id = {t}.id and x.domain_id = any({v}))", "uuid[]", UUID, field="domain_ids",
        ),
        "finding_id": Filter(
            "exists (select from objective_finding x where x.workspace_id = {t}.workspace_id"
            " and x.objective_id = {t}.id and x.finding_id = any({v}))", "uuid[]", UUID, field="finding_ids",
            target="finding",
        ),
        "missing": Filter(
            _LACKS_FINDING, "text[]", ObjectiveLacking, field="finding_ids", shown=_LACKS_FINDING,
        ),
    },
    derived={
        "warnings": warnings(OBJECTIVE_DATES),
        **DEADLINE,
    },
    search=("title", "description"),
    sorts=("position", "title", "due_by", "priority", "created_at"),
    default_sort=("position",),
    hidden=frozenset({"continues_id"}),
    is_ordered=True,
    guards={"update": (PLAN_OPEN,), "delete": (PLAN_OPEN, DRAFT)},
    parent_owner="plan_id",
    in_versions=VersionPart(
        "t.id in (select id from standing where plan_id = p.id)",
        counted_only="t.id in (select id from standing where plan_id <> p.id)",
        is_numbered=True,
        place=2,
    ),
    partner_view=PartnerView.OBJECTIVE,
)  # fmt: skip

PLAN_VERSION = Resource(
    name="planVersion",
    plural="planVersions",
    table_model=versions.PlanVersion,
    fields=words.PlanVersionFields,
    owner_kind=OwnerKind.VERSION,
    is_public_as_it_is=True,
    create=words.PlanVersionCreate,
    can_delete=False,
    refs={
        "workspace_id": Ref("workspace", one="workspace", asks=OWN),
        "plan_id": Ref("plan", one="plan", many="versions", asks=OWN),
    },
    derived={
        "state": Derived(
            "case when {t}.is_published then 'published' else coalesce((select a.kind from act a"
            " where a.workspace_id = {t}.workspace_id and a.version_id = {t}.id and a.is_in_effect"
            " and a.kind <> 'published' order by array_position("
            "array['withdrawn', 'approved', 'acknowledged', 'adopted', 'voted'], a.kind) limit 1), 'frozen') end",
            str,
        )
    },
    sorts=("number", "frozen_at"),
    default_sort=("number",),
    parent_owner="plan_id",
)

ACT = Resource(
    name="act",
    plural="acts",
    table_model=versions.Act,
    fields=words.ActFields,
    owner_kind=OwnerKind.VERSION,
    is_public_as_it_is=True,
    create=words.ActCreate,
    refs={
        "version_id": Ref("planVersion", one="planVersion", many="acts", asks=OWN),
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
    },
    sorts=("decided_on",),
    default_sort=("decided_on",),
    immutable=frozenset({"kind", "organ"}),
    parent_owner="version_id",
    read_in_versions_when="{t}.is_in_effect",
)

RESOURCES = (PLAN, OBJECTIVE, PLAN_VERSION, ACT)
