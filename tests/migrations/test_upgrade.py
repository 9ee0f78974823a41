"""A kept database of November is brought to this version with its rows, and every migration since goes down and up."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import SecretStr

from api.db import Database
from api.demo.loading import load_demo_communes
from api.installation import install_reference
from api.migration import ROOT, differences, migrate
from api.postgres.embedded import EmbeddedPostgres
from api.settings import Settings
from api.synthesis.rows import synthesize
from tests.migrations.aged import AGED, DATES, NOVEMBER
from tests.publication import publish_everything

pytestmark = pytest.mark.long

SHOWN = (
    "select md5(string_agg((to_jsonb(s) - 'recorded_at')::text, '|' order by circle, plan_id, entity, id)) as rows,"
    " count(*) as n, count(*) filter (where image ? 'number' and entity = 'placement') as numbered from shown_row s"
)
KEPT = (
    "select (select count(*) from journal_entry) as entries,"
    " (select md5(string_agg(content, '|' order by version_id)) from plan_version_content) as contents,"
    " (select md5(string_agg(sha256, '|' order by id)) from plan_version) as hashes"
)
LIVING = (
    "select md5(string_agg((id, audience, planned_start, planned_end, version)::text, '|' order by id)) as rows"
    " from action"
)


@dataclass(frozen=True)
class Upgrade:
    """A database that was upgraded: what was shown when the service of today had published, what was kept before."""

    owner: str
    shown: Any
    kept: Any

    def read(self, statement: str) -> list[Any]:
        return asyncio.run(_read(self.owner, statement))


async def _read(owner: str, *statements: str) -> list[Any]:
    """The rows of the last statement."""
    connection: Any = await asyncpg.connect(owner)
    found: list[Any] = []
    for statement in statements:
        found = await connection.fetch(statement)
    await connection.close()
    return found


async def _load_demo(runtime: str, folder: Path) -> None:
    settings = Settings(mode="development", data_dir=folder, database_url=SecretStr(runtime))
    database = await Database.open(settings, runtime)
    await load_demo_communes(database)
    await database.close()


@pytest.fixture(scope="module")
def upgrade() -> Iterator[Upgrade]:
    """Made-up and demonstration communes with published plans, taken back to November, aged there, and upgraded."""
    folder = Path(tempfile.mkdtemp(prefix="pst-upgrade-"))
    folder.chmod(0o755)
    with EmbeddedPostgres(folder, durable=False) as addresses:
        owner = addresses.owner
        migrate(owner)
        install_reference(owner)
        asyncio.run(synthesize(owner, 1, 40))
        asyncio.run(publish_everything(owner))
        asyncio.run(_load_demo(addresses.runtime, folder))
        (shown,) = asyncio.run(_read(owner, SHOWN))
        migrate(owner, NOVEMBER)
        (kept,) = asyncio.run(_read(owner, *AGED, KEPT))
        migrate(owner)
        yield Upgrade(owner, shown, kept)
    shutil.rmtree(folder)


def test_what_is_shown_is_what_the_service_shows(upgrade: Upgrade) -> None:
    """Also the numbers, which versions of November did not keep, and the marks of the words of titles."""
    assert upgrade.shown["numbered"] > 100
    assert upgrade.read(SHOWN) == [upgrade.shown]


def test_contents_hashes_and_journal_stay_as_they_were(upgrade: Upgrade) -> None:
    assert upgrade.read(KEPT) == [upgrade.kept]


def test_planned_dates_stand_at_the_ends_of_their_spans(upgrade: Upgrade) -> None:
    for table in ("action", "group_action"):
        for row in upgrade.read(
            "select t.planned_start, t.planned_end, t.planned_end_precision as precision,"
            f" t.version - k.version as moved from {table} t join aged.date k on k.id = t.id and k.kind = '{table}'"
        ):
            expected = DATES[row["precision"]][2:]
            assert (row["planned_start"], row["planned_end"]) == expected, row
            assert row["moved"] == int(row["precision"] != "day")
    counted = upgrade.read("select kind, count(*) from aged.date group by kind order by kind")
    assert [tuple(row) for row in counted] == [("action", 6), ("group_action", 1)]
    assert DATES["month"][3] == date(2028, 2, 29)


def test_a_part_of_nothing_is_returned_once(upgrade: Upgrade) -> None:
    rows = upgrade.read("select state, state_reason, version from measurement where denominator = 0 order by version")
    assert [tuple(row) for row in rows] == [
        ("returned", "vide", 70),
        ("returned", "Le dénominateur est nul : corrigez ce relevé.", 81),
    ]


def test_nothing_reaches_farther_than_what_it_stands_under(upgrade: Upgrade) -> None:
    """Copies, and what stands beneath at any depth; what reached less far stays."""
    copies = upgrade.read("select audience, count(*) from aged.copy k join action a using (id) group by 1 order by 1")
    assert [tuple(row) for row in copies] == [("college", 2), ("restricted", 1)]
    offers = upgrade.read(
        "select distinct g.audience from group_action g join action a using (workspace_id, id)"
        " where exists (select from action c join aged.copy k using (id) where c.origin_action_id = a.id)"
    )
    assert [row["audience"] for row in offers] == ["college"]
    line = upgrade.read("select k.depth, a.audience from aged.line k join action a using (id) order by k.depth")
    assert [tuple(row) for row in line] == [
        (0, "administration"),
        (1, "administration"),
        (2, "administration"),
        (3, "restricted"),
    ]
    untrue = upgrade.read(
        "select from group_action g join action a using (workspace_id, id) where g.audience <> a.audience"
    )
    assert untrue == []


def test_rights_given_by_then_count_on(upgrade: Upgrade) -> None:
    """Administrators reach all houses, and nobody waits for a consent that nobody asked for."""
    (row,) = upgrade.read(
        "select count(*) filter (where is_administrator) as administrators,"
        " bool_and(administers_all_houses = is_administrator) as is_same,"
        " bool_and(accepted_at = created_at) as is_accepted from membership"
    )
    assert row["administrators"] > 0
    assert (row["is_same"], row["is_accepted"]) == (True, True)


def test_who_named_an_account_keeps_an_entry_of_its_own_for_it(upgrade: Upgrade) -> None:
    """None for the account that was a member already."""
    entries = upgrade.read(
        "select a.stands_for_id = k.account_id as is_it, a.steward_workspace_id = k.workspace_id as is_theirs,"
        " a.email = o.email as is_named_so from aged.stranger k join account o on o.id = k.account_id"
        " join account a on a.stands_for_id is not null"
    )
    assert [tuple(row) for row in entries] == [(True, True, True)]


def test_tables_are_those_of_the_code(upgrade: Upgrade) -> None:
    differences(upgrade.owner)


def test_every_migration_goes_down_and_up_again_with_rows(upgrade: Upgrade) -> None:
    """One after the other, from the newest; then all together."""
    before = upgrade.read(LIVING)
    scripts = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    since = [(str(script.down_revision), script.revision) for script in scripts.iterate_revisions("head", NOVEMBER)]
    assert len(since) >= 13
    for older, newer in since:
        migrate(upgrade.owner, older)
        migrate(upgrade.owner, newer)
        migrate(upgrade.owner, older)
    migrate(upgrade.owner)
    assert upgrade.read(SHOWN) == [upgrade.shown]
    assert upgrade.read(LIVING) == before
    assert upgrade.read(KEPT) == [upgrade.kept]
    differences(upgrade.owner)
