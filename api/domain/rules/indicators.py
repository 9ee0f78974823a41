"""Where indicators stand: exact figures from approved measurements, judged against targets on a straight line.

A value is made of the measurements of the indicator, or of those that it gathers:
- a percentage is Σ numerators / Σ denominators of the latest measurement of each (of all of them when cumulative);
- a cumulative figure is the baseline and every measurement; another figure is the latest one;
- a milestone is as it was last said to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

HUNDRED = Fraction(100)
MILESTONES = ("planned", "partly", "done")


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """One approved measurement."""

    id: str
    indicator_id: str
    on: date
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    milestone_state: str | None = None


@dataclass(frozen=True, slots=True)
class FollowedIndicator:
    """What computing needs to know of an indicator; targets in the order of their days."""

    id: str
    nature: str = "measure"
    quantity: str = "number"
    is_cumulative: bool = False
    is_up: bool = True
    baseline: Fraction | None = None
    baseline_on: date | None = None
    expected_on: date | None = None
    targets: tuple[tuple[date, Fraction], ...] = ()
    is_gathering: bool = False

    @property
    def start(self) -> Fraction | None:
        """From where it goes: the baseline; what is cumulative starts from zero when nothing is said."""
        return Fraction(0) if self.baseline is None and self.is_cumulative else self.baseline


@dataclass(frozen=True, slots=True)
class AnsweredValue:
    """A figure, or the reason why there is none."""

    value: Fraction | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """The value on a day, with what it was made of."""

    figure: AnsweredValue
    inputs: tuple[MeasuredValue, ...] = ()
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    milestone_state: str | None = None

    @property
    def on(self) -> date | None:
        return max((measured.on for measured in self.inputs), default=None)


def value_on(indicator: FollowedIndicator, measured: Sequence[MeasuredValue], day: date) -> Value:
    """The value on the evening of a day; `measured` holds the approved measurements that count, of any day."""
    until = [m for m in sorted(measured, key=lambda m: (m.on, m.id)) if m.on <= day]
    if not until:
        return Value(
            AnsweredValue(reason="nothingCounts" if indicator.is_gathering and not measured else "noApprovedValue")
        )
    chosen = tuple(until if indicator.is_cumulative else {m.indicator_id: m for m in until}.values())
    if indicator.nature == "milestone":
        return Value(AnsweredValue(reason="noFigure"), chosen, milestone_state=chosen[-1].milestone_state)
    if indicator.quantity == "percentage":
        chosen = tuple(m for m in chosen if m.denominator) or chosen  # a part of nothing adds nothing
        above = sum((m.numerator or Fraction(0) for m in chosen), Fraction(0))
        below = sum((m.denominator or Fraction(0) for m in chosen), Fraction(0))
        figure = AnsweredValue(HUNDRED * above / below) if below else AnsweredValue(reason="denominatorZero")
        return Value(figure, chosen, above, below)
    own = sum((m.value or Fraction(0) for m in chosen), Fraction(0))
    return Value(AnsweredValue(own + (indicator.baseline or 0) if indicator.is_cumulative else own), chosen)


def points(indicator: FollowedIndicator, measured: Sequence[MeasuredValue]) -> list[tuple[date, Value]]:
    """The value as it stood on each day on which something was measured."""
    return [(day, value_on(indicator, measured, day)) for day in sorted({m.on for m in measured})]


def target_at(indicator: FollowedIndicator, day: date) -> tuple[date, Fraction] | None:
    """The next target, or the last one when all days have passed."""
    return next((t for t in indicator.targets if t[0] >= day), indicator.targets[-1] if indicator.targets else None)


def expected_on(indicator: FollowedIndicator, day: date) -> AnsweredValue:
    """The value foreseen for a day, on the straight line from the baseline through the targets."""
    if not indicator.targets:
        return AnsweredValue(reason="noFigure" if indicator.nature == "milestone" else "noTarget")
    line = list(indicator.targets)
    if indicator.start is not None and indicator.baseline_on is not None:
        line.insert(0, (indicator.baseline_on, indicator.start))
    if day >= line[-1][0]:
        return AnsweredValue(line[-1][1])
    following = next(i for i, (on, _) in enumerate(line) if on > day)
    if following == 0:
        has_start = indicator.baseline_on is not None and indicator.start is not None
        return AnsweredValue(line[0][1]) if has_start else AnsweredValue(reason="noBaseline")
    (before, low), (after, high) = line[following - 1], line[following]
    return AnsweredValue(low + (high - low) * Fraction((day - before).days, (after - before).days))


def achievement(indicator: FollowedIndicator, value: Value, target: tuple[date, Fraction] | None) -> AnsweredValue:
    """Percent of the way from the start to the target; without a baseline an increase starts from zero."""
    if value.figure.value is None:
        return value.figure
    if target is None:
        return AnsweredValue(reason="noTarget")
    start = indicator.start if indicator.start is not None else Fraction(0) if indicator.is_up else None
    if start is None:
        return AnsweredValue(reason="noBaseline")
    if target[1] == start:
        return AnsweredValue(reason="targetIsBaseline")
    return AnsweredValue(HUNDRED * (value.figure.value - start) / (target[1] - start))


def is_reached(indicator: FollowedIndicator, value: Value, target: tuple[date, Fraction] | None) -> bool | None:
    """Whether the target is reached, or the milestone done; None when there is nothing to judge."""
    if indicator.nature == "milestone":
        return None if value.milestone_state is None else value.milestone_state == "done"
    if value.figure.value is None or target is None:
        return None
    return _at_least(indicator, value.figure.value, target[1])


def pace(indicator: FollowedIndicator, value: Value, today: date) -> tuple[str | None, str | None]:
    """How the value stands against what was foreseen for its own day, and why that cannot be told."""
    if indicator.nature == "milestone":
        return _milestone_pace(indicator, value, today)
    figure, on = value.figure, value.on
    if figure.value is None or on is None:
        return None, figure.reason
    if not indicator.targets:
        return None, "noTarget"
    if _at_least(indicator, figure.value, indicator.targets[-1][1]):
        return "reached", None
    foreseen = expected_on(indicator, on)
    if foreseen.value is None:
        return None, foreseen.reason
    return ("onTrack" if _at_least(indicator, figure.value, foreseen.value) else "behind"), None


def _milestone_pace(indicator: FollowedIndicator, value: Value, today: date) -> tuple[str | None, str | None]:
    if value.milestone_state == "done":
        return "reached", None
    if indicator.expected_on is None:
        return None, "noTarget"
    return ("behind" if indicator.expected_on < today else "onTrack"), None


def trend(indicator: FollowedIndicator, course: Sequence[tuple[date, Value]]) -> tuple[str | None, str | None]:
    """Where the last value goes from the one before it."""
    if indicator.nature == "milestone":
        told = [Fraction(MILESTONES.index(v.milestone_state)) for _, v in course if v.milestone_state]
    else:
        told = [v.figure.value for _, v in course if v.figure.value is not None]
    if len(told) < 2:
        return None, "onlyOneValue" if told else "noApprovedValue"
    gain = (told[-1] - told[-2]) * (1 if indicator.is_up else -1)
    return ("improving" if gain > 0 else "worsening" if gain < 0 else "stable"), None


def _at_least(indicator: FollowedIndicator, value: Fraction, aim: Fraction) -> bool:
    return value >= aim if indicator.is_up else value <= aim


def figure(value: Fraction | None) -> str | None:
    """The figure as it is answered: four decimals, rounded half to even, and none that says nothing."""
    if value is None:
        return None
    scaled = round(value * 10_000)
    whole, rest = divmod(abs(scaled), 10_000)
    return ("-" if scaled < 0 else "") + f"{whole}.{rest:04}".rstrip("0").rstrip(".")
