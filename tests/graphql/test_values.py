"""What is said in variables and arguments, null included, is answered or refused as the schema says."""

from typing import Any

import httpx
import pytest

from tests.graphql.conftest import Town


async def post(client: httpx.AsyncClient, town: Town, query: str, variables: dict[str, Any]) -> httpx.Response:
    body = {"query": query, "variables": variables}
    return await client.post("/graphql", json=body, headers=town.headers["administration"])


PAGED = "query($n: Int{default}) {{ actions(first: $n) {{ totalCount nodes {{ id }} }} }}"


@pytest.mark.parametrize(("default", "said"), [("", {}), ("", {"n": None}), (" = 5", {"n": None}), (" = null", {})])
async def test_no_page_size_is_the_usual_one(
    client: httpx.AsyncClient, town: Town, default: str, said: dict[str, Any]
) -> None:
    usual = (await post(client, town, "{ actions { totalCount nodes { id } } }", {})).json()
    answer = (await post(client, town, PAGED.format(default=default), said)).json()
    assert answer["data"] == usual["data"]


@pytest.mark.parametrize(
    "query",
    [
        "query($x: Boolean = true) { plans @skip(if: $x) { totalCount } }",
        "query($x: Boolean = true) { plans { totalCount @include(if: $x) } }",
        "query($x: Boolean = true) { ... @skip(if: $x) { plans { totalCount } } }",
    ],
)
async def test_null_decides_nothing(client: httpx.AsyncClient, town: Town, query: str) -> None:
    assert (await post(client, town, query, {})).status_code == 200
    answer = await post(client, town, query, {"x": None})
    assert answer.status_code == 400, answer.text
    [issue] = answer.json()["issues"]
    assert issue["name"] == "variables"
    assert "$x" in issue["reason"]


async def test_null_where_a_value_is_needed_is_refused_at_its_field(client: httpx.AsyncClient, town: Town) -> None:
    query = "query($e: Boolean = true) { plans { totalCount } reminders(unread: $e) { __typename } }"
    answer = (await post(client, town, query, {"e": None})).json()
    assert answer["data"]["plans"]["totalCount"] > 0
    assert answer["data"]["reminders"] is None
    [error] = answer["errors"]
    assert error["path"] == ["reminders"]
    assert error["extensions"]["type"] == "urn:problem-type:belgif:badRequest"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("subscription { plans { totalCount } }", {}),
        ("subscription { action { nothing } }", {}),
        ("{ plans(first: 1) { totalCount } plans(first: 2) { totalCount } }", {}),
        ("{ plans(first: 1) { totalCount } ...F } fragment F on Query { plans(first: 2) { totalCount } }", {}),
        ("query($x: Int) { plans { totalCount } }", {}),
        ("{ actions(filter: { status: [finished] }) { totalCount } }", {}),
        ("query($s: [ActionStatus!]) { actions(filter: { status: $s }) { totalCount } }", {"s": ["finished"]}),
        ("query($s: [ActionStatus!]) { actions(filter: { status: $s }) { totalCount } }", {"s": [None]}),
        ("query @skip(if: true) { plans { totalCount } }", {}),
        ("{ plans @include(if: true) @include(if: true) { totalCount } }", {}),
        ("{ plans @nothing { totalCount } }", {}),
        ("fragment F on Query { plans { totalCount } }", {}),
        ("type Plan { id: ID }", {}),
        ("", {}),
    ],
)
async def test_what_the_schema_does_not_know_is_refused_whole(
    client: httpx.AsyncClient, town: Town, query: str, said: dict[str, Any]
) -> None:
    answer = await post(client, town, query, said)
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"] == "urn:problem-type:belgif:badRequest"
    assert answer.json()["issues"]
