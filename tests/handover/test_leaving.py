"""Somebody left: what it answered for has no owner any more, in the filter, the warning and the reminders."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.db import Database
from api.domain.commands.context import today
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


async def memberships(client: httpx.AsyncClient, commune: Commune, person: Any) -> list[dict[str, Any]]:
    page = await client.get(f"{BASE}/memberships?pageSize=200", headers=commune.as_("administration"))
    return [m for m in page.json()["items"] if m["personId"] == str(person)]


async def test_somebody_who_left_and_may_still_act_is_warned_of_until_that_is_ended(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    person, headers = commune.persons["works"], commune.as_("administration")
    agent = commune.as_("agent", unit="works")
    path = f"{BASE}/persons/{person}"
    early = await client.patch(path, json={"endsMemberships": True}, headers={**headers, "If-Match": '"1"'})
    assert early.status_code == 400, early.text
    left = await client.patch(path, json={"leftOn": str(today())}, headers={**headers, "If-Match": '"1"'})
    assert left.json()["warnings"] == ["accountLives"]
    assert (await client.get(f"{BASE}/units", headers=agent)).status_code == 200
    mutation = """mutation M($id: UUID!, $words: PersonPatch!, $version: Int!) {
        updatePerson(id: $id, patch: $words, expectedVersion: $version) { id warnings } }"""
    variables = {"id": str(person), "words": {"endsMemberships": True}, "version": left.json()["version"]}
    answer = await client.post("/graphql", json={"query": mutation, "variables": variables}, headers=headers)
    assert answer.json().get("data") == {"updatePerson": {"id": str(person), "warnings": []}}, answer.text
    (ended,) = await memberships(client, commune, person)
    assert (ended["isEnded"], ended["endsOn"]) == (True, str(today()))
    assert (await client.get(f"{BASE}/units", headers=agent)).status_code == 403
    entries = await client.get(f"{BASE}/journalEntries", params={"entityId": ended["id"]}, headers=headers)
    assert "updatePerson" in [entry["command"] for entry in entries.json()["items"]]


async def test_the_last_administrator_does_not_leave_so(client: httpx.AsyncClient, commune: Commune) -> None:
    headers = commune.as_("administration")
    person = commune.persons["social"]
    async with commune.acting() as (connection, _):
        await connection.execute(
            "update membership set person_id = $3, ends_on = null where workspace_id = $1 and account_id = $2",
            commune.workspace_id, commune.account("administration"), person,
        )  # fmt: skip
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    said = {"leftOn": str(today()), "endsMemberships": True}
    answer = await client.patch(f"{BASE}/persons/{person}", json=said, headers={**headers, "If-Match": '"1"'})
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"] == "urn:problem-type:pst:lastAdministrator"
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
