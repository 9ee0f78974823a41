"""Joining PST and PCS through the API: detected, previewed, converted, undone, refused."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.articulation.scene import APPROACHES, commune_with
from tests.factories import change, make_action, make_commune, make_placement, make_plan, snapshot_of_everything

TARGETS = [(a, b) for a in APPROACHES for b in APPROACHES if a != b]


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
