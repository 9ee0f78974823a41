"""Actions lean on each other: seen where both ends are, and never in a circle, however many link at once."""

import asyncio
import itertools
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db import Database
from tests.factories import (
    Commune,
    Headers,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_partner,
    make_plan,
    snapshot_of_everything,
)
from tests.rights.making import make_partnership

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def link(
    client: httpx.AsyncClient, commune: Commune, a: UUID, b: UUID, kind: str = "dependsOn", role: str = "administration"
) -> httpx.Response:
    words = {"actionId": str(a), "linkedActionId": str(b), "kind": kind}
    return await client.post(f"{BASE}/actionLinks", json=words, headers=commune.as_(role))


async def seen(client: httpx.AsyncClient, headers: Headers, **query: str) -> set[str]:
    answer = await client.get(f"{BASE}/actionLinks", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return {item["id"] for item in answer.json()["items"]}


async def test_a_link_is_read_from_both_ends_through_both_doors(client: httpx.AsyncClient, commune: Commune) -> None:
    a, b = await make_action(commune, title="Route"), await make_action(commune, title="Égouts")
    made = (await link(client, commune, a, b)).json()["id"]
    headers = commune.as_("college")
    for action in (a, b):
        assert await seen(client, headers, eitherActionId=str(action)) == {made}
    assert await seen(client, headers, actionId=str(b)) == set()
    query = """query ($a: UUID!, $b: UUID!) {
      from: action(id: $a) { links { nodes { kind linkedAction { title } } } }
      to: action(id: $b) { linkedFrom { nodes { kind action { title } } } } }"""
    answer = await client.post(
        "/graphql", json={"query": query, "variables": {"a": str(a), "b": str(b)}}, headers=headers
    )
    assert answer.json()["data"] == {
        "from": {"links": {"nodes": [{"kind": "dependsOn", "linkedAction": {"title": "Égouts"}}]}},
        "to": {"linkedFrom": {"nodes": [{"kind": "dependsOn", "action": {"title": "Route"}}]}},
    }


@pytest.mark.parametrize("kind", ["partOf", "dependsOn"])
async def test_no_circle_of_any_length(client: httpx.AsyncClient, commune: Commune, kind: str) -> None:
    actions = [await make_action(commune) for _ in range(4)]
    for a, b in itertools.pairwise(actions):
        assert (await link(client, commune, a, b, kind)).status_code == 201
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    for start in actions[1:]:
        refused = await link(client, commune, start, actions[0], kind)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:linkLoop")
    itself = await link(client, commune, actions[0], actions[0], kind)
    assert (itself.status_code, itself.json()["issues"][0]["name"]) == (400, "linkedActionId")
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    assert (await link(client, commune, actions[0], actions[3], kind)).status_code == 201  # a shortcut is no circle
    assert (await link(client, commune, actions[3], actions[0], "contributesTo")).status_code == 201


async def test_related_is_the_same_from_either_side(client: httpx.AsyncClient, commune: Commune) -> None:
    a, b = await make_action(commune), await make_action(commune)
    assert (await link(client, commune, a, b, "related")).status_code == 201
    for twice in (await link(client, commune, b, a, "related"), await link(client, commune, a, b, "related")):
        assert (twice.status_code, twice.json()["type"]) == (409, "urn:problem-type:pst:duplicate")
    assert (await link(client, commune, b, a, "contributesTo")).status_code == 201


async def test_links_made_at_the_same_time_close_no_circle(client: httpx.AsyncClient, commune: Commune) -> None:
    """Each of four links shares no action with the one across: without one lock for all, all four would be written."""
    actions = [await make_action(commune) for _ in range(4)]
    pairs = [(actions[i], actions[(i + 1) % 4]) for i in range(4)]
    answers = await asyncio.gather(*(link(client, commune, a, b) for a, b in pairs))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(201) <= 3
    assert set(statuses) <= {201, 409, 503}
    for (a, b), answer in zip(pairs, answers, strict=True):
        if answer.status_code == 503:
            await link(client, commune, a, b)
    assert len(await seen(client, commune.as_("administration"))) == 3


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
@settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
async def test_whatever_is_linked_in_whatever_order_stays_without_circle(
    client: httpx.AsyncClient, database: Database, wanted: list[tuple[int, int]]
) -> None:
    commune = await make_commune(database)
    actions = [await make_action(commune) for _ in range(6)]
    made: set[tuple[int, int]] = set()
    for a, b in wanted:
        answer = await link(client, commune, actions[a], actions[b])
        closes = a == b or _reaches(made, b, a)
        expected = {True: (400, 409), False: (409,) if (a, b) in made else (201,)}[closes]
        assert answer.status_code in expected, (a, b, made)
        if answer.status_code == 201:
            made.add((a, b))


def _reaches(links: set[tuple[int, int]], start: int, end: int) -> bool:
    reached = {start}
    while more := {b for a, b in links if a in reached} - reached:
        reached |= more
    return end in reached


async def test_a_link_is_seen_only_where_both_ends_are(client: httpx.AsyncClient, commune: Commune) -> None:
    plan = await make_plan(commune)
    open_, draft = await make_action(commune, plan), await make_action(commune, plan, status="draft")
    other = await make_action(commune, plan)
    partner = await make_partner(commune.database)
    for action in (open_, draft):
        await make_partnership(commune, action, partner)
    to_draft = (await link(client, commune, open_, draft)).json()["id"]
    to_other = (await link(client, commune, open_, other, "contributesTo")).json()["id"]
    assert await seen(client, commune.as_("administration")) == {to_draft, to_other}
    assert await seen(client, commune.as_("administration", "cpas")) == {to_other}
    headers = commune.as_("partner", organisation=partner)
    assert await seen(client, headers) == set()
    await make_partnership(commune, other, partner)
    assert await seen(client, headers) == {to_other}
    journal = await client.get(
        f"{BASE}/journalEntries", params={"entity": "actionLink"}, headers=commune.as_("college", "cpas")
    )
    assert [e["entityId"] for e in journal.json()["items"]] == [to_other]
    await freeze_and_publish(commune, plan)
    assert await seen(client, commune.as_("council")) == {to_other}
    assert await seen(client, commune.as_("region"), actionId=str(open_)) == {to_other}


async def test_an_agent_links_what_its_unit_manages(client: httpx.AsyncClient, commune: Commune) -> None:
    own, foreign = await make_action(commune, unit="works"), await make_action(commune, unit="social")
    assert (await link(client, commune, own, foreign, role="agent")).status_code == 201
    refused = await link(client, commune, foreign, own, "related", role="agent")
    assert refused.status_code == 403


async def test_an_action_that_is_linked_is_not_removed(client: httpx.AsyncClient, commune: Commune) -> None:
    a, b = await make_action(commune, status="draft"), await make_action(commune)
    await make(commune, "actionLink", action_id=b, linked_action_id=a, kind="related")
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    refused = await client.delete(f"{BASE}/actions/{a}", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:inUse")
