"""A commune whose PCS is its group's joins it to its PST like any other: counterparts are actions of a PCS."""

from typing import Any

from tests.factories import make_objective, make_plan
from tests.groups.scene import BASE, Scene


async def articulated(scene: Scene, who: int, query: str = "") -> list[dict[str, Any]]:
    commune = scene.communes[who]
    path = f"plans/{scene.psts[commune.workspace_id]}/articulation{query}"
    found: list[dict[str, Any]] = (await scene.read(commune, path))["articulations"]
    return found


async def test_counterparts_are_found_where_they_stand(scene: Scene) -> None:
    commune = scene.communes[0]
    action, unplaced = await scene.action(), await scene.action(title="Pas dans le PST")
    copy = await scene.taken(commune, action)
    other = await scene.taken(commune, unplaced, planId=None, objectiveId=None)
    (pair,) = await articulated(scene, 0)
    assert pair["withPlan"]["title"] == "PCS du groupe"
    assert (pair["approach"], pair["actionCount"]) == ("distributed", 2)
    assert {a["actionId"]: a["stands"] for a in pair["actions"]}.keys() == {copy["id"], other["id"]}
    assert await articulated(scene, 1) == []


async def test_it_converts_and_comes_back(scene: Scene) -> None:
    """Each counterpart goes under the objective of its axis, which its code tells; its content stays the group's."""
    commune = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(commune, action)
    pst = scene.psts[commune.workspace_id]
    headers = commune.as_("administration")
    before = await scene.read(commune, f"placements?actionId={copy['id']}&planId={pst}")
    made = {}
    for to in ("grouped", "distributed"):
        seen = await scene.client.get(f"{BASE}/plans/{pst}/articulation/preview?to={to}", headers=headers)
        assert seen.status_code == 200, seen.text
        words = {"to": to, "assignments": [
            {"actionId": u["actionId"], "objectiveId": str(scene.objectives[commune.workspace_id])}
            for u in seen.json()["unmatched"]
        ]}  # fmt: skip
        answer = await scene.client.post(
            f"{BASE}/plans/{pst}/articulation/conversions", json=words,
            headers={**headers, "If-Match": seen.headers["ETag"]},
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        made[to] = [
            p["objectiveId"]
            for p in (await scene.read(commune, f"placements?actionId={copy['id']}&planId={pst}&state=active"))["items"]
        ]
        assert (await articulated(scene, 0))[0]["approach"] == to
    assert made["grouped"] != made["distributed"] == [before["items"][0]["objectiveId"]]
    kept = await scene.read(commune, f"actions/{copy['id']}")
    assert (kept["isCounterpart"], kept["title"]) == (True, "Navette des aînés")
    await scene.change(scene.group, f"actions/{action}", status="inProgress")
    assert (await scene.read(commune, f"actions/{copy['id']}"))["status"] == "inProgress"


async def test_a_group_that_converts_its_own_pst_offers_the_codes_that_follow(scene: Scene) -> None:
    """A group may keep a PST of its own: what it offers tells the claims that a conversion adds, and takes back."""
    action, member = await scene.action(), scene.communes[0]
    copy = await scene.taken(member, action)
    pst = await make_plan(scene.group, title="PST du groupe")
    above = await make_objective(scene.group, pst)
    await make_objective(scene.group, pst, above)
    headers = scene.group.as_("administration")
    preview = await scene.client.get(f"{BASE}/plans/{pst}/articulation/preview?to=grouped", headers=headers)
    assert preview.status_code == 200, preview.text

    async def offered() -> set[str]:
        found = await scene.read(member, f"groupActions/{action}")
        return {code["planId"] for code in found["codes"]}

    assert await offered() == {str(scene.pcs)}
    made = await scene.client.post(
        f"{BASE}/plans/{pst}/articulation/conversions", json={"to": "grouped"},
        headers={**headers, "If-Match": preview.headers["ETag"]},
    )  # fmt: skip
    assert made.status_code == 201, made.text
    assert await offered() == {str(scene.pcs), str(pst)}
    entries = (await scene.read(scene.group, "journalEntries?command=convertArticulation&pageSize=200"))["items"]
    assert [e["entity"] for e in entries if e["entityId"] == str(action)] == ["groupAction"]
    undo = """mutation ($plan: UUID!, $id: UUID!) {
        undoArticulationConversion(planId: $plan, articulationConversionId: $id) { isUndone } }"""
    variables = {"plan": str(pst), "id": made.json()["id"]}
    undone = await scene.client.post("/graphql", json={"query": undo, "variables": variables}, headers=headers)
    assert undone.json()["data"] == {"undoArticulationConversion": {"isUndone": True}}
    assert await offered() == {str(scene.pcs)}
    await scene.change(scene.group, f"actions/{action}", status="inProgress")
    assert (await scene.read(member, f"actions/{copy['id']}"))["status"] == "inProgress"


async def test_a_pcs_of_its_own_is_meant_where_none_is_named(scene: Scene) -> None:
    commune = scene.communes[0]
    await scene.taken(commune, await scene.action())
    own = await make_plan(commune, "pcs", title="Plan de cohésion sociale")
    pairs = await articulated(scene, 0)
    assert [p["withPlan"]["title"] for p in pairs] == ["Plan de cohésion sociale", "PCS du groupe"]
    path = f"plans/{scene.psts[commune.workspace_id]}/articulation/preview?to=grouped"
    assert (await scene.read(commune, path))["withPlanId"] == str(own)
    assert (await scene.read(commune, f"{path}&with={pairs[1]['withPlan']['id']}"))["withPlanId"] != str(own)


async def test_the_transversal_view_knows_the_part_of_the_groups_plan(scene: Scene) -> None:
    commune = scene.communes[0]
    copy = await scene.taken(commune, await scene.action())
    found = await scene.read(commune, "transversal?rows=plan&columns=domain")
    assert {r["label"] for r in found["rows"]} >= {"PCS du groupe"}
    (several,) = found["gaps"]["actionsInSeveralPlans"]
    assert (several["id"], len(several["planIds"])) == (copy["id"], 2)
    assert "PCS du groupe" not in [p["title"] for p in found["gaps"]["plansWithoutHome"]]
