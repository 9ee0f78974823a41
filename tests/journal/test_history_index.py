"""The history of one action is looked up, not searched for in the journal of years; and each entry names its plans."""

import json
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from api.db import Database
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.cursors import CursorKey
from api.domain.sql.listing import Listing, page_of
from api.domain.sql.reader import Reader
from api.postgres.embedded import Addresses
from tests.factories import Commune, change, make, make_action, make_commune, make_objective, make_plan

FILLED = """
insert into journal_entry (workspace_id, position, id, command, entity, entity_id, entity_version, after, image_schema,
    roles, origin, action_id, organisation_ids, plan_ids)
select $1, n, gen_random_uuid(), 'createTask', 'task', gen_random_uuid(), 1, '{}', 1, '{}', 'web', gen_random_uuid(),
    '{}', '{}' from generate_series(100000, 105000) n
"""


async def test_the_statement_of_an_actions_history_reads_its_index(database: Database, addresses: Addresses) -> None:
    commune = await make_commune(database)
    action, other = await make_action(commune), await make_action(commune)
    await make(commune, "actionLink", action_id=other, linked_action_id=action, kind="partOf")
    owner = await asyncpg.connect(addresses.owner)
    try:
        await owner.execute(FILLED, commune.workspace_id)
        await owner.execute("analyze journal_entry")
        for role in ("administration", "college"):
            used = await indexes_read(commune, role, action)
            assert used == {"ix_journal_entry_action", "ix_journal_entry_linked_action"}, role
    finally:
        await owner.execute(
            "delete from journal_entry where workspace_id = $1 and position >= 100000", commune.workspace_id
        )
        await owner.close()


async def indexes_read(commune: Commune, role: str, action: UUID) -> set[str]:
    """The indexes of the journal that PostgreSQL reads, under row-level security, for the history of an action."""
    entry = BY_NAME["journalEntry"]
    async with commune.acting(role) as (connection, actor):
        reader = Reader(actor, "fr", "")
        rows, seen = reader.rows(entry, "t")
        asked = page_of(reader, entry, Listing({"action_id": [action]}), "t", CursorKey(b""))
        sql = f"select t.id from {rows} where {seen} and {asked.where} order by {asked.order} limit 51"
        (told,) = await connection.fetchrow(f"explain (format json) {sql}", *reader.binds.values)
    found: set[str] = set()

    def look(node: dict[str, Any]) -> None:
        if node.get("Relation Name", "journal_entry") == "journal_entry":
            found.add(node.get("Index Name", ""))
        for below in node.get("Plans", []):
            if below.get("Parent Relationship") != "SubPlan":
                look(below)

    look(json.loads(told)[0]["Plan"])
    return {name for name in found if name.startswith(("ix_journal_entry", "pk_journal_entry"))}


async def test_what_hangs_on_an_objective_or_a_version_names_its_plan(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    headers = commune.as_("administration")
    line = await make(
        commune, "budgetLine", objective_id=objective, fiscal_year=2025, source="wallonia", service="ordinary",
        nature="expense", planned="10.00",
    )  # fmt: skip
    await change(commune, "budgetLine", line, planned="20.00")
    words = {"title": "Part", "kind": "output", "nature": "measure", "unit": "m", "objectiveId": str(objective)}
    indicator = await client.post("/pst/v1/indicators", json=words, headers=headers)
    assert indicator.status_code == 201, indicator.text
    version = await make(commune, "planVersion", plan_id=plan)
    act = await make(
        commune, "act", version_id=version, kind="acknowledged", organ="council", decided_on="2025-06-30",
        organisation_id=commune.municipality,
    )  # fmt: skip
    for identifier, count in ((line, 2), (indicator.json()["id"], 1), (act, 1)):
        answer = await client.get(f"/pst/v1/journalEntries?entityId={identifier}", headers=headers)
        assert [entry["planIds"] for entry in answer.json()["items"]] == [[str(plan)]] * count
        query = f'{{ journalEntries(filter: {{entityId: "{identifier}"}}) {{ nodes {{ planIds }} }} }}'
        twin = await client.post("/graphql", json={"query": query}, headers=headers)
        assert [n["planIds"] for n in twin.json()["data"]["journalEntries"]["nodes"]] == [[str(plan)]] * count
