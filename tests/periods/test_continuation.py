"""A PCS goes on beyond the end of its period: with it, under the next one, or under none yet; and comes back."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import change, freeze_and_publish, snapshot_of_everything
from tests.periods.scene import Scene, make_line, make_scene

Words = dict[str, Any]
SUMS = ("expensesPlanned", "revenuePlanned")


def sums(words: Words) -> tuple[str, ...]:
    return tuple(words[name] for name in SUMS)


async def totals(scene: Scene, plan: str) -> tuple[str, ...]:
    return sums((await scene.by().get(f"plans/{plan}/totals"))["total"])


async def test_the_preview_lists_what_lies_beyond_and_where_each_code_goes_on(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    before = await snapshot_of_everything(database, scene.commune.workspace_id)
    told = (await scene.preview()).json()
    assert [(line["fiscalYear"], line["planned"], line["isMoved"], line["isCovered"])
            for line in sorted(told["budgetLines"], key=lambda line: line["planned"])] == [
        (2027, "30.00", True, True), (2027, "50.00", False, True), (2027, "7.00", True, True),
        (2028, "9.00", True, True),
    ]  # fmt: skip
    assert [(a["title"], a["endsOn"]) for a in told["agreements"]] == [("Convention navette", "2028-06-30")]
    assert [(p["year"], p["title"], p["fullTimeEquivalents"]) for p in told["posts"]] == [(2027, "Split", "0.50")]
    assert {line["title"] for line in told["budgetLines"]} == {
        "Split",
        "Joined",
        "theme 1.1",
        f"PCS 2020-{scene.commune.nis}",
    }
    mapping = told["mapping"]
    codes = {line["item"] and line["item"]["code"]: line for line in mapping["codes"]}
    thirds = {t["item"]["code"]: t["amounts"]["expensesPlanned"] for t in codes["1.1.01"]["targets"]}
    assert (list(thirds), sorted(thirds.values())) == (["A/1", "A/2", "B/1"], ["33.33", "33.34", "33.34"])
    assert [t["item"]["code"] for t in codes["2.1.01"]["targets"]] == ["B.x"]
    assert codes["1.2.01"]["targets"] == []
    lost = await scene.claim("lost")
    assert mapping["unmappedClaimIds"] == [lost["id"]]
    assert sums(mapping["total"]) == ("520.05", "3.00") == await totals(scene, scene.plan)
    assert sums(mapping["unmapped"]) == ("100.01", "3.00")
    assert sums(mapping["mapped"]) == ("420.04", "0.00")
    going = {claim["title"]: claim["isGoingOn"] for claim in mapping["claims"]}
    assert going == {"Split": True, "Joined": True, "Lost": True, "Themed": True, "Done": False}
    assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def test_a_plan_goes_on_under_the_next_period_and_the_former_one_stays_as_it_is(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    version = await freeze_and_publish(scene.commune, UUID(scene.plan))
    own, report = scene.by(), await scene.by().get(f"plans/{scene.plan}/pcsReport")
    content = await own.get(f"planVersions/{version}/content")
    history = await own.get("journalEntries", actionId=scene.actions["split"], pageSize=200)
    was = await totals(scene, scene.plan)
    told, made = await scene.gone_on()
    following = made["nextPlanId"]
    plan = await own.get(f"plans/{following}")
    assert (plan["continuesId"], plan["periodId"], plan["startsOn"], plan["endsOn"]) == (
        scene.plan, scene.new, "2027-01-01", "2032-12-31",
    )  # fmt: skip
    assert plan["title"] == f"PCS 2027-{scene.commune.nis}"
    assert await totals(scene, scene.plan) == was == sums(told["after"]["totals"]) == sums(told["mapping"]["total"])
    assert await totals(scene, following) == sums(told["next"]["totals"]) == ("87.00", "9.00")
    assert await own.get(f"plans/{scene.plan}/pcsReport") == report
    assert await own.get(f"planVersions/{version}/content") == content
    entries = (await own.get("journalEntries", actionId=scene.actions["split"], pageSize=200))["items"]
    assert {e["id"] for e in history["items"]} <= {e["id"] for e in entries}
    await _check_next_plan(scene, following)


async def _check_next_plan(scene: Scene, following: str) -> None:
    """The same actions under the new codes, each where its items stand; rights go on as the mapping says."""
    codes = {item: code for code, item in scene.items.items()}
    own = scene.by()
    claims = (await own.get("planActions", planId=following, pageSize=200))["items"]
    told = {c["actionId"]: (codes.get(c["periodItemId"]), [codes[r] for r in c["rightIds"]]) for c in claims}
    names = {identifier: name for name, identifier in scene.actions.items()}
    assert {names[action]: words for action, words in told.items()} == {
        "split": ("A/1", ["R1"]), "joined": ("A/1", []), "lost": (None, []), "themed": (None, []),
    }  # fmt: skip
    tree = await own.get(f"plans/{following}/tree")
    objectives = {o["id"]: o["ownCode"] for o in tree["objectives"]}
    placements = (await own.get("placements", planId=following, pageSize=200))["items"]
    standing = sorted((names[p["actionId"]], objectives.get(p["objectiveId"]), p["weight"]) for p in placements
                      if p["objectiveId"])  # fmt: skip
    assert standing == [("joined", "A.x", 1), ("split", "A.x", 2), ("split", "B.x", 1), ("themed", "B.x", 1)]
    assert [names[p["actionId"]] for p in placements if p["objectiveId"] is None] == ["lost"]
    lines = (await own.get("budgetLines", objectiveId=next(i for i, c in objectives.items() if c == "A.x")))["items"]
    assert [(line["fiscalYear"], line["planned"]) for line in lines] == [(2027, "7.00")]


async def test_undo_brings_back_every_row_as_it_was(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    await freeze_and_publish(scene.commune, UUID(scene.plan))
    before = await scene.images()
    for kind, words in (("successor", {}), ("noneYet", {"endsOn": "2027-12-31"})):
        _, made = await scene.gone_on(kind, **words)
        assert await scene.images() != before
        undone = await scene.undo(made["id"])
        assert (undone.status_code, undone.json()["isUndone"]) == (200, True), undone.text
        assert await scene.images() == before
        again = await scene.undo(made["id"])
        assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:pst:continuationUndone")


async def test_undo_is_refused_with_the_rows_listed_once_something_was_touched(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    _, made = await scene.gone_on()
    claim = await scene.claim("split", made["nextPlanId"])
    await change(scene.commune, "planAction", UUID(claim["id"]), label="Autre intitulé")
    line = await make_line(scene, 2029, "1.00", plan_id=made["nextPlanId"])
    before = await snapshot_of_everything(database, scene.commune.workspace_id)
    refused = await scene.undo(made["id"])
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:continuationTouched")
    assert {(row["entity"], row["id"]) for row in refused.json()["rows"]} == {
        ("planAction", claim["id"]), ("budgetLine", str(line)),
    }  # fmt: skip
    assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def test_under_none_yet_the_plan_goes_on_and_its_codes_stay_those_of_its_period(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    own = scene.by()
    claims = await own.get("planActions", planId=scene.plan)
    told, made = await scene.gone_on("noneYet", endsOn="2027-12-31")
    plan = await own.get(f"plans/{scene.plan}")
    assert (made["nextPlanId"], plan["endsOn"], plan["withoutPeriodFrom"]) == (None, "2027-12-31", "2027-01-01")
    assert "withoutPeriod" in plan["warnings"]
    assert "afterPeriod" not in plan["warnings"]
    assert plan["periodId"] == scene.old
    assert await own.get("planActions", planId=scene.plan) == claims
    assert sums(told["before"]["totals"]) == ("520.05", "3.00")
    assert await totals(scene, scene.plan) == sums(told["after"]["totals"]) == ("607.05", "3.00")
    report = await own.get(f"plans/{scene.plan}/pcsReport")
    assert report["period"]["withoutPeriodFrom"] == "2027-01-01"
    following = (await scene.gone_on())[1]["nextPlanId"]
    plan = await own.get(f"plans/{scene.plan}")
    assert (plan["endsOn"], plan["withoutPeriodFrom"]) == ("2026-12-31", None)
    assert await totals(scene, scene.plan) == ("520.05", "3.00")
    assert await totals(scene, following) == ("87.00", "9.00")


async def test_what_the_request_says_of_a_claim_goes_before_the_mapping(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    lost, split = await scene.claim("lost"), await scene.claim("split")
    query: Words = {"assign": f"{lost['id']}:{scene.items['B/1']}", "ending": [split["id"]]}
    told = await scene.preview(**query)
    assert told.json()["mapping"]["unmappedClaimIds"] == []
    assert sums(told.json()["mapping"]["unmapped"]) == ("0.00", "3.00")
    made = await scene.go_on(
        told.headers["etag"], endingIds=[split["id"]], title="Le nouveau PCS",
        assignments=[{"planActionId": lost["id"], "periodItemIds": [scene.items["B/1"]]}],
    )  # fmt: skip
    assert made.status_code == 201, made.text
    own, following = scene.by(), made.json()["nextPlanId"]
    assert (await own.get(f"plans/{following}"))["title"] == "Le nouveau PCS"
    claims = (await own.get("planActions", planId=following))["items"]
    names = {identifier: name for name, identifier in scene.actions.items()}
    assert sorted(names[c["actionId"]] for c in claims) == ["done", "joined", "lost", "themed"]
    assert (await scene.claim("lost", following))["periodItemId"] == scene.items["B/1"]
