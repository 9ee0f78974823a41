"""Going on beyond the end of a programming period: how items go on in those of another, and the money with them.

Everything here is a pure function over one `Situation`: preview and command read the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from api.domain.rules.action_statuses import ActionStatus
from api.domain.rules.money import FIGURES, split_amount


class ContinuationKind(StrEnum):
    """How a plan goes on: with its period, under another one, or under none that is known yet."""

    EXTENSION = "extension"
    SUCCESSOR = "successor"
    NONE_YET = "noneYet"


ENDED = frozenset({ActionStatus.COMPLETED, ActionStatus.CANCELLED})
"""Actions of these statuses do not go on into the plan of another period, unless the request says so."""

Amounts = dict[str, Decimal]
"""The six sums of money, by their names on the wire."""


def no_amounts() -> Amounts:
    return dict.fromkeys(FIGURES.values(), Decimal("0.00"))


def add_amounts(*many: Mapping[str, Decimal]) -> Amounts:
    """The sums of several sums."""
    total = no_amounts()
    for amounts in many:
        for name, amount in amounts.items():
            total[name] += amount
    return total


@dataclass(frozen=True, slots=True)
class Item:
    """An axis, a theme, a right or an action code of a period."""

    id: str
    period_id: str
    parent_id: str | None
    kind: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class PlanClaim:
    """A claim of the plan; `item_id` is its code, else the item of the objective under which the action stands."""

    id: str
    action_id: str
    title: str | None
    status: str
    is_archived: bool
    is_seen: bool
    item_id: str | None
    right_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanObjective:
    """An objective of the plan, with the item that it stands for."""

    id: str
    title: str
    item_id: str | None


@dataclass(frozen=True)
class Catalogues:
    """The items of the two periods, and in which items of the second those of the first go on, with their weights."""

    items: Mapping[str, Item]
    mapped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def line(self, item_id: str | None) -> list[Item]:
        """An item and what it stands under, from below."""
        found: list[Item] = []
        item = self.items.get(item_id or "")
        while item is not None and item not in found:
            found.append(item)
            item = self.items.get(item.parent_id or "")
        return found

    def targets(self, item_id: str | None) -> dict[str, int]:
        """Where an item goes on: by its own mapping, else by that of what it stands under; nowhere when none is."""
        for item in self.line(item_id):
            if targets := self.mapped.get(item.id):
                return dict(targets)
        return {}


def targets_of(catalogues: Catalogues, claim: PlanClaim, assigned: Mapping[str, Collection[str]]) -> dict[str, int]:
    """The items in which a claim goes on: those assigned to it, all alike, else those of the mapping."""
    if claim.id in assigned:
        return dict.fromkeys(assigned[claim.id], 1)
    return catalogues.targets(claim.item_id)


def goes_on(claim: PlanClaim, ending: Collection[str] | None) -> bool:
    """Whether the action is claimed by the plan of the next period: as said, else unless it ended."""
    if ending is not None:
        return claim.id not in ending
    return claim.status not in ENDED and not claim.is_archived


def divide(amounts: Mapping[str, Decimal], targets: Mapping[str, int]) -> dict[str, Amounts]:
    """Sums cut among items by weight, to the cent: the parts of each sum make it up again."""
    parts: dict[str, Amounts] = {target: {} for target in targets}
    for name, amount in amounts.items():
        for target, part in split_amount(amount, targets).items():
            parts[target][name] = part
    return parts


@dataclass(frozen=True)
class MappedAmounts:
    """Money by the items of the next period, and what has no item there. Together they are all that was given."""

    by_item: Mapping[str, Amounts]
    unmapped: Amounts

    @property
    def total(self) -> Amounts:
        return add_amounts(*self.by_item.values())


def map_amounts(money: Mapping[str, Amounts], targets: Mapping[str, Mapping[str, int]]) -> MappedAmounts:
    """The money of each bearer (claim, objective or plan) on the items in which it goes on."""
    by_item: dict[str, Amounts] = {}
    unmapped = no_amounts()
    for parent, amounts in money.items():
        chosen = targets.get(parent) or {}
        if not chosen:
            unmapped = add_amounts(unmapped, amounts)
        for item, part in divide(amounts, chosen).items() if chosen else ():
            by_item[item] = add_amounts(by_item.get(item, {}), part)
    return MappedAmounts(by_item, unmapped)
