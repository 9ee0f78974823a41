"""What a group and its members come to: the group counts its lines once, each member its own, the Region the origin."""

from typing import Any

from tests.factories import freeze_and_publish, make, world_of
from tests.groups.scene import BASE, Scene


async def test_nothing_counts_twice(scene: Scene) -> None:
    """The group's report counts its lines once; each commune's part counts its own; the Region sees the origin."""
    one, other, _ = scene.communes
    action = await scene.action()
    line: dict[str, Any] = {"fiscal_year": 2025, "source": "wallonia", "service": "ordinary"}
    await make(scene.group, "budgetLine", action_id=action, planned="1000.00", **line)
    for commune, planned in ((one, "10.00"), (other, "7.00")):
        copy = await scene.taken(commune, action)
        await make(commune, "budgetLine", action_id=copy["id"], planned=planned, **line)
        part = next(p for p in (await scene.read(commune, "plans"))["items"] if p["originPlanId"])
        report = await scene.read(commune, f"plans/{part['id']}/pcsReport")
        assert report["total"]["expensesPlanned"] == planned
        assert {x["code"]: x["actionCount"] for x in report["axes"] if x["actionCount"]} == {"7": 1}
    report = await scene.read(scene.group, f"plans/{scene.pcs}/pcsReport")
    assert (report["total"]["expensesPlanned"], len(report["actions"])) == ("1000.00", 1)
    await freeze_and_publish(scene.group, scene.pcs)
    await freeze_and_publish(one, scene.psts[one.workspace_id])
    region = world_of(scene.database).region
    titled = f"{BASE}/actions?q=Navette&total=true"
    for query, expected in (("", 2), ("&isCounterpart=false", 1)):
        found = (await scene.client.get(titled + query, headers=region)).json()
        ours = [a for a in found["items"] if a["workspaceId"] in {str(scene.group.workspace_id), str(one.workspace_id)}]
        assert len(ours) == expected
