"""Reference data: the same ids everywhere, loaded once, renewed by a release, never taken back from the Region."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from api.domain.commands.installation import load_reference, reference_id
from api.domain.identifiers import DIRECTORY
from api.domain.reference import items
from api.postgres.embedded import Addresses


@pytest.fixture
async def owner(addresses: Addresses) -> AsyncIterator[Any]:
    """The owner's connection, in a transaction that is undone: reference rows belong to every test."""
    connection: Any = await asyncpg.connect(addresses.owner)
    transaction = connection.transaction()
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


async def test_everything_shipped_is_there(owner: Any) -> None:
    known = await owner.fetch("select nis from commune where province <> 'Épreuve'")
    assert {row["nis"] for row in known} == {entry["nis"] for entry in items("communes")}
    assert await owner.fetchval("select count(*) from sdg") == 17
    assert {row[0] for row in await owner.fetch("select code from term")} >= {"2012-2018", "2018-2024", "2024-2030"}
    period = await owner.fetchrow("select * from programming_period where code = '2020-2025'")
    assert str(period["ends_on"]) == "2026-12-31"
    assert period["local_share_percent"] == 25
    kinds = await owner.fetch("select kind, count(*) from period_item where period_id = $1 group by kind", period["id"])
    counted = {row["kind"]: row["count"] for row in kinds}
    assert (counted["axis"], counted["right"]) == (7, 15)
    orphans = await owner.fetchval(
        "select count(*) from period_item where kind <> 'axis' and kind <> 'right' and parent_id is null"
    )
    assert orphans == 0


async def test_ids_are_the_same_in_every_installation(owner: Any) -> None:
    assert await owner.fetchval("select id from sdg where number = 1") == reference_id("sdg", 1)
    assert await owner.fetchval("select id from commune where nis = 92094") == reference_id("commune", 92094)


async def test_loading_again_writes_nothing(owner: Any) -> None:
    position = await owner.fetchval("select position from journal_counter where workspace_id = $1", DIRECTORY)
    assert await load_reference(owner) == 0
    assert position == await owner.fetchval("select position from journal_counter where workspace_id = $1", DIRECTORY)


async def test_a_later_release_renews_its_words_and_journals_it(owner: Any) -> None:
    """As if the last release had called goal 3 something else."""
    await owner.execute('update sdg set labels = labels || \'{"fr": "Santé"}\' where number = 3')
    await owner.execute(
        "update journal_entry set after = jsonb_set(after, '{labels,fr}', '\"Santé\"')"
        " where entity = 'sdg' and after->>'number' = '3'"
    )
    assert await load_reference(owner) == 1
    row = await owner.fetchrow("select labels->>'fr' as label, version from sdg where number = 3")
    assert (row["label"], row["version"]) == ("Bonne santé et bien-être", 2)
    last = await owner.fetchrow(
        "select * from journal_entry where workspace_id = $1 order by position desc limit 1", DIRECTORY
    )
    assert (last["command"], last["entity"], last["entity_version"]) == ("loadReference", "sdg", 2)
    assert last["roles"] == ["operator"]


async def test_what_the_region_changed_or_removed_since_stays(owner: Any) -> None:
    await owner.execute("update programming_period set ends_on = '2027-12-31' where code = '2020-2025'")
    code = await owner.fetchval(
        "delete from period_item where id = (select i.id from period_item i where i.kind = 'actionCode' and not"
        " exists (select from plan_action c where c.period_item_id = i.id) limit 1) returning code"
    )
    assert await load_reference(owner) == 0
    ends = await owner.fetchval("select ends_on::text from programming_period where code = '2020-2025'")
    assert ends == "2027-12-31"
    assert await owner.fetchval("select count(*) from period_item where code = $1", code) == 0


async def test_what_somebody_entered_before_a_release_ships_it_is_left_alone(owner: Any) -> None:
    await owner.execute("delete from term where code = '2012-2018'")
    await owner.execute("update journal_entry set entity_id = gen_random_uuid() where after->>'code' = '2012-2018'")
    await owner.execute(
        "insert into term (id, code, labels, starts_on, ends_on, is_pilot)"
        " values (gen_random_uuid(), '2012-2018', '{\"fr\": \"À nous\"}', '2012-12-03', '2018-12-02', true)"
    )
    assert await load_reference(owner) == 0
    assert await owner.fetchval("select labels->>'fr' from term where code = '2012-2018'") == "À nous"
