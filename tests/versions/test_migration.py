"""Shown rows survive the way to their new form and back, and what was shown too early is shown no more."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from api.installation import install_reference
from api.migration import differences, migrate
from api.postgres.embedded import EmbeddedPostgres
from api.synthesis.rows import synthesize
from tests.publication import publish_everything

BEFORE = "spans_and_parts"
ROWS = (
    "select md5(string_agg((to_jsonb(s) - 'recorded_at' - 'words')::text, '|' order by circle, plan_id, entity, id))"
    " as rows, count(*) as n, count(*) filter (where is_counted_only) as aside from shown_row s"
)

NUMBERS = "select distinct v.number from shown_row s join plan_version v on v.id = s.version_id"


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


async def _read(owner: str, statement: str) -> list[Any]:
    connection: Any = await asyncpg.connect(owner)
    found: list[Any] = await connection.fetch(statement)
    await connection.close()
    return found


def test_rows_are_laid_out_again_as_the_service_lays_them_out(owner: str) -> None:
    asyncio.run(publish_everything(owner))
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
