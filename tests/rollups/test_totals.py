"""The money of a plan and of a commune, through both doors, as each role."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.db import Database
from api.domain.queries.totals import plan_totals
from api.domain.rules.money import CENT, split_amount
from api.domain.sql.reader import Reader
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_placement,
    make_plan,
    statements,
)
from tests.plans.asking import Desk
from tests.rollups.test_money import WEIGHTS

Told = dict[str, Any]
ESTIMATES = "estimates { low high actionCount }"
FIELDS = "expensesPlanned expensesCommitted expensesSpent revenuePlanned revenueCommitted revenueReceived"
GROUP = f"fiscalYear source service category fundingScheme {FIELDS}"
PLAN_TOTALS = f"""query ($id: UUID!, $by: [GroupBy!]) {{ planTotals(planId: $id, groupBy: $by) {{
  planId groupBy fromYear toYear total {{ {FIELDS} }} own {{ {FIELDS} }} groups {{ {GROUP} }} {ESTIMATES} withheld
  objectives {{ objectiveId total {{ {FIELDS} }} own {{ {FIELDS} }} groups {{ {GROUP} }} {ESTIMATES} }}
  outsideYears {{ {FIELDS} }} declaredElsewhere {{ {FIELDS} }} actionCount isPartial
  excluded {{ reason actionCount {FIELDS} }}
}} }}"""


async def make_line(commune: Commune, planned: str, **words: Any) -> UUID:
    given = {"fiscal_year": 2026, "source": "wallonia", "service": "ordinary", "planned": planned, **words}
    return await make(commune, "budgetLine", **given)


def planned(told: Told) -> dict[str | None, str]:
    """The planned expenses of each objective and of the plan (None)."""
    return {o["objectiveId"]: o["total"]["expensesPlanned"] for o in told["objectives"]} | {
        None: told["total"]["expensesPlanned"]
    }


async def test_three_thirds_of_a_hundred_euro_sum_to_a_hundred_euro(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    thirds = [await make_objective(commune, plan, above) for _ in range(3)]
    action = await make_action(commune, plan, thirds[0])
    for objective in thirds[1:]:
        await make_placement(commune, action, plan, objective, weight=1)
    await make_line(commune, "100.00", action_id=action)
    found = planned(await desk.read(f"plans/{plan}/totals"))
    assert [found[str(each)] for each in thirds] == ["33.34", "33.33", "33.33"]
    assert (found[str(above)], found[None]) == ("100.00", "100.00")


async def test_a_place_of_no_weight_gets_not_even_the_last_cent(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan, await make_objective(commune, plan))
    await make_placement(commune, action, plan, secondary := await make_objective(commune, plan))
    await make_line(commune, "0.01", action_id=action)
    found = planned(await desk.read(f"plans/{plan}/totals"))
    assert (found[str(secondary)], found[None]) == ("0.00", "0.01")


async def test_an_action_in_four_plans_appears_once_in_every_total(desk: Desk, commune: Commune) -> None:
    plans = [await make_plan(commune, title=f"Plan {n}") for n in range(4)]
    before = Decimal((await desk.read("totals"))["total"]["expensesPlanned"])
    action = await make_action(commune)
    for plan in plans:
        above = await make_objective(commune, plan)
        for weight in (1, 2):
            await make_placement(commune, action, plan, await make_objective(commune, plan, above), weight=weight)
    await make_line(commune, "1000.00", action_id=action)
    for plan in plans:
        told = await desk.read(f"plans/{plan}/totals")
        assert (told["total"]["expensesPlanned"], told["actionCount"]) == ("1000.00", 1)
        assert sorted(planned(told).values()) == ["1000.00", "1000.00", "333.33", "666.67"]
    after = await desk.read("totals")
    assert Decimal(after["total"]["expensesPlanned"]) - before == Decimal("1000.00")


async def test_own_lines_stand_beside_what_comes_from_below_and_a_draft_objective_passes_nothing(
    desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    below, draft = (
        await make_objective(commune, plan, above),
        await make_objective(commune, plan, above, status="draft"),
    )
    for objective, amount in ((above, "5.00"), (below, "7.00"), (draft, "11.00")):
        await make_line(commune, amount, objective_id=objective)
    await make_line(commune, "13.00", plan_id=plan)
    await make_line(commune, "17.00", action_id=await make_action(commune, plan, draft))
    told = await desk.read(f"plans/{plan}/totals")
    assert planned(told) == {str(above): "12.00", str(below): "7.00", str(draft): "28.00", None: "25.00"}
    own = {o["objectiveId"]: o["own"]["expensesPlanned"] for o in told["objectives"]}
    assert own == {str(above): "5.00", str(below): "7.00", str(draft): "11.00"}
    assert told["own"]["expensesPlanned"] == "13.00"


async def test_years_outside_and_lines_declared_elsewhere_are_told_apart(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune, starts_on="2025-01-01", ends_on="2027-12-31")
    other = await make_plan(commune)
    action = await make_action(commune, plan)
    await make_placement(commune, action, other)
    await make_line(commune, "1.00", action_id=action, fiscal_year=2027)
    await make_line(commune, "2.00", action_id=action, fiscal_year=2028)
    await make_line(commune, "4.00", action_id=action, declared_plan_ids=[other])
    await make_line(commune, "8.00", action_id=action, declared_plan_ids=[other, plan])
    told = await desk.read(f"plans/{plan}/totals")
    assert (told["fromYear"], told["toYear"]) == (2025, 2027)
    assert told["total"]["expensesPlanned"] == "9.00"
    assert told["outsideYears"]["expensesPlanned"] == "2.00"
    assert told["declaredElsewhere"]["expensesPlanned"] == "4.00"


async def test_groups_sum_to_the_total_in_the_order_asked(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    await make_line(commune, "1.00", action_id=action, fiscal_year=2027, category="staff")
    await make_line(commune, "2.00", action_id=action, source="europe", spent="0.50")
    await make_line(commune, "4.00", action_id=action, nature="revenue", committed="3.00")
    told = await desk.read(f"plans/{plan}/totals?groupBy=source&groupBy=category")
    groups = [(g["source"], g["category"], g["fiscalYear"], g["expensesPlanned"], g["revenuePlanned"])
              for g in told["groups"]]  # fmt: skip
    assert groups == [
        ("europe", None, None, "2.00", "0.00"), ("wallonia", "staff", None, "1.00", "0.00"),
        ("wallonia", None, None, "0.00", "4.00"),
    ]  # fmt: skip
    assert told["total"] == {
        "expensesPlanned": "3.00", "expensesCommitted": "0.00", "expensesSpent": "0.50",
        "revenuePlanned": "4.00", "revenueCommitted": "3.00", "revenueReceived": "0.00",
    }  # fmt: skip
    answer = await desk.client.get(f"/pst/v1/plans/{plan}/totals?groupBy=colour", headers=desk.headers)
    assert answer.status_code == 400


async def test_what_does_not_count_is_told_with_its_reason_and_its_money(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune, counted_statuses=["notStarted"])
    for cents, status in enumerate(("draft", "notStarted", "completed", "cancelled", "cancelled"), 1):
        await make_line(commune, f"{cents}.00", action_id=await make_action(commune, plan, status=status))
    told = await desk.read(f"plans/{plan}/totals")
    assert (told["actionCount"], told["total"]["expensesPlanned"]) == (1, "2.00")
    assert _excluded(told) == {"cancelled": (2, "9.00"), "draft": (1, "1.00"), "statusNotCounted": (1, "3.00")}


async def test_what_is_archived_or_held_back_by_a_draft_objective_is_told(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    draft, open_one = await make_objective(commune, plan, status="draft"), await make_objective(commune, plan)
    await make_line(commune, "11800.55", objective_id=draft)
    await make_line(commune, "100.00", action_id=await make_action(commune, plan, draft))
    shared = await make_action(commune, plan, open_one)
    await make_placement(commune, shared, plan, draft, weight=1)
    await make_line(commune, "8.00", action_id=shared)
    archived = await make_action(commune, plan, open_one)
    await make_line(commune, "1000.00", action_id=archived)
    await change(commune, "action", archived, is_archived=True)
    told = await desk.read(f"plans/{plan}/totals")
    assert (told["actionCount"], told["total"]["expensesPlanned"]) == (1, "4.00")
    assert _excluded(told) == {"archived": (1, "1000.00"), "draftObjective": (1, "11904.55")}
    progress = await desk.read(f"plans/{plan}/progress")
    counts = {each["reason"]: each["actionCount"] for each in progress["total"]["excluded"]}
    assert (counts["archived"], counts["draftObjective"]) == (1, 1)


def _excluded(told: dict[str, Any]) -> dict[str, tuple[int, str]]:
    return {each["reason"]: (each["actionCount"], each["expensesPlanned"]) for each in told["excluded"]}


async def test_both_doors_answer_the_same(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    await make_line(commune, "1.00", action_id=await make_action(commune, plan, objective))
    for by in ([], ["fiscalYear", "service"]):
        rest = await desk.read(f"plans/{plan}/totals?{'&'.join(f'groupBy={each}' for each in by)}".rstrip("?"))
        said = {"query": PLAN_TOTALS, "variables": {"id": str(plan), "by": by}}
        answer = await desk.client.post("/graphql", json=said, headers=desk.headers)
        assert answer.json()["data"]["planTotals"] == rest
    members = f"groupBy total {{ {FIELDS} }} groups {{ {GROUP} }} {ESTIMATES} actionCount isPartial withheld"
    query = f"{{ workspaceTotals(groupBy: [source]) {{ {members} }} }}"
    answer = await desk.client.post("/graphql", json={"query": query}, headers=desk.headers)
    assert answer.json()["data"]["workspaceTotals"] == await desk.read("totals?groupBy=source")


async def test_who_does_not_see_an_action_reads_totals_without_it_that_say_so(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    await make_line(commune, "1.00", action_id=await make_action(commune, plan))
    hidden = await make_action(commune, plan, audience="restricted")
    await make_line(commune, "2.00", action_id=hidden)
    found = {}
    for house in ("municipality", "cpas"):
        answer = await client.get(f"/pst/v1/plans/{plan}/totals", headers=commune.as_("administration", house))
        told = answer.json()
        found[house] = told["total"]["expensesPlanned"], told["actionCount"], told["isPartial"]
    assert found == {"municipality": ("3.00", 2, False), "cpas": ("1.00", 1, True)}


async def test_the_council_reads_the_totals_of_the_version_put_before_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    action = await make_action(commune, plan, objective)
    await make_line(commune, "1.00", action_id=action, declared_plan_ids=[plan])
    headers = commune.as_("council")
    assert (await client.get(f"/pst/v1/plans/{plan}/totals", headers=headers)).status_code == 404
    await freeze_and_publish(commune, plan)
    await make_line(commune, "2.00", action_id=action)
    await make_line(commune, "4.00", action_id=await make_action(commune, plan, objective))
    told = (await client.get(f"/pst/v1/plans/{plan}/totals", headers=headers)).json()
    assert planned(told) == {str(objective): "1.00", None: "1.00"}
    whole = (await client.get("/pst/v1/totals", headers=headers)).json()
    assert (whole["total"]["expensesPlanned"], whole["actionCount"]) == ("1.00", 1)


@given(st.integers(-10_000, 10_000), WEIGHTS)
@settings(max_examples=40, deadline=None, database=None)
async def test_sql_cuts_as_the_rule_says(commune: Commune, cents: int, weights: dict[str, int]) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune)
    places, above = {}, await make_objective(commune, plan)
    for weight in sorted(weights.values(), reverse=True):
        objective = await make_objective(commune, plan, above)
        places[objective] = str(await make_placement(commune, action, plan, objective, weight=weight)), weight
    await make_line(commune, str(cents * CENT), action_id=action)
    async with commune.acting() as (connection, _):
        held = await connection.fetch("select id, objective_id, weight from placement where plan_id = $1", plan)
    parts = split_amount(cents * CENT, {str(row["id"]): row["weight"] for row in held})
    expected = {str(row["objective_id"]): str(parts[str(row["id"])]) for row in held}
    told = planned(await _totals(commune, plan))
    assert {key: told[key] for key in expected} == expected
    assert told[None] == told[str(above)] == str(cents * CENT)


async def _totals(commune: Commune, plan: UUID) -> Told:
    async with commune.acting() as (connection, actor):
        told: Told = orjson.loads(await plan_totals(connection, Reader(actor, "fr", ""), plan, ()))
    return told


@pytest.mark.parametrize("path", ["plans/{plan}/totals?groupBy=fiscalYear", "plans/{plan}/progress", "totals"])
async def test_statements_do_not_grow_with_the_plan(desk: Desk, commune: Commune, path: str) -> None:
    sent = []
    await desk.read(path.format(plan=await make_plan(commune)))  # from now on the question is known, its answer old
    for size in (1, 12):
        plan = await make_plan(commune)
        for _ in range(size):
            action = await make_action(commune, plan, await make_objective(commune, plan))
            await make_line(commune, "1.00", action_id=action)
        with statements(commune.database) as said:
            await desk.read(path.format(plan=plan))
        sent.append(len(said))
    assert sent[0] == sent[1] <= 3


async def test_a_sub_action_follows_its_parents_places_until_the_plan_claims_it_on_its_own(
    desk: Desk, commune: Commune
) -> None:
    """In money and in progress, where the parent is moved as where it was put first."""
    plan = await make_plan(commune)
    one, two, three = [str(await make_objective(commune, plan)) for _ in range(3)]
    parent = await desk.create("actions", title="Parc", organisationId=commune.municipality, status="inProgress")
    place = await desk.create("placements", planId=plan, actionId=parent["id"], objectiveId=one)
    words = {"organisationId": commune.municipality, "status": "inProgress", "parentId": parent["id"]}
    sub = await desk.create("actions", title="Jeux", **words)
    await make_line(commune, "100.00", action_id=parent["id"])
    await make_line(commune, "30.00", action_id=sub["id"])
    first = planned(await desk.read(f"plans/{plan}/totals"))
    assert first == {one: "130.00", two: "0.00", three: "0.00", None: "130.00"}
    await desk.patch(f"placements/{place['id']}", objectiveId=two)
    moved = planned(await desk.read(f"plans/{plan}/totals"))
    assert moved == {one: "0.00", two: "130.00", three: "0.00", None: "130.00"}
    own = await desk.create("placements", planId=plan, actionId=sub["id"], objectiveId=three)
    claimed = planned(await desk.read(f"plans/{plan}/totals"))
    assert claimed == {one: "0.00", two: "100.00", three: "30.00", None: "130.00"}
    (claim,) = (await desk.read(f"planActions?actionId={sub['id']}"))["items"]
    assert (await desk.delete(f"placements/{own['id']}")).status_code == 204
    assert (await desk.delete(f"planActions/{claim['id']}")).status_code == 204
    assert planned(await desk.read(f"plans/{plan}/totals")) == moved
