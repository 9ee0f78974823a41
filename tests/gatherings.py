"""Groups for tests: several communes that carry a PCS together.

group = await make_group(database, [commune, other])
action = await make_offer(group)
"""

from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_membership, open_workspace
from api.db import Database
from api.domain.actor import Role
from api.domain.commands.workspaces import create_workspace
from api.domain.schemas.organisations import WorkspaceCreate
from tests.factories import Commune, make, make_action, make_plan, world_of

ROLES = (Role.ADMINISTRATION, Role.COLLEGE, Role.COUNCIL, Role.AGENT)


async def make_group(database: Database, members: list[Commune]) -> Commune:
    """A group of the communes of these workspaces, whose houses are its members: the first is its `municipality`.

    People of the first member hold each role in it; its PCS of 2020-2025 is `plans["pcs"]`.
    """
    operator = world_of(database).operator_actor
    bodies = [commune.municipality for commune in members]
    async with database.transaction() as connection:
        n = await connection.fetchval("select count(*) from workspace where kind = 'group'")
        name, slug = f"Groupe de {members[0].name}", f"g{members[0].nis}-{n}"
        words = {"name": name, "slug": slug, "kind": "group", "organisations": bodies}
        workspace = await create_workspace(connection, operator, WorkspaceCreate.model_validate(words))
        houses = {"municipality": bodies[0], **{f"member{n}": body for n, body in enumerate(bodies[1:], 2)}}
        group = Commune(database, 0, name, slug, workspace, houses)
        await open_workspace(connection, workspace)
        for role in ROLES:
            account = await ensure_account(connection, operator, f"{role}@{slug}.example", f"{role} {slug}")
            await ensure_membership(
                connection, operator, workspace, account, role, bodies[0], is_administrator=role is Role.ADMINISTRATION
            )
            group.accounts[role, "municipality", "works" if role is Role.AGENT else None] = account
    group.plans["pcs"] = await make_plan(group, "pcs", title="PCS du groupe")
    return group


async def items_of(group: Commune) -> dict[str, UUID]:
    """The axes, themes, rights and codes of the period of the group's PCS, by code."""
    async with group.acting() as (connection, _):
        rows = await connection.fetch(
            "select code, id from period_item where period_id = (select period_id from plan where id = $1)",
            group.plans["pcs"],
        )
    return {row["code"]: row["id"] for row in rows}


async def make_offer(group: Commune, **words: Any) -> UUID:
    """An action of the group, claimed by its PCS under the code 7.4.01: its members may take it up."""
    action = await make_action(group, **{"title": "Navette des aînés", **words})
    items = await items_of(group)
    await make(
        group, "planAction", plan_id=group.plans["pcs"], action_id=action, own_code="A1",
        period_item_id=items["7.4.01"], right_ids=[items["mobility"]],
    )  # fmt: skip
    return action
