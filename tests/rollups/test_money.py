"""Amounts are cut so that nothing is lost or made: in Python, and in SQL alike."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.rules.money import CENT, split_amount

AMOUNTS = st.integers(-(10**14), 10**14).map(lambda cents: cents * CENT)
WEIGHTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.integers(0, 10_000), min_size=1, max_size=12
).filter(lambda weights: sum(weights.values()) > 0)


def test_three_thirds_of_a_hundred_euro_are_a_hundred_euro() -> None:
    parts = split_amount(Decimal("100.00"), {"b": 1, "a": 1, "c": 1})
    assert parts == {"a": Decimal("33.34"), "b": Decimal("33.33"), "c": Decimal("33.33")}


@given(AMOUNTS, WEIGHTS)
def test_parts_sum_to_the_amount_and_none_is_a_cent_away_from_its_exact_share(
    amount: Decimal, weights: dict[str, int]
) -> None:
    parts = split_amount(amount, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == amount
    for place, part in parts.items():
        assert abs(part * whole - amount * weights[place]) < CENT * whole
        assert weights[place] or part == 0


@given(AMOUNTS, WEIGHTS, st.randoms())
def test_the_order_in_which_places_are_told_changes_nothing(
    amount: Decimal, weights: dict[str, int], chance: Any
) -> None:
    told = list(weights.items())
    chance.shuffle(told)
    assert split_amount(amount, dict(told)) == split_amount(amount, weights)


@pytest.mark.parametrize("weights", [{"a": 0, "b": 0}, {"a": 2, "b": -1}])
def test_weights_that_make_no_whole_are_refused(weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_amount(Decimal("1.00"), weights)
