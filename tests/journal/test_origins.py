"""Whoever writes (people, partners, the clock, a release): each entry starts where the last one ended."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from api.db import Database
from api.domain.commands.context import today
from api.domain.commands.installation import load_reference
from api.domain.commands.scheduled import end_memberships, open_one
from api.domain.identifiers import DIRECTORY
from api.postgres.embedded import Addresses
from tests.factories import Commune, change, make, make_action, make_commune, make_partner
from tests.journal.entries import assert_chained, assert_gapless, entries_of
from tests.rights.making import make_partnership


async def test_the_history_of_a_commune_is_one_chain_whoever_wrote_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    action = await make_action(commune, kind="recurring", status="inProgress", planned_end="2026-06-30")
    edition = await make(commune, "edition", action_id=action, year=2026)
    await change(commune, "edition", edition, status="held")
    await change(commune, "action", action, planned_end="2026-12-31", planned_end_reason="Subside attendu")
    await _report(client, commune, action)
    await change(commune, "action", action, title="Autre titre")
    membership = await _end_membership(commune)
    entries = await entries_of(database, commune.workspace_id)
    assert_gapless(entries)
    assert_chained(entries)
    versions = {entry["entity_id"]: entry["entity_version"] for entry in entries}
    assert [versions[str(each)] for each in (action, edition, membership)] == [4, 2, 3]
    by_clock = [entry for entry in entries if entry["origin"] == "schedule"]
    assert [(e["command"], e["roles"], e["account_id"], e["client_id"]) for e in by_clock] == [
        ("endMemberships", ["operator"], None, None)
    ]
    by_partner = [entry for entry in entries if entry["roles"] == ["partner"]]
    assert [(e["command"], e["entity"]) for e in by_partner] == [
        ("createFollowUp", "action"), ("createFollowUp", "followUp"),
    ]  # fmt: skip
    assert all((e["account_id"] is None) != (e["client_id"] is None) for e in entries if e not in by_clock)


async def _report(client: httpx.AsyncClient, commune: Commune, action: UUID) -> None:
    """A partner says how far the action is."""
    partner = await make_partner(commune.database)
    await make_partnership(commune, action, partner, may_report_progress=True)
    note = {"actionId": str(action), "text": "Vu", "progress": 30, "actionVersion": 2}
    headers = commune.as_("partner", organisation=partner)
    assert (await client.post("/pst/v1/followUps", json=note, headers=headers)).status_code == 201


async def _end_membership(commune: Commune) -> UUID:
    """The agent's, decided by the administration for tomorrow, and done by the clock when tomorrow has come."""
    async with commune.acting("agent", unit="works") as (connection, agent):
        membership: UUID = await connection.fetchval(
            "select id from membership where workspace_id = $1 and account_id = $2",
            commune.workspace_id, agent.account_id,
        )  # fmt: skip
    tomorrow = today() + timedelta(1)
    await change(commune, "membership", membership, ends_on=str(tomorrow))
    async with commune.database.transaction() as connection:
        await open_one(connection, commune.workspace_id)
        assert await end_memberships(connection, commune.workspace_id, tomorrow) == 1
    return membership


async def test_what_a_release_loads_and_renews_is_one_chain_too(addresses: Addresses) -> None:
    """As if the last release had called goal 4 something else; undone, since reference rows belong to every test."""
    owner: Any = await asyncpg.connect(addresses.owner)
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute('update sdg set labels = labels || \'{"fr": "École"}\' where number = 4')
        await owner.execute(
            "update journal_entry set after = jsonb_set(after, '{labels,fr}', '\"École\"')"
            " where entity = 'sdg' and after->>'number' = '4'"
        )
        assert await load_reference(owner) == 1
        rows = await owner.fetch(
            "select entity, entity_id::text, entity_version, before::text, after::text, origin, roles, account_id,"
            " client_id from journal_entry where workspace_id = $1 and command = 'loadReference' order by position",
            DIRECTORY,
        )
    finally:
        await transaction.rollback()
        await owner.close()
    entries = [
        dict(row) | {image: row[image] and json.loads(row[image]) for image in ("before", "after")} for row in rows
    ]
    assert_chained(entries)
    assert [entry["entity_version"] for entry in entries if entry["before"] is not None] == [2]
    assert {(e["origin"], *e["roles"], e["account_id"], e["client_id"]) for e in entries} == {
        ("import", "operator", None, None)
    }
