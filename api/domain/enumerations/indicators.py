"""The closed word lists of indicators and milestones."""

from enum import StrEnum


class IndicatorNature(StrEnum):
    """A figure that is measured, or a milestone that is reached."""

    MEASURE = "measure"
    MILESTONE = "milestone"


class IndicatorKind(StrEnum):
    """What an indicator tells of: what was made, what came of it, what it changed."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class IndicatorQuantity(StrEnum):
    """What the figures of a measure are: persons counted once each are never mixed with attendances."""

    NUMBER = "number"
    PERCENTAGE = "percentage"
    DISTINCT_PERSONS = "distinctPersons"
    ATTENDANCES = "attendances"


class IndicatorDirection(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class MeasuringFrequency(StrEnum):
    """How often a measurement is expected."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "halfYearly"
    YEARLY = "yearly"
    ONCE = "once"


class MilestoneState(StrEnum):
    """How far a milestone has been reached."""

    PLANNED = "planned"
    PARTLY = "partly"
    DONE = "done"
