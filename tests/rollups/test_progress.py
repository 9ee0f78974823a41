"""How far objectives and plans have come: the rule alone, then through both doors."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.db import Database
from api.domain.rules.progress import Standing, round_percent, share_done
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_plan,
)
from tests.plans.asking import Desk

Told = dict[str, Any]


def standing(progress: int | None, **words: Any) -> Standing:
    given: Told = {"status": "inProgress", "kind": "project", "weight": 1, "is_counted": True, "is_led": False}
    return Standing(progress=progress, **{**given, **words})


def test_it_is_the_mean_of_the_living_actions() -> None:
    found = share_done([standing(0), standing(50), standing(100)])
    assert (found.percent, found.numerator, found.denominator, found.action_count) == (50, 150, 3, 3)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "cancelled", "is_counted": False}, "cancelled"),
        ({"status": "draft", "is_counted": False}, "draft"),
        ({"status": "waiting", "is_counted": False}, "statusNotCounted"),
        ({"kind": "perennial"}, "perennial"),
        ({"is_led": True}, "followsParent"),
        ({"progress": None}, "withoutProgress"),
    ],
)
def test_what_stays_out_counts_against_nobody_and_is_told(words: Told, reason: str) -> None:
    found = share_done([standing(80), standing(**{"progress": 0, **words})])
    assert (found.percent, found.excluded) == (80, {reason: 1})


def test_not_computable_is_another_answer_than_nothing_done() -> None:
    assert (share_done([]).percent, share_done([]).not_computable) == (None, "noAction")
    weightless = share_done([standing(50, weight=0)])
    assert (weightless.percent, weightless.not_computable) == (None, "noWeight")
    assert (share_done([standing(0)]).percent, share_done([standing(0)]).not_computable) == (0, None)


@given(st.integers(0, 10**9), st.integers(1, 10**7))
def test_all_and_nothing_are_only_said_when_exact(numerator: int, denominator: int) -> None:
    numerator = min(numerator, 100 * denominator)
    percent = round_percent(numerator, denominator)
    assert abs(percent * denominator - numerator) <= denominator
    assert (percent == 0) == (numerator == 0)
    assert (percent == 100) == (numerator == 100 * denominator)


async def read(desk: Desk, plan: object) -> tuple[Told, dict[str, Told]]:
    told = await desk.read(f"plans/{plan}/progress")
    return told["total"], {o["objectiveId"]: o for o in told["objectives"]}


async def test_objectives_and_plan_tell_their_mean_what_was_left_out_and_how_it_was_computed(
    desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    one, empty = await make_objective(commune, plan), await make_objective(commune, plan)
    for progress, status in ((20, "inProgress"), (100, "completed"), (0, "cancelled"), (0, "draft")):
        await make_action(commune, plan, one, progress=progress, status=status)
    await make_action(commune, plan, one, kind="perennial", progress=None)
    total, objectives = await read(desk, plan)
    assert (total["percent"], total["numerator"], total["denominator"], total["actionCount"]) == (60, "120", "2", 2)
    assert total["excluded"] == [{"reason": reason, "actionCount": 1} for reason in ("cancelled", "draft", "perennial")]
    assert objectives[str(one)]["percent"] == 60
    assert (objectives[str(empty)]["percent"], objectives[str(empty)]["notComputable"]) == (None, "noAction")
    told = await desk.client.get(f"/pst/v1/plans/{plan}/progress", headers={**desk.headers, "Accept-Language": "nl"})
    assert told.json()["formula"].startswith("Gemiddelde")


async def test_a_plan_weighs_by_budget_or_as_it_says(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    light, heavy = await make_action(commune, plan, progress=0), await make_action(commune, plan, progress=100)
    sub = await make_action(commune, parent_id=heavy, progress=0)
    for action, amount in ((light, "100.00"), (heavy, "200.00"), (sub, "100.00")):
        await make(commune, "budgetLine", action_id=action, fiscal_year=2026, source="other", service="ordinary",
                   planned=amount)  # fmt: skip
    async with commune.acting() as (connection, _):
        claim = await connection.fetchval(
            "select id from plan_action where plan_id = $1 and action_id = $2", plan, heavy
        )
    await change(commune, "planAction", claim, progress_weight=9)
    found = {}
    for weighting in ("equal", "budget", "explicit"):
        await desk.patch(f"plans/{plan}", progressWeighting=weighting)
        total, _ = await read(desk, plan)
        found[weighting] = total["percent"], total["denominator"]
        assert {"reason": "followsParent", "actionCount": 1} in total["excluded"]
    assert found == {"equal": (50, "2"), "budget": (75, "40000"), "explicit": (90, "10")}


async def test_both_doors_answer_the_same(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    await make_action(commune, plan, await make_objective(commune, plan), progress=30)
    figure = "percent numerator denominator actionCount notComputable excluded { reason actionCount }"
    query = (
        f'{{ planProgress(planId: "{plan}") {{ planId weighting formula isPartial total {{ {figure} }}'
        f" objectives {{ objectiveId {figure} }} }} }}"
    )
    answer = await desk.client.post("/graphql", json={"query": query}, headers=desk.headers)
    assert answer.json()["data"]["planProgress"] == await desk.read(f"plans/{plan}/progress")


async def test_readers_of_versions_are_told_the_progress_that_the_version_shows(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    action = await make_action(commune, plan, objective, progress=30, status="inProgress")
    await freeze_and_publish(commune, plan)
    await change(commune, "action", action, progress=90)
    for role in ("council", "region", "integrator"):
        answer = await client.get(f"/pst/v1/plans/{plan}/progress", headers=commune.as_(role))
        assert answer.json()["total"]["percent"] == 30, role
    await change(commune, "plan", plan, progress_weighting="budget")
    await freeze_and_publish(commune, plan)
    told = (await client.get(f"/pst/v1/plans/{plan}/progress", headers=commune.as_("region"))).json()
    assert (told["total"]["notComputable"], told["total"]["numerator"]) == ("budgetWithheld", None)
