"""Reading through GraphQL: the same documents as REST, one snapshot, few statements, partial answers."""

from typing import Any

import httpx
import pytest
from graphql import get_introspection_query, get_named_type, is_object_type

from api.db import Database
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.sql.reader import document_fields
from api.graphql import compiled, ordinary
from api.graphql.documents import Library
from api.graphql.operations import operation_of
from api.graphql.schema import CORE
from api.settings import Settings
from tests.graphql.conftest import Town
from tests.observing import statements

LIBRARY = Library(Settings(mode="development"))


async def ask(client: httpx.AsyncClient, town: Town, role: str, query: str, **variables: Any) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=town.headers[role])
    assert answer.status_code == 200, answer.text
    return answer.json()


def whole(type_name: str, names: list[str] | None = None) -> str:
    """Every field of a type, with every member of its objects."""
    fields = CORE.type_map[type_name].fields  # type: ignore[attr-defined]
    chosen = []
    for name in names or fields:
        kind = get_named_type(fields[name].type)
        chosen.append(f"{name} {{ {whole(kind.name)} }}" if is_object_type(kind) else name)
    return " ".join(chosen)


def document(resource: Resource) -> str:
    return whole(resource.title, [resource.wire(name) for name in document_fields(resource)])


def without_nulls(value: Any) -> Any:
    """Objects inside documents are told by REST without their absent members."""
    if isinstance(value, dict):
        return {name: without_nulls(v) for name, v in value.items() if v is not None}
    return [without_nulls(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("role", ["administration", "college", "council", "agent", "partner", "region"])
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda r: r.name)
async def test_a_list_is_the_list_of_rest(client: httpx.AsyncClient, town: Town, role: str, resource: Resource) -> None:
    """Documents, order and cursor alike; a refusal has the same type."""
    pieces = f"nodes {{ {document(resource)} }} pageInfo {{ hasNextPage endCursor }}"
    query = f"{{ found: {resource.plural}(first: 20) {{ {pieces} }} }}"
    answer = await ask(client, town, role, query)
    rest = await client.get(f"/pst/v1/{resource.plural}", params={"pageSize": 20}, headers=town.headers[role])
    if rest.status_code != 200:
        assert answer["data"] == {"found": None}
        [error] = answer["errors"]
        assert error["path"] == ["found"]
        own = {k: v for k, v in error["extensions"].items() if k != "instance"}
        assert own == {k: v for k, v in rest.json().items() if k != "instance"}
        return
    found, page = answer["data"]["found"], rest.json()
    if {"labels", "jwks"} & set(resource.answered_fields):
        assert without_nulls(found["nodes"]) == without_nulls(page["items"])
    else:
        assert found["nodes"] == page["items"]
    assert found["pageInfo"]["hasNextPage"] == ("next" in page)


async def test_a_page_follows_another(client: httpx.AsyncClient, town: Town) -> None:
    query = """query($after: String) {
        actions(first: 7, after: $after, sort: [plannedEndDescending, title]) {
            nodes { id } pageInfo { hasNextPage endCursor } totalCount } }"""
    seen: list[str] = []
    after, has_next, total = None, True, 0
    while has_next:
        found = (await ask(client, town, "administration", query, after=after))["data"]["actions"]
        seen += [node["id"] for node in found["nodes"]]
        after, has_next, total = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"], found["totalCount"]
    assert len(seen) == len(set(seen)) == total


async def test_a_nested_list_is_paged_too(client: httpx.AsyncClient, town: Town) -> None:
    plan = await plan_with_actions(client, town)
    query = """query($id: UUID!, $after: String) { plan(id: $id) {
        planActions(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } } }"""
    seen: list[str] = []
    after, has_next, total = None, True, 0
    while has_next:
        found = (await ask(client, town, "administration", query, id=plan, after=after))["data"]["plan"]["planActions"]
        seen += [node["id"] for node in found["nodes"]]
        after, has_next, total = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"], found["totalCount"]
    assert len(seen) == len(set(seen)) == total > 3


async def test_a_cursor_of_another_question_is_refused(client: httpx.AsyncClient, town: Town) -> None:
    first = await ask(client, town, "administration", "{ actions(first: 2) { pageInfo { endCursor } } }")
    cursor = first["data"]["actions"]["pageInfo"]["endCursor"]
    for role, words in (("administration", "isSynergy: [true]"), ("college", "")):
        asked = f", filter: {{ {words} }}" if words else ""
        query = f"query($c: String) {{ actions(after: $c{asked}) {{ nodes {{ id }} }} }}"
        answer = await ask(client, town, role, query, c=cursor)
        assert answer["errors"][0]["extensions"]["type"] == "urn:problem-type:pst:cursorInvalid"


async def plan_with_actions(client: httpx.AsyncClient, town: Town) -> str:
    answer = await ask(client, town, "administration", "{ plans { nodes { id planActions { totalCount } } } }")
    plans = answer["data"]["plans"]["nodes"]
    return str(max(plans, key=lambda plan: plan["planActions"]["totalCount"])["id"])


@pytest.mark.parametrize("role", ["administration", "council", "partner", "public"])
async def test_the_tree_is_the_tree_of_rest(client: httpx.AsyncClient, town: Town, role: str) -> None:
    parts = " ".join(
        f"{kind} {{ {' '.join(CORE.type_map[title].fields)} }}"  # type: ignore[attr-defined]
        for kind, title in (("objectives", "TreeObjective"), ("placements", "TreePlacement"), ("actions", "TreeAction"))
    )
    listed = await ask(client, town, role, "{ plans { nodes { id } } }")
    plans = [node["id"] for node in listed["data"]["plans"]["nodes"]]
    assert plans
    for plan in plans:
        answer = await ask(client, town, role, f'{{ planTree(planId: "{plan}") {{ plan {{ id title }} {parts} }} }}')
        door = "/pst/v1/public" if role == "public" else "/pst/v1"
        rest = (await client.get(f"{door}/plans/{plan}/tree", headers=town.headers[role])).json()
        rest["plan"] = {"id": rest["plan"]["id"], "title": rest["plan"]["title"]}
        assert answer["data"]["planTree"] == rest


async def test_whoever_may_not_read_a_part_gets_the_rest(client: httpx.AsyncClient, town: Town) -> None:
    answer = await ask(client, town, "region", "{ actions(first: 3) { nodes { id title tasks { totalCount } } } }")
    nodes = answer["data"]["actions"]["nodes"]
    assert [node["tasks"] for node in nodes] == [None] * len(nodes)
    assert all(node["title"] for node in nodes)
    [error] = answer["errors"]
    assert error["path"] == ["actions", "nodes", 0, "tasks"]
    assert error["extensions"]["type"] in (
        "urn:problem-type:belgif:missingPermission", "urn:problem-type:belgif:missingScope"
    )  # fmt: skip


async def test_nothing_of_a_fault_is_told(
    client: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any) -> Any:
        raise RuntimeError("the secret of the house")

    async def nothing(*_: Any) -> None:
        return None

    monkeypatch.setattr("api.domain.sql.connections.root_page", fault)
    monkeypatch.setattr(compiled, "answer_compiled", nothing)
    answer = await ask(client, town, "administration", "{ plans(first: 13) { nodes { id } } }")
    assert answer["data"] == {"plans": None}
    assert answer["errors"][0]["extensions"]["type"] == "urn:problem-type:belgif:internalServerError"
    assert "secret" not in str(answer)


NESTED = """{ plans(first: %d) { totalCount nodes { title
    objectives(first: %d) { nodes { title parent { title } placements(first: %d) { nodes { weight
        action { title organisation { name } tasks(first: 5) { totalCount nodes { title } } } } } } } } } }"""


@pytest.mark.parametrize("way", ["compiled", "ordinary"])
async def test_statements_are_bounded_by_depth(town: Town, database: Database, way: str) -> None:
    """Compiled: who asks, and the answer. Ordinary: one for each place of the document, however many nodes."""
    counts = []
    for size in (1, 5, 20):
        operation = operation_of(LIBRARY.read(NESTED % (size, size, size)), None, {}, Settings(graphql_cost=10_000_000))
        context = town.context("administration")
        with statements(database) as sent:
            snapshot = await context.open_snapshot()
            if way == "compiled":
                assert await compiled.answer_compiled(operation, snapshot)
            else:
                assert "errors" not in await ordinary.execute_ordinary(operation, context)
        await context.close()
        counts.append(len(sent))
    assert counts == [2] * 3 if way == "compiled" else max(counts) <= 10, counts


async def test_one_query_sees_one_moment(client: httpx.AsyncClient, town: Town) -> None:
    """Whatever others commit meanwhile: the snapshot is read only, and opened once for all statements of a query."""
    count = operation_of(LIBRARY.read("{ findings { totalCount } }"), None, {}, Settings())
    context = town.context("administration")
    snapshot = await context.open_snapshot()
    before = await ordinary.execute_ordinary(count, context)
    own = "{ units(first: 1) { nodes { organisationId } } }"
    house = (await ask(client, town, "administration", own))["data"]["units"]["nodes"][0]["organisationId"]
    create = "mutation($input: FindingCreate!) { createFinding(input: $input) { id } }"
    made = await ask(client, town, "administration", create, input={"text": "Entre-temps", "organisationId": house})
    assert "errors" not in made, made
    assert await ordinary.execute_ordinary(count, context) == before
    assert await context.open_snapshot() is snapshot
    settings = [await snapshot.connection.fetchval(f"show transaction_{s}") for s in ("isolation", "read_only")]
    assert settings == ["repeatable read", "on"]
    await context.close()
    after = await ordinary.execute_ordinary(count, context)
    await context.close()
    assert after["data"]["findings"]["totalCount"] == before["data"]["findings"]["totalCount"] + 1


async def test_a_document_is_registered_and_named_by_its_hash(client: httpx.AsyncClient, town: Town) -> None:
    from hashlib import sha256

    text = "{ plans(first: 1) { nodes { title } } }"
    named = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()}}}
    headers = town.headers["administration"]
    unknown = await client.post("/graphql", json=named, headers=headers)
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    said = await client.post("/graphql", json={**named, "query": text})
    assert said.status_code == 200
    assert "errors" in (await client.post("/graphql", json=named)).json(), "the public registers nothing"
    given = await client.post("/graphql", json={**named, "query": text}, headers=headers)
    assert (await client.post("/graphql", json=named, headers=headers)).json() == given.json()
    other = await client.post("/graphql", json={**named, "query": text + " "}, headers=headers)
    assert other.status_code == 400


async def test_the_schema_is_told_to_those_who_sign_in(client: httpx.AsyncClient, town: Town) -> None:
    question = {"query": get_introspection_query()}
    answer = await client.post("/graphql", json=question, headers=town.headers["integrator"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_a_bad_token_is_a_problem(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_journal_is_read_newest_first(client: httpx.AsyncClient, town: Town) -> None:
    answer = await ask(
        client, town, "administration",
        "{ journalEntries(first: 3, sort: [positionDescending]) { nodes { position entity command after } } }",
    )  # fmt: skip
    positions = [node["position"] for node in answer["data"]["journalEntries"]["nodes"]]
    assert positions == sorted(positions, reverse=True)
    assert BY_NAME["journalEntry"].is_record
