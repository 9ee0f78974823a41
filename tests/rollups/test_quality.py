"""Advice about a plan: each check finds what it should and nothing else, and nothing it says blocks anybody."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from api.domain.queries.quality_checks import CONDITIONS
from api.domain.reference import LANGUAGES, load
from api.domain.rules.quality import APPLIES_TO, Check, Score
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_placement,
    make_plan,
    statements,
)
from tests.plans.asking import Desk

Told = dict[str, Any]


def test_every_check_has_its_condition_what_it_applies_to_and_its_words_in_four_languages() -> None:
    words = load("quality")["checks"]
    assert set(Check) == set(APPLIES_TO) == set(CONDITIONS) == set(words)
    for said in words.values():
        assert set(said["explanation"]) == set(said["advice"]) == set(LANGUAGES)
        assert all(text.endswith(".") for each in said.values() for text in each.values())


def test_a_score_of_a_hundred_says_that_nothing_is_amiss() -> None:
    assert (Score(999, 1000).percent, Score(1000, 1000).percent, Score(0, 0).percent) == (99, 100, None)


async def amiss(desk: Desk, plan: UUID) -> dict[str, set[str]]:
    """The checks that each thing of the worklist fails, by its id."""
    told = await desk.read(f"plans/{plan}/quality")
    return {entry["id"]: set(entry["checks"]) for entry in told["worklist"]}


def complete(commune: Commune) -> Told:
    """The words of an action with which nothing is amiss."""
    return {
        "title": "Ouvrir 3 salles de quartier d’ici 2027", "planned_end": "2027-06-30", "estimate": "Peu",
        "responsibilities": [
            {"kind": "managingUnit", "unit_id": commune.units["works"]},
            {"kind": "mandatary", "office_id": commune.offices["mayor"]},
        ],
    }  # fmt: skip


async def make_good_action(commune: Commune, plan: UUID, objective: UUID | None = None, **words: Any) -> UUID:
    """An action with which nothing is amiss but what the words say."""
    action = await make_action(commune, plan, objective, **complete(commune) | words)
    await make(commune, "indicator", action_id=action, title="Ouverture", nature="milestone", expected_on="2027-01-01")
    return action


async def make_whole_objective(commune: Commune, plan: UUID, parent: UUID | None = None, **words: Any) -> UUID:
    return await make_objective(commune, plan, parent, responsibilities=complete(commune)["responsibilities"], **words)


async def test_a_plan_with_which_nothing_is_amiss_scores_a_hundred(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    above = await make_whole_objective(commune, plan)
    below = await make_whole_objective(commune, plan, above)
    await make_good_action(commune, plan, below)
    told = await desk.read(f"plans/{plan}/quality")
    assert (told["total"]["percent"], told["worklist"]) == (100, [])
    assert {o["objectiveId"]: o["percent"] for o in told["objectives"]} == {str(above): 100, str(below): 100}


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("ownerMissing", {"responsibilities": [{"kind": "mandatary", "office": "mayor"}]}),
        ("mandataryMissing", {"responsibilities": [{"kind": "managingUnit", "unit": "works"}]}),
        ("dueDateMissing", {"planned_end": None}),
        ("budgetMissing", {"estimate": None}),
        ("titleVague", {"title": "Améliorer la qualité de vie de tous"}),
        ("titleVague", {"title": "Navette"}),
        ("afterPlanEnd", {"planned_end": "2040-01-01"}),
    ],
)
async def test_each_check_of_an_action_finds_what_it_looks_for_and_nothing_else(
    desk: Desk, commune: Commune, check: str, words: Told
) -> None:
    plan = await make_plan(commune)
    known = {"office": ("office_id", commune.offices), "unit": ("unit_id", commune.units)}
    if "responsibilities" in words:
        named = [{known[k][0] if k in known else k: known[k][1][v] if k in known else v for k, v in each.items()}
                 for each in words["responsibilities"]]  # fmt: skip
        words = {"responsibilities": named}
    action = await make_good_action(commune, plan, **words)
    assert await amiss(desk, plan) == {str(action): {check}}


async def test_an_action_without_an_indicator_that_has_a_target_is_found(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan, **complete(commune))
    await make(commune, "indicator", action_id=action, title="Salles ouvertes")
    assert await amiss(desk, plan) == {str(action): {"indicatorMissing"}}


async def test_an_owner_who_left_or_an_office_without_holder_is_found(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    person = await make(commune, "person", kind="agent", family_name="Partie")
    vacant = await make(commune, "office", kind="other", title="Chef de projet", organisation_id=commune.municipality)
    actions = []
    for bearer in ({"person_id": person}, {"office_id": vacant}, {"office_id": commune.offices["mayor"]}):
        said = [{"kind": "lead", **bearer}, complete(commune)["responsibilities"][1]]
        actions.append(await make_good_action(commune, plan, responsibilities=said))
    assert await amiss(desk, plan) == {str(actions[1]): {"ownerLeft"}}
    await change(commune, "person", person, is_archived=True)
    assert await amiss(desk, plan) == {str(action): {"ownerLeft"} for action in actions[:2]}


async def test_work_under_way_that_nobody_touched_for_six_months_is_found(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    stale, fresh, waiting = [
        await make_good_action(commune, plan, status=status) for status in ("inProgress", "inProgress", "notStarted")
    ]
    async with commune.acting() as (connection, _):
        await connection.execute(
            "update action set updated_at = now() - interval '7 months' where id = any($1::uuid[])", [stale, waiting]
        )
    assert await amiss(desk, plan) == {str(stale): {"notUpdated"}}
    assert fresh != stale


async def test_objectives_that_nothing_carries_out_are_found_on_each_level(desk: Desk, commune: Commune) -> None:
    plan, covered = await make_plan(commune), await make_plan(commune, "pcs")
    alone = await make_whole_objective(commune, plan)
    above = await make_whole_objective(commune, plan)
    empty = await make_whole_objective(commune, plan, above)
    await make_whole_objective(commune, plan, above, covers_plan_id=covered)
    await make_whole_objective(commune, plan, above, status="abandoned")
    late = await make_objective(commune, plan, above, due_by="2040-01-01")
    await make_good_action(commune, plan, late)
    assert await amiss(desk, plan) == {
        str(alone): {"objectiveWithoutObjective"},
        str(empty): {"objectiveWithoutAction"},
        str(late): {"objectiveLeadMissing", "objectiveMandataryMissing", "objectiveAfterPlanEnd"},
    }


async def test_rights_of_the_period_that_no_action_serves_are_found(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune, "pcs")
    async with commune.acting() as (connection, _):
        rights = [row[0] for row in await connection.fetch(
            "select i.id from period_item i join plan p on p.period_id = i.period_id"
            " where p.id = $1 and i.kind = 'right'", plan)]  # fmt: skip
    action = await make_action(commune)
    await make(commune, "planAction", plan_id=plan, action_id=action, right_ids=rights[:1])
    found = await amiss(desk, plan)
    assert {key for key, checks in found.items() if "rightWithoutAction" in checks} == {str(r) for r in rights[1:]}


async def test_what_is_over_is_left_in_peace(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    for status in ("completed", "cancelled"):
        await make_action(commune, plan, status=status, title="Fait")
    told = await desk.read(f"plans/{plan}/quality")
    assert (told["total"], told["worklist"]) == ({"passed": 0, "checked": 0, "percent": None}, [])


async def test_an_action_counts_once_in_each_score_whatever_its_places(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    above = await make_whole_objective(commune, plan)
    below = [await make_whole_objective(commune, plan, above) for _ in range(2)]
    action = await make_good_action(commune, plan, below[0], title="Navette")
    await make_placement(commune, action, plan, below[1])
    told = await desk.read(f"plans/{plan}/quality")
    scores = {o["objectiveId"]: (o["passed"], o["checked"]) for o in told["objectives"]}
    of_action, of_leaf = 7, 3
    assert scores[str(below[0])] == scores[str(below[1])] == (of_action - 1 + of_leaf, of_action + of_leaf)
    assert scores[str(above)] == (told["total"]["passed"], told["total"]["checked"])


async def test_both_doors_say_the_same_in_the_readers_language(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    await make_action(commune, plan, await make_objective(commune, plan), title="Navette")
    headers = {**desk.headers, "Accept-Language": "de"}
    rest = (await desk.client.get(f"/pst/v1/plans/{plan}/quality", headers=headers)).json()
    score = "passed checked percent"
    query = (
        f'{{ planQuality(planId: "{plan}") {{ planId total {{ {score} }} objectives {{ objectiveId {score} }}'
        f" checks {{ code appliesTo explanation advice {score} }} worklist {{ thing id title checks }} isPartial }} }}"
    )
    answer = await desk.client.post("/graphql", json={"query": query}, headers=headers)
    assert answer.json()["data"]["planQuality"] == rest
    assert rest["checks"][0]["explanation"] == "Niemand ist für diese Aktion verantwortlich."


async def test_who_does_not_see_an_action_is_not_told_of_it_but_that_something_is_left_out(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    await make_action(commune, plan, title="Navette", audience="restricted")
    told = (await client.get(f"/pst/v1/plans/{plan}/quality", headers=commune.as_("college", "cpas"))).json()
    assert (told["worklist"], told["isPartial"]) == ([], True)


async def test_statements_do_not_grow_with_the_plan(database: Database, client: httpx.AsyncClient) -> None:
    commune = await make_commune(database)
    sent = []
    for size in (1, 12):
        plan = await make_plan(commune)
        for _ in range(size):
            await make_action(commune, plan, await make_objective(commune, plan))
        with statements(database) as said:
            answer = await client.get(f"/pst/v1/plans/{plan}/quality", headers=commune.as_("college"))
        assert answer.status_code == 200
        sent.append(len(said))
    assert sent[0] == sent[1] <= 3
