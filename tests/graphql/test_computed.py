"""What is computed over many records is asked and answered alike through both doors, by everybody."""

from typing import Any

import httpx
import pytest
from graphql import get_named_type, is_object_type

from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.graphql.schema import CORE
from tests.graphql.conftest import Town
from tests.graphql.test_catalogue import ELSEWHERE_TAGS, graphql_field, operations
from tests.graphql.test_reads import document, whole

ROLES = ("administration", "college", "council", "agent", "cpas", "partner", "region", "integrator", "operator")
RENAMED = {
    "getSearchResults": {"q": "words", "kind": "kinds", "pageSize": "first"},
    "getArticulation": {"with": "withPlanId"},
    "previewArticulation": {"with": "withPlanId", "assign": "assignments"},
    "previewContinuation": {"assign": "assignments", "ending": "endingIds"},
}
"""What REST calls a parameter, and GraphQL an argument."""
GENERIC = {f"{verb}{r.title}" for r in RESOURCES for verb in ("get", "create", "update", "delete")} | {
    f"list{r.plural[0].upper()}{r.plural[1:]}" for r in RESOURCES
}
COMPUTED = {
    name: said
    for name, said in operations().items()
    if name not in GENERIC | {"listPartnerActions"} and not ELSEWHERE_TAGS & set(said.get("tags", ()))
}
READS = {name: said for name, said in COMPUTED.items() if said["method"] == "get" and name != "getPlanTree"}
"""The tree is compared in test_reads: its plan leads everywhere."""
ASKED: dict[str, list[dict[str, Any]]] = {
    "getSearchResults": [{"q": "rue"}, {"q": "energie", "kind": ["action", "plan"], "pageSize": 3}],
    "previewArticulation": [{"to": "singleObjective"}, {"to": "grouped"}],
    "previewContinuation": [{"kind": "noneYet", "endsOn": "2028-12-31"}, {"kind": "extension"}, {"kind": "successor"}],
    "previewPeriodAmendment": [{"endsOn": "2027-12-31"}, {"endsOn": "1999-12-31"}],
    "getTransversalActions": [{}, {"rows": "unit", "columns": "sdg", "column": "none"}],
    "getTransversal": [{}, {"rows": "unit", "columns": "right"}],
    "getPlanTotals": [{}, {"groupBy": ["fiscalYear", "source"]}],
    "getWorkspaceTotals": [{}, {"groupBy": ["category"]}],
    "getPlanIndicatorValues": [{}, {"explain": True}],
    "getActionIndicatorValues": [{}, {"explain": True}],
}
"""What is asked beside ids; nothing where an operation is not named."""
REFUSED: dict[str, list[dict[str, Any]]] = {
    "getSearchResults": [{"q": "rue", "pageSize": 0}, {"q": "rue", "pageSize": 1_000}, {"q": ""}, {"q": "x" * 500},
                         {"q": "rue", "kind": ["plan"] * 9}],
    "getTransversalActions": [{"row": "nothing"}, {"column": ""}, {"row": "x" * 500}],
    "getPlanTotals": [{"groupBy": ["fiscalYear"] * 9}],
    "getWorkspaceTotals": [{"groupBy": ["fiscalYear"] * 9}],
    "previewHandOver": [{}],
}  # fmt: skip


def arguments(operation: str) -> dict[str, Any]:
    field = graphql_field(operation)
    kinds = (CORE.query_type, CORE.mutation_type)
    return next(kind.fields[field].args for kind in kinds if kind is not None and field in kind.fields)


def test_what_is_computed_is_asked_by_the_same_names() -> None:
    """Ids and parameters are arguments; If-Match, Idempotency-Key and the body are arguments of their own."""
    headers = {"If-Match": "expectedBasis", "Idempotency-Key": "idempotencyKey"}
    assert len(COMPUTED) > 20
    for name, said in COMPUTED.items():
        renamed = RENAMED.get(name, {}) | headers
        asked = {renamed.get(p["name"], p["name"]) for p in said.get("parameters", ()) if p["name"] != "If-None-Match"}
        asked |= {"input"} if "requestBody" in said else set()
        assert asked == set(arguments(name)), name


async def ids_of(client: httpx.AsyncClient, town: Town) -> dict[str, list[str]]:
    """For each kind of id in an address: those that the administration sees, some elsewhere, one nowhere."""
    lists = {
        "planId": "plan",
        "actionId": "action",
        "dpcId": "dpc",
        "personId": "person",
        "planVersionId": "planVersion",
        "programmingPeriodId": "programmingPeriod",
    }
    words = " ".join(f"{key}: {BY_NAME[name].plural}(first: 20) {{ nodes {{ id }} }}" for key, name in lists.items())
    headers = town.headers["administration"]
    seen = (await client.post("/graphql", json={"query": f"{{ {words} }}"}, headers=headers)).json()["data"]
    return {
        key: [*(node["id"] for node in seen[key]["nodes"]), *town.ids[name][:3], "01890a5d-ac96-774b-bcce-b302099a8057"]
        for key, name in lists.items()
    }


def literal(name: str, argument: str, value: Any) -> Any:
    """A value as GraphQL's variables carry it."""
    if name == "previewArticulation" and argument == "assignments":
        return [dict(zip(("actionId", "objectiveId"), each.split(":"), strict=True)) for each in value]
    return value


async def through_graphql(client: httpx.AsyncClient, headers: dict[str, str], name: str, said: dict[str, Any]) -> Any:
    field, renamed = graphql_field(name), RENAMED.get(name, {})
    args = arguments(name)
    given = {renamed.get(key, key): literal(name, renamed.get(key, key), value) for key, value in said.items()}
    declared = ", ".join(f"${key}: {args[key].type}" for key in given)
    named = ", ".join(f"{key}: ${key}" for key in given)
    assert CORE.query_type is not None
    kind = get_named_type(CORE.query_type.fields[field].type)
    chosen = f"{{ {whole(kind.name)} }}" if is_object_type(kind) else ""
    query = f"query{f'({declared})' if declared else ''} {{ found: {field}{f'({named})' if named else ''} {chosen} }}"
    return await client.post("/graphql", json={"query": query, "variables": given}, headers=headers)


async def through_rest(client: httpx.AsyncClient, headers: dict[str, str], name: str, said: dict[str, Any]) -> Any:
    path = READS[name]["path"]
    inside = {key for key in said if f"{{{key}}}" in path}
    query = {key: value for key, value in said.items() if key not in inside}
    return await client.get(path.format(**{key: said[key] for key in inside}), params=query, headers=headers)


@pytest.mark.parametrize("name", READS)
async def test_what_is_computed_is_the_same_through_both_doors(
    client: httpx.AsyncClient, town: Town, name: str
) -> None:
    """To the last null and cent, for every role; a refusal is the same problem."""
    ids = await ids_of(client, town)
    places = [p["name"] for p in READS[name].get("parameters", ()) if p["in"] == "path"]
    assert len(places) <= 1
    chosen = [{places[0]: each} for each in ids[places[0]]] if places else [{}]
    answered = 0
    for role in ROLES:
        for place in chosen:
            for more in ASKED.get(name, [{}]):
                said = place | more | ({"toPersonId": ids["personId"][0]} if name == "previewHandOver" else {})
                answered += await compare(client, town.headers[role], name, said)
    assert answered, "nobody was answered anything"


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_asked_wrongly_is_refused_by_both_doors(client: httpx.AsyncClient, town: Town, name: str) -> None:
    ids = await ids_of(client, town)
    for more in REFUSED[name]:
        said = {p["name"]: ids[p["name"]][0] for p in READS[name].get("parameters", ()) if p["in"] == "path"} | more
        rest = await through_rest(client, town.headers["administration"], name, said)
        graph = await through_graphql(client, town.headers["administration"], name, said)
        assert rest.status_code == 400, (said, rest.text)
        problem = graph.json() if graph.status_code != 200 else graph.json()["errors"][0]["extensions"]
        assert (problem["type"], problem["status"]) == (rest.json()["type"], 400), (said, graph.text)


@pytest.mark.parametrize("role", ROLES)
async def test_partners_are_told_the_same_actions(client: httpx.AsyncClient, town: Town, role: str) -> None:
    nodes = f"nodes {{ {document(BY_NAME['action'])} }} totalCount"
    query = f"{{ partnerActions(filter: {{ isArchived: [false] }}, sort: [titleDescending]) {{ {nodes} }} }}"
    asked: dict[str, Any] = {"isArchived": False, "sort": "-title", "total": True}
    rest = await client.get("/pst/v1/partners/me/actions", params=asked, headers=town.headers[role])
    graph = (await client.post("/graphql", json={"query": query}, headers=town.headers[role])).json()
    if role == "partner":
        assert graph["data"]["partnerActions"] == {"nodes": rest.json()["items"], "totalCount": rest.json()["total"]}
        assert rest.json()["total"] > 0
    else:
        assert {**graph["errors"][0]["extensions"], "instance": ""} == {**rest.json(), "instance": ""}


async def compare(client: httpx.AsyncClient, headers: dict[str, str], name: str, said: dict[str, Any]) -> bool:
    """Whether both doors answered, and alike; otherwise they refused alike."""
    rest = await through_rest(client, headers, name, said)
    graph = await through_graphql(client, headers, name, said)
    assert graph.status_code == 200, (name, said, graph.text)
    told = graph.json()
    if rest.status_code == 200:
        assert "errors" not in told, (name, said, told["errors"], rest.text[:300])
        assert told["data"]["found"] == rest.json(), (name, said)
        return True
    assert told["data"] == {"found": None}, (name, said, rest.text)
    [error] = told["errors"]
    assert {**error["extensions"], "instance": ""} == {**rest.json(), "instance": ""}, (name, said)
    return False
