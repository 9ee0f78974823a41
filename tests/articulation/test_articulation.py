"""Joining PST and PCS through the API: detected, previewed, converted, undone, refused."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_placement,
    make_plan,
    snapshot_of_everything,
    statements,
)

APPROACHES = ("singleObjective", "grouped", "distributed")
TARGETS = [(a, b) for a in APPROACHES for b in APPROACHES if a != b]


async def commune_with(database: Database, approach: str) -> Commune:
    """A commune of that approach, with policies under which its PCS actions could be distributed."""
    commune = await make_commune(database, approach)
    async with commune.acting() as (connection, _):
        mobility = await connection.fetchval(
            "select id from domain where workspace_id = $1 and reference_code = 'mobility'", commune.workspace_id
        )
    above = await make_objective(
        commune, commune.plans["pst"], title="Une mobilité aisée pour tous", domain_ids=[mobility]
    )
    commune.objectives["bus"] = await make_objective(
        commune, commune.plans["pst"], above, title="Développer les navettes et shuttles", domain_ids=[mobility]
    )
    commune.objectives["digital"] = await make_objective(
        commune, commune.plans["pst"], title="Des espaces publics numériques (space)"
    )
    await change(commune, "action", commune.actions["shuttle"], domain_ids=[mobility])
    return commune


@pytest.mark.parametrize("approach", APPROACHES)
async def test_the_approach_is_detected_and_says_why(
    client: httpx.AsyncClient, database: Database, approach: str
) -> None:
    asking = Asking.of(client, await make_commune(database, approach))
    found = await asking.detected()
    assert found["approach"] == approach
    assert found["actionCount"] == 2
    codes = {reason["code"]: reason["count"] for reason in found["reasons"]}
    assert (
        codes
        == {
            "singleObjective": {"coveringObjective": 0, "notPlaced": 2},
            "grouped": {"underOneObjective": 2},
            "distributed": {"underPolicies": 2},
        }[approach]
    )


async def test_a_commune_may_mix_approaches_or_follow_none(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "grouped")
    asking = Asking.of(client, commune)
    third = await make_action(commune, commune.plans["pcs"], title="Third")
    assert (await asking.detected())["approach"] == "grouped"
    await make_placement(commune, third, commune.plans["pst"], commune.objectives["bus"])
    assert (await asking.detected())["approach"] == "mixed"
    bare = await make_commune(database)
    bare.plans |= {"pst": await make_plan(bare, "pst"), "pcs": await make_plan(bare, "pcs")}
    assert (await Asking.of(client, bare).detected())["approach"] == "none"


@pytest.mark.parametrize(("approach", "to"), TARGETS)
async def test_the_preview_is_what_is_then_done_to_the_row(
    client: httpx.AsyncClient, database: Database, approach: str, to: str
) -> None:
    asking = Asking.of(client, await commune_with(database, approach))
    first = await asking.preview(to)
    assign = {u["actionId"]: u["suggestions"][0]["objectiveId"] for u in first.json()["unmatched"]}
    told = await asking.preview(to, assign)
    assert told.json()["isApplicable"]
    assert told.headers["etag"].split(".")[0] == first.headers["etag"].split(".")[0]
    before = await asking.written()
    answer = await asking.apply(to, told.headers["etag"], assign)
    assert answer.status_code == 201, answer.text
    after = await asking.written()
    assert _foretold(told.json(), before) == {k: v for k, v in after.items() if k in before}
    made = {
        k[0]: sum(1 for other in after if other[0] == k[0] and other not in before) for k in after if k not in before
    }
    assert made == {k: v for k, v in _added(told.json()).items() if v}
    assert (await asking.detected())["approach"] == to
    listed = {(row["entity"], row["entityId"]): row["rowVersion"] for row in answer.json()["rows"]}
    assert listed == {k: v[0] for k, v in after.items() if before.get(k) != v}


def _foretold(preview: dict[str, Any], before: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """What the rows that exist shall be after the preview is applied."""
    after = dict(before)
    for kind, entity, key in (
        ("placements", "placement", "placementId"),
        ("objectives", "objective", "objective"),
        ("claims", "planAction", "planActionId"),
    ):
        for row in preview[kind]:
            if row["change"] in ("kept", "added"):
                continue
            version, _, weight, is_main = before[entity, row[key]]
            assert version == row["version"]
            if entity == "placement":
                weight, is_main = row["weight"], row["isMain"]
            after[entity, row[key]] = (version + 1, row["change"] not in ("rested", "withdrawn"), weight, is_main)
    return after


def _added(preview: dict[str, Any]) -> dict[str, int]:
    kinds = (("placements", "placement"), ("objectives", "objective"), ("claims", "planAction"))
    return {entity: sum(row["change"] == "added" for row in preview[kind]) for kind, entity in kinds}


@pytest.mark.parametrize("approach", APPROACHES)
async def test_there_and_back_gives_the_same_placements(
    client: httpx.AsyncClient, database: Database, approach: str
) -> None:
    asking = Asking.of(client, await commune_with(database, approach))
    start = await asking.standing()
    for to in ("grouped", "distributed", "singleObjective", "grouped", approach):
        await asking.convert(to)
    assert await asking.standing() == start
    assert (await asking.convert(approach))["rows"] == []
    assert await asking.standing() == start


@pytest.mark.parametrize(("approach", "to"), TARGETS)
async def test_an_undone_conversion_leaves_no_trace_in_what_stands(
    client: httpx.AsyncClient, database: Database, approach: str, to: str
) -> None:
    asking = Asking.of(client, await commune_with(database, approach))
    tree = f"/pst/v1/plans/{asking.pst}/tree"
    before, standing = (await client.get(tree, headers=asking.who)).json(), await asking.standing()
    done = await asking.convert(to)
    answer = await asking.undo(done["id"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["isUndone"]
    assert await asking.standing() == standing
    assert _without_versions((await client.get(tree, headers=asking.who)).json()) == _without_versions(before)
    again = await asking.undo(done["id"])
    assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:pst:conversionUndone")
    assert (await asking.detected())["approach"] == approach


def _without_versions(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_versions(v) for k, v in value.items() if k not in ("version", "updatedAt")}
    return [_without_versions(item) for item in value] if isinstance(value, list) else value


async def test_a_conversion_is_not_undone_over_what_somebody_did_since(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    done = await asking.convert("grouped")
    home = next(r["entityId"] for r in done["rows"] if r["entity"] == "objective" and r["change"] == "added")
    await change(commune, "objective", UUID(home), title="Une commune solidaire")
    before = await snapshot_of_everything(database, commune.workspace_id)
    answer = await asking.undo(done["id"])
    assert (answer.status_code, answer.json()["rows"]) == (409, [{"entity": "objective", "id": home}])
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_what_stands_since_under_a_made_objective_forbids_the_undo(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    done = await asking.convert("grouped")
    made = [r["entityId"] for r in done["rows"] if r["entity"] == "objective" and r["change"] == "added"]
    newcomer = await make_action(commune, commune.plans["pst"], UUID(made[-1]), title="Nouvelle")
    answer = await asking.undo(done["id"])
    assert answer.status_code == 409
    placed = [
        r for r in await asking.rows("select id, action_id from placement where workspace_id = $1") if r[1] == newcomer
    ]
    assert answer.json()["rows"] == [{"entity": "placement", "id": str(placed[0][0])}]


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
    words = {"planId": str(asking.pst), "parentId": resting, "level": 3, "title": "Sous l’objectif au repos"}
    answer = await client.post("/pst/v1/objectives", json=words, headers=asking.who)
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
        assert (await client.get(asking.base, headers=asking.who)).status_code == status, role
        told = await asking.preview("singleObjective")
        assert told.status_code == status
    tag = (await Asking.of(client, commune).preview("singleObjective")).headers["etag"]
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
