"""How far an objective or a plan has come: the weighted mean of the progress of its living actions.

"Not computable" is an answer of its own, never 0 %. What was left out, and why, is told with each figure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Exclusion(StrEnum):
    """Why an action does not count in a figure."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    STATUS_NOT_COUNTED = "statusNotCounted"
    PERENNIAL = "perennial"
    FOLLOWS_PARENT = "followsParent"
    WITHOUT_PROGRESS = "withoutProgress"
    ARCHIVED = "archived"
    DRAFT_OBJECTIVE = "draftObjective"
    PARENT_NOT_COUNTED = "parentNotCounted"


class NotComputable(StrEnum):
    """Why there is no figure."""

    NO_ACTION = "noAction"
    NO_WEIGHT = "noWeight"
    BUDGET_WITHHELD = "budgetWithheld"


@dataclass(frozen=True, slots=True)
class Standing:
    """An action as it stands in one total: once, with its weight there."""

    status: str
    kind: str
    progress: int | None
    weight: int
    is_counted: bool
    """Whether the plan counts its status."""
    is_led: bool
    """Whether it is a sub-action whose parent counts here too, and speaks for it."""
    has_counted_status: bool = False
    """Whether its own status counts: then a sub-action that does not is left out with its parent."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Percent = numerator ÷ denominator, over the actions that count; None with the reason where there is none."""

    numerator: int
    denominator: int
    action_count: int
    excluded: dict[Exclusion, int]
    not_computable: NotComputable | None

    @property
    def percent(self) -> int | None:
        return None if self.not_computable else round_percent(self.numerator, self.denominator)


def share_done(standings: Iterable[Standing]) -> Progress:
    """The mean of the living actions, by their weights: Σ weight × progress ÷ Σ weight.

    Cancelled actions do not count against anyone, even in a plan that counts their money: giving one up must never
    make the plan look late. Perennial actions have no end, hence no percentage. A sub-action is spoken for by its
    parent, else the parent would weigh more for having been divided. No weight is below zero.
    """
    excluded: Counter[Exclusion] = Counter()
    numerator = denominator = count = 0
    for each in standings:
        if (reason := exclusion_of(each)) is not None:
            excluded[reason] += 1
            continue
        count += 1
        numerator += max(each.weight, 0) * (each.progress or 0)
        denominator += max(each.weight, 0)
    reason_for_none = NotComputable.NO_ACTION if not count else NotComputable.NO_WEIGHT if not denominator else None
    return Progress(numerator, denominator, count, dict(excluded), reason_for_none)


def exclusion_of(standing: Standing) -> Exclusion | None:
    """Why an action does not count in a mean, for the first reason that holds; None when it counts."""
    if standing.status == "cancelled":
        return Exclusion.CANCELLED
    if not standing.is_counted and standing.has_counted_status:
        return Exclusion.PARENT_NOT_COUNTED
    if not standing.is_counted:
        return Exclusion.DRAFT if standing.status == "draft" else Exclusion.STATUS_NOT_COUNTED
    if standing.kind == "perennial":
        return Exclusion.PERENNIAL
    if standing.is_led:
        return Exclusion.FOLLOWS_PARENT
    return Exclusion.WITHOUT_PROGRESS if standing.progress is None else None


def round_percent(numerator: int, denominator: int) -> int:
    """A percentage to the nearest whole; 0 and 100 are said only when they are exactly true."""
    nearest = (2 * numerator + denominator) // (2 * denominator)
    if 0 < numerator < 100 * denominator:
        return min(max(nearest, 1), 99)
    return nearest
