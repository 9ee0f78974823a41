"""The compiled way and the ordinary way answer the same: for queries made at random, for every role."""

import json
import os
from collections import Counter
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.domain.errors import Refusal
from api.graphql import compiled, ordinary
from api.graphql.documents import Library
from api.graphql.operations import operation_of
from api.settings import Settings
from tests.graphql.conftest import Town
from tests.graphql.generated import queries

LOOSE = Settings(mode="development", graphql_aliases=200, graphql_tokens=5_000, graphql_cost=10_000_000)
LIBRARY = Library(LOOSE)
ROLES = (
    "administration",
    "college",
    "council",
    "agent",
    "cpas",
    "partner",
    "region",
    "integrator",
    "operator",
    "public",
)
SEEN: Counter[str] = Counter()


async def both(town: Town, role: str, text: str, variables: dict[str, Any]) -> tuple[Any, Any]:
    """The answers of both ways on one snapshot; the first is None where nothing can be compiled."""
    context = town.context(role)
    try:
        operation = operation_of(LIBRARY.read(text), None, variables, LOOSE)
        snapshot = await context.open_snapshot()
        data = await compiled.answer_compiled(operation, snapshot)
        answer = json.loads(ordinary.as_bytes(await ordinary.execute_ordinary(operation, context)))
    finally:
        await context.close()
    return (None if data is None else orjson.loads(data)), answer


async def agree(town: Town, role: str, text: str, variables: dict[str, Any]) -> None:
    fast, answer = await both(town, role, text, variables)
    SEEN["compiled" if fast is not None else "refused" if "errors" in answer else "ordinary"] += 1
    for error in answer.get("errors", ()):
        assert error["extensions"]["status"] != 500, (text, error)
    if fast is not None:
        assert "errors" not in answer, (role, text, variables, answer["errors"])
        assert fast == answer["data"], (role, text, variables)


@pytest.mark.parametrize("role", ROLES)
async def test_generated_queries_are_answered_alike(town: Town, role: str) -> None:
    import asyncio

    loop = asyncio.get_running_loop()

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def alike(data: Any) -> None:
        text, variables = data.draw(queries(town.ids))
        try:
            asyncio.run_coroutine_threadsafe(agree(town, role, text, variables), loop).result(30)
        except Refusal as refused:
            if refused.code not in ("queryTooCostly", "badRequest"):
                raise

    await asyncio.to_thread(alike)


EXAMPLES = int(os.environ.get("GRAPHQL_EXAMPLES", "40"))


WHERE = "pageInfo { hasPreviousPage startCursor endCursor hasNextPage } edges { cursor }"
ROOT = f"query($c: String) {{ actions(first: 3, after: $c) {{ {WHERE} }} }}"
LINKED = f"query($c: String) {{ actions(first: 9) {{ nodes {{ placements(first: 1, after: $c) {{ {WHERE} }} }} }} }}"


async def test_pages_tell_their_ends_alike(town: Town) -> None:
    """From the first page to the one after the last: Relay's four members, as the edges say them."""
    cursor: str | None = None
    pages: list[Any] = []
    while not pages or pages[-1]["edges"]:
        fast, answer = await both(town, "administration", ROOT, {"c": cursor})
        assert fast == answer["data"], answer
        pages.append(fast["actions"])
        cursor = fast["actions"]["pageInfo"]["endCursor"] or cursor
    for page in pages:
        cursors = [edge["cursor"] for edge in page["edges"]] or [None]
        assert (page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]) == (cursors[0], cursors[-1])
    assert [page["pageInfo"]["hasPreviousPage"] for page in pages] == [False] + [True] * (len(pages) - 1)
    assert [page["pageInfo"]["hasNextPage"] for page in pages] == [True] * (len(pages) - 2) + [False, False]


async def test_linked_pages_tell_their_ends_alike(town: Town) -> None:
    first, _ = await both(town, "administration", LINKED, {})
    ends = [node["placements"]["pageInfo"]["endCursor"] for node in first["actions"]["nodes"]]
    fast, answer = await both(town, "administration", LINKED, {"c": next(end for end in ends if end)})
    assert fast == answer["data"], answer
    assert all(node["placements"]["pageInfo"]["hasPreviousPage"] for node in fast["actions"]["nodes"])


async def test_most_of_them_are_compiled(town: Town) -> None:
    """Otherwise the comparison above would prove little."""
    assert SEEN["compiled"] > 2 * SEEN["ordinary"], SEEN
