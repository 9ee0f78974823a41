"""A partner organisation: its actions in every commune, what stands above them, and nothing else."""

import httpx
import pytest

from api.db import Database
from tests.factories import (
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    make_plan,
)
from tests.partners.scene import BASE, Scene, ids
from tests.rights.making import make_partnership


@pytest.mark.parametrize("path", ["partners/me/actions", "actions"])
async def test_a_partner_lists_its_actions_of_every_commune_and_no_other(
    client: httpx.AsyncClient, scene: Scene, path: str
) -> None:
    seen = {str(action) for action in scene.seen.values()}
    assert await ids(client, scene.headers, path) == seen
    assert await ids(client, scene.headers, path, q="Navette") == seen
    assert await ids(client, scene.headers, path, q="Cachée") == set()
    assert await ids(client, scene.headers, path, status="draft") == set()
    assert await ids(client, scene.headers, path, planId=str(scene.plans[0])) == {
        str(scene.seen[str(scene.communes[0].nis)])
    }
    assert await ids(client, scene.headers, path, objectiveId=str(scene.objectives[0][2])) == set()
    for action in scene.hidden.values():
        assert (await client.get(f"{BASE}/actions/{action}", headers=scene.headers)).status_code == 404


async def test_a_partner_sees_what_stands_above_its_actions_and_only_titles(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    expected = {str(o) for above, below, _ in scene.objectives for o in (above, below)}
    assert await ids(client, scene.headers, "objectives") == expected
    assert await ids(client, scene.headers, "plans") == {str(plan) for plan in scene.plans}
    objective = (await client.get(f"{BASE}/objectives/{scene.objectives[0][0]}", headers=scene.headers)).json()
    assert objective["title"] == "Au-dessus"
    assert (objective["finding"], objective["priority"], objective["permitted"]) == (None, None, [])
    assert {"finding", "priority", "description", "responsibilities"} <= set(objective["withheld"])
    plan = (await client.get(f"{BASE}/plans/{scene.plans[0]}", headers=scene.headers)).json()
    assert (plan["title"], plan["description"]) == ("PST", None)
    tree = (await client.get(f"{BASE}/plans/{scene.plans[0]}/tree", headers=scene.headers)).json()
    assert [a["title"] for a in tree["actions"]] == ["Navette"]
    assert {o["title"] for o in tree["objectives"]} == {"Au-dessus", "Dessous"}
    assert (await client.get(f"{BASE}/objectives/{scene.objectives[0][2]}", headers=scene.headers)).status_code == 404


async def test_a_draft_objective_above_an_action_is_not_told(client: httpx.AsyncClient, database: Database) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    plan = await make_plan(commune)
    above = await make_objective(commune, plan, title="Ouvert")
    draft = await make_objective(commune, plan, above, title="Brouillon", status="draft")
    action = await make_action(commune, plan, draft)
    await make_partnership(commune, action, partner)
    headers = commune.as_("partner", organisation=partner)
    assert (await client.get(f"{BASE}/objectives/{draft}", headers=headers)).status_code == 404
    tree = (await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)).json()
    assert "Brouillon" not in {o["title"] for o in tree["objectives"]}
    assert str(draft) not in {p["objectiveId"] for p in tree["placements"]}


WITHHELD = [
    "audience", "estimate", "estimateHigh", "estimateLow", "findingIds", "fullTimeEquivalents", "internalNote",
    "priority", "responsibilities", "warnings",
]  # fmt: skip


async def test_fields_of_its_actions_are_withheld_and_said_to_be(client: httpx.AsyncClient, scene: Scene) -> None:
    action = scene.seen[str(scene.communes[0].nis)]
    document = (await client.get(f"{BASE}/actions/{action}", headers=scene.headers)).json()
    assert document["withheld"] == WITHHELD
    assert [document[name] for name in WITHHELD] == [None] * len(WITHHELD)
    assert "Entre nous" not in str(document)


@pytest.mark.parametrize(
    "query", ["sort=priority", "sort=-priority", "priority=3", "audience=public", "unitId={id}", "personId={id}",
              "partnerId={id}", "missing=owner", "missing=budget"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["partners/me/actions", "actions"])
async def test_what_a_partner_cannot_read_it_cannot_ask_about(
    client: httpx.AsyncClient, scene: Scene, path: str, query: str
) -> None:
    asked = query.format(id=scene.communes[0].units["works"])
    answer = await client.get(f"{BASE}/{path}?{asked}", headers=scene.headers)
    assert (answer.status_code, answer.json()["issues"][0]["type"].split(":")[-1]) == (400, "notReadable")


async def test_a_partner_sees_its_own_part_alone(client: httpx.AsyncClient, scene: Scene) -> None:
    parts = (await client.get(f"{BASE}/partnerships?pageSize=200", headers=scene.headers)).json()["items"]
    assert {(p["organisationId"], p["state"]) for p in parts} == {(str(scene.partner), "proposed")}
    for path in ("tasks", "budgetLines", "planVersions", "acts", "journalEntries", "units", "persons", "memberships"):
        assert (await client.get(f"{BASE}/{path}", headers=scene.headers)).status_code == 403, path


async def test_a_part_only_planned_is_hidden_even_on_an_action_that_is_seen(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    action = await make_action(commune)
    await make_partnership(commune, action, partner, "agreed")
    planned = await make_partnership(commune, action, partner, "planned", role="funder")
    headers = commune.as_("partner", organisation=partner)
    parts = (await client.get(f"{BASE}/partnerships", headers=headers)).json()["items"]
    assert [p["state"] for p in parts] == ["agreed"]
    assert (await client.get(f"{BASE}/partnerships/{planned}", headers=headers)).status_code == 404


async def test_the_list_of_a_partner_answers_304_until_something_of_it_changes(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, other, partner = await make_commune(database), await make_commune(database), await make_partner(database)
    action = await make_action(commune, title="Avant")
    await make_partnership(commune, action, partner)
    headers = commune.as_("partner", organisation=partner)

    async def ask(tag: str = '"none"') -> httpx.Response:
        return await client.get(f"{BASE}/partners/me/actions", headers={**headers, "If-None-Match": tag})

    first = await ask()
    assert (await ask(first.headers["etag"])).status_code == 304
    await make_action(other, title="Ailleurs")
    assert (await ask(first.headers["etag"])).status_code == 304
    await change(commune, "action", action, title="Après")
    second = await ask(first.headers["etag"])
    assert (second.status_code, [a["title"] for a in second.json()["items"]]) == (200, ["Après"])
    await make_partnership(other, await make_action(other, title="Nouvelle"), partner)
    third = await ask(second.headers["etag"])
    assert (third.status_code, len(third.json()["items"])) == (200, 2)


async def test_a_part_that_ends_takes_the_action_away(client: httpx.AsyncClient, database: Database) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    action = await make_action(commune)
    part = await make_partnership(commune, action, partner)
    headers = commune.as_("partner", organisation=partner)
    assert await ids(client, headers, "partners/me/actions") == {str(action)}
    await change(commune, "partnership", part, state="ended")
    assert await ids(client, headers, "partners/me/actions") == set()
    assert (await client.get(f"{BASE}/actions/{action}", headers=headers)).status_code == 404


async def test_an_action_placed_in_two_plans_is_listed_once(client: httpx.AsyncClient, database: Database) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    plans = [await make_plan(commune), await make_plan(commune)]
    action = await make_action(commune, plans[0], await make_objective(commune, plans[0]))
    await make_placement(commune, action, plans[1])
    for role in ("pilot", "funder"):
        await make_partnership(commune, action, partner, role=role)
    headers = commune.as_("partner", organisation=partner)
    answer = await client.get(f"{BASE}/partners/me/actions?total=true", headers=headers)
    assert ([a["id"] for a in answer.json()["items"]], answer.json()["total"]) == ([str(action)], 1)


async def test_who_takes_part_in_a_sub_action_sees_where_its_action_stands(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    plan = await make_plan(commune)
    await make_objective(commune, plan, title="Un")
    above = await make_objective(commune, plan, title="Deux")
    parent = await make_action(commune, plan, above, title="Mère")
    sub = await make_action(commune, title="Fille", parent_id=parent)
    await make_partnership(commune, sub, partner)
    headers = commune.as_("partner", organisation=partner)
    tree = (await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)).json()
    told = {one["title"]: one["number"] for one in tree["objectives"] + tree["actions"]}
    assert told == {"Deux": "2", "Fille": "2.1.1"}
    assert tree["placements"] == []
    assert await ids(client, headers, "actions", planId=str(plan)) == {str(sub)}
    assert (await client.get(f"{BASE}/actions/{parent}", headers=headers)).status_code == 404
    words = f'planTree(planId: "{plan}") {{ actions {{ title number }} }}'
    graph = (await client.post("/graphql", json={"query": f"{{ {words} }}"}, headers=headers)).json()
    assert graph["data"]["planTree"]["actions"] == [{"title": "Fille", "number": "2.1.1"}]
    claim = await make(commune, "planAction", plan_id=plan, action_id=sub)
    await change(commune, "planAction", claim, is_withdrawn=True)
    assert (await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)).status_code == 404
    assert await ids(client, headers, "objectives") == set()
