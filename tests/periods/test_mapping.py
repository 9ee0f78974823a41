"""Whatever the mapping, the money of the former codes is that of the new ones and what has none, to the cent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.domain.rules.continuation import Catalogues, Item, PlanClaim, add_amounts, map_amounts, no_amounts, targets_of
from api.domain.rules.money import FIGURES

cents = st.integers(-10_000_000, 10_000_000).map(lambda n: Decimal(n) / 100)
sums_of_money = st.fixed_dictionaries(dict.fromkeys(FIGURES.values(), cents))


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogues:
    """Two catalogues of themes and codes, the items of the first going on anyhow in those of the second."""
    items = {}
    for period in ("old", "new"):
        for n in range(draw(st.integers(1, 3))):
            theme = f"{period}.{n}"
            items[theme] = Item(theme, period, None, "theme", theme, theme)
            for m in range(draw(st.integers(0, 3))):
                items[f"{theme}.{m}"] = Item(f"{theme}.{m}", period, theme, "actionCode", f"{theme}.{m}", theme)
    former, following = ([i.id for i in items.values() if i.period_id == period] for period in ("old", "new"))
    weights = st.dictionaries(st.sampled_from(following), st.integers(1, 10_000), max_size=4)
    return Catalogues(items, draw(st.dictionaries(st.sampled_from(former), weights, max_size=len(former))))


@given(st.data(), catalogues())
def test_totals_of_the_former_codes_are_the_mapped_and_the_unmapped(data: st.DataObject, found: Catalogues) -> None:
    former = [None, *(i.id for i in found.items.values() if i.period_id == "old")]
    following = [i.id for i in found.items.values() if i.period_id == "new"]
    claims = [
        PlanClaim(f"c{n}", f"a{n}", "", "inProgress", False, True, data.draw(st.sampled_from(former)))
        for n in range(data.draw(st.integers(0, 6)))
    ]
    chosen = st.lists(st.sampled_from(following), unique=True, max_size=3)
    assigned = data.draw(st.dictionaries(st.sampled_from([c.id for c in claims] or ["none"]), chosen, max_size=3))
    money = {bearer: data.draw(sums_of_money) for bearer in [c.id for c in claims] + ["plan"]}
    targets = {claim.id: targets_of(found, claim, assigned) for claim in claims}
    mapped = map_amounts(money, targets)
    assert add_amounts(mapped.total, mapped.unmapped) == add_amounts(*money.values())
    assert set(mapped.by_item) <= set(following)
    lost = [bearer for bearer in money if not targets.get(bearer)]
    assert mapped.unmapped == add_amounts(*(money[bearer] for bearer in lost))
    for claim in claims:
        if claim.id in assigned:
            assert sorted(targets[claim.id]) == sorted(assigned[claim.id])


@given(catalogues())
def test_an_item_without_a_mapping_of_its_own_goes_on_as_what_it_stands_under(found: Catalogues) -> None:
    for item in found.items.values():
        own = found.mapped.get(item.id) or {}
        above = found.mapped.get(item.parent_id or "") or {}
        assert found.targets(item.id) == (own or above)
    assert found.targets(None) == {}
    assert map_amounts({}, {}).unmapped == no_amounts()
