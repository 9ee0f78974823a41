"""What actions are estimated to cost: said with the action, told beside the totals, through both doors."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make_action,
    make_commune,
    make_objective,
    make_placement,
    make_plan,
)
from tests.plans.asking import Desk
from tests.rollups.test_totals import PLAN_TOTALS, make_line

Told = dict[str, Any]
NOTHING = {"low": "0.00", "high": "0.00", "actionCount": 0}
WORKSPACE_TOTALS = "{ workspaceTotals { estimates { low high actionCount } withheld } }"
ACTION = "query ($id: UUID!) { action(id: $id) { estimate estimateLow estimateHigh withheld } }"
UPDATE = """mutation ($id: UUID!, $version: Int!, $patch: ActionPatch!) {
  updateAction(id: $id, expectedVersion: $version, patch: $patch) { estimateLow estimateHigh } }"""
REFUSED = {
    "fr": "L’estimation haute est inférieure à l’estimation basse.",
    "nl": "De hoge raming ligt onder de lage raming.",
    "de": "Die obere Schätzung liegt unter der unteren.",
    "en": "The high estimate is below the low estimate.",
}


async def asked(client: httpx.AsyncClient, headers: dict[str, str], query: str, **variables: Any) -> Told:
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: Told = answer.json()
    return found


async def make_estimated(
    commune: Commune, plan: UUID | None, low: str | None, high: str | None, objective: UUID | None = None, **words: Any
) -> UUID:
    return await make_action(commune, plan, objective, estimate_low=low, estimate_high=high, **words)


async def estimates(desk: Desk, plan: UUID) -> dict[str | None, tuple[str, str, int]]:
    """Low, high and how many actions, of each objective and of the plan (None); GraphQL says the same as REST."""
    told = await desk.read(f"plans/{plan}/totals")
    twin = await asked(desk.client, desk.headers, PLAN_TOTALS, id=str(plan))
    assert twin["data"]["planTotals"] == told
    found = {None: told["estimates"]} | {o["objectiveId"]: o["estimates"] for o in told["objectives"]}
    return {key: (each["low"], each["high"], each["actionCount"]) for key, each in found.items()}


async def test_an_action_says_the_least_and_the_most_it_may_cost(desk: Desk, commune: Commune) -> None:
    words = {"title": "Rénover la salle", "organisationId": commune.municipality}
    made = await desk.create("actions", **words, estimateLow="90000.00", estimateHigh="120000.00")
    assert (made["estimateLow"], made["estimateHigh"]) == ("90000.00", "120000.00")
    patch = {"estimateLow": None, "estimateHigh": "0.00"}
    said = await asked(desk.client, desk.headers, UPDATE, id=made["id"], version=made["version"], patch=patch)
    assert said["data"]["updateAction"] == patch
    history = await desk.read(f"journalEntries?entityId={made['id']}")
    assert [entry["after"]["estimate_high"] for entry in history["items"]].count("0.00") == 1


@pytest.mark.parametrize("language", REFUSED)
async def test_a_low_estimate_above_the_high_one_is_refused_and_changes_nothing(
    desk: Desk, commune: Commune, language: str
) -> None:
    desk.headers = {**desk.headers, "Accept-Language": language}
    action = await make_estimated(commune, None, "1.00", "2.00")
    before = await desk.everything()
    for words in ({"estimateLow": "2.01"}, {"estimateHigh": "0.99"}, {"estimateLow": "3.00", "estimateHigh": "2.99"}):
        answer = await desk.try_patch(f"actions/{action}", **words)
        (issue,) = answer.json()["issues"]
        assert (answer.status_code, issue["name"], issue["detail"]) == (400, "estimateHigh", REFUSED[language])
        assert issue["type"].endswith(":estimateInOrder")
        said = await asked(desk.client, desk.headers, UPDATE, id=str(action), version=1, patch=words)
        assert REFUSED[language] in str(said["errors"])
    assert (await desk.try_patch(f"actions/{action}", estimateLow="-1.00")).status_code == 400
    assert await desk.everything() == before


async def test_estimates_stand_beside_the_sums_and_never_in_them(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    assert (await desk.read(f"plans/{plan}/totals"))["estimates"] == NOTHING
    action = await make_estimated(commune, plan, "100.00", "150.00")
    await make_estimated(commune, plan, None, "20.00")
    await make_estimated(commune, plan, "7.00", None)
    await make_estimated(commune, plan, None, None, estimate="Cher")
    await make_estimated(commune, plan, "1000.00", "1000.00", status="draft")
    assert await estimates(desk, plan) == {None: ("127.00", "177.00", 3)}
    assert set((await desk.read(f"plans/{plan}/totals"))["total"].values()) == {"0.00"}
    await make_line(commune, "60.00", action_id=action, nature="revenue")
    assert await estimates(desk, plan) == {None: ("127.00", "177.00", 3)}
    elsewhere = await make_plan(commune)
    await make_line(commune, "5.00", action_id=action, fiscal_year=2050, declared_plan_ids=[elsewhere])
    assert await estimates(desk, plan) == {None: ("27.00", "27.00", 2)}


async def test_an_estimate_is_cut_by_shares_to_the_cent_and_children_sum_to_their_parents(
    desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    thirds = [await make_objective(commune, plan, above) for _ in range(3)]
    draft = await make_objective(commune, plan, above, status="draft")
    action = await make_estimated(commune, plan, "100.00", "200.00", thirds[0])
    for objective in thirds[1:]:
        await make_placement(commune, action, plan, objective, weight=1)
    await make_estimated(commune, plan, "5.00", "6.00", thirds[2])
    await make_estimated(commune, plan, "1.00", "1.00", draft)
    found = await estimates(desk, plan)
    assert [found[str(each)] for each in thirds] == [
        ("33.34", "66.68", 1), ("33.33", "66.66", 1), ("38.33", "72.66", 2),
    ]  # fmt: skip
    assert found[str(draft)] == ("1.00", "1.00", 1)
    assert found[str(above)] == found[None] == ("105.00", "206.00", 2)


async def test_an_estimated_action_in_several_plans_is_told_once_for_the_workspace(
    desk: Desk, database: Database
) -> None:
    desk.commune = commune = await make_commune(database)
    desk.headers = commune.as_("administration")
    plans = [await make_plan(commune, title=f"Plan {n}") for n in range(3)]
    action = await make_estimated(commune, plans[0], "10.00", "20.00")
    for plan in plans[1:]:
        await make_placement(commune, action, plan)
    await make_estimated(commune, plans[0], "1.00", "2.00", parent_id=action)
    for plan in plans:
        assert (await estimates(desk, plan))[None][:2] == ("11.00", "22.00")
    told = await desk.read("totals")
    assert (told["estimates"], told["withheld"]) == ({"low": "11.00", "high": "22.00", "actionCount": 2}, [])
    twin = await asked(desk.client, desk.headers, WORKSPACE_TOTALS)
    assert twin["data"]["workspaceTotals"] == {"estimates": told["estimates"], "withheld": []}
    await make_line(commune, "3.00", action_id=action)
    after = await desk.read("totals?groupBy=source")
    assert after["estimates"] == {"low": "1.00", "high": "2.00", "actionCount": 1}


async def test_who_does_not_see_an_action_reads_nothing_of_its_estimate(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    await make_estimated(commune, plan, "1.00", "2.00")
    await make_estimated(commune, plan, "4.00", "8.00", audience="restricted")
    found = {}
    for house in ("municipality", "cpas"):
        answer = await client.get(f"/pst/v1/plans/{plan}/totals", headers=commune.as_("administration", house))
        found[house] = answer.json()["estimates"]["high"], answer.json()["isPartial"]
    assert found == {"municipality": ("10.00", False), "cpas": ("2.00", True)}


async def test_the_council_reads_no_estimate_and_is_told_so(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    action = await make_estimated(commune, plan, "12345.67", "76543.21", objective, estimate="Cher")
    await freeze_and_publish(commune, plan)
    await change(commune, "action", action, estimate_low="12345.68")
    headers = commune.as_("council")
    for path in (f"plans/{plan}/totals", "totals"):
        told = (await client.get(f"/pst/v1/{path}", headers=headers)).json()
        assert (told["estimates"], told["withheld"], told["actionCount"]) == (None, ["estimates"], 1)
        assert [o["estimates"] for o in told.get("objectives", [])] == [None] * len(told.get("objectives", []))
    twin = (await asked(client, headers, PLAN_TOTALS, id=str(plan)))["data"]["planTotals"]
    assert (twin["estimates"], twin["objectives"][0]["estimates"], twin["withheld"]) == (None, None, ["estimates"])
    whole = (await asked(client, headers, WORKSPACE_TOTALS))["data"]["workspaceTotals"]
    assert whole == {"estimates": None, "withheld": ["estimates"]}
    college = (await client.get(f"/pst/v1/plans/{plan}/totals", headers=commune.as_("college"))).json()
    assert Decimal(college["estimates"]["low"]) == Decimal("12345.68")
    seen = await client.get(f"/pst/v1/actions/{action}", headers=headers)
    shown = (await asked(client, headers, ACTION, id=str(action)))["data"]["action"]
    public = await client.get(f"/pst/v1/public/actions/{action}")
    for document in (seen.json(), shown, public.json()):
        assert (document["estimateLow"], document["estimateHigh"]) == (None, None)
        assert {"estimate", "estimateLow", "estimateHigh"} <= set(document["withheld"])


async def test_a_figure_alone_is_an_answer_to_what_the_action_costs(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    said = await make_estimated(commune, plan, None, "0.00")
    silent = await make_estimated(commune, plan, None, None)
    told = await desk.read(f"plans/{plan}/quality")
    missing = {entry["id"]: "budgetMissing" in entry["checks"] for entry in told["worklist"]}
    assert (missing[str(said)], missing[str(silent)]) == (False, True)
