"""The three examples of the founding slides, read through REST by the college of each commune (`domain.md` §4.1)."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.demo.loading import load_demo_communes
from tests.factories import world_of
from tests.plans.asking import BASE


@dataclass
class Slide:
    """The published PST and PCS of a demonstration commune."""

    pst: dict[str, Any]
    pcs: dict[str, Any]

    def above(self, action: str) -> list[tuple[str, str]]:
        """The strategic and operational objective over an action, found by words of its title."""
        objectives = {o["id"]: o for o in self.pst["objectives"]}
        wanted = {a["id"] for a in self.pst["actions"] if action in a["title"]}
        found = [objectives[p["objectiveId"]] for p in self.pst["placements"] if p["actionId"] in wanted]
        return [(objectives[o["parentId"]]["title"], o["title"]) for o in found]

    @property
    def marked(self) -> set[str]:
        """The actions of the PST that the PCS claims too."""
        return {a["id"] for a in self.pst["actions"] if self.pcs["plan"]["id"] in a["planIds"]}


@pytest.fixture(scope="module")
async def demo(database: Database) -> None:
    await load_demo_communes(database)


async def slide_of(client: httpx.AsyncClient, database: Database, slug: str) -> Slide:
    async with database.transaction() as connection:
        workspace = await connection.fetchval("select id from workspace where slug = $1", slug)
        await open_workspace(connection, workspace)
        account = await connection.fetchval(
            "select account_id from membership where workspace_id = $1 and role = 'college' limit 1", workspace
        )
    headers = {**world_of(database).person(account), "Pst-Acting-As": f"workspace/{workspace}"}
    plans = (await client.get(f"{BASE}/plans?pageSize=200", headers=headers)).json()["items"]
    trees = []
    for name in ("Programme stratégique transversal", "Plan de cohésion sociale"):
        plan = next(p for p in plans if p["title"].startswith(name))
        trees.append((await client.get(f"{BASE}/plans/{plan['id']}/tree", headers=headers)).json())
    return Slide(*trees)


@pytest.mark.usefixtures("demo")
async def test_approach_1_one_objective_covers_the_pcs(client: httpx.AsyncClient, database: Database) -> None:
    slide = await slide_of(client, database, "val-fleuri")
    covering = [o for o in slide.pst["objectives"] if o["coversPlanId"]]
    assert [o["coversPlanId"] for o in covering] == [slide.pcs["plan"]["id"]]
    assert covering[0]["title"].startswith("Réaliser et assurer le suivi d’un plan de cohésion sociale")
    governing = [p for p in slide.pst["placements"] if p["objectiveId"] == covering[0]["id"]]
    assert len(governing) == 3
    assert slide.marked == set()


@pytest.mark.usefixtures("demo")
async def test_approach_2a_the_pcs_stands_together_under_social_cohesion(
    client: httpx.AsyncClient, database: Database
) -> None:
    slide = await slide_of(client, database, "haute-rive")
    cohesion = (
        "Être une commune avec une réelle cohésion sociale, permettant à chaque habitant de vivre dignement"
        " et de manière épanouie"
    )
    assert slide.marked
    parents = {o["id"]: o["parentId"] for o in slide.pst["objectives"]}
    titles = {o["id"]: o["title"] for o in slide.pst["objectives"]}
    over = {titles[parents[p["objectiveId"]]] for p in slide.pst["placements"] if p["actionId"] in slide.marked}
    assert over == {cohesion}
    for action, words in (("aînés", "solement"), ("association", "lien"), ("violence", "santé")):
        assert [below for above, below in slide.above(action) if above == cohesion and words in below], action


@pytest.mark.usefixtures("demo")
async def test_approach_2b_the_pcs_stands_under_the_policies_of_its_themes(
    client: httpx.AsyncClient, database: Database
) -> None:
    slide = await slide_of(client, database, "trois-chenes")
    parents = {o["id"]: o["parentId"] for o in slide.pst["objectives"]}
    over = {parents[p["objectiveId"]] for p in slide.pst["placements"] if p["actionId"] in slide.marked}
    assert len(over) >= 3
    for action in ("sans abri", "navettes", "espace public numérique", "aînés à internet"):
        found = [a for a in slide.pst["actions"] if a["id"] in slide.marked and re.search(action, a["title"])]
        assert found, action


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("slug", ["haute-rive", "trois-chenes"])
async def test_the_same_record_stands_in_both_trees(client: httpx.AsyncClient, database: Database, slug: str) -> None:
    slide = await slide_of(client, database, slug)
    in_pcs = {p["actionId"] for p in slide.pcs["placements"]}
    in_pst = {p["actionId"] for p in slide.pst["placements"]}
    assert slide.marked == in_pcs & in_pst
    assert in_pcs <= in_pst
    titles = {a["id"]: a["title"] for a in slide.pst["actions"]}
    assert all(titles[a["id"]] == a["title"] for a in slide.pcs["actions"])
