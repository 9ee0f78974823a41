"""What a concept that was only declared is through every door. Run by `test_declarations.py`."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from api.contracts import contents
from api.db import Database
from api.domain.policy import needed_scope
from api.domain.resources.catalogue import BY_NAME
from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import Addresses, EmbeddedPostgres
from tests.factories import PUBLIC, Commune, freeze_and_publish, make_action, make_commune

BASE = "/pst/v1"


@pytest.fixture(scope="session")
def addresses(data_folder: Path) -> Iterator[Addresses]:
    """A database with the table of the concept, as its migration makes it."""

    async def create_table(owner: str) -> None:
        connection = await asyncpg.connect(owner)
        statement = CreateTable(BY_NAME["visit"].table).compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
        await connection.execute(str(statement))
        await connection.execute("grant all on visit to public")
        await connection.close()

    with EmbeddedPostgres(data_folder, durable=False) as addresses:
        with ThreadPoolExecutor(1) as beside_the_loop:
            beside_the_loop.submit(migrate, addresses.owner).result()
            beside_the_loop.submit(lambda: asyncio.run(create_table(addresses.owner))).result()
            beside_the_loop.submit(install_reference, addresses.owner).result()
        yield addresses


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    return await make_commune(database, "distributed")


async def make_visit(client: httpx.AsyncClient, commune: Commune, action: Any, purpose: str) -> dict[str, Any]:
    made = await client.post(
        f"{BASE}/visits",
        json={"actionId": str(action), "visitedOn": "2026-03-02", "purpose": purpose},
        headers=commune.as_("administration") | {"Idempotency-Key": f"visit-{len(purpose)}"},
    )
    assert made.status_code == 201, made.text
    document: dict[str, Any] = made.json()
    return document


def test_the_contracts_and_the_policy_document_tell_it() -> None:
    told = dict(contents())
    assert '"/pst/v1/visits/{visitId}"' in told["openapi/openapi.json"]
    assert "createVisit(" in told["openapi/schema.graphql"]
    assert "| `visit:create` |" in told["docs/generated/policy.md"]
    assert "visit" in told["docs/generated/model.md"]
    assert (needed_scope("visit:read"), needed_scope("visit:update")) == ("actions:read", "actions:write")


async def test_rest_and_graphql_write_and_read_it(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, commune.plans["pst"], title="Halle rénovée")
    visit = await make_visit(client, commune, action, "Chantier")
    assert "deleteVisit" in visit["permitted"]
    office = commune.as_("administration")
    created = await client.post(
        "/graphql",
        json={"query": f'mutation {{ createVisit(input: {{ actionId: "{action}", visitedOn: "2026-04-01",'
              ' purpose: "Accueil" }, idempotencyKey: "visit-graphql") { purpose action { title } } }'},
        headers=office,
    )  # fmt: skip
    assert "errors" not in created.json(), created.text
    listed = await client.get(f"{BASE}/visits", params={"actionId": str(action)}, headers=office)
    assert [item["purpose"] for item in listed.json()["items"]] == ["Chantier", "Accueil"]
    asked = await client.post(
        "/graphql",
        json={"query": f'{{ action(id: "{action}") {{ permitted visits {{ nodes {{ purpose }} }} }} }}'},
        headers=office,
    )
    told = asked.json()["data"]["action"]
    assert [node["purpose"] for node in told["visits"]["nodes"]] == ["Chantier", "Accueil"]
    assert "createVisit" in told["permitted"]
    journal = await client.get(f"{BASE}/journalEntries", params={"entityId": visit["id"]}, headers=office)
    assert [(entry["entity"], entry["after"]["purpose"]) for entry in journal.json()["items"]] == [
        ("visit", "Chantier")
    ]


async def test_versions_hold_it_and_their_readers_are_shown_it(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, commune.plans["pcs"], title="Accueil de jour")
    visit = await make_visit(client, commune, action, "Ouverte")
    council = commune.as_("council")
    assert (await client.get(f"{BASE}/visits/{visit['id']}", headers=council)).status_code == 404
    version = await freeze_and_publish(commune, commune.plans["pcs"])
    later = await make_visit(client, commune, action, "Plus tard")
    content = await client.get(f"{BASE}/planVersions/{version}/content", headers=commune.as_("administration"))
    assert [row["id"] for row in content.json()["visit"]] == [visit["id"]]
    for headers, door in ((council, BASE), (PUBLIC, f"{BASE}/public")):
        shown = await client.get(f"{door}/visits", headers=headers)
        assert [item["purpose"] for item in shown.json()["items"]] == ["Ouverte"], shown.text
        assert (await client.get(f"{door}/visits/{later['id']}", headers=headers)).status_code == 404
