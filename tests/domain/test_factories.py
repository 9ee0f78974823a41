"""What the factories promise to every other test."""

import httpx
import pytest

from api.db import Database
from tests.factories import (
    change,
    freeze_and_publish,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_plan,
    snapshot_of_everything,
    statements,
    world_of,
)


@pytest.mark.parametrize("approach", ["singleObjective", "grouped", "distributed"])
async def test_an_approach_places_the_pcs_actions_its_way(database: Database, approach: str) -> None:
    commune = await make_commune(database, approach)
    async with commune.acting() as (connection, _):
        placed = await connection.fetch(
            "select o.parent_id from placement s join objective o on o.workspace_id = s.workspace_id"
            " and o.id = s.objective_id where s.plan_id = $1 and s.action_id = any($2)",
            commune.plans["pst"],
            [commune.actions["shuttle"], commune.actions["space"]],
        )
    above = {row["parent_id"] for row in placed}
    assert (len(placed), len(above)) == {"singleObjective": (0, 0), "grouped": (2, 1), "distributed": (2, 2)}[approach]


async def test_every_caller_of_a_commune_is_answered(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    await freeze_and_publish(commune, commune.plans["pst"])
    partner = await make_partner(database)
    for role in ("administration", "college", "council", "agent", "region", "integrator", "operator"):
        for house in ("municipality", "cpas"):
            headers = commune.as_(role, house=house)
            answer = await client.get(f"/pst/v1/workspaces/{commune.workspace_id}", headers=headers)
            assert answer.status_code == 200, (role, house, answer.text)
    own = {"workspaceId": str(commune.workspace_id)}
    answer = await client.get("/pst/v1/public/plans", params=own, headers=commune.as_("public"))
    assert answer.status_code == 200
    assert str(commune.plans["pst"]) in answer.text
    answer = await client.get("/pst/v1/actions", headers=commune.as_("partner", organisation=partner))
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_communes_never_meet(database: Database) -> None:
    one, other = await make_commune(database), await make_commune(database)
    assert one.nis != other.nis
    before = await snapshot_of_everything(database, one.workspace_id)
    plan = await make_plan(other)
    await make_action(other, plan, await make_objective(other, plan), unit="works")
    after = await snapshot_of_everything(database, one.workspace_id)
    assert after == before
    changed = await snapshot_of_everything(database, other.workspace_id)
    await change(other, "plan", plan, title="Autre titre")
    assert {k for k, v in (await snapshot_of_everything(database, other.workspace_id)).items() if v != changed[k]} == {
        "plan",
        "journal_counter",
        "journal_entry",
        f"journal of {other.workspace_id}",
    }


async def test_statements_are_counted_without_the_frame_of_the_transaction(database: Database) -> None:
    with statements(database) as sent:
        async with database.transaction() as connection:
            await connection.fetchval("select 1")
            await connection.execute("select 2")
    assert sent == ["select 1", "select 2"]
    assert world_of(database).database is database
