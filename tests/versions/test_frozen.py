"""After a version is frozen, nothing done to the living plan reaches council, Region, integrators or the public."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    PUBLIC,
    Commune,
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
from tests.rights.making import make_partnership
from tests.versions.reading import BASE, Questions, answers, circles


async def make_frozen(database: Database, *, council: bool = True, published: bool = True) -> Commune:
    """A commune whose PST of two objectives and three actions is frozen, and then put before the circles said."""
    commune = await make_commune(database)
    plan = commune.plans["pst"] = await make_plan(commune, title="Plan Ancien")
    above = commune.objectives["os"] = await make_objective(commune, plan, title="Objectif Ancien")
    below = commune.objectives["oo"] = await make_objective(commune, plan, above, title="Objectif dessous")
    for n in range(3):
        commune.actions[f"a{n}"] = await make_action(commune, plan, below, title=f"Action Ancien {n}", unit="works")
    await make_partnership(commune, commune.actions["a0"], await make_partner(database))
    line: dict[str, Any] = {"fiscal_year": 2026, "source": "other", "service": "ordinary", "planned": "100.00"}
    await make(commune, "budgetLine", action_id=commune.actions["a0"], **line)
    await freeze_and_publish(commune, plan, council=council, published=published)
    return commune


async def edit_everything(commune: Commune) -> Questions:
    """Create, change, move, remove and archive in the living plan; answers the questions about what is new."""
    plan, above, below = commune.plans["pst"], commune.objectives["os"], commune.objectives["oo"]
    first, moved, left = (commune.actions[f"a{n}"] for n in range(3))
    await change(commune, "plan", plan, title="Plan Réécrit", description="Neuf")
    await change(commune, "objective", above, title="Objectif Réécrit", priority=3)
    new_objective = await make_objective(commune, plan, title="Objectif Neuf", place_after=None)
    await change(commune, "objective", below, parent_id=new_objective, status="closed")
    await change(commune, "action", first, title="Action Réécrit", planned_end="2025-01-01", audience="restricted")
    await change(commune, "action", first, status="inProgress")
    await change(commune, "action", first, status="completed")
    new_action = await make_action(commune, plan, new_objective, title="Action Neuf")
    await _move_and_remove(commune, plan, new_objective, moved, left)
    await make_partnership(commune, moved, await make_partner(commune.database))
    line: dict[str, Any] = {"fiscal_year": 2027, "source": "other", "service": "ordinary", "planned": "7.00"}
    await make(commune, "budgetLine", action_id=first, **line)
    await make(commune, "budgetLine", objective_id=above, **line)
    return [
        (f"objectives/{new_objective}", {}), (f"actions/{new_action}", {}),
        ("actions", {"objectiveId": str(new_objective), "total": True}),
        ("placements", {"objectiveId": str(new_objective), "total": True}),
        ("objectives", {"parentId": str(new_objective), "total": True}),
    ]  # fmt: skip


async def _move_and_remove(commune: Commune, plan: UUID, objective: UUID, moved: UUID, left: UUID) -> None:
    """One action moves under another objective; the other leaves the plan and is archived."""
    async with commune.acting() as (connection, _):
        rows = await connection.fetch(
            "select l.action_id, l.id as placement, c.id as claim from placement l join plan_action c"
            " using (workspace_id, plan_id, action_id) where l.workspace_id = $1",
            commune.workspace_id,
        )
    found = {row["action_id"]: (row["placement"], row["claim"]) for row in rows}
    await change(commune, "placement", found[moved][0], objective_id=objective)
    await make_placement(commune, moved, plan)
    await change(commune, "planAction", found[left][1], is_withdrawn=True, label="Neuf")
    await change(commune, "action", left, is_archived=True)


async def test_no_living_edit_is_seen_by_any_reader_of_versions_by_any_route(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_frozen(database)
    before = {name: await answers(client, commune, headers) for name, headers in circles(commune).items()}
    new = await edit_everything(commune)
    for name, headers in circles(commune).items():
        after = await answers(client, commune, headers, new)
        for path, query in new:
            status, body = after.pop(f"{path} {query}")
            assert status == 404 or b'"items":[]' in body, (name, path)
        assert after == before[name], name
    living = await client.get(f"{BASE}/plans/{commune.plans['pst']}/tree", headers=commune.as_("college"))
    assert "Réécrit" in living.text
    assert "Neuf" in living.text


async def test_a_second_version_shows_the_edits_and_nothing_done_after_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_frozen(database)
    await edit_everything(commune)
    await freeze_and_publish(commune, commune.plans["pst"])
    second = await answers(client, commune, PUBLIC)
    tree = second[f"plans/{commune.plans['pst']}/tree {{}}"][1].decode()
    assert all(words in tree for words in ("Plan Réécrit", "Objectif Neuf", "Action Neuf"))
    assert "Action Réécrit" not in tree  # its audience was narrowed in the meantime
    assert "Ancien 2" not in tree  # withdrawn
    await change(commune, "plan", commune.plans["pst"], title="Plan encore")
    await make_objective(commune, commune.plans["pst"], title="Objectif plus tard")
    assert await answers(client, commune, PUBLIC) == second


async def test_a_version_frozen_without_acts_is_read_by_no_circle(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_frozen(database, council=False, published=False)
    for name, headers in circles(commune).items():
        for question, (status, body) in (await answers(client, commune, headers)).items():
            assert status == 404 or b'"items":[]' in body, (name, question)


async def test_what_is_before_the_council_is_not_yet_published(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_frozen(database, published=False)
    path = f"plans/{commune.plans['pst']}/tree"
    found = {}
    for name, headers in circles(commune).items():
        door = f"{BASE}/public" if headers == PUBLIC else BASE
        found[name] = (await client.get(f"{door}/{path}", headers=headers)).status_code
    assert found == {"council": 200, "region": 404, "integrator": 404, "public": 404}


async def test_the_council_reads_the_newer_version_while_the_public_reads_the_published_one(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_frozen(database)
    await change(commune, "plan", commune.plans["pst"], title="Plan Réécrit")
    await freeze_and_publish(commune, commune.plans["pst"], published=False)
    path = f"plans/{commune.plans['pst']}"
    council = await client.get(f"{BASE}/{path}", headers=commune.as_("council"))
    public = await client.get(f"{BASE}/public/{path}")
    assert (council.json()["title"], public.json()["title"]) == ("Plan Réécrit", "Plan Ancien")
    versions = await client.get(f"{BASE}/public/planVersions", params={"planId": str(commune.plans["pst"])})
    assert [v["number"] for v in versions.json()["items"]] == [1]


async def test_the_council_of_another_commune_reads_none_of_it(client: httpx.AsyncClient, database: Database) -> None:
    commune, other = await make_frozen(database), await make_commune(database)
    for question, (status, body) in (await answers(client, commune, other.as_("council"))).items():
        assert status == 404 or b'"items":[]' in body, question


@pytest.mark.parametrize("house", ["municipality", "cpas"])
async def test_a_plan_of_either_house_is_frozen_by_its_own_administration(
    client: httpx.AsyncClient, database: Database, house: str
) -> None:
    commune = await make_commune(database)
    said = {"planId": str(await make_plan(commune, house=house))}
    other = {"municipality": "cpas", "cpas": "municipality"}[house]
    refused = await client.post(f"{BASE}/planVersions", json=said, headers=commune.as_("administration", other))
    done = await client.post(f"{BASE}/planVersions", json=said, headers=commune.as_("administration", house))
    assert (refused.status_code, done.status_code) == (403, 201)
