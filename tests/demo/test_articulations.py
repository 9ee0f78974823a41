"""The three founding examples stand in the database as the slides show them."""

from typing import Any
from uuid import UUID

import pytest

from api.accounts import open_workspace
from api.db import Connection, Database
from api.demo.group import NAMES, load_group
from api.domain.reference import load_demo

pytestmark = pytest.mark.usefixtures("demo")

WHERE_PCS_ACTIONS_STAND = """
    select a.title, o.title as objective, above.title as strategic
    from plan_action c join plan_type k on k.workspace_id = c.workspace_id and k.reference_code = 'pcs'
    join plan p on p.workspace_id = c.workspace_id and p.id = c.plan_id and p.plan_type_id = k.id
    join action a on a.workspace_id = c.workspace_id and a.id = c.action_id
    left join placement s on s.workspace_id = c.workspace_id and s.action_id = a.id and s.plan_id = $2
    left join objective o on o.workspace_id = c.workspace_id and o.id = s.objective_id
    left join objective above on above.workspace_id = c.workspace_id and above.id = o.parent_id
    where c.workspace_id = $1 and p.origin_plan_id is null
"""


async def opened(connection: Connection, slug: str) -> tuple[UUID, UUID]:
    """The workspace and its PST."""
    workspace = await connection.fetchval("select id from workspace where slug = $1", slug)
    await open_workspace(connection, workspace)
    pst = await connection.fetchval(
        "select p.id from plan p join plan_type k on k.workspace_id = p.workspace_id and k.id = p.plan_type_id"
        " where p.workspace_id = $1 and k.reference_code = 'pst'",
        workspace,
    )
    return workspace, pst


async def pcs_actions(database: Database, slug: str) -> list[Any]:
    async with database.transaction() as connection:
        found: list[Any] = await connection.fetch(WHERE_PCS_ACTIONS_STAND, *await opened(connection, slug))
    assert 8 <= len(found) <= 30
    return found


async def test_one_objective_of_val_fleuri_covers_the_whole_pcs(database: Database) -> None:
    assert {row["objective"] for row in await pcs_actions(database, "val-fleuri")} == {None}
    async with database.transaction() as connection:
        workspace, pst = await opened(connection, "val-fleuri")
        covering = await connection.fetch(
            "select o.id, o.title, p.title as covered from objective o join plan p"
            " on p.workspace_id = o.workspace_id and p.id = o.covers_plan_id"
            " where o.workspace_id = $1 and o.plan_id = $2",
            workspace, pst,
        )  # fmt: skip
        assert len(covering) == 1
        assert covering[0]["title"].startswith("Réaliser et assurer le suivi d’un plan de cohésion sociale")
        assert covering[0]["covered"].startswith("Plan de cohésion sociale 2020-2025")
        governing = await connection.fetchval(
            "select count(*) from placement where workspace_id = $1 and objective_id = $2",
            workspace, covering[0]["id"],
        )  # fmt: skip
    assert governing == 3


async def test_the_pcs_actions_of_haute_rive_stand_under_one_strategic_objective(database: Database) -> None:
    found = await pcs_actions(database, "haute-rive")
    (strategic,) = {row["strategic"] for row in found}
    assert strategic.startswith("Être une commune avec une réelle cohésion sociale, permettant à chaque habitant")
    assert len({row["objective"] for row in found}) >= 3


async def test_the_pcs_actions_of_trois_chenes_stand_under_the_policies_of_their_field(
    database: Database,
) -> None:
    found = await pcs_actions(database, "trois-chenes")
    assert None not in {row["objective"] for row in found}
    assert len({row["strategic"] for row in found}) >= 3


def taken_up_by(slug: str) -> list[dict[str, Any]]:
    """The actions of the group that a commune took up, each in its PST and in its part of the group's PCS."""
    group = load_group(NAMES[0])
    keys = [each["action"] for each in group["counterparts"] if each["commune"] == slug]
    return [action for action in group["actions"] if action["key"] in keys]


@pytest.mark.parametrize("slug", ["val-fleuri", "haute-rive", "trois-chenes"])
async def test_what_is_told_is_there(database: Database, slug: str) -> None:
    told, taken = load_demo(slug), taken_up_by(slug)
    async with database.transaction() as connection:
        workspace, _ = await opened(connection, slug)
        counted = {
            table: await connection.fetchval(f"select count(*) from {table} where workspace_id = $1", workspace)
            for table in ("unit", "person", "office", "partner", "plan", "action", "membership")
        }
        hung = {
            table: await connection.fetchval(f"select count(*) from {table} where workspace_id = $1", workspace)
            for table in ("plan_action", "placement", "partnership", "task")
        }
        statuses = dict(await connection.fetch("select title, status from action where workspace_id = $1", workspace))
        shares = await connection.fetch(
            "select sum(weight) from placement where workspace_id = $1 and state = 'active'"
            " group by plan_id, action_id",
            workspace,
        )
    assert counted == {
        "unit": len(told["units"]), "person": len(told["persons"]), "office": len(told["offices"]),
        "partner": len(told["partners"]), "plan": len(told["plans"]) + bool(taken),
        "action": len(told["actions"]) + len(taken),
        "membership": len(told["accounts"]),
    }  # fmt: skip
    assert hung == {
        "plan_action": sum(len(action["plan_actions"]) for action in told["actions"]) + 2 * len(taken),
        "placement": sum(len(action["placements"]) for action in told["actions"]) + 2 * len(taken),
        "partnership": sum(len(action["partnerships"]) for action in told["actions"]),
        "task": sum(len(action["tasks"]) for action in told["actions"]),
    }
    assert statuses == {action["title"]: action["status"] for action in [*told["actions"], *taken]}
    assert all(row[0] > 0 for row in shares)


async def test_each_commune_has_one_published_version_with_its_four_acts(database: Database) -> None:
    async with database.transaction() as connection:
        acts = await connection.fetch(
            "select w.slug, array_agg(a.organ order by a.decided_on) as organs from workspace w"
            " join plan_version v on v.workspace_id = w.id and v.is_published"
            " join act a on a.workspace_id = v.workspace_id and a.version_id = v.id"
            " where w.slug = any($1) group by w.slug, v.id",
            ["val-fleuri", "haute-rive", "trois-chenes"],
        )
    assert {row["slug"]: row["organs"] for row in acts} == {
        slug: ["codir", "college", "council", "administration"] for slug in ("val-fleuri", "haute-rive", "trois-chenes")
    }


async def test_the_journal_of_a_demonstration_commune_is_gapless_and_signed(database: Database) -> None:
    async with database.transaction() as connection:
        workspace, _ = await opened(connection, "haute-rive")
        row = await connection.fetchrow(
            "select count(*) as entries, min(position), max(position), count(account_id) as signed,"
            " (select position from journal_counter where workspace_id = $1) as counter"
            " from journal_entry where workspace_id = $1",
            workspace,
        )
    assert row["min"] == 1
    assert row["entries"] == row["max"] == row["signed"] == row["counter"]
