"""Words about indicators: what is followed, the values aimed at and measured, the periods that are locked."""

from uuid import UUID

from sqlalchemy import Numeric, Text
from sqlmodel import Field

from api.domain.enumerations.indicators import (
    IndicatorDirection,
    IndicatorKind,
    IndicatorNature,
    IndicatorQuantity,
    MeasuringFrequency,
    MilestoneState,
)
from api.domain.rules.measurement_statuses import MeasurementState
from api.domain.schemas.base import Count, Day, Figure, Flag, InputModel, Label, LongText, Title
from api.domain.schemas.plans import Positioned

FIGURE = Numeric(18, 4)


class IndicatorTarget(InputModel):
    """The value aimed at on a day. Of a percentage, the percentage itself."""

    due_by: Day
    value: Figure
    remark: Label | None = None


class IndicatorFields(InputModel):
    """An indicator of exactly one action or objective: a measure with figures, or a milestone that is reached."""

    title: Title
    description: LongText | None = None
    kind: IndicatorKind = Field(default=IndicatorKind.OUTPUT, sa_type=Text)
    nature: IndicatorNature = Field(default=IndicatorNature.MEASURE, sa_type=Text)
    quantity: IndicatorQuantity = Field(
        default=IndicatorQuantity.NUMBER, sa_type=Text, description="What the figures of a measure are."
    )
    unit: Label | None = Field(default=None, description="The unit as it is written behind a figure.")
    is_cumulative: Flag = Field(
        default=False,
        description="Each measurement says what its period adds, and the value is the baseline with all of them;"
        " otherwise the latest measurement is the value.",
    )
    direction: IndicatorDirection = Field(default=IndicatorDirection.UP, sa_type=Text)
    baseline: Figure | None = Field(default=None, sa_type=FIGURE, description="The value from which it starts.")
    baseline_on: Day | None = None
    expected_on: Day | None = Field(default=None, description="The day on which a milestone is expected.")
    frequency: MeasuringFrequency | None = Field(default=None, sa_type=Text)
    source: Label | None = Field(default=None, description="Where its figures come from.")


class IndicatorParts(InputModel):
    targets: list[IndicatorTarget] = Field(default=[], max_length=40, description="In the order of their days.")
    contributes_to_ids: list[UUID] = Field(
        default=[],
        max_length=10,
        description="The indicators of objectives that gather this one. Nothing adds up that is not named here.",
    )


class IndicatorCreate(IndicatorFields, IndicatorParts, Positioned):
    action_id: UUID | None = None
    objective_id: UUID | None = None


class MeasurementFields(InputModel):
    """A measurement (relevé) of an indicator on a day or over a period; it counts once it is approved."""

    measured_on: Day = Field(description="The day, or the last day of the period.")
    period_starts_on: Day | None = Field(default=None, description="The first day of the period; null for one day.")
    value: Figure | None = Field(default=None, sa_type=FIGURE)
    numerator: Count | None = Field(default=None, sa_type=FIGURE, description="Of a percentage, beside denominator.")
    denominator: Count | None = Field(default=None, sa_type=FIGURE, description="Above zero.")
    milestone_state: MilestoneState | None = Field(default=None, sa_type=Text)
    comment: LongText | None = None
    state: MeasurementState = Field(default=MeasurementState.DRAFT, sa_type=Text)


class MeasurementCreate(MeasurementFields):
    indicator_id: UUID


class MeasurementLockFields(InputModel):
    """A period in which no measurement is written any more, with the reason that refusals tell."""

    starts_on: Day
    ends_on: Day
    reason: Title


class MeasurementLockCreate(MeasurementLockFields):
    organisation_id: UUID = Field(description="The house that locks its indicators.")
    plan_id: UUID | None = Field(default=None, description="Only what this plan of the house shows.")
