"""What approved measurements come to: the value of each indicator, how far it is, and what each figure is made of."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from api.domain.enumerations.indicators import (
    IndicatorDirection,
    IndicatorKind,
    IndicatorNature,
    IndicatorQuantity,
    MilestoneState,
)
from api.domain.schemas.base import Answer, Computation


class FigureMissing(StrEnum):
    """Why there is no figure. It is never told as 0."""

    NO_APPROVED_VALUE = "noApprovedValue"
    NOTHING_COUNTS = "nothingCounts"
    DENOMINATOR_ZERO = "denominatorZero"
    NO_TARGET = "noTarget"
    NO_BASELINE = "noBaseline"
    TARGET_IS_BASELINE = "targetIsBaseline"
    ONLY_ONE_VALUE = "onlyOneValue"
    NO_FIGURE = "noFigure"


class IndicatorPace(StrEnum):
    """How an indicator stands against what was foreseen for the day of its value."""

    REACHED = "reached"
    ON_TRACK = "onTrack"
    BEHIND = "behind"


class IndicatorTrend(StrEnum):
    """Where the last value goes from the one before, in the direction that is wanted."""

    IMPROVING = "improving"
    STABLE = "stable"
    WORSENING = "worsening"


class FigureExcluded(StrEnum):
    """Why something is no part of a figure."""

    NOT_APPROVED = "notApproved"
    LATER_VALUE = "laterValue"
    STATUS_NOT_COUNTED = "statusNotCounted"
    NOT_BELOW = "notBelow"


class IndicatorFigure(Answer):
    """A figure, or the reason why there is none."""

    value: Computation | None
    reason: FigureMissing | None


class IndicatorAim(Answer):
    """What an indicator should come to by a day."""

    due_by: date
    value: Computation


class IndicatorPoint(Answer):
    """The value as it stood on the evening of a day on which something was measured."""

    on: date
    value: Computation | None


class FigureInput(Answer):
    """What is in a figure: a measurement, or (without one) the baseline from which the indicator counts."""

    indicator_id: UUID
    action_id: UUID | None
    measurement_id: UUID | None
    measured_on: date | None
    value: Computation | None
    numerator: Computation | None
    denominator: Computation | None
    weight: Computation = Field(description="How often it counts: once, whatever the shares of its action.")


class FigureExclusion(Answer):
    """What is not in a figure: a measurement, or all of an indicator that contributes to it."""

    indicator_id: UUID
    action_id: UUID | None
    measurement_id: UUID | None
    reason: FigureExcluded


class FigureExplanation(Answer):
    """What a figure is made of, and what it leaves out."""

    inputs: list[FigureInput]
    exclusions: list[FigureExclusion]


class IndicatorValue(Answer):
    """Where an indicator stands, by its approved measurements alone. Figures are rounded to four decimals."""

    indicator_id: UUID
    title: str
    action_id: UUID | None
    objective_id: UUID | None
    kind: IndicatorKind
    nature: IndicatorNature
    quantity: IndicatorQuantity
    unit: str | None
    direction: IndicatorDirection
    is_cumulative: bool
    is_gathering: bool
    value: IndicatorFigure
    numerator: Computation | None
    denominator: Computation | None
    milestone_state: MilestoneState | None
    measured_on: date | None
    target: IndicatorAim | None = Field(description="The next target, or the last one when all days have passed.")
    achievement: IndicatorFigure = Field(description="Percent of the way from the baseline (or zero) to the target.")
    is_reached: bool | None
    expected: IndicatorFigure = Field(description="The value foreseen for today, on the straight line between targets.")
    pace: IndicatorPace | None
    pace_reason: FigureMissing | None
    trend: IndicatorTrend | None
    trend_reason: FigureMissing | None
    points: list[IndicatorPoint]
    explanation: FigureExplanation | None = Field(description="What the value is made of, when asked.")


class IndicatorTotal(Answer):
    """The indicators that stand at or below an objective (null: the plan), each once, by how they stand."""

    objective_id: UUID | None
    count: int
    reached: int
    on_track: int
    behind: int
    not_computable: int


class ActionIndicatorValues(Answer):
    """Where the indicators of an action stand on a day."""

    action_id: UUID
    on: date
    values: list[IndicatorValue]


class PlanIndicatorValues(Answer):
    """Where the indicators of a plan stand on a day."""

    plan_id: UUID
    on: date
    values: list[IndicatorValue]
    totals: list[IndicatorTotal]
