"""What the actions of a plan come to: money, progress, and what was left out."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.enumerations.common import BudgetCategory, BudgetService, BudgetSource, ProgressWeighting
from api.domain.rules.progress import Exclusion, NotComputable
from api.domain.schemas.base import Answer, Sum


class GroupBy(StrEnum):
    """What money is grouped by; expenses and revenue are always apart."""

    FISCAL_YEAR = "fiscalYear"
    SOURCE = "source"
    SERVICE = "service"
    CATEGORY = "category"
    FUNDING_SCHEME = "fundingScheme"


class Excluded(Answer):
    """How many actions do not count, and why."""

    reason: Exclusion
    action_count: int


class Sums(Answer):
    """Euro, exact to the cent, each budget line once."""

    expenses_planned: Sum
    expenses_committed: Sum
    expenses_spent: Sum
    revenue_planned: Sum
    revenue_committed: Sum
    revenue_received: Sum


class ExcludedSums(Sums):
    """What does not count, for one reason: how many actions wholly, and all the money, shares of others included."""

    reason: Exclusion
    action_count: int


class Group(Sums):
    """What lines with these words in common come to; a word is null where it was not asked for, or is not said."""

    fiscal_year: int | None
    source: BudgetSource | None
    service: BudgetService | None
    category: BudgetCategory | None
    funding_scheme: str | None


class Estimates(Answer):
    """What actions are estimated to cost that say so and have no expense line yet, in all years: euro, by share.

    An estimate is no part of any sum of money. Of an action that says one figure, it is both low and high.
    """

    low: Sum
    high: Sum
    action_count: int = Field(description="How many actions that is.")


ESTIMATES = "0.00 where nothing is estimated; null, and named in `withheld`, where its reader may not see estimates."


class ObjectiveTotals(Answer):
    """An objective: its own lines, and what passes to it from below by share."""

    objective_id: UUID
    total: Sums
    own: Sums = Field(description="Of the objective's own budget lines alone.")
    groups: list[Group]
    estimates: Estimates | None = Field(description=ESTIMATES)


class PlanTotals(Answer):
    """The money of a plan, in its own years: whatever is looked at, children sum to their parents."""

    plan_id: UUID
    group_by: list[GroupBy]
    from_year: int | None = Field(description="The first fiscal year counted; null where the plan has no start.")
    to_year: int | None
    total: Sums
    own: Sums = Field(description="Of the plan's own budget lines alone.")
    groups: list[Group]
    estimates: Estimates | None = Field(description=ESTIMATES)
    objectives: list[ObjectiveTotals]
    outside_years: Sums = Field(description="In other fiscal years than the plan's: not in the total.")
    declared_elsewhere: Sums = Field(description="Declared for other plans alone: not in the total.")
    action_count: int
    excluded: list[ExcludedSums] = Field(
        description="What the total leaves out of the plan's years: with it, it makes all lines that are declared here."
    )
    is_partial: bool = Field(description="Whether something that counts is left out because its reader may not see it.")
    withheld: list[str] = Field(description="What is null because its reader may not see it.")


class WorkspaceTotals(Answer):
    """The money of all plans of a workspace, all years, each action once however many plans claim it."""

    group_by: list[GroupBy]
    total: Sums
    groups: list[Group]
    estimates: Estimates | None = Field(description=ESTIMATES)
    action_count: int
    is_partial: bool = Field(description="Whether something that counts is left out because its reader may not see it.")
    withheld: list[str] = Field(description="What is null because its reader may not see it.")


class ProgressFigure(Answer):
    """How far something has come, and how that was computed: percent = numerator ÷ denominator."""

    percent: int | None = Field(description="To the nearest whole; 0 and 100 only if exact; null if not computable.")
    numerator: str | None = Field(description="Σ weight × percent of the actions; null where the budget is withheld.")
    denominator: str | None = Field(description="Σ weight; budgets weigh in cents.")
    action_count: int
    not_computable: NotComputable | None
    excluded: list[Excluded]


class ObjectiveProgress(ProgressFigure):
    """How far an objective has come."""

    objective_id: UUID


class PlanProgress(Answer):
    """The progress of a plan and of its objectives, each action once per figure."""

    plan_id: UUID
    weighting: ProgressWeighting
    formula: str = Field(description="How it is computed, in the reader's language.")
    total: ProgressFigure
    objectives: list[ObjectiveProgress]
    is_partial: bool = Field(description="Whether something that counts is left out because its reader may not see it.")
