"""Who lets a plan go on, and what is refused; REST and GraphQL alike. A refusal changes nothing."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.db import Database
from tests.factories import change, make_action, snapshot_of_everything
from tests.periods.scene import Caller, Scene, make_line, make_scene

Words = dict[str, Any]


async def test_a_stale_preview_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    claim = await scene.claim("joined")

    async def change_claim() -> None:
        await change(scene.commune, "planAction", UUID(claim["id"]), label="Autre")

    async def change_line() -> None:
        await make_line(scene, 2029, "1.00", plan_id=scene.plan)

    async def change_catalogue() -> None:
        await scene.by("region").post(
            "periodItemMappings", fromItemId=scene.items["1.2.01"], toItemId=scene.items["B/1"]
        )

    for alter in (change_claim, change_line, change_catalogue):
        told = await scene.preview()
        await alter()
        before = await snapshot_of_everything(database, scene.commune.workspace_id)
        made = await scene.go_on(told.headers["etag"])
        assert (made.status_code, made.json()["type"]) == (412, "urn:problem-type:pst:preconditionFailed")
        assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def refused(scene: Scene, status: int, code: str, kind: str, **query: Any) -> None:
    answer = await scene.by().ask("GET", f"plans/{scene.plan}/continuations/preview", params={"kind": kind, **query})
    told = answer.json()
    assert answer.status_code == status, told
    assert code in (told["type"].rsplit(":", 1)[1], *(i["type"].rsplit(":", 1)[1] for i in told.get("issues", [])))


async def test_words_that_do_not_fit_are_refused(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    await refused(scene, 400, "required", "successor")
    await refused(scene, 400, "required", "noneYet")
    await refused(scene, 400, "notForThisKind", "extension", periodId=scene.new)
    await refused(scene, 400, "notForThisKind", "successor", periodId=scene.new, endsOn="2030-12-31")
    await refused(scene, 400, "notTheNextPeriod", "successor", periodId=scene.old)
    await refused(scene, 400, "notTheNextPeriod", "successor", periodId=str(uuid4()))
    await refused(scene, 400, "outOfRange", "noneYet", endsOn="2026-12-31")
    await refused(scene, 409, "periodNotExtended", "extension")
    claim = await scene.claim("lost")
    await refused(
        scene, 400, "otherPeriod", "successor", periodId=scene.new, assign=f"{claim['id']}:{scene.items['1.1.01']}"
    )
    await refused(scene, 400, "referencedResourceNotFound", "successor", periodId=scene.new, ending=str(uuid4()))


async def test_a_plan_goes_on_once_under_a_period_and_never_when_closed(
    client: httpx.AsyncClient, database: Database
) -> None:
    scene = await make_scene(client, database)
    await scene.gone_on()
    await refused(scene, 409, "planContinued", "successor", periodId=scene.new)
    tag = (await scene.preview("noneYet", endsOn="2027-12-31")).headers["etag"]
    await change(scene.commune, "plan", UUID(scene.plan), is_closed=True)
    before = await snapshot_of_everything(database, scene.commune.workspace_id)
    made = await scene.go_on(tag, "noneYet", endsOn="2027-12-31")
    assert (made.status_code, made.json()["type"]) == (409, "urn:problem-type:pst:planFrozen")
    assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def test_codes_never_lose_their_period_by_a_patch(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    plan = await scene.by().ask("GET", f"plans/{scene.plan}")
    made = await scene.by().ask(
        "PATCH", f"plans/{scene.plan}", {"periodId": scene.new}, headers={"If-Match": plan.headers["etag"]}
    )
    assert (made.status_code, made.json()["type"]) == (409, "urn:problem-type:pst:periodHasCodes")
    assert (await scene.by().get(f"plans/{scene.plan}"))["periodId"] == scene.old


@pytest.mark.parametrize(
    ("role", "house", "sees", "does"),
    [("administration", "municipality", 200, 201), ("administration", "cpas", 200, 403),
     ("college", "municipality", 200, 403), ("agent", "municipality", 200, 403), ("council", "municipality", 403, 404),
     ("region", "municipality", 403, 404), ("integrator", "municipality", 403, 404),
     ("public", "municipality", 401, 401)],
)  # fmt: skip
async def test_the_administration_of_the_house_that_leads_the_plan_lets_it_go_on(
    client: httpx.AsyncClient, database: Database, role: str, house: str, sees: int, does: int
) -> None:
    scene = await make_scene(client, database)
    tag = (await scene.preview()).headers["etag"]
    before = await snapshot_of_everything(database, scene.commune.workspace_id)
    caller = Caller(client, scene.commune.as_(role, house))
    query = {"kind": "successor", "periodId": scene.new}
    told = await caller.ask("GET", f"plans/{scene.plan}/continuations/preview", params=query)
    assert told.status_code == sees, told.text
    made = await caller.ask("POST", f"plans/{scene.plan}/continuations", query, headers={"If-Match": tag})
    assert made.status_code == does, made.text
    if does == 201:
        undone = await caller.ask("POST", f"plans/{scene.plan}/continuations/{made.json()['id']}/undo")
        assert undone.status_code == 200
        assert "continuePlan" in (await caller.get(f"plans/{scene.plan}"))["permitted"]
    else:
        assert await snapshot_of_everything(database, scene.commune.workspace_id) == before


async def test_what_the_reader_does_not_see_goes_on_untold(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    hidden = await make_action(
        scene.commune, title="Dossier du CPAS", house="cpas", audience="restricted", status="inProgress"
    )
    await change(scene.commune, "plan", UUID(scene.plan), owners=[scene.commune.cpas])
    cpas = Caller(client, scene.commune.as_("administration", "cpas"))
    await cpas.post("planActions", planId=scene.plan, actionId=str(hidden), periodItemId=scene.items["1.1.02"])
    await cpas.post("budgetLines", actionId=str(hidden), fiscalYear=2026, source="municipality", service="ordinary",
                    nature="expense", planned="1000.00")  # fmt: skip
    told, made = await scene.gone_on()
    assert told["isPartial"] is True
    assert "Dossier du CPAS" not in str(told)
    assert str(hidden) not in str(told)
    assert told["mapping"]["total"]["expensesPlanned"] == "520.05"
    claims = await cpas.get("planActions", planId=made["nextPlanId"], actionId=str(hidden))
    assert [c["periodItemId"] for c in claims["items"]] == [scene.items["A/1"]]
    own = await scene.by().get("planActions", planId=made["nextPlanId"], actionId=str(hidden))
    assert own["items"] == []


async def test_graphql_goes_on_and_comes_back_as_rest_does(client: httpx.AsyncClient, database: Database) -> None:
    scene = await make_scene(client, database)
    images, rest = await scene.images(), (await scene.preview()).json()

    async def ask(query: str, **variables: Any) -> Words:
        answer = await client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=dict(scene.by().headers)
        )
        return dict(answer.json())

    words = {"kind": "successor", "periodId": scene.new}
    preview = """query ($id: UUID!, $to: UUID!) { continuationPreview(planId: $id, kind: successor, periodId: $to) {
        basis mapping { total { expensesPlanned } mapped { expensesPlanned } unmapped { expensesPlanned }
        unmappedClaimIds } } }"""
    told = (await ask(preview, id=scene.plan, to=scene.new))["data"]["continuationPreview"]
    assert told["basis"] == rest["basis"]
    names = ("total", "mapped", "unmapped")
    assert [told["mapping"][n]["expensesPlanned"] for n in names] == [
        rest["mapping"][n]["expensesPlanned"] for n in names
    ]
    command = """mutation ($id: UUID!, $basis: String!, $words: ContinuationRequest!) { continuePlan(planId: $id,
        expectedBasis: $basis, input: $words) { id kind nextPlan { title continues { id } } } }"""
    stale = await ask(command, id=scene.plan, basis="0" * 24, words=words)
    assert stale["errors"][0]["extensions"]["type"].endswith(":preconditionFailed")
    assert await scene.images() == images
    made = (await ask(command, id=scene.plan, basis=told["basis"], words=words))["data"]["continuePlan"]
    assert made["nextPlan"]["continues"] == {"id": scene.plan}
    undo = """mutation ($id: UUID!, $of: UUID!) { undoPlanContinuation(planId: $id, planContinuationId: $of) {
        isUndone } }"""
    undone = await ask(undo, id=scene.plan, of=made["id"])
    assert undone["data"]["undoPlanContinuation"] == {"isUndone": True}
    assert await scene.images() == images
