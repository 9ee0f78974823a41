"""Which actions count where: each once per total, by its share, and only what should."""

from fractions import Fraction

import pytest

from tests.factories import Commune, change, make, make_action, make_objective, make_placement, make_plan
from tests.rollups.asking import Counted, counted_as
from tests.rollups.fresh import counted, rows_of

HALF = Fraction(1, 2)


async def read(commune: Commune, plan: object) -> Counted:
    """What counts, and the same found again from plain rows."""
    found = await counted_as(commune, plan)  # type: ignore[arg-type]
    assert found == counted(await rows_of(commune), plan)  # type: ignore[arg-type]
    return found


async def test_an_action_counts_at_its_objective_at_every_objective_above_and_once_in_the_plan(
    commune: Commune,
) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    one, two = await make_objective(commune, plan, above), await make_objective(commune, plan, above)
    action = await make_action(commune, plan, one)
    await make_placement(commune, action, plan, two, weight=1)
    assert await read(commune, plan) == {
        (one, action): HALF, (two, action): HALF, (above, action): 1, (None, action): 1
    }  # fmt: skip


async def test_a_place_of_no_weight_stands_there_for_nothing(commune: Commune) -> None:
    plan = await make_plan(commune)
    one, two = await make_objective(commune, plan), await make_objective(commune, plan)
    action = await make_action(commune, plan, one)
    await make_placement(commune, action, plan, two)
    assert await read(commune, plan) == {(one, action): 1, (two, action): 0, (None, action): 1}


async def test_nothing_passes_above_a_draft_objective(commune: Commune) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    draft = await make_objective(commune, plan, above, status="draft")
    beside = await make_objective(commune, plan, above)
    action = await make_action(commune, plan, draft)
    await make_placement(commune, action, plan, beside, weight=1)
    assert await read(commune, plan) == {
        (draft, action): HALF, (beside, action): HALF, (above, action): HALF, (None, action): HALF
    }  # fmt: skip


async def test_resting_placements_withdrawn_claims_and_archived_actions_are_left_out(commune: Commune) -> None:
    plan = await make_plan(commune)
    one, two = await make_objective(commune, plan), await make_objective(commune, plan)
    kept, withdrawn, archived = [await make_action(commune, plan, one) for _ in range(3)]
    resting = await make_placement(commune, kept, plan, two, weight=3)
    await change(commune, "placement", resting, state="resting")
    async with commune.acting() as (connection, _):
        claim = await connection.fetchval(
            "select id from plan_action where plan_id = $1 and action_id = $2", plan, withdrawn
        )
    await change(commune, "planAction", claim, is_withdrawn=True)
    await change(commune, "action", archived, is_archived=True)
    assert await read(commune, plan) == {(one, kept): 1, (None, kept): 1}


@pytest.mark.parametrize(
    ("statuses", "expected"), [(None, {"notStarted", "completed"}), (["draft", "cancelled"], {"draft", "cancelled"})]
)
async def test_only_the_statuses_that_the_plan_counts_count(
    commune: Commune, statuses: list[str] | None, expected: set[str]
) -> None:
    plan = await make_plan(commune, counted_statuses=statuses)
    made = {await make_action(commune, plan, status=s): s for s in ("draft", "notStarted", "completed", "cancelled")}
    assert {made[action] for _, action in await read(commune, plan)} == expected


async def test_a_claim_without_place_stands_at_the_root_of_its_plan(commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune)
    await make(commune, "planAction", plan_id=plan, action_id=action)
    assert await read(commune, plan) == {(None, action): 1}


async def test_a_sub_action_follows_its_parent_unless_the_plan_claims_it_on_its_own(commune: Commune) -> None:
    plan = await make_plan(commune)
    one, two = await make_objective(commune, plan), await make_objective(commune, plan)
    parent = await make_action(commune, plan, one)
    follows, own = await make_action(commune, parent_id=parent), await make_action(commune, parent_id=parent)
    await make_placement(commune, own, plan, two)
    found = await read(commune, plan)
    assert {key for key, _ in found.items()} == {
        (one, parent), (one, follows), (two, own), (None, parent), (None, follows), (None, own)
    }  # fmt: skip


async def test_an_objective_that_covers_a_plan_takes_its_actions_that_are_not_placed_here(commune: Commune) -> None:
    pst, pcs = await make_plan(commune), await make_plan(commune, "pcs")
    strategic = await make_objective(commune, pst)
    covering = await make_objective(commune, pst, strategic, covers_plan_id=pcs)
    elsewhere = await make_objective(commune, pst, strategic)
    covered, placed, unplaced = [await make_action(commune, pcs) for _ in range(3)]
    await make_placement(commune, placed, pst, elsewhere)
    await make(commune, "planAction", plan_id=pst, action_id=unplaced)
    found = await read(commune, pst)
    assert {action for objective, action in found if objective == covering} == {covered, unplaced}
    assert {action for objective, action in found if objective == elsewhere} == {placed}
    assert {objective: share for (objective, action), share in found.items() if action == unplaced} == {
        covering: 1, strategic: 1, None: 1
    }  # fmt: skip
    assert {action for objective, action in await read(commune, pcs) if objective is None} == {
        covered, placed, unplaced
    }  # fmt: skip


async def test_a_plan_covered_twice_counts_where_it_was_covered_first(commune: Commune) -> None:
    pst, pcs = await make_plan(commune), await make_plan(commune, "pcs")
    first = await make_objective(commune, pst, covers_plan_id=pcs)
    await make_objective(commune, pst, covers_plan_id=pcs)
    action = await make_action(commune, pcs)
    assert await read(commune, pst) == {(first, action): 1, (None, action): 1}


async def test_plans_covered_one_beneath_the_other_count_and_a_ring_of_them_ends(commune: Commune) -> None:
    plans = [await make_plan(commune) for _ in range(3)]
    covering = [
        await make_objective(commune, plans[n], covers_plan_id=plans[(n + 1) % 3], status="draft" if n == 1 else "open")
        for n in range(3)
    ]
    action = await make_action(commune, plans[2])
    assert await read(commune, plans[1]) == {(covering[1], action): 1}
    assert await read(commune, plans[0]) == {}


async def test_under_a_covering_objective_a_status_must_count_in_both_plans(commune: Commune) -> None:
    pst = await make_plan(commune, counted_statuses=["notStarted", "completed"])
    pcs = await make_plan(commune, "pcs", counted_statuses=["completed", "cancelled"])
    await make_objective(commune, pst, covers_plan_id=pcs)
    made = {await make_action(commune, pcs, status=s): s for s in ("notStarted", "completed", "cancelled")}
    assert {made[action] for _, action in await read(commune, pst)} == {"completed"}


async def test_who_does_not_see_an_objective_or_action_counts_neither_but_shares_stay_whole(commune: Commune) -> None:
    plan = await make_plan(commune)
    seen = await make_objective(commune, plan)
    draft = await make_objective(commune, plan, status="draft")
    action = await make_action(commune, plan, seen)
    await make_placement(commune, action, plan, draft, weight=1)
    hidden = await make_action(commune, plan, seen, audience="restricted")
    assert await counted_as(commune, plan, "college", "cpas") == {(seen, action): HALF, (None, action): HALF}
    assert (None, hidden) in await read(commune, plan)
