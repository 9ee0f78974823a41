"""Rules that span several rows hold however many change them at once: no loop, shares above zero, one main place."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.concurrency.together import Desk, code_of, codes, together
from tests.factories import Commune, make_action, make_commune, make_objective, make_placement, make_plan

ROUNDS = 10


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def deep_plan(commune: Commune) -> UUID:
    """A plan of six levels."""
    meanings = ("above", "strategic", "operational", "axis", "theme", "measure")
    levels = [{"level": n, "label": f"Niveau {n}", "meaning": meaning} for n, meaning in enumerate(meanings, 1)]
    return await make_plan(commune, levels=levels)


async def test_two_moves_that_would_close_a_loop_do_not_both_happen(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    desk, plan = Desk(client, commune), await deep_plan(commune)
    for _ in range(ROUNDS):
        one, other = [str(await make_objective(commune, plan)) for _ in range(2)]
        answers = await together(
            desk.change(f"objectives/{one}", '"1"', parentId=other, level=2),
            desk.change(f"objectives/{other}", '"1"', parentId=one, level=3),
        )
        assert codes(answers) in (sorted([None, refusal], key=str) for refusal in ("treeLoop", "badRequest")), [
            a.text for a in answers
        ]
        assert await _has_no_loop(desk, [one, other])


async def test_three_moves_that_would_close_a_loop_do_not_all_happen(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    desk, plan = Desk(client, commune), await deep_plan(commune)
    for _ in range(ROUNDS):
        a, b, c = [str(await make_objective(commune, plan, level=n)) for n in (1, 1, 1)]
        answers = await together(
            desk.change(f"objectives/{a}", '"1"', parentId=c, level=4),
            desk.change(f"objectives/{b}", '"1"', parentId=a, level=5),
            desk.change(f"objectives/{c}", '"1"', parentId=b, level=6),
        )
        assert sum(answer.status_code == 200 for answer in answers) < 3
        assert {code_of(answer) for answer in answers} <= {None, "treeLoop", "badRequest"}
        assert await _has_no_loop(desk, [a, b, c])


async def _has_no_loop(desk: Desk, objectives: list[str]) -> bool:
    parents = {i: (await desk.read(f"objectives/{i}")).json()["parentId"] for i in objectives}
    for start in objectives:
        at, seen = start, set()
        while (above := parents.get(at)) is not None:
            if above in seen:
                return False
            seen.add(above)
            at = above
    return True


async def placements(desk: Desk, action: object) -> list[dict[str, Any]]:
    path = f"placements?actionId={action}&planId={desk.commune.plans['pst']}"
    items: list[dict[str, Any]] = (await desk.read(path)).json()["items"]
    return items


def assert_shares_make_a_whole(found: list[dict[str, Any]]) -> None:
    assert sum(p["weight"] for p in found) > 0
    assert {p["shareDenominator"] for p in found} == {sum(p["weight"] for p in found)}
    assert sum(p["isMain"] for p in found) == 1


async def test_weights_given_away_at_once_keep_a_total_above_zero(client: httpx.AsyncClient, commune: Commune) -> None:
    desk, plan = Desk(client, commune), commune.plans["pst"]
    for _ in range(ROUNDS):
        action = await make_action(commune, plan)
        await make_placement(commune, action, plan, commune.objectives["oo1"], weight=1)
        one, other = await placements(desk, action)
        answers = await together(
            *(desk.change(f"placements/{p['id']}", f'"{p["version"]}"', weight=0) for p in (one, other))
        )
        assert codes(answers) == sorted([None, "shareTotal"], key=str)
        assert_shares_make_a_whole(await placements(desk, action))


async def test_first_placements_at_once_make_one_whole(client: httpx.AsyncClient, commune: Commune) -> None:
    desk, plan = Desk(client, commune), commune.plans["pst"]
    targets = [commune.objectives["oo1"], commune.objectives["oo2"], commune.objectives["os1"]]
    for _ in range(ROUNDS):
        action = await make_action(commune)
        answers = await together(
            *(desk.create("placements", actionId=action, planId=plan, objectiveId=target) for target in targets)
        )
        assert {code_of(a) for a in answers} <= {None, "duplicate"}, [a.text for a in answers]
        found = await placements(desk, action)
        assert len(found) == sum(a.status_code == 201 for a in answers) > 0
        assert_shares_make_a_whole(found)


async def test_removals_of_places_at_once_leave_a_whole_or_nothing(client: httpx.AsyncClient, commune: Commune) -> None:
    desk, plan = Desk(client, commune), commune.plans["pst"]
    for _ in range(ROUNDS):
        action = await make_action(commune, plan)
        await make_placement(commune, action, plan, commune.objectives["oo1"])
        found = await placements(desk, action)
        answers = await together(*(desk.remove(f"placements/{p['id']}", f'"{p["version"]}"') for p in found))
        assert {code_of(a) for a in answers} <= {None, "shareTotal"}
        left = await placements(desk, action)
        assert not left or sum(p["weight"] for p in left) > 0


async def test_neighbours_placed_at_once_each_have_a_place(client: httpx.AsyncClient, commune: Commune) -> None:
    """Everybody puts something first: all are there, in some order, and each can be found again."""
    desk, plan, parent = Desk(client, commune), commune.plans["pst"], commune.objectives["os1"]
    answers = await together(
        *(
            desk.create(
                "objectives", planId=plan, parentId=parent, title=f"{n}", level=2, status="open", placeAfter=None
            )
            for n in range(8)
        )
    )
    assert codes(answers) == [None] * 8
    tree = (await desk.read(f"plans/{plan}/tree")).json()
    below = [o for o in tree["objectives"] if o["parentId"] == str(parent)]
    assert {a.json()["id"] for a in answers} <= {o["id"] for o in below}
    assert len({o["number"] for o in below}) == len(below)
