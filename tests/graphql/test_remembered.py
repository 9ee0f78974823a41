"""A question asked again is answered from memory as long as nothing that it was read from has changed."""

from typing import Any

import httpx
import pytest

from api.db import Database
from api.graphql import endpoint
from api.graphql.documents import Library
from api.graphql.operations import operation_of
from api.settings import Settings
from tests.factories import Commune, make_action, make_commune
from tests.observing import statements

QUESTION = "{ actions(first: 100) { nodes { id title } } }"
WITH_CURSORS = "{ actions(first: 1) { nodes { id } pageInfo { endCursor } } }"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def ask(client: httpx.AsyncClient, commune: Commune, role: str, query: str = QUESTION) -> Any:
    answer = await client.post("/graphql", json={"query": query}, headers=commune.as_(role))
    assert answer.status_code == 200, answer.text
    assert answer.json()["extensions"]["cost"] > 0
    return answer.json()


def titles(answer: Any) -> set[str]:
    return {node["title"] for node in answer["data"]["actions"]["nodes"]}


@pytest.mark.accelerated
async def test_an_unchanged_answer_costs_one_statement(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    first = await ask(client, commune, "administration")
    with statements(database) as sent:
        again = await ask(client, commune, "administration")
    assert again == first
    assert len(sent) == 1, sent
    assert "enter(" in sent[0], "the rights were not read again"


async def test_a_change_is_seen_at_once(client: httpx.AsyncClient, commune: Commune, database: Database) -> None:
    await ask(client, commune, "administration")
    await ask(client, commune, "administration")
    await make_action(commune, title="Une action de plus")
    assert "Une action de plus" in titles(await ask(client, commune, "administration"))


async def test_a_right_that_ended_ends_the_answer(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    for _ in range(2):
        await ask(client, commune, "college")
    async with database.transaction() as connection:
        await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{commune.workspace_id}}}")
        await connection.execute(
            "update membership set ended_at = now() where account_id = $1", commune.account("college")
        )
    answer = await client.post("/graphql", json={"query": QUESTION}, headers=commune.as_("college"))
    assert answer.status_code == 403, answer.text


async def test_nobody_is_given_the_answer_of_another(client: httpx.AsyncClient, commune: Commune) -> None:
    await make_action(commune, title="Pour l’administration seule", audience="restricted")
    for _ in range(2):
        inside, college = await ask(client, commune, "administration"), await ask(client, commune, "college")
        assert "Pour l’administration seule" in titles(inside)
        assert "Pour l’administration seule" not in titles(college)


async def test_cursors_are_told_to_their_asker_alone(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    other = await make_commune(database)
    told = [await ask(client, each, "administration", WITH_CURSORS) for each in (commune, commune)]
    assert told[0] == told[1]
    cursor = told[0]["data"]["actions"]["pageInfo"]["endCursor"]
    query = f'{{ actions(first: 1, after: "{cursor}") {{ nodes {{ id }} }} }}'
    assert "errors" not in await ask(client, commune, "administration", query)
    [error] = (await ask(client, other, "administration", query))["errors"]
    assert error["extensions"]["type"] == "urn:problem-type:pst:cursorInvalid"


ENDS = "placements { pageInfo { endCursor } }"


@pytest.mark.parametrize(
    ("query", "is_personal"),
    [
        ("{ actions { nodes { id } pageInfo { hasNextPage } } }", False),
        ("{ actions { pageInfo { startCursor } } }", True),
        ("{ actions { edges { cursor } } }", True),
        (f"{{ actions {{ nodes {{ {ENDS} }} }} }}", True),
        (f"{{ tasks {{ nodes {{ action {{ {ENDS} }} }} }} }}", True),
        (f'{{ action(id: "ID") {{ {ENDS} }} }}', True),
        ('{ planTree(planId: "ID") { plan { title } } }', False),
        (f'{{ planTree(planId: "ID") {{ plan {{ {ENDS} }} }} }}', True),
    ],
)
def test_whatever_holds_a_cursor_is_kept_for_its_asker(settings: Settings, query: str, is_personal: bool) -> None:
    text = query.replace("ID", "01890a5d-ac96-774b-bcce-b302099a8057")
    operation = operation_of(Library(settings).read(text), None, {}, settings)
    assert endpoint._is_personal(operation) is is_personal


async def test_all_communes_are_asked_in_the_same_words(client: httpx.AsyncClient, database: Database) -> None:
    """What PostgreSQL prepared for the reader of one commune serves every reader with the same rights elsewhere."""
    said = []
    for _ in range(2):
        commune = await make_commune(database, approach="grouped")
        plan, headers = commune.plans["pst"], commune.as_("administration")
        with statements(database) as sent:
            for path in ("actions", f"plans/{plan}", f"plans/{plan}/tree"):
                answer = await client.get(f"/pst/v1/{path}", headers=headers)
                assert answer.status_code == 200, answer.text
            await ask(client, commune, "administration")
        said.append(sent)
    assert said[0] == said[1]
