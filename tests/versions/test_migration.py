"""Shown rows survive the way to their new form and back, and what was shown too early is shown no more."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from api.domain.actor import Actor
from api.domain.commands.context import ChangeContext
from api.domain.commands.freezing import frozen_content
from api.domain.commands.shown_rows import show_plan
from api.domain.identifiers import new_id
from api.domain.resources.catalogue import BY_NAME
from api.installation import install_reference
from api.migration import differences, migrate
from api.postgres.embedded import EmbeddedPostgres
from api.synthesis.rows import synthesize

BEFORE = "spans_and_parts"
ROWS = (
    "select md5(string_agg((to_jsonb(s) - 'recorded_at' - 'words')::text, '|' order by circle, plan_id, entity, id))"
    " as rows, count(*) as n, count(*) filter (where is_counted_only) as aside from shown_row s"
)

NUMBERS = "select distinct v.number from shown_row s join plan_version v on v.id = s.version_id"
DECLARED = (
    "insert into budget_line_plan (workspace_id, budget_line_id, plan_id)"
    " select b.workspace_id, b.id, max(c.plan_id::text)::uuid from budget_line b"
    " join plan_action c on c.action_id = b.action_id group by b.workspace_id, b.id having count(*) > 1"
)
"""Lines of what stands in two plans are declared for one: the other tells their sum and no more."""


@pytest.fixture(scope="module")
def owner() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pst-shown-"))
    folder.chmod(0o755)
    with EmbeddedPostgres(folder, durable=False) as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        asyncio.run(synthesize(addresses.owner, 1, 40))
        yield addresses.owner
    shutil.rmtree(folder)


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


async def _publish_everything(owner: str) -> None:
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


async def _read(owner: str, statement: str) -> list[Any]:
    connection: Any = await asyncpg.connect(owner)
    found: list[Any] = await connection.fetch(statement)
    await connection.close()
    return found


def test_rows_are_laid_out_again_as_the_service_lays_them_out(owner: str) -> None:
    asyncio.run(_publish_everything(owner))
    (before,) = asyncio.run(_read(owner, ROWS))
    assert before["n"] > before["aside"] > 0
    migrate(owner, BEFORE)
    shown = asyncio.run(_read(owner, NUMBERS))
    assert [row["number"] for row in shown] == [2]  # the form of before showed at once what is dated ahead
    migrate(owner)
    (after,) = asyncio.run(_read(owner, ROWS))
    assert after == before
    versions = asyncio.run(_read(owner, "select distinct number, is_published, is_shown_to_public from plan_version"))
    assert sorted(tuple(row) for row in versions) == [(1, True, True), (2, False, False)]
    differences(owner)
