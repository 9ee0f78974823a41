"""Whoever cannot be served now is told so, soon, and when to try again; nothing is half done."""

from contextlib import AsyncExitStack
from uuid import uuid4

import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.settings import Settings
from tests.concurrency.together import Desk, code_of, codes, impatient, together
from tests.factories import Commune, make_commune, snapshot_of_everything
from tests.journal.entries import position_of


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def test_a_row_that_somebody_holds_is_to_be_asked_for_again(
    settings: Settings, commune: Commune, database: Database
) -> None:
    before = await snapshot_of_everything(database, commune.workspace_id)
    action = commune.actions["space"]
    async with impatient(settings, lock_timeout_ms=100) as (_, client), database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        await connection.execute("select from action where id = $1 for update", action)
        desk = Desk(client, commune)
        answer = await desk.change(f"actions/{action}", '"1"', title="Autre")
        assert (answer.status_code, code_of(answer)) == (503, "lockedByOther")
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (await desk.read(f"actions/{action}")).status_code == 200, "reading waits for nobody"
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_journal_that_somebody_holds_is_to_be_asked_for_again_and_nothing_is_written(
    settings: Settings, commune: Commune, database: Database
) -> None:
    before = await snapshot_of_everything(database, commune.workspace_id)
    async with impatient(settings, lock_timeout_ms=100) as (_, client), database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        await connection.execute("select from journal_counter where workspace_id = $1 for update", commune.workspace_id)
        answer = await Desk(client, commune).create("domains", name="Culture", strand="other")
        assert (answer.status_code, code_of(answer)) == (503, "lockedByOther")
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_without_a_free_connection_the_answer_is_503_with_retry_after(
    settings: Settings, commune: Commune, database: Database
) -> None:
    before = await snapshot_of_everything(database, commune.workspace_id)
    async with impatient(settings, pool_size=2, pool_acquire_seconds=1.0) as (app, client), AsyncExitStack() as held:
        desk = Desk(client, commune)
        for _ in range(2):
            await held.enter_async_context(app.state.database.connection())
        asked = (desk.read("actions"), desk.create("domains", name="Culture", strand="other"))
        for answer in await together(*asked):
            assert (answer.status_code, code_of(answer)) == (503, "serviceUnavailable")
            assert int(answer.headers["Retry-After"]) > 0
        health = await client.get("/health")
        assert (health.status_code, health.json()) == (503, {"status": "DOWN"})
        await held.aclose()
        assert (await desk.read("actions")).status_code == 200
        assert (await client.get("/health")).json() == {"status": "UP"}
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_statement_that_takes_too_long_is_503(settings: Settings, commune: Commune, database: Database) -> None:
    action = commune.actions["space"]
    patience = {"statement_timeout_ms": 100, "lock_timeout_ms": 5_000}
    async with impatient(settings, **patience) as (_, client), database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        await connection.execute("select from action where id = $1 for update", action)
        answer = await Desk(client, commune).change(f"actions/{action}", '"1"', title="Autre")
    assert (answer.status_code, code_of(answer)) == (503, "tookTooLong")
    assert int(answer.headers["Retry-After"]) > 0


async def test_one_key_used_by_many_at_once_has_one_effect(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    for _ in range(5):
        key, position = str(uuid4()), await position_of(database, commune.workspace_id)
        desk = Desk(client, commune, {**commune.as_("administration"), "Idempotency-Key": key})
        words = {"title": key, "organisationId": commune.municipality}
        answers = await together(*(desk.create("actions", **words) for _ in range(10)))
        assert set(codes(answers)) <= {None, "idempotencyInProgress"}
        done = [a for a in answers if a.status_code == 201]
        assert len({a.json()["id"] for a in done}) == 1
        assert sum("Idempotency-Replayed" not in a.headers for a in done) == 1
        assert await position_of(database, commune.workspace_id) == position + 1
        again = await desk.create("actions", **words)
        assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
        assert again.content == done[0].content
