"""Values gathered through the tree: exact, of approved measurements alone, each action once, and explained."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import change, make, make_action, make_objective, make_placement, statements
from tests.indicators.asking import BASE, Town, make_town, placed, totals, values_of


async def test_twenty_of_fifty_and_fifteen_of_fifty_give_thirty_five_of_a_hundred(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database)
    one, two = await placed(town, town.below[0]), await placed(town, town.below[1])
    first, second = await town.follow(one, town.below[0]), await town.follow(two, town.below[1])
    earlier = await town.measure(first, 1, 50, on="2025-01-31")
    counted = [await town.measure(first, 20, 50), await town.measure(second, 15, 50)]
    draft = await town.measure(second, 50, 50, on="2026-02-28", state="draft")
    assert await totals(client, town) == ["35", "40", "30"]
    total = (await values_of(client, town))[str(town.totals[town.above])]
    assert (total["numerator"], total["denominator"], total["measuredOn"]) == ("35", "100", "2026-01-31")
    told = total["explanation"]
    assert {i["measurementId"]: (i["numerator"], i["denominator"], i["weight"]) for i in told["inputs"]} == {
        str(counted[0]): ("20", "50", "1"), str(counted[1]): ("15", "50", "1")
    }  # fmt: skip
    assert {e["measurementId"]: e["reason"] for e in told["exclusions"]} == {
        str(earlier): "laterValue", str(draft): "notApproved"
    }  # fmt: skip
    assert [p["value"] for p in total["points"]] == ["2", "35"]


async def test_a_value_that_is_not_approved_never_counts(client: httpx.AsyncClient, database: Database) -> None:
    town = await make_town(database)
    indicator = await town.follow(await placed(town, town.below[0]), town.below[0])
    none = ["noApprovedValue"] * 3
    for state in ("draft", "submitted"):
        await town.measure(indicator, 1, 2, on=f"2026-01-{10 if state == 'draft' else 11}", state=state)
        assert await totals(client, town) == none, state
    value = await town.measure(indicator, 1, 4)
    assert await totals(client, town) == ["25", "25", "noApprovedValue"]
    await change(town.commune, "measurement", value, state="returned", state_reason="À revoir")
    assert await totals(client, town) == none


async def test_taking_the_lowest_value_away_corrects_every_objective_above(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database, is_cumulative=True, unit="trajets")
    one, two = await placed(town, town.below[0]), await placed(town, town.below[1])
    first, second = await town.follow(one, town.below[0]), await town.follow(two, town.below[1])
    await town.measure(first, "100.5", on="2025-12-31")
    lowest = await town.measure(first, "20.25")
    await town.measure(second, 7)
    assert await totals(client, town) == ["127.75", "120.75", "7"]
    headers = {**town.commune.as_("administration"), "If-Match": '"1"'}
    approved = await client.delete(f"{BASE}/measurements/{lowest}", headers=headers)
    assert (approved.status_code, approved.json()["type"]) == (409, "urn:problem-type:pst:measurementClosed")
    assert await totals(client, town) == ["127.75", "120.75", "7"]
    await change(town.commune, "measurement", lowest, state="returned", state_reason="Compté deux fois")
    assert await totals(client, town) == ["107.5", "100.5", "7"]
    assert (await client.delete(f"{BASE}/measurements/{lowest}", headers=headers | {"If-Match": '"2"'})).is_success
    assert await totals(client, town) == ["107.5", "100.5", "7"]
    found = await values_of(client, town)
    assert lowest not in [i["measurementId"] for i in found[str(town.totals[town.above])]["explanation"]["inputs"]]


async def test_an_action_that_adds_to_two_objectives_counts_once_above_them_whatever_its_shares(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database, is_cumulative=True)
    action = await placed(town, town.below[0])
    await make_placement(town.commune, action, town.plan, town.below[1], weight=3)
    indicator = await town.follow(action, *town.below, town.above)
    await town.measure(indicator, 12)
    assert await totals(client, town) == ["12", "12", "12"]


def exclusions(found: dict[str, Any], total: UUID) -> dict[str, str]:
    return {e["indicatorId"]: e["reason"] for e in found[str(total)]["explanation"]["exclusions"]}


async def test_only_what_counts_by_status_and_place_is_gathered_and_the_rest_is_named_with_its_reason(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database, is_cumulative=True)
    draft = await make_objective(town.commune, town.plan, town.above, status="draft")
    actions = {
        "counted": await placed(town, town.below[0]),
        "cancelled": await placed(town, town.below[0], status="cancelled"),
        "draft": await placed(town, town.below[0], status="draft"),
        "elsewhere": await placed(town, town.below[1]),
        "nowhere": await make_action(town.commune),
        "under draft": await placed(town, draft),
    }
    followed = {name: await town.follow(action, town.below[0], town.above) for name, action in actions.items()}
    for place, indicator in enumerate(followed.values()):
        await town.measure(indicator, 10**place)
    assert await totals(client, town) == ["1001", "1", "noApprovedValue"]
    found = await values_of(client, town)
    why = {name: exclusions(found, town.totals[town.below[0]]).get(str(i)) for name, i in followed.items()}
    assert why == {"counted": None, "cancelled": "statusNotCounted", "draft": "statusNotCounted",
                   "elsewhere": "notBelow", "nowhere": "notBelow", "under draft": "notBelow"}  # fmt: skip
    assert exclusions(found, town.totals[town.above])[str(followed["under draft"])] == "notBelow"
    only = await town.follow(actions["nowhere"], town.below[1])
    await town.measure(only, 5)
    assert (await totals(client, town))[2] == "nothingCounts"
    await change(town.commune, "objective", draft, status="open")
    assert (await totals(client, town))[0] == "101001"
    await change(town.commune, "plan", town.plan, counted_statuses=["notStarted", "cancelled"])
    assert (await totals(client, town))[:2] == ["101011", "11"]


async def test_the_measured_indicator_of_an_objective_is_gathered_above_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database, is_cumulative=True)
    own = await make(
        town.commune, "indicator", objective_id=town.below[0], title="Propre", is_cumulative=True, baseline="5",
        contributes_to_ids=[str(town.totals[town.below[0]])],
    )  # fmt: skip
    await town.measure(own, 3)
    found = await values_of(client, town)
    assert found[str(own)]["value"]["value"] == "8", "its own baseline is its own"
    assert await totals(client, town) == ["3", "3", "noApprovedValue"]
    elsewhere = await make(
        town.commune, "indicator", objective_id=town.below[1], title="Ailleurs", is_cumulative=True,
        contributes_to_ids=[str(town.totals[town.below[0]])],
    )  # fmt: skip
    await town.measure(elsewhere, 4)  # what does not count below does not count above
    assert await totals(client, town) == ["3", "3", "noApprovedValue"]
    assert exclusions(await values_of(client, town), town.totals[town.below[0]]) == {str(elsewhere): "notBelow"}


async def test_objectives_and_plan_tell_how_their_indicators_stand_each_once(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database, is_cumulative=True)
    targets = [{"due_by": "2030-12-31", "value": "100"}]
    line = {"baseline": "0", "baseline_on": "2025-12-31", "targets": targets, "contributes_to_ids": []}
    paces = (("100", "reached"), ("90", "onTrack"), ("0", "behind"))
    action = await placed(town, town.below[0])
    await make_placement(town.commune, action, town.plan, town.below[1], weight=1)
    for value, _ in paces:
        await town.measure(await town.follow(action, **line), value)
    cancelled = await placed(town, town.below[0], status="cancelled")
    await town.measure(await town.follow(cancelled, **line), 100)
    found = await values_of(client, town)
    assert sorted(v["pace"] for v in found.values() if v["actionId"] == str(action)) == sorted(p for _, p in paces)
    answer = await client.get(f"{BASE}/plans/{town.plan}/indicatorValues", headers=town.commune.as_("college"))
    told = {t["objectiveId"]: t for t in answer.json()["totals"]}
    stand = {"reached": 1, "onTrack": 1, "behind": 1}
    assert told[None] == {"objectiveId": None, "count": 6, "notComputable": 3, **stand}
    assert told[str(town.above)] == {"objectiveId": str(town.above), "count": 6, "notComputable": 3, **stand}
    for objective in map(str, town.below):
        assert told[objective] == {"objectiveId": objective, "count": 4, "notComputable": 1, **stand}
    assert all(value["explanation"] is None for value in answer.json()["values"])


async def _grow(town: Town, count: int) -> None:
    for n in range(count):
        action = await placed(town, town.below[n % 2])
        await town.measure(await town.follow(action, town.below[n % 2]), n, 100)


async def test_the_number_of_statements_does_not_grow_with_the_plan(
    client: httpx.AsyncClient, database: Database
) -> None:
    town = await make_town(database)
    headers = town.commune.as_("administration")
    asked = []
    for more in (1, 24):
        await _grow(town, more)
        with statements(database) as counted:
            await values_of(client, town)
            page = await client.get(f"{BASE}/indicators?planId={town.plan}&pageSize=200", headers=headers)
            assert len(page.json()["items"]) == 3 + (1 if more == 1 else 25)
            await client.get(f"{BASE}/measurements?planId={town.plan}&pageSize=200", headers=headers)
        asked.append(len([sql for sql in counted if '"indicator"' in sql or '"measurement"' in sql]))
    assert asked == [4, 4], "one for each of the two doors and the two lists"
