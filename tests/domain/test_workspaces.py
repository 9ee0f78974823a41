"""Opening a workspace: the operator's alone, complete from the first moment, closed to the neighbours."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.demo.directory import make as make_document
from api.domain.commands.workspaces import create_workspace
from api.domain.errors import Conflict, Forbidden, Invalid, Refusal
from api.domain.reference import items
from api.domain.schemas.organisations import WorkspaceCreate
from tests.factories import change, make_commune, snapshot_of_everything
from tests.world import World


async def body(database: Database, world: World, kind: str = "municipality") -> UUID:
    async with database.transaction() as connection:
        return await make_document(
            connection, world.operator_actor, "organisation", name=f"Maison {uuid4().hex[:6]}", kind=kind
        )


def words(*houses: UUID, **more: object) -> WorkspaceCreate:
    given = {"name": "Espace", "slug": f"s{uuid4().hex}", "kind": "group", "organisations": list(houses), **more}
    return WorkspaceCreate.model_validate(given)


async def test_a_new_workspace_has_its_houses_lists_and_journal(database: Database, world: World) -> None:
    first, second = await body(database, world), await body(database, world, "cpas")
    async with database.transaction() as connection:
        workspace = await create_workspace(connection, world.operator_actor, words(first, second))
    async with database.transaction() as connection:
        await open_workspace(connection, workspace)
        houses = await connection.fetch(
            "select organisation_id from workspace_organisation where workspace_id = $1 order by rank", workspace
        )
        counted = await connection.fetchrow(
            "select (select count(*) from domain where reference_code is not null) as domains,"
            " (select count(*) from plan_type where reference_code is not null) as kinds,"
            " (select count(*) from target_group where reference_code is not null) as groups,"
            " (select position from journal_counter where workspace_id = $1) as position,"
            " (select count(*) from journal_entry where workspace_id = $1 and command = 'createWorkspace') as entries",
            workspace,
        )
        name = await connection.fetchval("select name from domain where reference_code = 'housing'")
    assert [row[0] for row in houses] == [first, second]
    assert counted["domains"] == len(items("domains"))
    assert counted["kinds"] == len(items("plan_types"))
    assert counted["groups"] == len(items("target_groups"))
    seeded = counted["domains"] + counted["kinds"] + counted["groups"]
    assert counted["position"] == counted["entries"] == seeded
    assert name == "Logement"


async def test_the_directory_records_who_opened_it(database: Database, world: World) -> None:
    async with database.transaction() as connection:
        workspace = await create_workspace(connection, world.operator_actor, words(await body(database, world)))
    async with database.connection() as connection:
        entry = await connection.fetchrow("select * from journal_entry where entity_id = $1", workspace)
    assert (entry["command"], entry["entity"], entry["account_id"]) == (
        "createWorkspace",
        "workspace",
        world.operator_id,
    )


@pytest.mark.parametrize("role", ["administration", "college", "council", "agent"])
async def test_nobody_else_opens_one(database: Database, world: World, role: str) -> None:
    commune = await make_commune(database)
    house = await body(database, world)
    before = await snapshot_of_everything(database, commune.workspace_id)
    with pytest.raises(Forbidden):
        async with commune.acting(role) as (connection, actor):
            await create_workspace(connection, actor, words(house))
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_commune_is_at_home_in_one_workspace(database: Database, world: World) -> None:
    commune = await make_commune(database)
    with pytest.raises(Conflict) as twice:
        async with database.transaction() as connection:
            await create_workspace(connection, world.operator_actor, words(commune.municipality, kind="province"))
    assert twice.value.code == "inUse"
    async with database.transaction() as connection:
        await create_workspace(connection, world.operator_actor, words(commune.municipality))


async def test_houses_must_exist(database: Database, world: World) -> None:
    with pytest.raises(Invalid):
        async with database.transaction() as connection:
            await create_workspace(connection, world.operator_actor, words(uuid4()))


@pytest.mark.parametrize("field", ["organisations", "slug", "nis"])
async def test_an_administrator_renames_the_workspace_but_takes_in_no_house(database: Database, field: str) -> None:
    commune, other = await make_commune(database), await make_commune(database)
    taken: dict[str, Any] = {
        "organisations": [commune.municipality, commune.cpas, other.municipality],
        "slug": "elsewhere",
        "nis": None,
    }
    with pytest.raises(Refusal):
        await change(commune, "workspace", commune.workspace_id, **{field: taken[field]})
    await change(commune, "workspace", commune.workspace_id, name="Nouveau nom")


async def test_an_operator_opens_one_through_rest(client: httpx.AsyncClient, database: Database, world: World) -> None:
    house = await body(database, world)
    said = {"name": "Espace", "slug": f"s{uuid4().hex}", "kind": "group", "organisations": [str(house)]}
    made = await client.post("/pst/v1/workspaces", json=said, headers=world.operator)
    assert made.status_code == 201, made.text
    commune = await make_commune(database)
    for role in ("administration", "college", "council", "agent"):
        refused = await client.post("/pst/v1/workspaces", json=said, headers=commune.as_(role))
        assert refused.status_code == 403, role
