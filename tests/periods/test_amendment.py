"""The Region amends the end of a period: with its source, after a preview, told where it concerns, undone exactly."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import freeze_and_publish, snapshot_of_everything
from tests.periods.scene import Caller, Scene, make_scene
from tests.periods.test_continuation import sums, totals

Words = dict[str, Any]
SOURCE = "Réponse du ministre du 1er décembre 2026"


async def preview(scene: Scene, ends_on: str, role: str = "region") -> httpx.Response:
    return await scene.by(role).ask(
        "GET", f"programmingPeriods/{scene.old}/amendments/preview", params={"endsOn": ends_on}
    )


async def amend(scene: Scene, ends_on: str, certainty: str = "announced") -> Words:
    told = await preview(scene, ends_on)
    made = await scene.by("region").ask(
        "POST", f"programmingPeriods/{scene.old}/amendments",
        {"endsOn": ends_on, "certainty": certainty, "source": SOURCE}, headers={"If-Match": told.headers["etag"]},
    )  # fmt: skip
    assert made.status_code == 201, made.text
    return dict(made.json())


async def period_of(scene: Scene) -> Words:
    found = await scene.by("region").get(f"programmingPeriods/{scene.old}")
    return {name: found[name] for name in ("endsOn", "endCertainty", "endSource")}


async def test_the_region_is_told_numbers_and_each_workspace_its_own_plans(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    told = (await preview(scene, "2025-12-31")).json()
    assert told["plans"] == []
    assert told["concerned"] == {
        "workspaces": 1, "plans": 1, "plansBefore": 0, "plansBeyond": 1, "budgetLinesBeyond": 11,
        "agreementsBeyond": 1, "postsBeyond": 2,
    }  # fmt: skip
    own = (await preview(scene, "2025-12-31", "administration")).json()
    assert own["concerned"] is None
    assert [(p["planId"], p["endsOn"], p["isBeyond"]) for p in own["plans"]] == [(scene.plan, "2026-12-31", True)]


async def test_an_amended_end_is_told_to_each_plan_and_taken_back_exactly(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    before, images = await period_of(scene), await scene.images()
    made = await amend(scene, "2027-12-31")
    assert (made["formerEndsOn"], made["endsOn"], made["certainty"]) == ("2026-12-31", "2027-12-31", "announced")
    assert await period_of(scene) == {"endsOn": "2027-12-31", "endCertainty": "announced", "endSource": SOURCE}
    own = scene.by()
    assert "periodExtended" in (await own.get(f"plans/{scene.plan}"))["warnings"]
    entries = (await own.get("journalEntries", entity="programmingPeriod", pageSize=200))["items"]
    assert [(e["command"], e["planIds"]) for e in entries] == [("amendProgrammingPeriod", [scene.plan])]
    assert await scene.images() == images
    undone = await scene.by("region").ask("POST", f"programmingPeriods/{scene.old}/amendments/{made['id']}/undo")
    assert (undone.status_code, undone.json()["isUndone"]) == (200, True), undone.text
    assert await period_of(scene) == before
    assert "periodExtended" not in (await own.get(f"plans/{scene.plan}"))["warnings"]


async def test_a_plan_is_extended_with_its_period_and_then_the_amendment_stays(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    version = await freeze_and_publish(scene.commune, UUID(scene.plan))
    own = scene.by()
    content = await own.get(f"planVersions/{version}/content")
    refused = await scene.preview("extension")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:periodNotExtended")
    amendment = await amend(scene, "2027-12-31", "confirmed")
    images = await scene.images()
    told, made = await scene.gone_on("extension")
    assert (told["before"]["endsOn"], told["after"]["endsOn"], told["mapping"]) == ("2026-12-31", "2027-12-31", None)
    assert {(line["fiscalYear"], line["isCovered"]) for line in told["budgetLines"]} == {(2027, True), (2028, False)}
    assert sums(told["before"]["totals"]) == ("520.05", "3.00")
    assert await totals(scene, scene.plan) == sums(told["after"]["totals"]) == ("607.05", "3.00")
    assert await own.get(f"planVersions/{version}/content") == content
    undo = f"programmingPeriods/{scene.old}/amendments/{amendment['id']}/undo"
    kept = await scene.by("region").ask("POST", undo)
    assert (kept.status_code, kept.json()["type"], kept.json()["count"]) == (
        409, "urn:problem-type:pst:plansWentOn", 1,
    )  # fmt: skip
    assert (await scene.undo(made["id"])).status_code == 200
    assert await scene.images() == images
    assert (await scene.by("region").ask("POST", undo)).status_code == 200


async def test_an_amendment_is_undone_only_while_nobody_changed_the_period(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    region = scene.by("region")
    made = await amend(scene, "2027-12-31")
    await amend(scene, "2028-12-31")
    undone = await region.ask("POST", f"programmingPeriods/{scene.old}/amendments/{made['id']}/undo")
    assert (undone.status_code, undone.json()["type"]) == (409, "urn:problem-type:pst:amendmentTouched")
    assert (await period_of(scene))["endsOn"] == "2028-12-31"


@pytest.mark.parametrize("role", ["administration", "college", "council", "agent", "integrator"])
async def test_only_the_region_and_the_operator_amend(client: httpx.AsyncClient, database: Database, role: str) -> None:
    scene = await make_scene(client, database)
    before = await snapshot_of_everything(database, scene.commune.workspace_id)
    told = await preview(scene, "2027-12-31", role)
    assert told.json()["concerned"] is None
    made = await scene.by(role).ask(
        "POST", f"programmingPeriods/{scene.old}/amendments",
        {"endsOn": "2027-12-31", "certainty": "confirmed", "source": SOURCE},
        headers={"If-Match": told.headers["etag"]},
    )  # fmt: skip
    assert made.status_code == 403
    assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def test_graphql_amends_as_rest_does(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    region = scene.by("region")
    basis = (await preview(scene, "2027-12-31")).json()["basis"]

    async def ask(query: str, **variables: Any) -> Words:
        answer = await client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=dict(region.headers)
        )
        told = answer.json()
        assert "errors" not in told, told
        return dict(told["data"])

    question = """query ($id: UUID!) { periodAmendmentPreview(programmingPeriodId: $id, endsOn: "2027-12-31") {
        basis concerned { plans } } }"""
    told = (await ask(question, id=scene.old))["periodAmendmentPreview"]
    assert told == {"basis": basis, "concerned": {"plans": 1}}
    command = """mutation ($id: UUID!, $basis: String!, $words: AmendmentRequest!) { amendProgrammingPeriod(
        programmingPeriodId: $id, expectedBasis: $basis, input: $words) { id endsOn formerEndsOn
        period { endsOn } } }"""
    words = {"endsOn": "2027-12-31", "certainty": "confirmed", "source": SOURCE}
    made = (await ask(command, id=scene.old, basis=basis, words=words))["amendProgrammingPeriod"]
    assert (made["endsOn"], made["formerEndsOn"], made["period"]["endsOn"]) == (
        "2027-12-31",
        "2026-12-31",
        "2027-12-31",
    )
    undo = """mutation ($id: UUID!, $of: UUID!) { undoPeriodAmendment(programmingPeriodId: $id,
        periodAmendmentId: $of) { isUndone } }"""
    assert (await ask(undo, id=scene.old, of=made["id"]))["undoPeriodAmendment"] == {"isUndone": True}


async def test_the_shipped_period_says_until_when_it_was_extended_and_where_that_is_written(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    found = await Caller(client, scene.commune.as_("region")).get("programmingPeriods", pageSize=200)
    (shipped,) = [p for p in found["items"] if p["code"] == "2020-2025"]
    assert (shipped["endsOn"], shipped["endCertainty"]) == ("2026-12-31", "confirmed")
    assert "11 mars 2025" in shipped["endSource"]
