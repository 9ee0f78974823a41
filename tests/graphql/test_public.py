"""Without a token: GraphQL answers what the public addresses of REST do, and asks to sign in for the rest."""

import httpx
import pytest
from graphql import get_introspection_query

from api.domain.resources.base import Resource
from api.main import PUBLIC
from tests.graphql.conftest import Town
from tests.graphql.test_reads import ask, document, whole, without_nulls


@pytest.mark.parametrize("resource", PUBLIC, ids=lambda r: r.name)
async def test_the_public_is_told_the_same(client: httpx.AsyncClient, town: Town, resource: Resource) -> None:
    """Without a token GraphQL answers what the public addresses of REST do, and documents lead to these addresses."""
    query = f"{{ found: {resource.plural}(first: 20) {{ nodes {{ {document(resource)} }} totalCount }} }}"
    found = (await ask(client, town, "public", query))["data"]["found"]
    rest = await client.get(f"/pst/v1/public/{resource.plural}", params={"pageSize": 20, "total": True})
    assert rest.status_code == 200, rest.text
    assert without_nulls(found["nodes"]) == without_nulls(rest.json()["items"])
    assert found["totalCount"] == rest.json()["total"]
    for node in found["nodes"][:3]:
        own = await client.get(node["href"])
        assert (own.status_code, own.json()["id"]) == (200, node["id"])


async def test_the_public_is_told_the_same_progress_and_matches(client: httpx.AsyncClient, town: Town) -> None:
    plans = (await ask(client, town, "public", "{ plans { nodes { id } } }"))["data"]["plans"]["nodes"]
    for plan in plans:
        query = f'{{ planProgress(planId: "{plan["id"]}") {{ {whole("PlanProgress")} }} }}'
        rest = await client.get(f"/pst/v1/public/plans/{plan['id']}/progress")
        assert (await ask(client, town, "public", query))["data"]["planProgress"] == rest.json()
    query = f'{{ search(words: "rue") {{ {whole("SearchAnswer")} }} }}'
    rest = await client.get("/pst/v1/public/search", params={"q": "rue"})
    assert (await ask(client, town, "public", query))["data"]["search"] == rest.json()
    assert rest.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    "part", ["accounts { totalCount }", "workspaceTotals { actionCount }", "partnerActions { totalCount }"]
)
async def test_whoever_has_no_token_is_asked_to_sign_in(client: httpx.AsyncClient, town: Town, part: str) -> None:
    """As REST does; what everybody may read is answered beside."""
    name = part.partition(" ")[0]
    answer = await ask(client, town, "public", f"{{ plans {{ totalCount }} {part} }}")
    assert answer["data"]["plans"]["totalCount"] > 0
    assert answer["data"][name] is None
    [error] = answer["errors"]
    rest = await client.get("/pst/v1/accounts")
    assert {**error["extensions"], "instance": ""} == {**rest.json(), "instance": ""}
    assert error["path"] == [name]


@pytest.mark.parametrize(
    "question",
    [
        get_introspection_query(),
        "{ __typename __schema { queryType { name } } }",
        "{ plans { totalCount } __schema { queryType { name } } }",
        '{ ... { __type(name: "Plan") { name } } }',
        "{ ...Hidden } fragment Hidden on Query { plans { totalCount } __schema { queryType { name } } }",
    ],
)
async def test_the_schema_is_not_told_to_the_public(client: httpx.AsyncClient, question: str) -> None:
    answer = await client.post("/graphql", json={"query": question})
    assert answer.status_code == 401
    assert "queryType" not in answer.text
