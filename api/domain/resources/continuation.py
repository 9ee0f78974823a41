"""How plans went on beyond their programming period, as documents to read; commands alone make them."""

from api.domain.resources.base import OWN, READS, ChildList, OwnerKind, Ref, Resource
from api.domain.schemas import continuation as words
from api.domain.tables import continuation as tables

ROW_COLUMNS = ("entity", "entity_id", "change", "row_version")

PLAN_CONTINUATION = Resource(
    name="planContinuation",
    plural="planContinuations",
    table_model=tables.PlanContinuation,
    fields=words.PlanContinuationFields,
    owner_kind=OwnerKind.PLAN,
    can_update=False,
    can_delete=False,
    parts={
        "rows": ChildList(
            tables.PlanContinuationRow, "continuation_id", ROW_COLUMNS, words.ContinuedRow, order="rank",
            kinds=("plan", "objective", "planAction", "placement", "budgetLine"),
        )
    },
    refs={
        "plan_id": Ref("plan", one="plan", many="continuations", asks=OWN),
        "next_plan_id": Ref("plan", one="nextPlan", asks=OWN),
        "period_id": Ref("programmingPeriod", one="period", asks=READS),
        "next_period_id": Ref("programmingPeriod", one="nextPeriod", asks=READS),
    },
    sorts=("last_position", "created_at"),
    default_sort=("last_position",),
    parent_owner="plan_id",
)  # fmt: skip

RESOURCES = (PLAN_CONTINUATION,)
