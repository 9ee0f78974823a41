"""What collège and council decided stands on the action or objective it is about, for whom it is meant."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, freeze_and_publish, make_commune, make_objective, snapshot_of_everything

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, "grouped")


async def decide(client: httpx.AsyncClient, commune: Commune, role: str = "administration", **words: Any) -> Any:
    said = {"organ": "college", "decidedOn": "2026-03-02", "title": "Attribution du marché", **words}
    return await client.post(f"{BASE}/decisions", json=said, headers=commune.as_(role))


async def titles(client: httpx.AsyncClient, commune: Commune, role: str, house: str = "municipality") -> set[str]:
    answer = await client.get(f"{BASE}/decisions", headers=commune.as_(role, house))
    assert answer.status_code == 200, answer.text
    return {item["title"] for item in answer.json()["items"]}


async def test_a_decision_stands_on_an_action_or_an_objective(client: httpx.AsyncClient, commune: Commune) -> None:
    action, objective = commune.actions["shuttle"], commune.objectives["os1"]
    on_action = await decide(
        client, commune, actionId=str(action), reference="Collège 2026-03-02, point 14",
        link="https://deliberations.example/2026/14",
    )  # fmt: skip
    on_objective = await decide(client, commune, objectiveId=str(objective), organ="council", title="Débat")
    assert (on_action.status_code, on_objective.status_code) == (201, 201), on_action.text + on_objective.text
    assert on_objective.json()["organisationId"] == str(commune.municipality)
    of_plan = await client.get(
        f"{BASE}/decisions", params={"ofPlanId": str(commune.plans["pst"])}, headers=commune.as_("college")
    )
    assert {d["title"] for d in of_plan.json()["items"]} == {"Attribution du marché", "Débat"}
    query = "query ($id: UUID!) { action(id: $id) { decisions { nodes { title organ organisation { id } } } } }"
    answer = await client.post(
        "/graphql", json={"query": query, "variables": {"id": str(action)}}, headers=commune.as_("college")
    )
    house = on_action.json()["organisationId"]
    expected = [{"title": "Attribution du marché", "organ": "college", "organisation": {"id": house}}]
    assert answer.json()["data"]["action"]["decisions"]["nodes"] == expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"decidedOn": "2093-01-01"}, "decidedOn"),
        ({"link": "http://deliberations.example"}, "link"),
        ({"link": "https://user:secret@deliberations.example"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"organ": "mayor"}, "organ"),
        ({"objectiveId": "both"}, "actionId"),
        ({"actionId": None}, "actionId"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, commune: Commune, words: dict[str, Any], name: str
) -> None:
    if words.get("objectiveId"):
        words = {"objectiveId": str(commune.objectives["os1"])}
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await decide(client, commune, **{"actionId": str(commune.actions["shuttle"]), **words})
    assert (answer.status_code, [issue["name"] for issue in answer.json()["issues"]]) == (400, [name]), answer.text
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_each_reader_sees_the_decisions_meant_for_it(client: httpx.AsyncClient, commune: Commune) -> None:
    objective = await make_objective(commune, commune.plans["pst"], title="À part")
    for audience in ("restricted", "college", "administration", "council", "public"):
        for bearer in ({"objectiveId": str(objective)}, {"actionId": str(commune.actions["space"])}):
            made = await decide(client, commune, audience=audience, title=audience, **bearer)
            assert made.status_code == 201, made.text
    every = {"restricted", "college", "administration", "council", "public"}
    assert await titles(client, commune, "administration") == every
    assert await titles(client, commune, "college") == every - {"restricted"}
    assert await titles(client, commune, "agent") == {"administration", "council", "public"}
    assert await titles(client, commune, "council") == set()
    await freeze_and_publish(commune, commune.plans["pst"])
    assert await titles(client, commune, "council") == {"council", "public"}
    journal = await client.get(f"{BASE}/journalEntries", params={"entity": "decision"}, headers=commune.as_("college"))
    assert {e["after"]["title"] for e in journal.json()["items"]} == every - {"restricted"}


async def test_only_the_administration_of_the_house_records_decisions(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    action: UUID = commune.actions["space"]
    for role in ("college", "council", "agent", "region"):
        assert (await decide(client, commune, role, actionId=str(action))).status_code == 403, role
