"""Versions frozen before they kept the numbers of their plan are shown with those that follow from their rows."""

import json
from uuid import UUID

import asyncpg
import httpx
import pytest

from api.db import Database
from api.migration import ROOT
from api.postgres.embedded import Addresses
from tests.factories import Commune, make, make_action, make_commune, make_objective, make_plan

BASE = "/pst/v1"
NUMBERED = ("objective", "placement", "action")
EXPECTED = {"Premier": "OS 1", "Second": "OS 2", "Bas": "2.1", "Directe": "2.2", "Dessous": "2.1.1"}


async def make_version(commune: Commune) -> tuple[UUID, UUID]:
    """A plan with a frozen version that nobody is shown yet."""
    plan = await make_plan(commune)
    async with commune.acting() as (connection, _):
        await connection.execute(
            "update plan_level set prefix = 'OS ' where workspace_id = $1 and plan_id = $2 and level = 1",
            commune.workspace_id, plan,
        )  # fmt: skip
    await make_objective(commune, plan, title="Premier")
    above = await make_objective(commune, plan, title="Second")
    below = await make_objective(commune, plan, above, title="Bas")
    await make_action(commune, plan, above, title="Directe", audience="public")
    await make_action(commune, plan, below, title="Dessous", audience="public")
    return plan, await make(commune, "planVersion", plan_id=plan)


async def show(commune: Commune, version: UUID) -> None:
    for kind, organ in (("acknowledged", "council"), ("published", "administration")):
        await make(
            commune, "act", version_id=version, kind=kind, organ=organ, decided_on="2025-06-30",
            organisation_id=commune.municipality,
        )  # fmt: skip


async def numbers(client: httpx.AsyncClient, commune: Commune, plan: UUID) -> list[dict[str, str | None]]:
    """What the council and the public are told."""
    told = []
    for path, headers in ((f"plans/{plan}/tree", commune.as_("council")), (f"public/plans/{plan}/tree", {})):
        tree = (await client.get(f"{BASE}/{path}", headers=headers)).json()
        told.append({one["title"]: one["number"] for one in tree["objectives"] + tree["actions"]})
    return told


@pytest.mark.parametrize("is_shown_before", [True, False])
async def test_an_older_version_is_shown_with_its_numbers(
    client: httpx.AsyncClient, database: Database, addresses: Addresses, is_shown_before: bool
) -> None:
    commune = await make_commune(database)
    plan, version = await make_version(commune)
    if is_shown_before:
        await show(commune, version)
    owner = await asyncpg.connect(addresses.owner)
    try:
        content = json.loads(
            await owner.fetchval("select content from plan_version_content where version_id = $1", version)
        )
        for row in (row for name in NUMBERED for row in content[name]):
            del row["number"]
        await owner.execute(
            "update plan_version_content set content = $2 where version_id = $1", version, json.dumps(content)
        )
        await owner.execute("update shown_row set image = image - 'number' where version_id = $1", version)
        if is_shown_before:
            await owner.execute((ROOT / "migrations" / "sql" / "numbers_of_versions.sql").read_text())
    finally:
        await owner.close()
    if not is_shown_before:
        await show(commune, version)
    assert await numbers(client, commune, plan) == [EXPECTED, EXPECTED]
