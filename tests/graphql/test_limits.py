"""Whatever is asked, a refusal costs little and names the limit; nothing of our code is told."""

import json
from typing import Any

import httpx
import pytest

from api.domain.errors import Invalid
from api.routers.bodies import strict_json
from api.settings import Settings
from tests.graphql.conftest import Town
from tests.processor import count_references

TYPE = "urn:problem-type:pst:queryTooCostly"


def nested(levels: int) -> str:
    return "{ objectives { nodes { " + "children { nodes { " * levels + "id" + " } }" * levels + " } } }"


def fields(count: int) -> str:
    return "{ plans { nodes { " + " ".join(f"f{i}" for i in range(count)) + " } } }"


def cycle() -> str:
    return "{ plans { nodes { ...A } } } fragment A on Plan { id ...B } fragment B on Plan { id ...A }"


def bomb() -> str:
    """Fragments that double at each step: 2^20 fields when written out."""
    twice = "nodes {{ ...F{next} }} edges {{ node {{ ...F{next} }} }}"
    step = "fragment F{i} on Plan {{ workspace {{ plans {{ " + twice + " }} }} }} "
    steps = "".join(step.format(i=i, next=i + 1) for i in range(20))
    return "{ plans { nodes { ...F0 } } } " + steps + "fragment F20 on Plan { id }"


def links() -> str:
    """Few words that ask for hundreds of joins."""
    steps = " ".join(
        f"fragment F{i} on Action {{ {' '.join(f'a{i}{j}: parent {{ ...F{i + 1} }}' for j in range(5))} }}"
        for i in range(4)
    )
    return f"{{ actions(first: 1) {{ nodes {{ ...F0 }} }} }} {steps} fragment F4 on Action {{ id }}"


def schema_times(count: int) -> str:
    """A few kilobytes that ask for megabytes: the types of the types, under many names."""
    of_type = "type { ofType { name enumValues { name } fields { name args { name type { name } } } } }"
    return (
        "{ __schema { "
        + " ".join(f"a{i}: types {{ fields {{ args {{ {of_type} }} {of_type} }} }}" for i in range(count))
        + " } }"
    )


def conversion() -> str:
    inner = "placements(first: 200) { nodes { id weight action { id title } } }"
    said = 'planId: "01890a5d-ac96-774b-bcce-b302099a8057", expectedBasis: "x", input: {to: grouped}'
    return (
        f"mutation {{ convertArticulation({said}) {{ plan {{ objectives(first: 200) {{ nodes {{ {inner} }} }} }} }} }}"
    )


ATTACKS: dict[str, tuple[str, str]] = {
    "20,000 aliases": ("{ " + " ".join(f"a{i}: plans {{ totalCount }}" for i in range(20_000)) + " }", "characters"),
    "200 aliases": ("{ " + " ".join(f"a{i}: plans {{ totalCount }}" for i in range(200)) + " }", "aliases"),
    "repetitions": ("{ plans { nodes { " + "id " * 900 + "} } }", "aliases"),
    "a hundred thousand nodes": (
        "{ plans(first: 200) { nodes { objectives(first: 200) { nodes { placements { nodes { id } } } } } } }",
        "cost",
    ),
    "breadth": (fields(2_500), "tokens"),
    "depth": (nested(10), "depth"),
    "great depth": ("{ plans " + "{ a " * 400 + "} " * 400 + "}", "depth"),
    "great depth of a value": ("{ plans(filter: " + "[" * 900 + "]" * 900 + ") { totalCount } }", "depth"),
    "a huge document": ("{ plans { totalCount } } #" + "x" * 900_000, "characters"),
    "a long alias": ("{ " + "a" * 60_000 + ": plans { totalCount } }", "name"),
    "a long name of an operation": ("query " + "a" * 60_000 + " { plans { totalCount } }", "name"),
    "many links": (links(), "selections"),
    "the schema many times": (schema_times(29), "selections"),
    "the schema through itself": (schema_times(5), "introspection"),
    "what a change answers": (conversion(), "cost"),
    "fragments": (
        "{ plans { nodes { id "
        + " ".join(f"...F{i}" for i in range(80))
        + " } } } "
        + " ".join(f"fragment F{i} on Plan {{ id }}" for i in range(80)),
        "fragments",
    ),
    "doubling fragments": (bomb(), "depth"),
}


LITTLE, LITTLE_OF_A_BODY = 5, 30
"""So many references may cost the refusal of a question, and of an odd body: five times what the dearest one does."""


async def cost_of(client: httpx.AsyncClient, headers: dict[str, str], text: str) -> tuple[httpx.Response, float]:
    """The refusal, and the references that it cost. No attempt profits from the one before: each is another text."""
    answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)  # first uses cost more

    async def attack(attempt: int) -> None:
        nonlocal answer
        answer = await client.post("/graphql", json={"query": f"{text} #{attempt}"}, headers=headers)

    spent = await count_references(attack)
    return answer, spent


@pytest.mark.parametrize("name", ATTACKS)
async def test_is_refused_at_little_cost(name: str, client: httpx.AsyncClient, town: Town) -> None:
    text, limit = ATTACKS[name]
    answer, spent = await cost_of(client, await signed_in(town), text)
    problem = answer.json()
    assert spent < LITTLE
    assert answer.status_code == 400, answer.text[:300]
    assert problem["type"] == TYPE, problem
    assert problem["limit"] == limit, problem
    assert isinstance(problem["maximum"], int)
    assert len(answer.content) < 4_000


ODD: dict[str, bytes] = {
    "texts without an end": json.dumps({"query": '\\"""\n' * 480 + "y" * 60_000}).encode(),
    "a name twice among many": json.dumps({f"k{i}": 0 for i in range(60_000)}).encode()[:-1] + b', "k59999": 1}',
    "many unknown names": json.dumps({f"k{i}": 0 for i in range(60_000)}).encode(),
    "a number without an end": json.dumps({"query": "{ plans(first: " + "9" * 60_000 + ") { totalCount } }"}).encode(),
    "many values": json.dumps(
        {"query": "query($f: ActionFilter) { actions(filter: $f) { totalCount } }",
         "variables": {"f": {"organisationId": ["01890a5d-ac96-774b-bcce-b302099a8057"] * 25_000}}}
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
async def test_odd_bodies_cost_as_little(name: str, client: httpx.AsyncClient, town: Town) -> None:
    """Nobody needs a token for these."""

    async def attack(_: int) -> None:
        answer = await client.post("/graphql", content=ODD[name], headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, answer.text[:300]
        assert len(answer.content) < 20_000

    assert await count_references(attack) < LITTLE_OF_A_BODY


def test_only_brackets_outside_texts_are_depth(settings: Settings) -> None:
    """Whatever is escaped before them: a description may hold as many brackets as it likes."""
    with pytest.raises(Invalid):
        strict_json(b'{"a": "\\n", "b": ' + b"[" * 99 + b"]" * 99 + b"}", settings)
    words = {"description": 'a "quoted" line\n' + "{[(" * 60, "more": "\\" + "[" * 60}
    assert strict_json(json.dumps(words).encode(), settings) == words


async def test_a_text_as_long_as_the_limit_is_refused_where_it_stands(client: httpx.AsyncClient, town: Town) -> None:
    query = '{ plans(search: "' + "x" * 60_000 + '") { totalCount } }'
    answer = await client.post("/graphql", json={"query": query}, headers=await signed_in(town))
    [error] = answer.json()["errors"]
    assert error["extensions"]["issues"][0]["name"] == "search"
    assert len(answer.content) < 2_000


async def test_a_cycle_of_fragments_is_refused(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.post("/graphql", json={"query": cycle()}, headers=await signed_in(town))
    assert answer.status_code == 400
    assert "itself" in answer.text


async def test_the_cost_is_told_in_each_answer(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.post(
        "/graphql", json={"query": "{ plans(first: 10) { nodes { id title } } }"}, headers=await signed_in(town)
    )
    assert answer.json()["extensions"] == {"cost": 1 + 1 + 10 * 3}


async def test_no_suggestions_are_made(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.post("/graphql", json={"query": "{ plan { titel } } "}, headers=await signed_in(town))
    assert answer.status_code == 400
    assert "mean" not in answer.text
    assert answer.json()["type"] == "urn:problem-type:belgif:badRequest"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"[]", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'[{"query":"{__typename}"}]', "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"query":"{__typename}","query":"{plans{totalCount}}"}',
          "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"query { __typename }", "headers": {"content-type": "application/graphql"}}, 415),
        ({"json": {"query": "{__typename}"}, "headers": {"accept": "text/html"}}, 406),
        ({"json": {"query": "{__typename}", "more": 1}}, 400),
        ({"json": {"query": 5}}, 400),
        ({"json": {}}, 400),
        ({"json": {"query": "{"}}, 400),
        ({"json": {"query": "{ plans { totalCount } }", "variables": []}}, 400),
        ({"json": {"query": "query($a: Int!) { plans(first: $a) { totalCount } }", "variables": {"a": "x"}}}, 400),
        ({"json": {"query": "query($a: Int!) { plans(first: $a) { totalCount } }", "variables": {"a": 10**25}}}, 400),
        ({"json": {"query": "query A { __typename } query B { __typename }"}}, 400),
        ({"json": {"query": "{ plan(id: \"x\") { id } }"}}, 400),
    ],
)  # fmt: skip
async def test_what_is_no_request_is_a_problem(
    sent: dict[str, Any], status: int, client: httpx.AsyncClient, town: Town
) -> None:
    headers = {**await signed_in(town), **sent.pop("headers", {})}
    answer = await client.post("/graphql", **sent, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_only_post(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", params={"query": "{__typename}"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


async def signed_in(town: Town) -> dict[str, str]:
    return town.headers["administration"]
