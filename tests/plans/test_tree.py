"""The tree of a plan: numbers that follow positions, ids that survive moves, one statement for everything."""

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_action, make_commune, make_objective, make_placement, make_plan, statements
from tests.plans.asking import BASE, Desk, refused


async def test_numbers_follow_the_places_and_the_ids_survive_every_move(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    a, b, c = [await make_objective(commune, plan, title=title) for title in "ABC"]
    x, y = [await make_objective(commune, plan, a, title=title) for title in "XY"]
    ids = {str(o) for o in (a, b, c, x, y)}
    one, two, three, below = [n for n in (await desk.numbers(plan)).values() if n][:4]
    assert await desk.numbers(plan) == {"A": one, "B": two, "C": three, "X": below, "Y": below[:-1] + "2"}
    await desk.patch(f"objectives/{c}", placeAfter=None)
    moved = await desk.numbers(plan)
    assert (moved["C"], moved["A"], moved["B"]) == (one, two, three)
    await desk.patch(f"objectives/{y}", parentId=b, placeAfter=None)
    await desk.patch(f"objectives/{c}", placeAfter=b)
    tree = await desk.read(f"plans/{plan}/tree")
    assert {o["id"] for o in tree["objectives"]} == ids
    assert {o["title"]: o["parentId"] for o in tree["objectives"]} | {} == {
        "A": None, "B": None, "C": None, "X": str(a), "Y": str(b),
    }  # fmt: skip
    assert [o["title"] for o in tree["objectives"] if o["parentId"] is None] == ["A", "B", "C"]


async def test_a_move_writes_one_row_and_no_other_version(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objectives = [await make_objective(commune, plan, title=f"O{n}") for n in range(5)]
    before = {o["id"]: o["version"] for o in (await desk.read(f"plans/{plan}/tree"))["objectives"]}
    await desk.patch(f"objectives/{objectives[4]}", placeAfter=objectives[0])
    tree = await desk.read(f"plans/{plan}/tree")
    assert [o["title"] for o in tree["objectives"]] == ["O0", "O4", "O1", "O2", "O3"]
    after = {o["id"]: o["version"] for o in tree["objectives"]}
    assert {i for i in after if after[i] != before[i]} == {str(objectives[4])}


async def test_actions_are_numbered_under_their_objective_and_stand_once(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    one, two = await make_objective(commune, plan, title="Un"), await make_objective(commune, plan, title="Deux")
    actions = [await make_action(commune, plan, one, title=f"A{n}") for n in range(3)]
    await make_placement(commune, actions[0], plan, two)
    tree = await desk.read(f"plans/{plan}/tree")
    assert sorted(a["title"] for a in tree["actions"]) == ["A0", "A1", "A2"]
    under = [p for p in tree["placements"] if p["objectiveId"] == str(one)]
    above = (await desk.numbers(plan))["Un"]
    assert [p["number"] for p in under] == [f"{above}.{n}" for n in (1, 2, 3)]
    placement = under[2]["id"]
    await desk.patch(f"placements/{placement}", placeAfter=None)
    tree = await desk.read(f"plans/{plan}/tree")
    under = [p for p in tree["placements"] if p["objectiveId"] == str(one)]
    assert (under[0]["id"], under[0]["number"], under[0]["actionId"]) == (placement, f"{above}.1", str(actions[2]))


async def test_the_whole_tree_is_read_in_one_statement_however_large(desk: Desk, commune: Commune) -> None:
    asked = []
    for size in (1, 12):
        plan = await make_plan(commune)
        objective = await make_objective(commune, plan)
        for _ in range(size):
            await make_action(commune, plan, objective)
        with statements(commune.database) as sent:
            tree = await desk.read(f"plans/{plan}/tree")
        assert len(tree["actions"]) == size
        asked.append([sql for sql in sent if not sql.startswith("select enter(") and "set " not in sql[:40].lower()])
    assert [len(sql) for sql in asked] == [1, 1], asked


@pytest.mark.parametrize("approach", ["singleObjective", "grouped", "distributed"])
async def test_a_pcs_action_stands_in_its_axis_and_in_its_pst_objective_with_one_id(
    client: httpx.AsyncClient, database: Database, approach: str
) -> None:
    commune = await make_commune(database, approach)
    desk = Desk(client, commune, commune.as_("college"))
    pst, pcs = [await desk.read(f"plans/{commune.plans[name]}/tree") for name in ("pst", "pcs")]
    shuttle = str(commune.actions["shuttle"])
    titles = {o["id"]: o["title"] for o in pst["objectives"]}
    parents = {o["id"]: o["parentId"] for o in pst["objectives"]}
    in_pcs = [p["objectiveId"] for p in pcs["placements"] if p["actionId"] == shuttle]
    assert in_pcs == [str(commune.objectives["pcs.7.4"])]
    in_pst = [p["objectiveId"] for p in pst["placements"] if p["actionId"] == shuttle]
    covering = [o for o in pst["objectives"] if o["coversPlanId"] == str(commune.plans["pcs"])]
    if approach == "singleObjective":
        assert (in_pst, [o["title"][:8] for o in covering]) == ([], ["Réaliser"])
        assert [titles[p["objectiveId"]][:8] for p in pst["placements"]] == ["Réaliser"]
        return
    assert covering == []
    marks = next(a["planIds"] for a in pst["actions"] if a["id"] == shuttle)
    assert set(marks) == {str(plan) for plan in commune.plans.values()}
    strategic = {parents[p["objectiveId"]] for p in pst["placements"]}
    assert len(strategic) == (1 if approach == "grouped" else 2)
    assert [titles[o] for o in in_pst] == ["Axe 7"]


async def test_a_tree_never_loops_and_levels_descend(desk: Desk, commune: Commune) -> None:
    plan, other = await make_plan(commune), await make_plan(commune)
    above = await make_objective(commune, plan)
    below = await make_objective(commune, plan, above)
    elsewhere = await make_objective(commune, other)
    before = await desk.everything()
    answers = [
        await desk.try_patch(f"objectives/{above}", parentId=below),
        await desk.try_patch(f"objectives/{below}", level=1),
        await desk.try_patch(f"objectives/{above}", level=2),
        await desk.try_patch(f"objectives/{below}", parentId=elsewhere),
        await desk.try_patch(f"objectives/{below}", parentId=below),
        await desk.try_patch(f"objectives/{below}", placeAfter=above),
        await desk.post("objectives", title="X", planId=plan, level=1, parentId=above),
    ]
    assert [refused(answer) for answer in answers] == [
        (409, "treeLoop"), (400, "levelBelowParent"), (400, "levelAboveChildren"), (400, "otherPlan"),
        (409, "treeLoop"), (400, "referencedResourceNotFound"), (400, "levelBelowParent"),
    ]  # fmt: skip
    assert await desk.everything() == before


async def test_a_pcs_is_made_with_the_axes_and_themes_of_its_period(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune, "pcs")
    tree = await desk.read(f"plans/{plan}/tree")
    axes = [o for o in tree["objectives"] if o["level"] == 1]
    assert [o["ownCode"] for o in axes] == [str(n) for n in range(1, 8)]
    themes = [o for o in tree["objectives"] if o["level"] == 2]
    assert themes
    codes = {o["id"]: o["ownCode"] for o in axes}
    assert all(o["ownCode"].startswith(codes[o["parentId"]] + ".") for o in themes)
    assert all(o["periodItemId"] for o in tree["objectives"])
    assert [level["meaning"] for level in tree["plan"]["levels"]] == ["axis", "theme"]
    assert [tree["plan"]["startsOn"], tree["plan"]["endsOn"]] >= ["2020-01-01", "2025-12-31"]


async def test_levels_carry_the_words_of_the_commune_and_stay_in_order(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    level = {"meaning": "strategic", "isNumbered": True, "restarts": True, "prefix": None}
    words = [{**level, "level": 1, "label": "Axe"}, {**level, "level": 2, "label": "Projet", "prefix": "P"}]
    assert [x["label"] for x in (await desk.patch(f"plans/{plan}", levels=words))["levels"]] == ["Axe", "Projet"]
    above = await make_objective(commune, plan, title="Haut")
    await make_objective(commune, plan, above, title="Bas")
    assert (await desk.numbers(plan)) == {"Haut": "1", "Bas": "P1.1"}
    wrong = [{**level, "level": 1, "label": "A"}, {**level, "level": 3, "label": "C"}]
    assert refused(await desk.try_patch(f"plans/{plan}", levels=wrong)) == (400, "levelsInOrder")
    assert (await desk.client.get(f"{BASE}/plans/{plan}", headers=desk.headers)).json()["levels"][1]["prefix"] == "P"
