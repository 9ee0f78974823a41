"""What was not sent stays, and what is sent is never dropped in silence: it is kept, or refused by its name."""

from typing import Any

import httpx
import pytest

from tests.factories import Commune, make_action, make_objective, make_plan
from tests.plans.asking import Desk, refused

UPDATE = """mutation ($id: UUID!, $version: Int!, $patch: ActionPatch!) {
    updateAction(id: $id, expectedVersion: $version, patch: $patch) { progress healthReason unchangeable } }"""

MEANINGLESS: list[tuple[dict[str, Any], str, Any, str]] = [
    ({"kind": "perennial", "progress": None}, "progress", 30, "perennialWithoutProgress"),
    ({"health": "good"}, "healthReason", "Le permis tarde", "goodHealthWithoutReason"),
    ({"is_synergy": False}, "synergyOrganisationIds", "house", "notASynergy"),
]


def valued(commune: Commune, value: Any) -> Any:
    return [str(commune.cpas)] if value == "house" else value


@pytest.mark.parametrize(
    "stored", ["kind = 'perennial', progress = 30, status_remark = 'Tous les mardis'", "health_reason = 'Enfin'"]
)
async def test_an_unrelated_change_keeps_what_was_stored_before_the_rule(
    desk: Desk, commune: Commune, stored: str
) -> None:
    identifier = await make_action(commune, status="inProgress")
    async with commune.acting() as (connection, _):
        await connection.execute(f"update action set {stored} where id = $1", identifier)
    before = await desk.read(f"actions/{identifier}")
    after = await desk.patch(f"actions/{identifier}", priority=2)
    differing = {name for name in before if before[name] != after[name]}
    assert (differing, after["priority"]) == ({"priority", "version", "updatedAt"}, 2)


@pytest.mark.parametrize(("state", "field", "value", "code"), MEANINGLESS)
async def test_a_field_without_meaning_is_refused_and_told(
    desk: Desk, commune: Commune, state: dict[str, Any], field: str, value: Any, code: str
) -> None:
    action = f"actions/{await make_action(commune, **state)}"
    assert field in (await desk.read(action))["unchangeable"]
    house = str(commune.municipality)
    words = {"kind": state.get("kind", "project"), "title": "X", "organisationId": house}
    before = await desk.everything()
    answers = [
        await desk.try_patch(action, **{field: valued(commune, value), "priority": 1}),
        await desk.post("actions", **words, **{field: valued(commune, value)}),
    ]
    assert {refused(answer) for answer in answers} == {(400, code)}
    assert {answer.json()["issues"][0]["name"] for answer in answers} == {field}
    assert await desk.everything() == before


async def test_a_field_without_meaning_is_refused_by_graphql_too(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    action = await make_action(commune, kind="perennial", progress=None)
    before = await desk.everything()
    for patch in ({"progress": 0}, {"healthReason": "Rien"}):
        variables = {"id": str(action), "version": 1, "patch": patch}
        answer = await client.post("/graphql", json={"query": UPDATE, "variables": variables}, headers=desk.headers)
        [error] = answer.json()["errors"]
        assert [issue["name"] for issue in error["extensions"]["issues"]] == list(patch)
    assert await desk.everything() == before
    query = f'{{ action(id: "{action}") {{ unchangeable }} }}'
    told = (await client.post("/graphql", json={"query": query}, headers=desk.headers)).json()["data"]["action"]
    assert told["unchangeable"] == ["progress", "healthReason", "synergyOrganisationIds"]


async def test_what_becomes_perennial_gives_its_percentage_up_by_a_word(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, status='inProgress', progress=40)}"
    before = await desk.everything()
    answers = [
        await desk.try_patch(action, kind="perennial"),
        await desk.try_patch(action, kind="perennial", progress=40),
    ]
    assert {refused(answer) for answer in answers} == {(400, "perennialWithoutProgress")}
    assert await desk.everything() == before
    assert (await desk.patch(action, kind="perennial", progress=None))["progress"] is None
    again = await desk.patch(action, kind="project", progress=40)
    assert (again["progress"], "progress" in again["unchangeable"]) == (40, False)


async def test_a_perennial_action_begins_without_percentage(desk: Desk, commune: Commune) -> None:
    words = {"title": "X", "organisationId": commune.municipality, "kind": "perennial"}
    assert (await desk.create("actions", **words))["progress"] is None


async def test_the_reason_of_a_health_goes_with_it_and_only_then(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, health='atRisk', health_reason='Le permis tarde')}"
    assert (await desk.patch(action, health="blocked"))["healthReason"] == "Le permis tarde"
    assert (await desk.patch(action, health="good"))["healthReason"] is None


async def test_the_weight_of_a_first_placement_is_the_one_that_was_said(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective, action = await make_objective(commune, plan), await make_action(commune)
    before = await desk.everything()
    words = {"planId": plan, "actionId": action, "objectiveId": objective}
    assert refused(await desk.post("placements", **words, weight=0)) == (409, "shareTotal")
    assert await desk.everything() == before
    assert (await desk.create("placements", **words, weight=3))["weight"] == 3
