"""Published versions of every plan of a database, written below the commands: for databases that are migrated."""

from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from api.domain.actor import Actor
from api.domain.commands.context import ChangeContext
from api.domain.commands.freezing import frozen_content
from api.domain.commands.shown_rows import show_plan
from api.domain.identifiers import new_id
from api.domain.resources.catalogue import BY_NAME

DECLARED = (
    "insert into budget_line_plan (workspace_id, budget_line_id, plan_id)"
    " select b.workspace_id, b.id, max(c.plan_id::text)::uuid from budget_line b"
    " join plan_action c on c.action_id = b.action_id group by b.workspace_id, b.id having count(*) > 1"
)
"""Lines of what stands in two plans are declared for one: the other tells their sum and no more."""


async def _freeze(connection: Any, workspace: UUID, plan: UUID, number: int, decided_on: date) -> UUID:
    """A version of the plan with an act of publication of that day, as if it had just been recorded."""
    version, content = new_id(), await frozen_content(connection, workspace, plan)
    house = await connection.fetchval("select organisation_id from plan where id = $1", plan)
    await connection.execute(
        "insert into plan_version (workspace_id, id, plan_id, number, journal_position, sha256, frozen_at)"
        " values ($1, $2, $3, $4, 0, encode(sha256(convert_to($5, 'utf8')), 'hex'), now())",
        workspace, version, plan, number, content,
    )  # fmt: skip
    await connection.execute("insert into plan_version_content values ($1, $2, $3)", workspace, version, content)
    await connection.execute(
        "insert into act (workspace_id, id, version_id, organisation_id, kind, organ, decided_on, is_in_effect)"
        " values ($1, $2, $3, $4, 'published', 'administration', $5::date, $5::date <= current_date)",
        workspace, new_id(), version, house, decided_on,
    )  # fmt: skip
    return version


async def publish_everything(owner: str) -> None:
    """Each plan has a published version, and a second one whose publication is dated ten years ahead."""
    connection: Any = await asyncpg.connect(owner)
    await connection.execute(DECLARED)
    for plan in await connection.fetch("select workspace_id, id from plan order by id"):
        workspace = plan["workspace_id"]
        await _freeze(connection, workspace, plan["id"], 1, date(2025, 6, 30))
        await _freeze(connection, workspace, plan["id"], 2, date(2035, 6, 30))
        async with connection.transaction():
            under = ChangeContext(connection, Actor(()), BY_NAME["act"], {}, None, {"workspace_id": str(workspace)})
            await show_plan(under, plan["id"])
    await connection.close()
