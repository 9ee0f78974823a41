"""GraphQL over HTTP: whoever asks for GraphQL's own media type is answered and refused in it, others by problems."""

from typing import Any

import httpx
import pytest

from tests.graphql.conftest import Town

OWN, JSON, PROBLEM = "application/graphql-response+json", "application/json", "application/problem+json"
CLIENTS = {
    "Apollo": f"{OWN}, {JSON};q=0.9",
    "urql": f"{OWN}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed",
    "Relay and fetch": "*/*",
    "plain": JSON,
    "own": f"{OWN};charset=utf-8",
}
UNKNOWN_FIELD = "{ plans {\n  nothing } }"


async def post(client: httpx.AsyncClient, town: Town, accept: str, query: str, role: str = "administration") -> Any:
    return await client.post("/graphql", json={"query": query}, headers={**town.headers[role], "Accept": accept})


@pytest.mark.parametrize("name", CLIENTS)
async def test_each_client_is_spoken_to_in_its_own_way(client: httpx.AsyncClient, town: Town, name: str) -> None:
    accept = CLIENTS[name]
    answer = await post(client, town, accept, "{ plans { totalCount } }")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, OWN if OWN in accept else JSON)
    refused = await post(client, town, accept, UNKNOWN_FIELD)
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, OWN if OWN in accept else PROBLEM)
    assert "data" not in refused.json()


async def test_a_refusal_in_graphql_says_what_the_problem_says(client: httpx.AsyncClient, town: Town) -> None:
    problem = (await post(client, town, JSON, UNKNOWN_FIELD)).json()
    [error] = (await post(client, town, OWN, UNKNOWN_FIELD)).json()["errors"]
    assert {**error["extensions"], "instance": ""} == {**problem, "instance": ""}
    assert error["message"] == problem["issues"][0]["detail"]
    assert error["locations"] == [{"line": 2, "column": 3}]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {"query": "{ " + "a " * 5_000 + "}"}}, 400),
        ({"json": {}}, 400),
        ({"content": b"{", "headers": {"Content-Type": JSON}}, 400),
        ({"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"json": {"query": "{ plans { totalCount } }"}, "headers": {"Authorization": "Bearer x"}}, 401),
    ],
)
async def test_every_refusal_has_its_errors(client: httpx.AsyncClient, sent: dict[str, Any], status: int) -> None:
    headers = {"Accept": OWN, "Accept-Language": "nl", **sent.pop("headers", {})}
    answer = await client.post("/graphql", **sent, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, OWN)
    assert answer.headers["Content-Language"] == "nl"
    [error] = answer.json()["errors"]
    assert error["extensions"]["status"] == status
    assert error["message"]
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
