"""Findings, and the plans that take them up."""

from uuid import UUID

from api.domain.resources.base import (
    IN_PLAN,
    OWN,
    PLAN_OPEN,
    READS,
    ChildList,
    Derived,
    Filter,
    HouseView,
    OwnerKind,
    Ref,
    Resource,
)
from api.domain.resources.version_content import VersionPart
from api.domain.schemas import findings as words
from api.domain.tables import findings as tables

_ANSWERED = " or ".join(
    f"exists (select from {owner}_finding x join {owner} y on y.workspace_id = x.workspace_id and y.id = x.{owner}_id"
    f" where x.workspace_id = {{t}}.workspace_id and x.finding_id = {{t}}.id and {{sees:{owner}:y}})"
    for owner in ("objective", "action")
)
_SHOWN_ANSWERED = " or ".join(
    f"exists (select from shown_row r, jsonb_populate_record(null::{owner}, r.image) y"
    " where r.workspace_id = {t}.workspace_id and r.circle = {circle} and r.is_latest"
    f" and r.entity = '{owner}' and r.image->'finding_ids' ? {{t}}.id::text and {{sees:{owner}:y}})"
    for owner in ("objective", "action")
)
"""Answered by something that the reader sees: who does not see it is not told that it is there."""

FINDING = Resource(
    name="finding",
    plural="findings",
    table_model=tables.Finding,
    fields=words.FindingFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.FindingCreate,
    parts={
        "heard_organisation_ids": ChildList(
            tables.FindingPartner, "finding_id", ("organisation_id",), UUID, "organisation", asks=READS),
        "right_ids": ChildList(tables.FindingRight, "finding_id", ("right_id",), UUID, "periodItem", asks=READS),
    },
    refs={"organisation_id": Ref("organisation", one="organisation", asks=OWN)},
    derived={"is_answered": Derived(f"({_ANSWERED})", bool, shown=f"({_SHOWN_ANSWERED})")},
    filters={
        "plan_id": Filter(
            "exists (select from plan_finding x where x.workspace_id = {t}.workspace_id and x.finding_id = {t}.id"
            " and x.plan_id = any({v}))", "uuid[]", UUID,
            shown=IN_PLAN, shown_plans="{v}", field="id"),
        "right_id": Filter(
            "exists (select from finding_right x where x.workspace_id = {t}.workspace_id and x.finding_id = {t}.id"
            " and x.right_id = any({v}))", "uuid[]", UUID,
            shown="exists (select from jsonb_array_elements_text({t}.image->'right_ids') y where y::uuid = any({v}))",
            field="right_ids"),
    },
    search=("text", "description", "theme"),
    sorts=("text", "found_on", "created_at"),
    default_sort=("created_at",),
    archives=True,
    commands={"answer": ()},
    in_versions=VersionPart(
        "not t.is_archived and t.id in (select f.finding_id from plan_finding f"
        " where f.workspace_id = t.workspace_id and f.plan_id = p.id)",
        place=6,
    ),
    house_view=HouseView.FINDING,
)  # fmt: skip

PLAN_FINDING = Resource(
    name="planFinding",
    plural="planFindings",
    table_model=tables.PlanFinding,
    fields=words.PlanFindingFields,
    owner_kind=OwnerKind.PLAN,
    create=words.PlanFindingCreate,
    refs={
        "plan_id": Ref("plan", one="plan", many="planFindings", asks=OWN),
        "finding_id": Ref("finding", one="finding", many="planFindings", asks=READS),
    },
    sorts=("position", "created_at"),
    default_sort=("position",),
    is_ordered=True,
    guards={"update": (PLAN_OPEN,), "delete": (PLAN_OPEN,)},
    parent_owner="plan_id",
    in_versions=VersionPart("t.plan_id = p.id", place=7),
    house_view=HouseView.FINDING,
)

RESOURCES = (FINDING, PLAN_FINDING)
