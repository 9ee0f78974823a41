"""The schema tells of itself from bytes kept, once in an answer, and keeps nobody waiting."""

import asyncio
import gc
import time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from graphql import build_client_schema, execute, get_introspection_query, parse, print_schema

from api.graphql import introspection
from api.graphql.schema import CORE
from tests.graphql.conftest import Town
from tests.processor import measure_reference

USUAL = {
    "GraphiQL and Apollo": get_introspection_query(),
    "graphql-codegen": get_introspection_query(
        descriptions=True, specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True,
    ),
    "without descriptions": get_introspection_query(descriptions=False),
}  # fmt: skip
"""As the tools send it that integrators use."""
LONGEST_TURN = 5
"""So many references the event loop may be held for: five times what it is."""


async def ask(client: httpx.AsyncClient, town: Town, query: str, **variables: Any) -> httpx.Response:
    body = {"query": query, "variables": variables}
    return await client.post("/graphql", json=body, headers=town.headers["integrator"])


@pytest.mark.parametrize("tool", USUAL)
async def test_each_usual_question_is_answered_as_the_reference_does(
    client: httpx.AsyncClient, town: Town, tool: str
) -> None:
    expected: Any = execute(CORE, parse(USUAL[tool])).data  # type: ignore[union-attr]
    for _ in range(2):
        answer = await ask(client, town, USUAL[tool])
        assert (answer.status_code, answer.json()["data"]) == (200, expected)
        assert answer.json()["extensions"]["cost"] > 10_000
    assert print_schema(build_client_schema(expected)).count("type ") > 100


@pytest.mark.accelerated
async def test_the_second_time_it_is_answered_from_bytes_however_it_is_written(
    client: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await ask(client, town, "{ __schema { ...Types } } fragment Types on __Schema { types { name kind } }")

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("it was worked out again")

    monkeypatch.setattr(introspection._IntrospectionWriter, "of", never)
    again = await ask(client, town, "query Other { __schema { types { kind: kind name } } } # words")
    same = await ask(client, town, "query Other { __schema { types { name, ...{ kind } } } } # words")
    assert same.json()["data"] == first.json()["data"]
    assert again.status_code == 500, "another order of names is another answer"


async def test_variables_count(client: httpx.AsyncClient, town: Town) -> None:
    query = "query($name: String!) { __type(name: $name) { name } }"
    for name in ("Plan", "Action", "Plan"):
        assert (await ask(client, town, query, name=name)).json()["data"] == {"__type": {"name": name}}
    assert (await ask(client, town, query, name="Nothing")).json()["data"] == {"__type": None}
    assert (await ask(client, town, query)).status_code == 400


ONE = "__schema { types { name fields { name } } }"
TOO_MUCH = {
    "the schema five times": "{ " + " ".join(f"a{i}: {ONE}" for i in range(5)) + " }",
    "twice, once in a fragment": "{ a: __schema { queryType { name } } ...F } fragment F on Query { " + ONE + " }",
    "beside other things": "{ plans { totalCount } " + ONE + " }",
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_MUCH)
async def test_too_much_of_it_is_refused(client: httpx.AsyncClient, town: Town, name: str) -> None:
    answer = await ask(client, town, TOO_MUCH[name])
    assert answer.status_code == 400, answer.text[:200]
    assert (answer.json()["type"], answer.json()["limit"]) == ("urn:problem-type:pst:queryTooCostly", "introspection")


async def test_a_little_of_it_is_told_beside_other_things(client: httpx.AsyncClient, town: Town) -> None:
    answer = await ask(client, town, '{ plans { totalCount } __type(name: "Plan") { name } }')
    assert answer.json()["data"]["__type"] == {"name": "Plan"}


async def test_whoever_asks_for_it_keeps_nobody_waiting(client: httpx.AsyncClient, town: Town) -> None:
    questions = [USUAL["GraphiQL and Apollo"].replace("types", f"a{i}: types") for i in range(6)]
    turns: list[float] = []
    reference = max(measure_reference() for _ in range(3))

    async def watch() -> None:
        """How long the others work before it is anybody else's turn; of this thread, whatever else the machine does."""
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            turns.append(time.thread_time() - before)

    await ask(client, town, "{ __typename }")
    gc.freeze()  # the heap of the tests is not the service's
    watching = asyncio.create_task(watch())
    answers = [await ask(client, town, question) for question in questions]
    watching.cancel()
    gc.unfreeze()
    assert {answer.status_code for answer in answers} == {200}
    assert max(turns) / max(reference, measure_reference()) < LONGEST_TURN


async def test_many_new_questions_at_once_are_to_be_asked_again(
    client: httpx.AsyncClient, town: Town, app: FastAPI
) -> None:
    """While one is worked out a few may wait; the others are told when to come back."""
    library, refused = app.state.graphql_library, 30 - introspection.MOST_WAITING
    async with library.introspection.turn:
        asked = {
            asyncio.create_task(ask(client, town, f"{{ a{i}: __schema {{ types {{ name }} }} }}")) for i in range(30)
        }
        waiting, answered = asked, set[asyncio.Task[httpx.Response]]()
        while len(answered) < refused:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            answered |= done
        for answer in (task.result() for task in answered):
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
    assert [(await task).status_code for task in waiting] == [200] * introspection.MOST_WAITING
