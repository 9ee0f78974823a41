"""How good a plan reads: advice that never blocks, each check one entry here, its words in `reference/quality.json`.

What a check looks at is said in SQL in `queries/quality_checks.py`, under the same code; a test holds the three lists
equal. So a new check is one entry in each.
"""

from dataclasses import dataclass
from enum import StrEnum

STALE_MONTHS = 6
"""After how many months without a change work under way is taken to be forgotten."""


class Thing(StrEnum):
    """What a check looks at."""

    ACTION = "action"
    OBJECTIVE = "objective"
    RIGHT = "right"


class Check(StrEnum):
    """What may be amiss; `domain.md` §5."""

    OWNER_MISSING = "ownerMissing"
    OWNER_LEFT = "ownerLeft"
    MANDATARY_MISSING = "mandataryMissing"
    DUE_DATE_MISSING = "dueDateMissing"
    BUDGET_MISSING = "budgetMissing"
    INDICATOR_MISSING = "indicatorMissing"
    TITLE_VAGUE = "titleVague"
    AFTER_PLAN_END = "afterPlanEnd"
    NOT_UPDATED = "notUpdated"
    OBJECTIVE_LEAD_MISSING = "objectiveLeadMissing"
    OBJECTIVE_MANDATARY_MISSING = "objectiveMandataryMissing"
    OBJECTIVE_AFTER_PLAN_END = "objectiveAfterPlanEnd"
    OBJECTIVE_WITHOUT_ACTION = "objectiveWithoutAction"
    OBJECTIVE_WITHOUT_OBJECTIVE = "objectiveWithoutObjective"
    RIGHT_WITHOUT_ACTION = "rightWithoutAction"


C = Check

OF_OBJECTIVES = (
    C.OBJECTIVE_LEAD_MISSING, C.OBJECTIVE_MANDATARY_MISSING, C.OBJECTIVE_AFTER_PLAN_END, C.OBJECTIVE_WITHOUT_ACTION,
    C.OBJECTIVE_WITHOUT_OBJECTIVE,
)  # fmt: skip
APPLIES_TO: dict[Check, Thing] = {
    **dict.fromkeys(Check, Thing.ACTION),
    **dict.fromkeys(OF_OBJECTIVES, Thing.OBJECTIVE),
    C.RIGHT_WITHOUT_ACTION: Thing.RIGHT,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How many checks were passed, of those that apply."""

    passed: int
    checked: int

    @property
    def percent(self) -> int | None:
        """In percent, rounded down, so that 100 says that nothing is amiss; None when no check applies."""
        return 100 * self.passed // self.checked if self.checked else None
