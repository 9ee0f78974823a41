"""Exact money: how an amount is cut into parts that always sum to it again, and what sums are called.

`queries/amounts.py` says the same cut in SQL, where a plan is summed in one statement; a test holds them together.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

CENT = Decimal("0.01")

FIGURES: dict[tuple[str, str], str] = {
    ("expense", "planned"): "expensesPlanned", ("expense", "committed"): "expensesCommitted",
    ("expense", "spent"): "expensesSpent", ("revenue", "planned"): "revenuePlanned",
    ("revenue", "committed"): "revenueCommitted", ("revenue", "spent"): "revenueReceived",
}  # fmt: skip
"""What the sum of budget lines of a nature, in a state, is called on the wire."""

Place = TypeVar("Place", bound=str)


def split_amount(amount: Decimal, weights: Mapping[Place, int]) -> dict[Place, Decimal]:
    """The part of an amount that goes to each place, in proportion to its weight, to the cent.

    Each part is rounded down; the cents left over go to the largest remainders, and where these are equal to the
    lowest place (`model.md` §2). So the parts always sum to the amount: three thirds of 100.00 are 33.34, 33.33, 33.33.
    A place of no weight gets nothing. Refuses weights that make no whole (ValueError).
    """
    whole = sum(weights.values())
    if whole <= 0 or min(weights.values()) < 0:
        raise ValueError("weights are not negative, and together above zero")
    cents = int(amount / CENT)
    parts = {place: divmod(cents * weight, whole) for place, weight in weights.items()}
    left = cents - sum(part for part, _ in parts.values())
    favoured = sorted(parts, key=lambda place: (-parts[place][1], place))[:left]
    return {place: (part + (place in favoured)) * CENT for place, (part, _) in parts.items()}
