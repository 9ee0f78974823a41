"""Somebody left: what it answered for has no owner any more, in the filter, the warning and the reminders."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.db import Database
from api.domain.commands.change import today
from tests.factories import Commune, change, make, make_action, make_commune, snapshot_of_everything

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def unowned(client: httpx.AsyncClient, commune: Commune) -> set[str]:
    """The titles that `missing=owner` lists, which are those of the actions that carry the warning."""
    headers = commune.as_("administration")
    listed = await client.get(f"{BASE}/actions", params={"missing": "owner"}, headers=headers)
    every = await client.get(f"{BASE}/actions", headers=headers)
    titles = {item["title"] for item in listed.json()["items"]}
    assert titles == {item["title"] for item in every.json()["items"] if "ownerMissing" in item["warnings"]}
    return titles


async def test_who_left_owns_nothing_any_more(client: httpx.AsyncClient, commune: Commune) -> None:
    owner = [{"kind": "owner", "person_id": commune.persons["works"]}]
    await make_action(commune, title="À une personne", responsibilities=owner)
    await make_action(commune, title="À deux", responsibilities=[
        *owner, {"kind": "lead", "person_id": commune.persons["social"]},
    ])  # fmt: skip
    await make_action(commune, title="À un service", unit="works")
    assert await unowned(client, commune) == set()
    await change(commune, "person", commune.persons["works"], left_on=str(today()))
    assert await unowned(client, commune) == {"À une personne"}
    await change(commune, "person", commune.persons["works"], left_on=None)
    assert await unowned(client, commune) == set()


async def test_an_office_that_nobody_holds_owns_nothing(client: httpx.AsyncClient, commune: Commune) -> None:
    office = await make(commune, "office", kind="headOfUnit", title="Chef", organisation_id=commune.municipality)
    await make_action(commune, title="À une charge", responsibilities=[{"kind": "owner", "office_id": office}])
    assert await unowned(client, commune) == {"À une charge"}
    yesterday = today() - timedelta(1)
    holding = await make(
        commune, "officeHolding", office_id=office, person_id=commune.persons["works"], starts_on="2025-01-01"
    )
    assert await unowned(client, commune) == set()
    await change(commune, "officeHolding", holding, ends_on=str(yesterday))
    assert await unowned(client, commune) == {"À une charge"}
    await change(commune, "officeHolding", holding, ends_on=None)
    await change(commune, "person", commune.persons["works"], left_on=str(yesterday))
    assert await unowned(client, commune) == {"À une charge"}


async def patched(client: httpx.AsyncClient, commune: Commune, role: str, left_on: str) -> Any:
    headers = {**commune.as_(role), "If-Match": '"1"', "Content-Type": "application/merge-patch+json"}
    address = f"{BASE}/persons/{commune.persons['works']}"
    return await client.patch(address, json={"leftOn": left_on}, headers=headers)


async def test_only_an_administrator_says_who_left_and_never_before(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    early = await patched(client, commune, "administration", str(today() + timedelta(1)))
    assert (early.status_code, early.json()["issues"][0]["name"]) == (400, "leftOn"), early.text
    for role in ("college", "council", "agent", "region"):
        assert (await patched(client, commune, role, str(today()))).status_code == 403
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    done = await patched(client, commune, "administration", str(today()))
    assert (done.status_code, done.json()["leftOn"]) == (200, str(today()))
