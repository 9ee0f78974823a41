"""One number for everybody: computed over the whole plan in reading order, unique, and the same for each reader."""

from typing import Any
from uuid import UUID

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db import Database
from tests.factories import (
    Commune,
    Headers,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    make_plan,
)
from tests.plans.asking import BASE, Desk
from tests.rights.making import make_partnership

Numbers = dict[str, str | None]
LEVEL = {"meaning": "strategic", "isNumbered": True, "restarts": True, "prefix": None}


def levels(*said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**LEVEL, "level": n, "label": f"N{n}", **one} for n, one in enumerate(said, 1)]


async def make_levelled(desk: Desk, *said: dict[str, Any]) -> UUID:
    plan = await make_plan(desk.commune)
    await desk.patch(f"plans/{plan}", levels=levels(*said))
    return plan


async def all_numbers(client: httpx.AsyncClient, headers: Headers, plan: UUID) -> Numbers:
    """The number of each objective and action of the tree by title, through REST; GraphQL says the same."""
    answer = await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)
    assert answer.status_code == 200, answer.text
    parts = "objectives { id number } placements { id number } actions { id number }"
    query = {"query": f'{{ planTree(planId: "{plan}") {{ {parts} }} }}'}
    told = (await client.post("/graphql", json=query, headers=headers)).json()["data"]["planTree"]
    for name, rows in told.items():
        assert rows == [{"id": one["id"], "number": one["number"]} for one in answer.json()[name]], name
    return {one["title"]: one["number"] for one in answer.json()["objectives"] + answer.json()["actions"]}


async def placed_numbers(desk: Desk, plan: UUID) -> list[str]:
    tree = await desk.read(f"plans/{plan}/tree")
    return [one["number"] for one in tree["placements"]]


async def test_every_reader_is_told_the_same_number(client: httpx.AsyncClient, database: Database) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    plan = await make_plan(commune)
    tops = [await make_objective(commune, plan, title=f"OS {n}") for n in range(1, 5)]
    below = await make_objective(commune, plan, tops[3], title="OO")
    await make_action(commune, plan, below, title="Réservée", audience="restricted")
    shared = await make_action(commune, plan, below, title="Partagée")
    await make_partnership(commune, shared, partner)
    told = {}
    for role in ("administration", "college", "agent"):
        told[role] = await all_numbers(client, commune.as_(role), plan)
    told["partner"] = await all_numbers(client, commune.as_("partner", organisation=partner), plan)
    expected = {"OS 4": "4", "OO": "4.1", "Partagée": "4.1.2"}
    for role, numbers in told.items():
        assert {name: numbers[name] for name in expected} == expected, role
    assert set(told["partner"]) == set(expected)


async def test_drafts_resting_and_archived_things_take_no_number(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    await make_objective(commune, plan, title="Un")
    draft = await make_objective(commune, plan, title="Brouillon", status="draft")
    under = await make_objective(commune, plan, draft, title="Sous le brouillon")
    await make_action(commune, plan, under, title="Action sous le brouillon")
    two = await make_objective(commune, plan, title="Deux")
    await make_action(commune, plan, two, title="Idée", status="draft")
    old = await make_action(commune, plan, two, title="Ancienne")
    await change(commune, "action", old, is_archived=True)
    await make_action(commune, plan, two, title="Faite")
    numbers = await all_numbers(client, desk.headers, plan)
    assert numbers == {
        "Un": "1", "Brouillon": None, "Sous le brouillon": None, "Action sous le brouillon": None, "Deux": "2",
        "Idée": None, "Ancienne": None, "Faite": "2.1",
    }  # fmt: skip
    await change(commune, "objective", draft, status="open")
    opened = await all_numbers(client, desk.headers, plan)
    assert (opened["Brouillon"], opened["Action sous le brouillon"], opened["Deux"]) == ("2", "2.1.1", "3")


async def test_a_level_that_does_not_restart_counts_on_in_reading_order(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    for is_numbered, expected in ((True, ["1.1", "1.2", "2.3", "2.4"]), (False, ["1", "2", "3", "4"])):
        plan = await make_levelled(desk, {"isNumbered": is_numbered}, {"restarts": False})
        firsts = [await make_objective(commune, plan, title=f"F{n}") for n in (1, 2)]
        for n in range(1, 5):
            await make_objective(commune, plan, firsts[(n - 1) // 2], title=f"S{n}")
        numbers = await all_numbers(client, desk.headers, plan)
        assert [numbers[f"S{n}"] for n in range(1, 5)] == expected


async def test_prefixes_stand_before_the_numbers_of_their_level_alone_and_keep_their_space(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    plan = await make_levelled(desk, {"prefix": "OS "}, {"prefix": "OO "})
    assert [one["prefix"] for one in (await desk.read(f"plans/{plan}"))["levels"]] == ["OS ", "OO "]
    await make_objective(commune, plan, title="Premier")
    above = await make_objective(commune, plan, title="Haut")
    below = await make_objective(commune, plan, above, title="Bas")
    await make_action(commune, plan, below, title="Action")
    numbers = await all_numbers(client, desk.headers, plan)
    assert numbers == {"Premier": "OS 1", "Haut": "OS 2", "Bas": "OO 2.1", "Action": "2.1.1"}


async def test_a_blank_prefix_is_refused_and_changes_nothing(desk: Desk) -> None:
    plan = await make_levelled(desk, {"prefix": "OS "})
    before = await desk.everything()
    answer = await desk.try_patch(f"plans/{plan}", levels=levels({"prefix": "  "}))
    assert answer.status_code == 400
    assert await desk.everything() == before


async def test_numbers_run_on_below_a_level_that_is_not_numbered(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    plan = await make_levelled(desk, {}, {"isNumbered": False}, {})
    above = await make_objective(commune, plan, title="OS")
    for n in (1, 2):
        group = await make_objective(commune, plan, above, title=f"Groupe {n}")
        objective = await make_objective(commune, plan, group, title=f"OO {n}", level=3)
        await make_action(commune, plan, objective, title=f"A{n}")
        await make_action(commune, plan, group, title=f"Dans le groupe {n}")
    assert await all_numbers(client, desk.headers, plan) == {
        "OS": "1", "Groupe 1": None, "OO 1": "1.1", "A1": "1.1.1", "Groupe 2": None, "OO 2": "1.2", "A2": "1.2.1",
        "Dans le groupe 1": "1.3", "Dans le groupe 2": "1.4",
    }  # fmt: skip


async def test_actions_count_on_after_the_objectives_beside_which_they_stand(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan, title="OS")
    await make_action(commune, plan, above, title="Directe")
    for n in (1, 2):
        await make_objective(commune, plan, above, title=f"OO {n}")
    await make_action(commune, plan, title="À la racine")
    assert await all_numbers(client, desk.headers, plan) == {
        "OS": "1", "OO 1": "1.1", "OO 2": "1.2", "Directe": "1.3", "À la racine": "2",
    }  # fmt: skip


async def test_strands_are_read_in_their_order(client: httpx.AsyncClient, desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    first, second = [one["id"] for one in (await desk.read(f"plans/{plan}"))["strands"]]
    for title, strand in (("Sans", None), ("Second", second), ("Premier", first)):
        await make_objective(commune, plan, title=title, strand_id=strand)
    assert await all_numbers(client, desk.headers, plan) == {"Premier": "1", "Second": "2", "Sans": "3"}


async def test_sub_actions_are_numbered_beneath_their_action(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    plan, other = await make_plan(commune), await make_plan(commune)
    one, two = [await make_objective(commune, plan, title=title) for title in ("Un", "Deux")]
    parent = await make_action(commune, plan, two, title="Mère")
    await make_placement(commune, parent, plan, one)
    for title in ("Première", "Seconde"):
        await make_action(commune, title=title, parent_id=parent)
    await make_action(commune, title="Esquisse", parent_id=parent, status="draft")
    await make_action(commune, plan, one, title="À part", parent_id=parent)
    left = await make_action(commune, title="Retirée", parent_id=parent)
    await make(commune, "planAction", plan_id=plan, action_id=left)
    await desk.patch(f"planActions/{await claim_of(desk, plan, left)}", isWithdrawn=True)
    numbers = await all_numbers(client, desk.headers, plan)
    assert numbers == {
        "Un": "1", "Deux": "2", "Mère": "2.1", "Première": "2.1.1", "Seconde": "2.1.2", "Esquisse": None,
        "À part": "1.2",
    }  # fmt: skip
    assert await placed_numbers(desk, plan) == ["2.1", "1.1", "1.2"]
    tree = await desk.read(f"plans/{plan}/tree")
    told = {a["title"]: (a["parentId"], a["planIds"]) for a in tree["actions"]}
    assert told["Première"] == (str(parent), [])
    assert told["À part"] == (str(parent), [str(plan)])
    assert (await desk.read(f"plans/{other}/tree"))["actions"] == []


async def claim_of(desk: Desk, plan: UUID, action: UUID) -> str:
    found = await desk.read(f"planActions?planId={plan}&actionId={action}")
    identifier: str = found["items"][0]["id"]
    return identifier


async def test_lists_by_plan_and_objective_hold_the_sub_actions(desk: Desk, commune: Commune) -> None:
    plan, other = await make_plan(commune), await make_plan(commune)
    one, two = [await make_objective(commune, plan, title=title) for title in ("Un", "Deux")]
    parent = await make_action(commune, plan, one, title="Mère")
    await make_action(commune, title="Suit", parent_id=parent)
    await make_action(commune, plan, two, title="À part", parent_id=parent)
    await make_action(commune, other, title="Ailleurs aussi", parent_id=parent)
    left = await make_action(commune, title="Retirée", parent_id=parent)
    await make(commune, "planAction", plan_id=plan, action_id=left)
    await desk.patch(f"planActions/{await claim_of(desk, plan, left)}", isWithdrawn=True)
    told = {}
    for query in (f"planId={plan}", f"objectiveId={one}", f"objectiveId={two}", f"planId={other}"):
        found = await desk.read(f"actions?{query}&total=true")
        told[query] = [a["title"] for a in found["items"]]
        assert found["total"] == len(told[query])
        field = "planId" if query.startswith("planId") else "objectiveId"
        words = f'actions(filter: {{ {field}: ["{query.partition("=")[2]}"] }}) {{ edges {{ node {{ title }} }} }}'
        asked = {"query": f"{{ {words} }}"}
        answer = (await desk.client.post("/graphql", json=asked, headers=desk.headers)).json()
        assert [a["node"]["title"] for a in answer["data"]["actions"]["edges"]] == told[query]
    assert list(told.values()) == [
        ["À part", "Ailleurs aussi", "Mère", "Suit"], ["Ailleurs aussi", "Mère", "Suit"], ["À part"],
        ["Ailleurs aussi"],
    ]  # fmt: skip


@st.composite
def outlines(draw: st.DrawFn) -> dict[str, Any]:
    """Levels of all kinds, and objectives and actions anywhere, levels mixed beneath one another."""
    flags = draw(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=3, max_size=3))
    objectives = draw(
        st.lists(st.tuples(st.integers(-1, 6), st.integers(1, 3), st.integers(0, 5)), min_size=1, max_size=8)
    )
    actions = draw(st.lists(st.tuples(st.integers(-1, 7), st.booleans()), max_size=6))
    return {"flags": flags, "objectives": objectives, "actions": actions}


@settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(outlines())
async def test_no_two_things_of_a_plan_have_the_same_number(desk: Desk, commune: Commune, told: dict[str, Any]) -> None:
    plan = await make_levelled(desk, *({"isNumbered": a, "restarts": b} for a, b in told["flags"]))
    made: list[tuple[UUID, int]] = []
    for at, level, status in told["objectives"]:
        above = [one for one in made if one[1] < level]
        parent = above[at % len(above)][0] if above and at >= 0 else None
        state = "draft" if status == 0 else "open"
        made.append((await make_objective(commune, plan, parent, level=level, status=state), level))
    for at, has_sub in told["actions"]:
        action = await make_action(commune, plan, made[at % len(made)][0] if at >= 0 else None)
        if has_sub:
            await make_action(commune, parent_id=action)
    tree = await desk.read(f"plans/{plan}/tree")
    placed = {one["actionId"] for one in tree["placements"]}
    rows = tree["objectives"] + tree["placements"] + [a for a in tree["actions"] if a["id"] not in placed]
    numbers = [one["number"] for one in rows if one["number"] is not None]
    assert len(set(numbers)) == len(numbers)


async def test_a_version_keeps_the_numbers_of_its_day(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    tops = [await make_objective(commune, plan, title=f"OS {n}") for n in (1, 2, 3)]
    await make_objective(commune, plan, title="Brouillon", status="draft", place_after=None)
    await make_action(commune, plan, tops[1], title="Interne", audience="restricted")
    done = await make_action(commune, plan, tops[1], title="Faite", audience="public")
    await make_action(commune, parent_id=done, title="Fille", audience="public")
    version = await freeze_and_publish(commune, plan)
    expected = {"OS 1": "1", "OS 2": "2", "OS 3": "3", "Faite": "2.2", "Fille": "2.2.1"}
    await change(commune, "objective", tops[2], place_after=None)
    living = await all_numbers(client, commune.as_("administration"), plan)
    assert (living["OS 3"], living["OS 1"], living["Faite"], living["Fille"]) == ("1", "2", "3.2", "3.2.1")
    for role in ("council", "integrator"):
        assert await all_numbers(client, commune.as_(role), plan) == expected, role
        listed = await client.get(f"{BASE}/actions?objectiveId={tops[1]}", headers=commune.as_(role))
        assert [one["title"] for one in listed.json()["items"]] == ["Faite", "Fille"], role
    shown = (await client.get(f"{BASE}/public/plans/{plan}/tree")).json()
    assert {one["title"]: one["number"] for one in shown["objectives"] + shown["actions"]} == expected
    path = f"{BASE}/planVersions/{version}/content"
    content = (await client.get(path, headers=commune.as_("administration"))).json()
    told = {one["title"]: one["number"] for one in content["objective"] + content["action"]}
    assert told == {**expected, "Interne": "2.1"}
