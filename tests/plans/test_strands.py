"""The volets of a plan are renamed, reordered and added while objectives stand in them; one in use stays."""

from tests.factories import Commune, make_objective, make_plan, snapshot_of_everything
from tests.plans.asking import Desk, refused


async def test_volets_in_use_are_renamed_reordered_and_joined_by_others(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    internal, external = (await desk.read(f"plans/{plan}"))["strands"]
    objective = await make_objective(commune, plan, strand_id=external["id"])
    strands = [{**external, "label": "Politiques communales"}, internal, {"label": "Transversal", "meaning": "other"}]
    await desk.patch(f"plans/{plan}", strands=strands)
    found = (await desk.read(f"plans/{plan}"))["strands"]
    assert [strand["label"] for strand in found] == ["Politiques communales", internal["label"], "Transversal"]
    assert [strand["id"] for strand in found][:2] == [external["id"], internal["id"]]
    assert (await desk.read(f"objectives/{objective}"))["strandId"] == external["id"]
    await desk.patch(f"plans/{plan}", strands=found[:1])
    assert (await desk.read(f"plans/{plan}"))["strands"] == found[:1]


async def test_a_volet_in_use_is_not_removed(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    internal, external = (await desk.read(f"plans/{plan}"))["strands"]
    await make_objective(commune, plan, strand_id=external["id"])
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await desk.try_patch(f"plans/{plan}", strands=[internal])
    assert refused(answer) == (409, "stillNamed")
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
