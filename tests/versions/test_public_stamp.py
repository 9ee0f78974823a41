"""What the public was answered is given again, from memory, until something that the public reads has changed."""

import re
import time
from types import SimpleNamespace

import httpx
import pytest

from api.db import Database
from api.demo.directory import make as make_document
from api.domain.actor import PUBLIC as ANYBODY
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES, SHOWN
from api.domain.sql.reader import Reader
from api.identity import throttle
from api.main import PUBLIC
from api.settings import Settings
from tests.concurrency.together import impatient
from tests.factories import Commune, change, freeze_and_publish, make, make_action, make_commune
from tests.observing import statements

BASE = "/pst/v1/public"
ONE_LOOK = ["select number from public_stamp"]
TABLES = re.compile(r'(?:from|join) "?([a-z_]+)"?\b(?! *\()')


@pytest.fixture
async def commune(database: Database) -> Commune:
    commune = await make_commune(database, approach="distributed")
    await freeze_and_publish(commune, commune.plans["pst"])
    return commune


async def read(client: httpx.AsyncClient, address: str, **headers: str) -> httpx.Response:
    answer = await client.get(f"{BASE}/{address}", headers=headers)
    assert answer.status_code in (200, 304), answer.text
    return answer


def addresses(commune: Commune) -> list[str]:
    plan = commune.plans["pst"]
    return [f"plans/{plan}/tree", f"plans/{plan}/progress", f"actions?planId={plan}", f"plans/{plan}", "search?q=plan"]


@pytest.mark.accelerated
@pytest.mark.parametrize("rank", range(5))
async def test_what_the_public_asks_again_costs_one_look_at_the_stamp(
    client: httpx.AsyncClient, commune: Commune, database: Database, rank: int
) -> None:
    address = addresses(commune)[rank]
    first = await read(client, address)
    await change(commune, "plan", commune.plans["pst"], title="Réécrit, mais pas publié")
    await make_action(commune, commune.plans["pst"], title="Pas publiée")
    with statements(database) as sent:
        again = await read(client, address)
        unchanged = await read(client, address, **{"If-None-Match": first.headers["etag"]})
    assert sent == ONE_LOOK * 2
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert again.headers["cache-control"] == first.headers["cache-control"] == "public, no-cache"
    assert again.headers["access-control-allow-origin"] == "*"
    assert again.headers["vary"] == first.headers["vary"] == "Accept-Language"
    assert unchanged.status_code == 304


async def test_whoever_signs_in_is_told_the_same_at_a_public_address(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    address = f"plans/{commune.plans['pst']}/tree"
    for _ in range(2):
        anonymous = await read(client, address)
        signed_in = await read(client, address, **commune.as_("administration"))
        assert (signed_in.content, signed_in.headers["etag"]) == (anonymous.content, anonymous.headers["etag"])
        assert signed_in.headers["cache-control"] == "public, no-cache"


async def test_a_newer_version_is_read_at_once(client: httpx.AsyncClient, commune: Commune) -> None:
    plan = commune.plans["pst"]
    graphql = {"query": f'{{ plan(id: "{plan}") {{ title }} }}'}
    for _ in range(2):
        assert (await read(client, f"plans/{plan}/tree")).json()["plan"]["title"] != "Réécrit"
        assert (await client.post("/graphql", json=graphql)).json()["data"]["plan"]["title"] != "Réécrit"
    await change(commune, "plan", plan, title="Réécrit")
    await freeze_and_publish(commune, plan)
    assert (await read(client, f"plans/{plan}/tree")).json()["plan"]["title"] == "Réécrit"
    assert (await client.post("/graphql", json=graphql)).json()["data"]["plan"]["title"] == "Réécrit"


@pytest.mark.accelerated
async def test_graphql_answers_the_public_from_memory(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    question = {"query": f'{{ plan(id: "{commune.plans["pst"]}") {{ title }} }}'}
    first = await client.post("/graphql", json=question)
    with statements(database) as sent:
        again = await client.post("/graphql", json=question)
    assert again.content == first.content
    assert sent == ONE_LOOK


async def test_what_the_public_reads_unfrozen_is_read_at_once(client: httpx.AsyncClient, commune: Commune) -> None:
    house = commune.houses["municipality"]
    before = (await read(client, f"organisations/{house}")).json()
    await read(client, f"organisations/{house}")
    await change(commune, "organisation", house, name="Commune rebaptisée")
    after = (await read(client, f"organisations/{house}")).json()
    assert (before["name"] != after["name"], after["name"]) == (True, "Commune rebaptisée")


async def test_what_was_read_while_a_publication_was_under_way_is_forgotten_with_it(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    plan = commune.plans["pst"]
    await change(commune, "plan", plan, title="Nouveau")
    version = await make(commune, "planVersion", plan_id=plan)
    async with commune.acting("administration", "municipality") as (connection, actor):
        await make_document(
            connection, actor, "act", version_id=version, kind="published", organ="administration",
            decided_on="2025-06-30", organisation_id=commune.municipality,
        )  # fmt: skip
        for _ in range(2):
            assert (await read(client, f"plans/{plan}")).json()["title"] != "Nouveau"
    assert (await read(client, f"plans/{plan}")).json()["title"] == "Nouveau"


def test_whatever_the_public_reads_as_it_is_raises_the_stamp() -> None:
    assert {r.name for r in RESOURCES if r.is_public_as_it_is} == {r.name for r in PUBLIC if r.name not in SHOWN}


@pytest.mark.parametrize("resource", PUBLIC, ids=lambda r: r.name)
def test_the_public_reads_no_table_whose_changes_do_not_raise_the_stamp(resource: Resource) -> None:
    reader = Reader(ANYBODY, "fr", "https://pst.test")
    rows, seen = reader.rows(resource, "t")
    read = set(TABLES.findall(f"select {reader.document(resource, 't')} from {rows} where {seen}"))
    raising = {"shown_row"}
    for each in RESOURCES:
        if each.is_public_as_it_is:
            raising |= {each.table.name, *(str(part.table.__tablename__) for part in each.parts.values())}
    assert read - {"as"} <= raising


@pytest.mark.accelerated
async def test_whoever_asks_too_much_without_a_token_is_told_to_wait_and_nobody_else(
    settings: Settings, commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: now))  # however slow the machine is
    plan = commune.plans["pst"]
    kept, asked = f"{BASE}/plans/{plan}/tree", [f"{BASE}/actions?planId={plan}&pageSize={n}" for n in range(1, 6)]
    query = {"query": f'{{ plan(id: "{plan}") {{ id }} }}'}
    async with impatient(settings, public_reads_per_minute=5) as (app, client):
        told = [(await client.get(address)).status_code for address in (kept, *asked)]
        assert told == [200] * 5 + [429]
        refused = await client.get(asked[-1])
        assert (refused.status_code, int(refused.headers["Retry-After"])) == (429, 12)
        assert (await client.post("/graphql", json=query)).status_code == 429
        assert (await client.get(kept)).status_code == 200, "what is remembered is not counted"
        transport = httpx.ASGITransport(app=app, client=("127.8.0.2", 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as other:
            assert (await other.get(asked[-1])).status_code == 200
        headers = commune.as_("administration")
        assert (await client.get(f"/pst/v1/actions?planId={plan}", headers=headers)).status_code == 200
        assert (await client.post("/graphql", json=query, headers=headers)).status_code == 200
