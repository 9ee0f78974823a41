"""A percentage over zero is refused; what was stored so before is returned to its author, and gathers nothing."""

import importlib.util
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from api.db import Database
from api.postgres.embedded import Addresses
from tests.factories import make_action, snapshot_of_everything
from tests.indicators.asking import Town, make_town
from tests.plans.asking import Desk, refused


@pytest.fixture
async def town(database: Database) -> Town:
    return await make_town(database)


async def value_of(desk: Desk, town: Town) -> Any:
    told = await desk.read(f"plans/{town.plan}/indicatorValues")
    return next(v for v in told["values"] if v["indicatorId"] == str(town.totals[town.above]))["value"]["value"]


async def test_a_measurement_is_not_changed_into_a_part_of_nothing(client: httpx.AsyncClient, town: Town) -> None:
    desk = Desk(client, town.commune, town.commune.as_("administration"))
    indicator = await town.follow(await make_action(town.commune), town.below[0])
    measurement = await town.measure(indicator, 15, 50, state="draft")
    before = await snapshot_of_everything(town.commune.database, town.commune.workspace_id)
    answer = await desk.try_patch(f"measurements/{measurement}", denominator="0")
    assert refused(answer) == (400, "denominatorAboveZero")
    assert await snapshot_of_everything(town.commune.database, town.commune.workspace_id) == before


async def test_what_was_stored_over_zero_is_returned_and_gathers_nothing(
    client: httpx.AsyncClient, town: Town, addresses: Addresses
) -> None:
    desk = Desk(client, town.commune, town.commune.as_("administration"))
    full = await town.follow(
        await make_action(town.commune, town.plan, town.below[0], status="inProgress"), town.below[0]
    )
    empty = await town.follow(
        await make_action(town.commune, town.plan, town.below[1], status="inProgress"), town.below[1]
    )
    await town.measure(full, 15, 50)
    faulty = await town.measure(empty, 1, 2)
    check = "constraint ck_measurement_denominator_above_zero"
    connection = await asyncpg.connect(addresses.owner)
    try:
        await connection.execute(f"alter table measurement drop {check}")
        await connection.execute("update measurement set denominator = 0 where id = $1", faulty)
        assert await value_of(desk, town) == "30"
        await connection.execute(migration().RETURN_PARTS_OF_NOTHING)
    finally:
        await connection.execute(f"alter table measurement add {check} check (denominator > 0 or state = 'returned')")
        await connection.close()
    told = await desk.read(f"measurements/{faulty}")
    assert (told["state"], told["numerator"], told["denominator"]) == ("returned", "1", "0")
    assert "dénominateur" in told["stateReason"]
    assert await value_of(desk, town) == "30"
    answer = await desk.try_patch(f"measurements/{faulty}", state="submitted")
    assert refused(answer) == (400, "denominatorAboveZero")
    assert (await desk.patch(f"measurements/{faulty}", state="submitted", denominator="2"))["denominator"] == "2"


def migration() -> Any:
    path = next(Path("migrations/versions").glob("*_spans_and_parts.py"))
    spec = importlib.util.spec_from_file_location("spans_and_parts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
