"""Budget lines of actions, objectives and plans."""

from uuid import UUID

from api.domain.policy import OF_ACTIONS
from api.domain.resources.base import OWN, READS, ChildList, OwnerKind, Ref, Resource
from api.domain.resources.version_content import DECLARED, VersionPart
from api.domain.schemas import actions as words
from api.domain.tables import actions as tables

BUDGET_LINE = Resource(
    name="budgetLine",
    plural="budgetLines",
    table_model=tables.BudgetLine,
    fields=words.BudgetLineFields,
    owner_kind=OwnerKind.BEARER,
    create=words.BudgetLineCreate,
    parts={
        "declared_plan_ids": ChildList(tables.BudgetLinePlan, "budget_line_id", ("plan_id",), UUID, "plan", asks=READS)
    },
    refs={
        "action_id": Ref("action", one="action", many="budgetLines", asks=OWN),
        "objective_id": Ref("objective", one="objective", many="budgetLines", asks=OWN),
        "plan_id": Ref("plan", one="plan", many="budgetLines", asks=OWN),
    },
    sorts=("fiscal_year", "created_at"),
    default_sort=("fiscal_year",),
    machine_scopes=OF_ACTIONS,
    in_versions=VersionPart(
        DECLARED,
        counted_only=f"t.action_id in (select action_id from held) and ({DECLARED}) is not true",
        place=9,
    ),
)

RESOURCES = (BUDGET_LINE,)
