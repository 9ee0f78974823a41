"""A recurring action has one edition a year, each with dates, status and progress of its own."""

import httpx
import pytest

from tests.factories import Commune, make, make_action
from tests.plans.asking import Desk, refused


async def test_a_recurring_action_has_one_edition_a_year(desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, kind="recurring", status="inProgress")
    for year in (2027, 2025, 2026):
        await desk.create("editions", actionId=action, year=year, plannedEnd=f"{year}-12-01")
    before = await desk.everything()
    assert refused(await desk.post("editions", actionId=action, year=2026)) == (409, "duplicate")
    (first, second, _) = (await desk.read(f"editions?actionId={action}"))["items"]
    assert refused(await desk.try_patch(f"editions/{second['id']}", year=2025)) == (409, "duplicate")
    assert await desk.everything() == before
    assert [e["year"] for e in (await desk.read(f"editions?actionId={action}"))["items"]] == [2025, 2026, 2027]
    assert (first["status"], first["progress"]) == ("planned", 0)


async def test_an_edition_held_is_done_unless_something_else_is_said(desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, kind="recurring")
    edition = f"editions/{await make(commune, 'edition', action_id=action, year=2026)}"
    assert (await desk.patch(edition, status="held"))["progress"] == 100
    assert (await desk.patch(edition, progress=80))["progress"] == 80
    held = await desk.create("editions", actionId=action, year=2025, status="held", progress=60)
    assert (held["status"], held["progress"]) == ("held", 60)
    assert (await desk.read(f"actions/{action}"))["progress"] == 0


@pytest.mark.parametrize("kind", ["project", "perennial", "outOfScope"])
async def test_another_action_has_no_edition_and_does_not_offer_any(desk: Desk, commune: Commune, kind: str) -> None:
    action = await make_action(commune, kind=kind)
    before = await desk.everything()
    assert refused(await desk.post("editions", actionId=action, year=2026)) == (409, "notRecurring")
    assert await desk.everything() == before
    assert "createEdition" not in (await desk.read(f"actions/{action}"))["permitted"]
    assert "createEdition" in (await desk.patch(f"actions/{action}", kind="recurring"))["permitted"]


async def test_an_action_stays_recurring_while_it_has_editions(desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, kind="recurring")
    edition = await make(commune, "edition", action_id=action, year=2026)
    before = await desk.everything()
    answer = await desk.try_patch(f"actions/{action}", kind="project")
    assert refused(answer) == (409, "hasEditions")
    assert answer.json()["years"] == [2026]
    assert await desk.everything() == before
    assert (await desk.delete(f"editions/{edition}")).status_code == 204
    assert (await desk.patch(f"actions/{action}", kind="project"))["kind"] == "project"


@pytest.mark.parametrize("end", ["planned", "actual"])
async def test_an_edition_does_not_end_before_it_starts(desk: Desk, commune: Commune, end: str) -> None:
    action = await make_action(commune, kind="recurring")
    before = await desk.everything()
    days = {f"{end}Start": "2026-06-02", f"{end}End": "2026-06-01"}
    assert refused(await desk.post("editions", actionId=action, year=2026, **days)) == (400, f"{end}EndAfterStart")
    assert await desk.everything() == before


async def test_graphql_reads_the_editions_of_an_action(client: httpx.AsyncClient, desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, kind="recurring")
    for year in (2026, 2025):
        await make(commune, "edition", action_id=action, year=year, status="cancelled")
    query = "query ($id: UUID!) { action(id: $id) { editions { nodes { year status } } } }"
    sent = {"query": query, "variables": {"id": str(action)}}
    answer = await client.post("/graphql", json=sent, headers=desk.headers)
    assert answer.json()["data"]["action"]["editions"]["nodes"] == [
        {"year": 2025, "status": "cancelled"}, {"year": 2026, "status": "cancelled"},
    ]  # fmt: skip
