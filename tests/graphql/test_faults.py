"""What goes wrong on our side ends in good time, tells nothing of our code, and leaves no document in the log."""

import logging
from typing import Any

import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from api.graphql import compiled
from api.settings import Settings
from tests.concurrency.together import impatient
from tests.factories import Commune, make_commune, snapshot_of_everything

ACTIONS = "{ actions { nodes { id title } } plans { totalCount } }"
WITHHELD = "{ actions { nodes { id tasks { totalCount } } } }"
"""Answered the ordinary way where tasks may not be read."""
TOO_LONG = "urn:problem-type:pst:tookTooLong"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def ask(client: httpx.AsyncClient, headers: dict[str, str], query: str, **variables: Any) -> httpx.Response:
    body = {"query": query, "variables": variables}
    return await client.post("/graphql", json=body, headers={**headers, "Accept-Language": "en"})


async def hold_actions(connection: Any) -> None:
    """Whoever reads an action waits until this transaction ends."""
    await connection.execute("lock table action in access exclusive mode")


async def test_a_query_that_takes_too_long_is_ended(settings: Settings, commune: Commune, database: Database) -> None:
    patience = {"statement_timeout_ms": 1_000, "lock_timeout_ms": 60_000}
    headers = commune.as_("administration")
    async with impatient(settings, **patience) as (_, client):
        async with database.transaction() as connection:
            await hold_actions(connection)
            answer = await ask(client, headers, ACTIONS)
        assert (answer.status_code, answer.json()["type"]) == (503, TOO_LONG)
        assert int(answer.headers["Retry-After"]) > 0
        again = await ask(client, headers, ACTIONS)
        assert "errors" not in again.json(), "the connection was left unusable"


async def test_a_part_that_takes_too_long_is_null_and_so_is_what_follows(
    settings: Settings, commune: Commune, database: Database
) -> None:
    patience = {"statement_timeout_ms": 1_000, "lock_timeout_ms": 60_000}
    quality = f'planQuality(planId: "{commune.plans["pst"]}") {{ __typename }}'
    async with impatient(settings, **patience) as (_, client), database.transaction() as connection:
        await hold_actions(connection)
        told = await ask(client, commune.as_("administration"), f"{{ __typename plans {{ totalCount }} {quality} }}")
        nothing = await ask(client, commune.as_("administration"), f"{{ {quality} }}")
    answer = told.json()
    assert (told.status_code, told.headers["Retry-After"], answer["data"]["__typename"]) == (200, "2", "Query")
    assert (nothing.status_code, nothing.headers["Retry-After"], nothing.json()["type"]) == (503, "2", TOO_LONG)
    assert answer["data"]["planQuality"] is None
    assert {error["extensions"]["type"] for error in answer["errors"]} == {TOO_LONG}
    assert ["planQuality"] in [error["path"] for error in answer["errors"]]


async def test_a_change_that_takes_too_long_changes_nothing_and_the_next_one_is_done(
    settings: Settings, commune: Commune, database: Database
) -> None:
    query = """mutation($id: UUID!, $input: FindingCreate!) {
        updateAction(id: $id, expectedVersion: 1, patch: {title: "Autre"}) { title }
        createFinding(input: $input) { text } }"""
    action = commune.actions["space"]
    words = {"text": "Les aînés sortent peu", "organisationId": str(commune.municipality)}
    patience = {"statement_timeout_ms": 1_000, "lock_timeout_ms": 60_000}
    async with impatient(settings, **patience) as (_, client), database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        await connection.execute("select from action where id = $1 for update", action)
        told = (await ask(client, commune.as_("administration"), query, id=str(action), input=words)).json()
        rest = await client.get(f"/pst/v1/actions/{action}", headers=commune.as_("administration"))
    assert told["data"]["updateAction"] is None
    assert told["data"]["createFinding"] == {"text": "Les aînés sortent peu"}, told
    [error] = told["errors"]
    assert (error["path"], error["extensions"]["type"]) == (["updateAction"], TOO_LONG)
    assert rest.json()["version"] == 1


SECRET = "what was sent, " * 10_000


@pytest.mark.parametrize("way", [pytest.param("compiled", marks=pytest.mark.accelerated), "ordinary"])
async def test_a_fault_is_told_by_its_reference_alone(
    client: httpx.AsyncClient,
    commune: Commune,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    """The reference stands in the answer and in the log, where no line is long."""

    def fault(*_: Any) -> Any:
        raise RuntimeError(SECRET)

    async def nothing(*_: Any) -> None:
        return None

    if way == "compiled":
        monkeypatch.setattr(compiled, "_statement", fault)
    else:
        monkeypatch.setattr(compiled, "answer_compiled", nothing)
        monkeypatch.setattr("api.domain.sql.connections.root_page", fault)
    answer = await ask(client, commune.as_("administration"), ACTIONS)
    told = answer.json() if way == "compiled" else answer.json()["errors"][0]["extensions"]
    assert told["type"] == "urn:problem-type:belgif:internalServerError"
    assert "what was sent" not in answer.text
    reference = told["instance"].removeprefix("urn:uuid:")
    assert answer.headers["BelGov-Trace-Id"] == reference
    [record] = {r.getMessage(): r for r in caplog.records if reference in r.getMessage()}.values()
    assert "RuntimeError" in record.getMessage()
    assert max(len(line) for line in logged(caplog)) <= 300
    assert sum(len(line) for line in logged(caplog)) < 20_000


@pytest.mark.parametrize(
    "query",
    [
        "{ plans { totalCount } } #" + "x" * 900_000,
        "{ " + "a" * 50_000 + " }",
        '{ plans(search: "' + "x" * 60_000 + '") { totalCount } }',
    ],
    ids=["a huge document", "a long name", "a long text"],
)
async def test_what_is_refused_is_not_copied_into_the_log(
    client: httpx.AsyncClient, commune: Commune, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    caplog.set_level(logging.DEBUG)
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await ask(client, commune.as_("administration"), query)
    assert "errors" in answer.json() or answer.status_code == 400
    assert sum(len(line) for line in logged(caplog)) < 5_000
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    formatter = logging.Formatter("%(name)s %(message)s")
    return [line for record in caplog.records for line in formatter.format(record).splitlines()] or [""]
