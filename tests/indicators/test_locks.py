"""A locked period refuses every write within it, with its reason, through both doors."""

from typing import Any
from uuid import UUID

import httpx

from tests.factories import make, make_action, make_objective, make_plan, snapshot_of_everything
from tests.indicators.asking import make_indicator as make_any
from tests.indicators.scene import BASE, Scene, issue, make_indicator, make_measurement, patch, refused

Words = dict[str, Any]


async def test_a_locked_period_refuses_every_write_in_it_with_its_reason(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    indicator = await make_indicator(scene)
    inside = [await make_measurement(scene, indicator, state, measured_on=on)
              for state, on in (("draft", "2024-03-31"), ("submitted", "2024-06-30"))]  # fmt: skip
    outside = await make_measurement(scene, indicator, measured_on="2023-12-31")
    lock = await make(
        scene.commune, "measurementLock", organisation_id=scene.commune.municipality, starts_on="2024-01-01",
        ends_on="2024-12-31", reason="Rapport 2024 remis au Gouvernement",
    )  # fmt: skip
    before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
    new = {"indicatorId": str(indicator), "value": "1"}
    for words in ({"measuredOn": "2024-12-31"}, {"measuredOn": "2025-01-31", "periodStartsOn": "2024-12-31"}):
        for caller in ("admn", "agnt", "prtn"):
            problem = await refused(client, scene, "measurements", new | words, caller)
            assert problem["type"] == "urn:problem-type:pst:periodLocked"
            assert (problem["reason"], problem["lockId"]) == ("Rapport 2024 remis au Gouvernement", str(lock))
            assert (problem["startsOn"], problem["endsOn"]) == ("2024-01-01", "2024-12-31")
            assert "Rapport 2024 remis au Gouvernement" in problem["detail"]
    changes: tuple[tuple[UUID, Words], ...] = (
        (inside[0], {"value": "13"}), (inside[0], {"measuredOn": "2025-01-31"}), (inside[0], {"state": "submitted"}),
        (inside[1], {"state": "approved"}), (outside, {"measuredOn": "2024-01-01"}),
    )  # fmt: skip
    for measurement, words in changes:
        answer = await patch(client, scene, f"measurements/{measurement}", "admn", words)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:periodLocked"), words
    headers = scene.headers["admn"] | {"If-Match": '"1"'}
    assert (await client.delete(f"{BASE}/measurements/{inside[0]}", headers=headers)).status_code == 409
    assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
    for day in ("2023-12-31", "2025-01-01"):
        answer = await client.post(
            f"{BASE}/measurements", json=new | {"measuredOn": day}, headers=scene.headers["agnt"]
        )
        assert answer.status_code == 201
    assert (await client.delete(f"{BASE}/measurementLocks/{lock}", headers=headers)).is_success
    assert (await patch(client, scene, f"measurements/{inside[1]}", "head", {"state": "approved"})).is_success


async def test_a_lock_reaches_its_house_or_its_plan_and_no_further(client: httpx.AsyncClient, scene: Scene) -> None:
    commune = scene.commune
    plan = await make_plan(commune)
    actions = {
        "in plan": await make_action(commune, plan), "beside": await make_action(commune),
        "cpas": await make_action(commune, house="cpas"),
    }  # fmt: skip
    of_objective = await make_any(commune, objective_id=await make_objective(commune, plan), title="O")
    indicators = {
        name: await make(
            commune, "indicator", house="cpas" if name == "cpas" else "municipality", action_id=action, title=name
        )
        for name, action in actions.items()
    } | {"objective": of_objective}

    async def writable(day: str) -> set[str]:
        found = set()
        for name, indicator in indicators.items():
            headers = scene.headers["cpas" if name == "cpas" else "admn"]
            words = {"indicatorId": str(indicator), "measuredOn": day, "value": "1"}
            answer = await client.post(f"{BASE}/measurements", json=words, headers=headers)
            assert answer.status_code in (201, 409), answer.text
            found |= {name} if answer.is_success else set()
        return found

    span: Words = {"organisation_id": commune.municipality, "reason": "Clos"}
    await make(commune, "measurementLock", starts_on="2022-01-01", ends_on="2022-12-31", plan_id=plan, **span)
    await make(commune, "measurementLock", starts_on="2023-01-01", ends_on="2023-12-31", **span)
    assert await writable("2022-06-01") == {"beside", "cpas"}
    assert await writable("2023-06-01") == {"cpas"}
    other = await make_plan(commune, house="cpas")
    body = {"organisationId": str(commune.municipality), "planId": str(other), "startsOn": "2022-01-01",
            "endsOn": "2022-12-31", "reason": "x"}  # fmt: skip
    assert issue(await refused(client, scene, "measurementLocks", body)) == ("planOfAnotherHouse", "planId")
