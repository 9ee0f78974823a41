"""A planned date with a precision stands for a span: what begins in it begins first, what is due in it is due last."""

import importlib.util
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from api.domain.commands.context import today
from api.postgres.embedded import Addresses
from tests.factories import Commune, make_action
from tests.plans.asking import Desk

SPANS = [
    ("day", "2026-06-30", "2026-06-30", "2026-06-30"),
    ("month", "2028-02-10", "2028-02-01", "2028-02-29"),
    ("quarter", "2026-05-15", "2026-04-01", "2026-06-30"),
    ("semester", "2026-07-01", "2026-07-01", "2026-12-31"),
    ("semester", "2026-06-30", "2026-01-01", "2026-06-30"),
    ("year", "2026-06-30", "2026-01-01", "2026-12-31"),
    ("term", "2026-06-30", "2024-12-02", "2030-12-01"),
    ("term", "1890-06-30", "1890-06-30", "1890-06-30"),
    ("year", "9999-06-30", "9999-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("precision", "day", "first", "last"), SPANS)
async def test_a_date_is_stored_at_the_end_of_its_span(
    desk: Desk, commune: Commune, precision: str, day: str, first: str, last: str
) -> None:
    start = {"plannedStart": day, "plannedStartPrecision": precision}
    words = {**start, "plannedEnd": day, "plannedEndPrecision": precision}
    made = await desk.create("actions", title="X", organisationId=commune.municipality, **words)
    assert (made["plannedStart"], made["plannedEnd"]) == (first, last)
    changed = await desk.patch(f"actions/{await make_action(commune)}", **words)
    assert (changed["plannedStart"], changed["plannedEnd"]) == (first, last)


async def test_what_is_due_this_year_is_not_late_before_it_ends(
    client: httpx.AsyncClient, desk: Desk, commune: Commune
) -> None:
    action = await make_action(commune, status="inProgress")
    query = """mutation ($id: UUID!, $v: Int!, $p: ActionPatch!) {
        updateAction(id: $id, expectedVersion: $v, patch: $p) { plannedEnd isLate } }"""
    patch = {"plannedEnd": f"{today().year}-01-31", "plannedEndPrecision": "year"}
    variables = {"id": str(action), "v": 1, "p": patch}
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=desk.headers)
    expected = {"plannedEnd": f"{today().year}-12-31", "isLate": False}
    assert answer.json()["data"]["updateAction"] == expected
    late = await desk.patch(
        f"actions/{await make_action(commune, status='inProgress')}",
        plannedEnd=str(today() - timedelta(days=1)), plannedEndPrecision="day",
    )  # fmt: skip
    assert late["isLate"] is True


async def test_a_date_alone_keeps_the_precision_and_a_precision_alone_moves_the_date(
    desk: Desk, commune: Commune
) -> None:
    action = f"actions/{await make_action(commune, planned_end='2026-12-31', planned_end_precision='year')}"
    moved = await desk.patch(action, plannedEnd="2027-03-01", plannedEndReason="Le subside tarde")
    assert (moved["plannedEnd"], moved["plannedEndPrecision"]) == ("2027-12-31", "year")
    exact = await desk.patch(action, plannedEnd="2027-03-01", plannedEndPrecision="day")
    assert exact["plannedEnd"] == "2027-03-01"
    assert (await desk.patch(action, plannedEndPrecision="quarter", plannedEndReason="X"))["plannedEnd"] == "2027-03-31"


def migration() -> Any:
    path = next(Path("migrations/versions").glob("*_spans_and_parts.py"))
    spec = importlib.util.spec_from_file_location("spans_and_parts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_what_was_stored_within_a_span_is_moved_to_its_end(addresses: Addresses, commune: Commune) -> None:
    action = await make_action(commune)
    connection = await asyncpg.connect(addresses.owner)
    try:
        for precision, day, first, last in SPANS[:-1]:
            await connection.execute(
                "update action set planned_start = $2, planned_end = $2, planned_start_precision = $3,"
                " planned_end_precision = $3 where id = $1",
                action, date.fromisoformat(day), precision,
            )  # fmt: skip
            await connection.execute(migration().fill_spans("action"))
            found = await connection.fetchrow("select planned_start, planned_end from action where id = $1", action)
            assert [str(value) for value in found] == [first, last], precision
        version = await connection.fetchval("select version from action where id = $1", action)
        await connection.execute(migration().fill_spans("action"))
        assert await connection.fetchval("select version from action where id = $1", action) == version
        await connection.execute(migration().fill_spans("group_action"))
    finally:
        await connection.close()
