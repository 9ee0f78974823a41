"""A counterpart reaches no farther than its origin, and who leaves a group keeps the figures of its years."""

import runpy
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from api.domain.commands.context import today
from api.postgres.embedded import Addresses
from tests.factories import make
from tests.groups.scene import Scene
from tests.journal.entries import entries_of


@pytest.mark.parametrize("reach", ["partners", "council"])
async def test_a_counterpart_reaches_no_farther_than_the_groups_action(scene: Scene, reach: str) -> None:
    one = scene.communes[0]
    action = await scene.action(audience=reach)
    offer = await scene.read(one, f"groupActions/{action}")
    copy = await scene.taken(one, action)
    assert (offer["audience"], copy["audience"]) == (reach, reach)
    before = await scene.read(one, f"actions/{copy['id']}")
    refusal = await scene.patch(one, f"actions/{copy['id']}", audience="public")
    assert (refusal.status_code, refusal.json()["issues"][0]["name"]) == (400, "audience")
    query = f'''mutation {{ updateAction(id: "{copy["id"]}", expectedVersion: {copy["version"]},
        patch: {{ audience: public }}) {{ id }} }}'''
    answer = await scene.client.post("/graphql", json={"query": query}, headers=one.as_("administration"))
    assert [i["name"] for i in answer.json()["errors"][0]["extensions"]["issues"]] == ["audience"]
    assert await scene.read(one, f"actions/{copy['id']}") == before
    narrow = await scene.change(one, f"actions/{copy['id']}", audience="administration")
    assert narrow["audience"] == "administration"
    await scene.change(scene.group, f"actions/{action}", audience="public")
    assert (await scene.read(one, f"actions/{copy['id']}"))["audience"] == "administration"
    assert (await scene.read(one, f"groupActions/{action}"))["audience"] == "public"
    assert (await scene.change(one, f"actions/{copy['id']}", audience="public"))["audience"] == "public"
    await scene.change(scene.group, f"actions/{action}", audience="partners")
    assert (await scene.read(one, f"actions/{copy['id']}"))["audience"] == "partners"


async def test_a_counterpart_that_reached_too_far_is_narrowed_by_the_migration(
    scene: Scene, addresses: Addresses
) -> None:
    one = scene.communes[0]
    action = await scene.action(audience="partners")
    copy = await scene.taken(one, action)
    path = next(Path("migrations/versions").glob("*_reach_of_copies_and_files.py"))
    words = runpy.run_path(str(path))
    connection = await asyncpg.connect(addresses.owner)
    try:
        await connection.execute("update action set audience = 'public' where id = $1", UUID(copy["id"]))
        await connection.execute("update group_action set audience = 'public' where id = $1", action)
        await connection.execute(words["TELL_AUDIENCES"])
        await connection.execute(words["NARROW_COPIES"])
    finally:
        await connection.close()
    assert (await scene.read(one, f"actions/{copy['id']}"))["audience"] == "partners"
    assert (await scene.read(one, f"groupActions/{action}"))["audience"] == "partners"


async def test_the_years_before_a_member_left_stay_in_the_figures_of_its_part(scene: Scene) -> None:
    one = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(one, action)
    part = next(p for p in (await scene.read(one, "plans"))["items"] if p["originPlanId"])
    year = today().year
    await scene.change(one, f"plans/{part['id']}", endsOn=f"{year + 3}-12-31")
    for planned, fiscal_year in (("2834.00", year - 1), ("100.00", year + 1)):
        words: dict[str, Any] = {"source": "wallonia", "service": "ordinary", "planned": planned}
        await make(one, "budgetLine", action_id=UUID(copy["id"]), fiscal_year=fiscal_year, **words)
    totals = f"plans/{part['id']}/totals"
    assert (await scene.read(one, totals))["total"]["expensesPlanned"] == "2934.00"
    members = (await scene.read(scene.group, f"groupMembers?groupId={scene.group.workspace_id}"))["items"]
    member = next(m for m in members if m["organisationId"] == str(one.municipality))
    await scene.change(scene.group, f"groupMembers/{member['id']}", isEnded=True)
    told = await scene.read(one, totals)
    assert told["total"]["expensesPlanned"] == "2834.00"
    assert told["outsideYears"]["expensesPlanned"] == "100.00"
    assert (told["actionCount"], told["toYear"]) == (1, year)
    assert (await scene.read(one, f"plans/{part['id']}"))["endsOn"] == str(today())
    assert (await scene.read(one, f"actions/{copy['id']}"))["isCounterpart"] is False
    entries = await entries_of(scene.database, one.workspace_id)
    assert [e["origin"] for e in entries if e["entity"] == "plan"][-1:] == ["group"]
