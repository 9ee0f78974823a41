"""A sub-action reaches no farther than the action under which it stands."""

import importlib.util
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from api.db import Database
from api.postgres.embedded import Addresses
from tests.factories import Commune, change, make_action, make_commune
from tests.plans.asking import Desk, refused

CREATE = "mutation ($words: ActionCreate!) { createAction(input: $words) { audience } }"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


def desk(client: httpx.AsyncClient, commune: Commune, house: str = "municipality") -> Desk:
    return Desk(client, commune, commune.as_("administration", house))


async def test_a_sub_action_of_a_restricted_action_is_restricted_unless_said_and_never_wider(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    of, parent = desk(client, commune), await make_action(commune, audience="restricted")
    words = {"title": "Sous", "organisationId": str(commune.municipality), "parentId": str(parent)}
    made = await of.create("actions", **words)
    assert made["audience"] == "restricted"
    asked = {"query": CREATE, "variables": {"words": words}}
    by_graphql = await client.post("/graphql", json=asked, headers=of.headers)
    assert by_graphql.json()["data"]["createAction"]["audience"] == "restricted"
    theirs = await client.get(f"/pst/v1/actions/{made['id']}", headers=commune.as_("administration", "cpas"))
    assert theirs.status_code == 404
    before = await of.everything()
    assert refused(await of.post("actions", audience="public", **words)) == (400, "widerThanParent")
    assert refused(await of.try_patch(f"actions/{made['id']}", audience="college")) == (400, "widerThanParent")
    assert await of.everything() == before


async def test_what_moves_under_an_action_or_stands_under_a_narrowed_one_is_narrowed(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    of, parent = desk(client, commune), await make_action(commune, audience="council")
    child = await make_action(commune)
    assert (await of.patch(f"actions/{child}", parentId=parent))["audience"] == "council"
    other = await make_action(commune, parent_id=parent, audience="partners")
    await of.patch(f"actions/{parent}", audience="college")
    told = [(await of.read(f"actions/{action}"))["audience"] for action in (child, other)]
    assert told == ["college", "college"]
    entries = await of.read(f"journalEntries?entityId={other}")
    assert {entry["command"] for entry in entries["items"]} >= {"updateAction"}
    await of.patch(f"actions/{parent}", audience="public")
    assert (await of.read(f"actions/{child}"))["audience"] == "college"


async def test_a_draft_above_is_not_named_to_who_does_not_read_it(client: httpx.AsyncClient, commune: Commune) -> None:
    parent = await make_action(commune, status="draft")
    child = await make_action(commune, parent_id=parent)
    own, theirs = desk(client, commune), desk(client, commune, "cpas")
    assert (await own.read(f"actions/{child}"))["parentId"] == str(parent)
    assert (await theirs.read(f"actions/{child}"))["parentId"] is None
    assert (await theirs.read(f"actions?parentId={parent}"))["items"] == []
    entries = await theirs.read(f"journalEntries?entityId={child}")
    assert [entry["after"]["parent_id"] for entry in entries["items"]] == [None]
    assert len((await own.read(f"actions?parentId={parent}"))["items"]) == 1


async def test_sub_actions_that_reached_farther_are_narrowed_by_the_migration(
    client: httpx.AsyncClient, commune: Commune, addresses: Addresses
) -> None:
    parent = await make_action(commune, audience="restricted")
    child = await make_action(commune, parent_id=parent)
    kept = await make_action(commune, audience="partners", parent_id=await make_action(commune, audience="council"))
    path = next(Path("migrations/versions").glob("*_reach_of_sub_actions.py"))
    spec: Any = importlib.util.spec_from_file_location("reach_of_sub_actions", path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    connection = await asyncpg.connect(addresses.owner)
    await connection.execute("update action set audience = 'public' where id = $1", child)
    await connection.execute(migration.NARROW)
    await connection.close()
    of = desk(client, commune)
    assert [(await of.read(f"actions/{a}"))["audience"] for a in (child, kept)] == ["restricted", "partners"]
    await change(commune, "action", parent, audience="public")
