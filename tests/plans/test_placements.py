"""Placements and shares: every action once, its weights a whole, its first place the main one."""

from tests.factories import Commune, make_action, make_objective, make_placement, make_plan
from tests.plans.asking import Desk, refused


async def shares(desk: Desk, action: object, plan: object) -> list[tuple[int, int, int, bool]]:
    """Weight, numerator, denominator and whether it is the main one, of each placement in order."""
    page = await desk.read(f"placements?actionId={action}&planId={plan}&sort=createdAt")
    return [(p["weight"], p["shareNumerator"], p["shareDenominator"], p["isMain"]) for p in page["items"]]


async def test_the_first_placement_weighs_one_and_the_later_ones_nothing(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    one, two = await make_objective(commune, plan), await make_objective(commune, plan)
    action = await make_action(commune, plan, one)
    await make_placement(commune, action, plan, two)
    assert await shares(desk, action, plan) == [(1, 1, 1, True), (0, 0, 1, False)]


async def test_shares_of_an_action_in_a_plan_are_its_weights_over_their_sum(desk: Desk, commune: Commune) -> None:
    plan, other = await make_plan(commune), await make_plan(commune)
    objectives = [await make_objective(commune, plan) for _ in range(3)]
    action = await make_action(commune, plan, objectives[0])
    for weight, objective in zip((2, 4), objectives[1:], strict=True):
        await make_placement(commune, action, plan, objective, weight=weight)
    await make_placement(commune, action, other)
    found = await shares(desk, action, plan)
    assert [(w, n, d) for w, n, d, _ in found] == [(1, 1, 7), (2, 2, 7), (4, 4, 7)]
    assert sum(n for _, n, _, _ in found) == 7
    assert await shares(desk, action, other) == [(1, 1, 1, True)]


async def test_weights_never_add_up_to_nothing(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    main = (await desk.read(f"placements?actionId={action}"))["items"][0]["id"]
    second = await make_placement(commune, action, plan, await make_objective(commune, plan))
    before = await desk.everything()
    for answer in (
        await desk.try_patch(f"placements/{main}", weight=0),
        await desk.try_patch(f"placements/{main}", state="resting"),
        await desk.delete(f"placements/{main}"),
    ):
        assert refused(answer) == (409, "shareTotal")
    assert await desk.everything() == before
    await desk.patch(f"placements/{second}", weight=1)
    assert (await desk.delete(f"placements/{main}")).status_code == 204
    assert [share[:3] for share in await shares(desk, action, plan)] == [(1, 1, 1)]


async def test_one_placement_is_the_main_one(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    second = await make_placement(commune, action, plan, await make_objective(commune, plan))
    await desk.patch(f"placements/{second}", isMain=True)
    assert [main for *_, main in await shares(desk, action, plan)] == [False, True]


async def test_an_action_stands_once_under_an_objective(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    action = await make_action(commune, plan, objective)
    before = await desk.everything()
    again = await desk.post("placements", actionId=action, planId=plan, objectiveId=objective)
    assert again.status_code == 409
    claimed = await desk.post("planActions", actionId=action, planId=plan)
    assert claimed.status_code == 409
    assert await desk.everything() == before


async def test_a_placement_stays_inside_its_plan(desk: Desk, commune: Commune) -> None:
    plan, other = await make_plan(commune), await make_plan(commune)
    action = await make_action(commune, plan)
    placement = (await desk.read(f"placements?actionId={action}"))["items"][0]["id"]
    elsewhere = await make_objective(commune, other)
    before = await desk.everything()
    assert (await desk.try_patch(f"placements/{placement}", objectiveId=elsewhere)).status_code == 400
    answer = await desk.post("placements", actionId=action, planId=plan, objectiveId=elsewhere)
    assert answer.status_code == 400
    assert await desk.everything() == before


async def test_placing_an_action_claims_it_for_the_plan_and_brings_back_a_withdrawn_one(
    desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    claim = (await desk.read(f"planActions?actionId={action}"))["items"][0]
    assert (claim["planId"], claim["isWithdrawn"]) == (str(plan), False)
    await desk.patch(f"planActions/{claim['id']}", isWithdrawn=True)
    assert (await desk.read(f"plans/{plan}/tree"))["actions"] == []
    await make_placement(commune, action, plan, await make_objective(commune, plan))
    assert [a["id"] for a in (await desk.read(f"plans/{plan}/tree"))["actions"]] == [str(action)]


async def test_a_claim_without_placement_is_a_plan_that_is_served(desk: Desk, commune: Commune) -> None:
    plan, served = await make_plan(commune), await make_plan(commune, "pcs")
    action = await make_action(commune, plan)
    await desk.create("planActions", planId=served, actionId=action, label="Navette (PCS)", ownCode="7.4.01")
    tree = await desk.read(f"plans/{plan}/tree")
    assert set(tree["actions"][0]["planIds"]) == {str(plan), str(served)}
    served_tree = await desk.read(f"plans/{served}/tree")
    assert (served_tree["actions"][0]["planLabel"], served_tree["actions"][0]["ownCode"]) == ("Navette (PCS)", "7.4.01")
    assert served_tree["placements"] == []
