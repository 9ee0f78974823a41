"""What is found of indicators, and what readers of versions and partners are told of them."""

from typing import Any

import httpx

from api.db import Database
from tests.factories import change, freeze_and_publish, make, make_action, make_commune, make_objective, make_plan
from tests.indicators.asking import make_indicator as make_any
from tests.indicators.scene import BASE, Scene, ask, make_indicator, make_measurement, read

Words = dict[str, Any]


async def test_actions_without_a_target_are_found(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    actions = {name: await make_action(commune, title=name) for name in ("none", "bare", "target", "milestone")}
    await make(commune, "indicator", action_id=actions["bare"], title="Sans cible")
    targets = [{"due_by": "2030-01-01", "value": "1"}]
    await make(commune, "indicator", action_id=actions["target"], title="Avec cible", targets=targets)
    await make(
        commune,
        "indicator",
        action_id=actions["milestone"],
        title="Jalon",
        nature="milestone",
        expected_on="2027-01-01",
    )
    page = await client.get(f"{BASE}/actions?missing=indicator", headers=commune.as_("administration"))
    assert {item["title"] for item in page.json()["items"]} == {"none", "bare"}


async def test_versions_show_definition_and_targets_but_neither_measurements_nor_links(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    total = await make_any(commune, objective_id=objective, title="Total", is_cumulative=True)
    action = await make_action(commune, plan, objective)
    words: Words = {"is_cumulative": True, "contributes_to_ids": [str(total)], "baseline": "2.5"}
    part = await make_any(
        commune, action_id=action, title="Part", targets=[{"due_by": "2030-01-01", "value": "7.25"}], **words
    )
    await make(commune, "measurement", indicator_id=part, measured_on="2026-01-01", value="3", state="approved")
    await freeze_and_publish(commune, plan)
    later = await make_any(commune, action_id=action, title="Plus tard")
    await change(commune, "indicator", part, targets=[])
    for door, headers in ((BASE, commune.as_("council")), (f"{BASE}/public", {})):
        page = (await client.get(f"{door}/indicators?planId={plan}&total=true", headers=headers)).json()
        shown = {item["id"]: item for item in page["items"]}
        assert (set(shown), page["total"]) == ({str(total), str(part)}, 2)
        assert shown[str(part)]["targets"] == [{"dueBy": "2030-01-01", "value": "7.25", "remark": None}]
        assert (shown[str(part)]["baseline"], shown[str(part)]["contributesToIds"]) == ("2.5", None)
        assert (shown[str(part)]["withheld"], shown[str(total)]["isGathering"]) == (["contributesToIds"], True)
        assert (await client.get(f"{door}/indicators/{later}", headers=headers)).status_code == 404
    for path in ("measurements", f"actions/{action}/indicatorValues", f"plans/{plan}/indicatorValues"):
        assert (await client.get(f"{BASE}/{path}", headers=commune.as_("council"))).status_code == 403
    query = f'{{ indicator(id: "{part}") {{ targets {{ value }} baseline }} }}'
    twin = await client.post("/graphql", json={"query": query}, headers=commune.as_("council"))
    assert twin.json()["data"]["indicator"] == {"targets": [{"value": "7.25"}], "baseline": "2.5"}


async def test_a_partner_is_told_the_value_of_its_action_and_nothing_unapproved_by_others(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    indicator = await make_indicator(scene, targets=[{"due_by": "2030-01-01", "value": "24"}])
    await make_measurement(scene, indicator, "approved")
    own = await make_measurement(scene, indicator, "submitted", measured_on="2026-02-28")
    await make(scene.commune, "measurement", indicator_id=indicator, measured_on="2026-03-31", value="99")
    path = f"actions/{scene.action}/indicatorValues?explain=true"
    told = {}
    for caller in ("admn", "prtn"):
        document = await read(client, scene, path, caller)
        assert document is not None
        told[caller] = next(v for v in document["values"] if v["indicatorId"] == str(indicator))
        assert (told[caller]["value"]["value"], told[caller]["achievement"]["value"]) == ("12", "50")
    assert [e["measurementId"] for e in told["prtn"]["explanation"]["exclusions"]] == [str(own)]
    assert len(told["admn"]["explanation"]["exclusions"]) == 2
    query = f'{{ actionIndicatorValues(actionId: "{scene.action}") {{ values {{ indicatorId value {{ value }} }} }} }}'
    twin = (await ask(client, scene, "prtn", query))["data"]["actionIndicatorValues"]["values"]
    assert {"indicatorId": str(indicator), "value": {"value": "12"}} in twin
