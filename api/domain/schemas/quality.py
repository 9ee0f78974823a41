"""How good a plan reads, and what to do about it. Nothing here blocks anybody."""

from uuid import UUID

from pydantic import Field

from api.domain.rules.quality import Check, Thing
from api.domain.schemas.base import Answer


class QualityScore(Answer):
    """Checks passed of those that apply."""

    passed: int
    checked: int
    percent: int | None = Field(description="Rounded down: 100 says that nothing is amiss; null where none applies.")


class CheckResult(QualityScore):
    """One check over the whole plan, in the reader's language."""

    code: Check
    applies_to: Thing
    explanation: str = Field(description="What is amiss.")
    advice: str = Field(description="What to do about it.")


class ObjectiveQuality(QualityScore):
    """An objective with all that stands beneath it, each action once."""

    objective_id: UUID


class WorklistEntry(Answer):
    """Something that could be better, and the checks that say so."""

    thing: Thing
    id: UUID
    title: str
    checks: list[Check]


class PlanQuality(Answer):
    """Advice about a plan: a score for it and for each objective, what each check finds, and a worklist."""

    plan_id: UUID
    total: QualityScore
    objectives: list[ObjectiveQuality]
    checks: list[CheckResult]
    worklist: list[WorklistEntry] = Field(description="What fails most first.")
    is_partial: bool = Field(description="Whether something is left out because its reader may not see it.")
