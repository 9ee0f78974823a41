"""What a conversion refuses and whom, what it hides, and what it leaves alone."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.articulation.scene import commune_with
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_placement,
    make_plan,
    snapshot_of_everything,
    statements,
)


async def _edit_placement(commune: Commune) -> None:
    async with commune.acting() as (connection, _):
        found = await connection.fetchval(
            "select id from placement where workspace_id = $1 and plan_id = $2 limit 1",
            commune.workspace_id, commune.plans["pst"],
        )  # fmt: skip
    await change(commune, "placement", found, weight=3)


async def _edit_objective(commune: Commune) -> None:
    await change(commune, "objective", commune.objectives["bus"], title="Autre")


async def _edit_action(commune: Commune) -> None:
    await change(commune, "action", commune.actions["space"], title="Autre")


async def _new_pcs_action(commune: Commune) -> None:
    await make_action(commune, commune.plans["pcs"], title="Arrivée entre-temps")


async def _new_placement(commune: Commune) -> None:
    await make_placement(commune, commune.actions["space"], commune.plans["pst"], commune.objectives["bus"])


@pytest.mark.parametrize(
    "edit", [_edit_placement, _edit_objective, _edit_action, _new_pcs_action, _new_placement], ids=lambda f: f.__name__
)
async def test_a_stale_preview_is_refused_and_nothing_is_applied(
    client: httpx.AsyncClient, database: Database, edit: Any
) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    told = await asking.preview("singleObjective")
    await edit(commune)
    before = await snapshot_of_everything(database, commune.workspace_id)
    answer = await asking.apply("singleObjective", told.headers["etag"])
    assert (answer.status_code, answer.json()["type"]) == (412, "urn:problem-type:pst:preconditionFailed")
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_preview_of_another_form_is_no_precondition(client: httpx.AsyncClient, database: Database) -> None:
    asking = Asking.of(client, await commune_with(database, "grouped"))
    told = await asking.preview("distributed")
    assert (await asking.apply("singleObjective", told.headers["etag"])).status_code == 412
    assert (await asking.apply("singleObjective", '"7"')).status_code == 400
    answer = await client.post(f"{asking.base}/conversions", json={"to": "singleObjective"}, headers=asking.who)
    assert answer.status_code == 428


async def test_unmatched_actions_are_suggested_objectives_with_reasons(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    told = await asking.preview("distributed")
    found = {u["title"]: u["suggestions"] for u in told.json()["unmatched"]}
    assert set(found) == {"Shuttle", "Space"}
    best = found["Shuttle"][0]
    assert best["objectiveId"] == str(commune.objectives["bus"])
    assert best["domains"] == 100
    assert best["words"] > 0
    assert best["score"] == (best["domains"] + best["words"] + 1) // 2
    assert found["Space"][0]["objectiveId"] == str(commune.objectives["digital"])
    before = await snapshot_of_everything(database, commune.workspace_id)
    answer = await asking.apply("distributed", told.headers["etag"])
    assert answer.status_code == 400
    assert {i["value"] for i in answer.json()["issues"]} == {u["actionId"] for u in told.json()["unmatched"]}
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_an_action_goes_only_where_the_form_has_room(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    shuttle = str(commune.actions["shuttle"])
    for objective in (commune.objectives["oo1"], uuid4()):
        answer = await asking.preview("distributed", {shuttle: str(objective)})
        assert (answer.status_code, answer.json()["issues"][0]["type"].split(":")[-1]) == (400, "notATarget")
    places = (await asking.preview("distributed")).json()["placeIds"]
    assert {str(commune.objectives["bus"]), str(commune.objectives["digital"])} <= set(places)
    assert str(commune.objectives["oo1"]) not in places
    for place in places:
        assert (await asking.preview("distributed", {shuttle: place})).status_code == 200
    for to in ("singleObjective", "grouped"):
        assert (await asking.preview(to)).json()["placeIds"] == []
    answer = await asking.preview("singleObjective", {shuttle: str(commune.objectives["bus"])})
    assert answer.status_code == 400


async def test_resting_objectives_are_hidden_and_take_nothing(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    await asking.convert("distributed")
    resting = str(commune.objectives["oo1"])
    listed = (await client.get("/pst/v1/objectives", params={"planId": str(asking.pst)}, headers=asking.who)).json()
    assert resting not in {o["id"] for o in listed["items"]}
    asked = await client.get("/pst/v1/objectives", params={"isResting": "true"}, headers=asking.who)
    assert resting in {o["id"] for o in asked.json()["items"]}
    tree = (await client.get(f"/pst/v1/plans/{asking.pst}/tree", headers=asking.who)).json()
    assert resting not in {o["id"] for o in tree["objectives"]}
    words = {"planId": str(asking.pst), "actionId": str(commune.actions["space"]), "objectiveId": resting}
    answer = await client.post("/pst/v1/placements", json=words, headers=asking.who)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:objectiveResting")
    below: dict[str, Any] = {
        "planId": str(asking.pst),
        "parentId": resting,
        "level": 3,
        "title": "Sous l’objectif au repos",
    }
    answer = await client.post("/pst/v1/objectives", json=below, headers=asking.who)
    assert answer.status_code in (400, 409)


async def test_money_actions_and_history_are_untouched(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    await make(
        commune, "budgetLine", action_id=commune.actions["shuttle"], fiscal_year=2026, source="wallonia",
        service="ordinary", planned="1000.00",
    )  # fmt: skip
    asking = Asking.of(client, commune)
    pcs = f"/pst/v1/plans/{commune.plans['pcs']}/tree"
    before = await snapshot_of_everything(database, commune.workspace_id)
    report = (await client.get(pcs, headers=asking.who)).json()
    history = await asking.rows("select * from journal_entry where workspace_id = $1 order by position")
    for to in ("distributed", "singleObjective"):
        await asking.convert(to)
    after = await snapshot_of_everything(database, commune.workspace_id)
    differing = {name for name in after if after[name] != before[name]} - {f"journal of {commune.workspace_id}"}
    assert differing <= {
        "placement", "objective", "plan_action", "journal_entry", "journal_counter",
        "articulation_conversion", "articulation_conversion_row",
    }  # fmt: skip
    now = await asking.rows("select * from journal_entry where workspace_id = $1 order by position")
    assert now[: len(history)] == history
    told = (await client.get(pcs, headers=asking.who)).json()
    for tree in (report, told):
        for action in tree["actions"]:
            action.pop("planIds")
    assert told == report


async def test_who_may_see_and_convert(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    for role, status in (("college", 200), ("agent", 200), ("council", 403), ("region", 403), ("integrator", 403)):
        asking = Asking.of(client, commune, role)
        answer = await client.get(asking.base, headers=asking.who)
        assert answer.status_code == status, role
        assert answer.json().get("permitted", []) == [], role
        told = await asking.preview("singleObjective")
        assert told.status_code == status
    tag = (await Asking.of(client, commune).preview("singleObjective")).headers["etag"]
    answer = await client.get(Asking.of(client, commune).base, headers=commune.as_("administration"))
    assert answer.json()["permitted"] == ["convertArticulation"]
    before = await snapshot_of_everything(database, commune.workspace_id)
    for role, status in (("college", 403), ("agent", 403), ("council", 404), ("region", 404)):
        answer = await Asking.of(client, commune, role).apply("singleObjective", tag)
        assert answer.status_code == status, (role, answer.text)
    assert (await client.get(Asking.of(client, commune).base)).status_code == 401
    assert await snapshot_of_everything(database, commune.workspace_id) == before
    other = Asking.of(client, await make_commune(database, "grouped"))
    other.base = Asking.of(client, commune).base
    assert (await client.get(other.base, headers=other.who)).status_code == 404
    assert (await other.apply("singleObjective", tag)).status_code == 404


async def test_only_a_pst_is_articulated_and_a_closed_one_stays(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    answer = await client.get(f"/pst/v1/plans/{commune.plans['pcs']}/articulation", headers=asking.who)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:notAPst")
    await change(commune, "plan", commune.plans["pst"], is_closed=True)
    assert (await client.get(asking.base, headers=asking.who)).json()["permitted"] == []
    tag = (await asking.preview("singleObjective")).headers["etag"]
    answer = await asking.apply("singleObjective", tag)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:planFrozen")


async def test_several_pcs_must_be_told_apart(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    second = await make_plan(commune, "pcs", title="PCS du CPAS")
    found = (await client.get(asking.base, headers=asking.who)).json()["articulations"]
    assert {a["withPlan"]["id"]: a["approach"] for a in found} == {
        str(commune.plans["pcs"]): "grouped", str(second): "none",
    }  # fmt: skip
    assert (await asking.preview("distributed")).status_code == 400
    one = {"to": "singleObjective", "with": str(commune.plans["pcs"])}
    told = await client.get(f"{asking.base}/preview", params=one, headers=asking.who)
    assert told.status_code == 200
    answer = await client.post(
        f"{asking.base}/conversions", json={"to": "singleObjective", "withPlanId": one["with"]},
        headers=asking.who | {"If-Match": told.headers["etag"]},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text


async def test_asking_twice_with_a_key_converts_once(client: httpx.AsyncClient, database: Database) -> None:
    asking = Asking.of(client, await commune_with(database, "grouped"))
    tag = (await asking.preview("singleObjective")).headers["etag"]
    asking.who = asking.who | {"Idempotency-Key": "une-fois"}
    first = await asking.apply("singleObjective", tag)
    second = await asking.apply("singleObjective", tag)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["idempotency-replayed"] == "true"
    assert second.content == first.content
    assert (await client.get(first.headers["location"], headers=asking.who)).json() == first.json()


async def test_detection_and_preview_cost_a_constant_number_of_statements(
    client: httpx.AsyncClient, database: Database
) -> None:
    counts = []
    for more in (0, 12):
        commune = await commune_with(database, "grouped")
        for n in range(more):
            action = await make_action(commune, commune.plans["pcs"], title=f"Action {n}")
            await make_placement(commune, action, commune.plans["pst"], commune.objectives["oo1"])
        asking = Asking.of(client, commune)
        with statements(database) as sent:
            told = await asking.preview("singleObjective")
        with statements(database) as applied:
            assert (await asking.apply("singleObjective", told.headers["etag"])).status_code == 201
        counts.append((len(sent), len(applied)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 2
