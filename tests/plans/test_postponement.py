"""Putting off the end of an action: a new date with its reason, counted, told in the history."""

from typing import Any

import httpx
import pytest

from tests.factories import Commune, make_action
from tests.plans.asking import BASE, Desk, refused

UNDER_WAY = ("notStarted", "waiting", "inProgress", "suspended")
LANGUAGES = ("fr", "nl", "de", "en")


@pytest.mark.parametrize("status", UNDER_WAY)
async def test_a_later_end_is_counted_with_its_reason(desk: Desk, commune: Commune, status: str) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status=status)}"
    later = await desk.patch(action, plannedEnd="2026-12-31", plannedEndReason="Subside attendu")
    assert (later["postponements"], later["plannedEndReason"]) == (1, "Subside attendu")
    again = await desk.patch(action, plannedEnd="2027-03-31", plannedEndReason="Subside attendu")
    assert (again["postponements"], again["plannedEndReason"]) == (2, "Subside attendu")
    query = f"journalEntries?entityId={again['id']}&sort=position"
    told = [entry["after"]["planned_end_reason"] for entry in (await desk.read(query))["items"]]
    assert told == [None, "Subside attendu", "Subside attendu"]


@pytest.mark.parametrize("reason", [{}, {"plannedEndReason": None}, {"plannedEndReason": "  "}])
async def test_a_later_end_without_a_reason_is_refused(
    desk: Desk, commune: Commune, reason: dict[str, str | None]
) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status='inProgress')}"
    await desk.patch(action, plannedEnd="2026-07-31", plannedEndReason="La réponse tarde")
    before = await desk.everything()
    answer = await desk.try_patch(action, plannedEnd="2026-12-31", title="Autre", **reason)
    assert answer.status_code == 400, answer.text
    assert [issue["name"] for issue in answer.json()["issues"]] == ["plannedEndReason"]
    assert await desk.everything() == before


async def test_the_refusal_is_told_in_each_language(client: httpx.AsyncClient, desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status='inProgress')}"
    version = (await desk.read(action))["version"]
    told = set()
    for language in LANGUAGES:
        headers = {**desk.headers, "If-Match": f'"{version}"', "Accept-Language": language}
        answer = await client.patch(f"{BASE}/{action}", json={"plannedEnd": "2026-12-31"}, headers=headers)
        assert refused(answer) == (400, "postponementReason")
        told.add(answer.json()["issues"][0]["detail"])
    assert len(told) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"planned_end": "2026-06-30", "status": "draft"}, {"plannedEnd": "2026-12-31"}),
        ({"planned_end": "2026-06-30", "status": "cancelled"}, {"plannedEnd": "2026-12-31"}),
        ({"planned_end": "2026-06-30", "status": "inProgress"}, {"plannedEnd": "2026-03-31"}),
        ({"planned_end": "2026-06-30", "status": "inProgress"}, {"plannedEnd": None}),
        ({"status": "inProgress"}, {"plannedEnd": "2026-12-31"}),
        ({"planned_end": "2026-06-30", "status": "draft"}, {"plannedEnd": "2026-12-31", "status": "notStarted"}),
    ],
)
async def test_what_puts_nothing_off_asks_no_reason(
    desk: Desk, commune: Commune, made: dict[str, Any], said: dict[str, Any]
) -> None:
    changed = await desk.patch(f"actions/{await make_action(commune, **made)}", **said)
    assert (changed["plannedEnd"], changed["postponements"]) == (said["plannedEnd"], 0)


async def test_a_reason_is_put_right_but_neither_taken_away_nor_given_for_nothing(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status='inProgress')}"
    before = await desk.everything()
    answer = await desk.try_patch(action, plannedEndReason="Pour rien")
    assert refused(answer) == (400, "notPostponed")
    assert await desk.everything() == before
    await desk.patch(action, plannedEnd="2026-12-31", plannedEndReason="Subsid attendu")
    righted = await desk.patch(action, plannedEndReason="Subside attendu")
    assert (righted["plannedEndReason"], righted["postponements"]) == ("Subside attendu", 1)
    before = await desk.everything()
    assert refused(await desk.try_patch(action, plannedEndReason=None)) == (400, "postponementReason")
    assert await desk.everything() == before


@pytest.mark.parametrize("cleared", [{"plannedEnd": None}, {"plannedEnd": None, "plannedEndPrecision": "undetermined"}])
async def test_clearing_the_date_first_puts_nothing_off_unsaid(
    client: httpx.AsyncClient, desk: Desk, commune: Commune, cleared: dict[str, Any]
) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status='inProgress')}"
    await desk.patch(action, **cleared)
    await desk.patch(action, title="Entre-temps")
    before = await desk.everything()
    said = {"plannedEnd": "2026-07-01"}
    assert refused(await desk.try_patch(action, **said)) == (400, "postponementReason")
    answer = await client.post("/graphql", json=await _update(desk, action, said), headers=desk.headers)
    assert "postponementReason" in answer.text
    assert await desk.everything() == before
    answer = await client.post(
        "/graphql", json=await _update(desk, action, {**said, "plannedEndReason": "Sol pollué"}), headers=desk.headers
    )
    assert answer.json()["data"]["updateAction"] == {"plannedEndReason": "Sol pollué", "postponements": 1}


@pytest.mark.parametrize(
    ("made", "cleared", "said"),
    [
        ({"status": "inProgress"}, {}, {"plannedEnd": "2026-06-30"}),
        ({"status": "inProgress"}, {}, {"plannedEnd": "2026-03-31"}),
        ({"status": "draft"}, {"status": "notStarted"}, {"plannedEnd": "2026-12-31"}),
        ({"status": "cancelled"}, {"status": "notStarted", "statusReason": "Relancée"}, {"plannedEnd": "2026-12-31"}),
    ],
)
async def test_a_date_given_back_no_later_or_taken_from_what_was_not_under_way_asks_no_reason(
    desk: Desk, commune: Commune, made: dict[str, Any], cleared: dict[str, Any], said: dict[str, Any]
) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', **made)}"
    await desk.patch(action, plannedEnd=None)
    if cleared:
        await desk.patch(action, **cleared)
    changed = await desk.patch(action, **said)
    assert (changed["plannedEnd"], changed["postponements"]) == (said["plannedEnd"], 0)


async def test_the_last_end_that_stood_is_what_counts(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-06-30', status='inProgress')}"
    await desk.patch(action, plannedEnd="2027-06-30", plannedEndReason="Subside attendu")
    await desk.patch(action, plannedEnd=None)
    given_back = await desk.patch(action, plannedEnd="2027-03-31")
    assert (given_back["postponements"], given_back["plannedEndReason"]) == (1, "Subside attendu")


async def _update(desk: Desk, action: str, patch: dict[str, Any]) -> dict[str, Any]:
    """The mutation that says this patch, at the version of now."""
    found = await desk.read(action)
    mutation = """mutation ($id: UUID!, $version: Int!, $patch: ActionPatch!) {
        updateAction(id: $id, expectedVersion: $version, patch: $patch) { plannedEndReason postponements } }"""
    return {"query": mutation, "variables": {"id": found["id"], "version": found["version"], "patch": patch}}


async def test_graphql_asks_the_same(client: httpx.AsyncClient, desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, planned_end="2026-06-30", status="inProgress")
    mutation = """mutation ($id: UUID!, $patch: ActionPatch!) {
        updateAction(id: $id, expectedVersion: 1, patch: $patch) { plannedEndReason postponements } }"""
    said: dict[str, Any] = {"plannedEnd": "2026-12-31"}
    before = await desk.everything()
    sent = {"query": mutation, "variables": {"id": str(action), "patch": said}}
    refusal = await client.post("/graphql", json=sent, headers=desk.headers)
    assert "postponementReason" in refusal.text
    assert await desk.everything() == before
    said["plannedEndReason"] = "Subside attendu"
    answer = await client.post("/graphql", json=sent, headers=desk.headers)
    assert answer.json()["data"]["updateAction"] == {"plannedEndReason": "Subside attendu", "postponements": 1}
