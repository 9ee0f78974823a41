"""Arrays of ids tell what their reader may follow, and keep what it may not when it replaces them."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.articulation.scene import commune_with
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_plan,
    statements,
)
from tests.plans.asking import Desk, refused

ACTION = "query ($id: UUID!) { action(id: $id) { findingIds } }"
OBJECTIVE = "query ($id: UUID!) { objective(id: $id) { findingIds dpcItemIds } }"
UPDATE = """mutation ($id: UUID!, $version: Int!, $patch: ActionPatch!) {
  updateAction(id: $id, expectedVersion: $version, patch: $patch) { findingIds } }"""


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


def desk(
    client: httpx.AsyncClient, commune: Commune, role: str = "administration", house: str = "municipality"
) -> Desk:
    return Desk(client, commune, commune.as_(role, house))


async def asked(of: Desk, query: str, **variables: Any) -> dict[str, Any]:
    answer = await of.client.post("/graphql", json={"query": query, "variables": variables}, headers=of.headers)
    assert "errors" not in answer.json(), answer.text
    (found,) = answer.json()["data"].values()
    return dict(found)


async def findings(commune: Commune) -> tuple[str, str, str]:
    """One for all, one for the commune alone, another for all."""
    audiences = ("public", "restricted", "council")
    made = [
        await make(commune, "finding", text=audience, organisation_id=commune.municipality, audience=audience)
        for audience in audiences
    ]
    return str(made[0]), str(made[1]), str(made[2])


async def ids_of(of: Desk, path: str, name: str) -> set[str]:
    """An array as its document, the list and (the journal too, where read) tell it: always the same."""
    kind, identifier = path.split("/")
    document = await of.read(path)
    (row,) = [each for each in (await of.read(f"{kind}?pageSize=200"))["items"] if each["id"] == identifier]
    assert row[name] == document[name]
    return set(document[name])


@pytest.mark.parametrize(("kind", "query"), [("action", ACTION), ("objective", OBJECTIVE)])
async def test_a_finding_kept_from_the_reader_is_not_told_by_what_answers_it(
    client: httpx.AsyncClient, commune: Commune, kind: str, query: str
) -> None:
    shown, kept, council = await findings(commune)
    plan = await make_plan(commune)
    await make(commune, "planFinding", plan_id=plan, finding_id=shown)
    objective = await make_objective(commune, plan, finding_ids=[shown, kept])
    action = await make_action(commune, plan, objective, finding_ids=[shown, kept], audience="public")
    identifier = {"action": action, "objective": objective}[kind]
    await freeze_and_publish(commune, plan)
    expected = {
        ("administration", "municipality"): {shown, kept},
        ("administration", "cpas"): {shown},
        ("college", "municipality"): {shown},
        ("agent", "municipality"): {shown},
        ("council", "municipality"): {shown},
    }
    for (role, house), told in expected.items():
        of = desk(client, commune, role, house)
        assert await ids_of(of, f"{kind}s/{identifier}", "findingIds") == told, role
        assert set((await asked(of, query, id=str(identifier)))["findingIds"]) == told, role
        if role not in ("agent", "council"):
            entries = await of.read(f"journalEntries?entity={kind}&entityId={identifier}")
            assert {i for e in entries["items"] for i in e["after"]["finding_ids"]} == told, role
        if (role, kind) != ("council", "objective"):  # who reads versions cannot ask that of objectives
            by_id = {f: (await of.read(f"{kind}s?findingId={f}"))["items"] for f in (shown, kept, council)}
            assert {f for f, rows in by_id.items() if rows} == told, role


async def test_what_only_a_hidden_finding_answers_is_told_as_answering_none(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    _, kept, _ = await findings(commune)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, finding_ids=[kept])
    action = await make_action(commune, plan, objective, finding_ids=[kept])
    for house, is_missing in (("municipality", False), ("cpas", True)):
        of = desk(client, commune, "administration", house)
        for kind, identifier in (("actions", action), ("objectives", objective)):
            missing = await of.read(f"{kind}?missing=finding")
            assert (str(identifier) in {row["id"] for row in missing["items"]}) is is_missing


async def test_who_replaces_an_array_never_drops_what_it_is_not_told(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    shown, kept, _ = await findings(commune)
    own = await make(
        commune, "finding", house="cpas", text="Isolement", organisation_id=commune.cpas, audience="council"
    )
    council = str(own)
    action = await make_action(commune, department="both", finding_ids=[shown, kept])
    path, all_told = f"actions/{action}", desk(client, commune)
    of = desk(client, commune, "administration", "cpas")
    assert (await of.patch(path, findingIds=[council]))["findingIds"] == [council]
    assert set((await all_told.read(path))["findingIds"]) == {council, kept}
    version = (await of.read(path))["version"]
    assert (await of.patch(path, findingIds=[council]))["version"] == version
    said = await asked(of, UPDATE, id=str(action), version=version, patch={"findingIds": []})
    assert said["findingIds"] == []
    assert (await all_told.read(path))["findingIds"] == [kept]
    entries = await all_told.read(f"journalEntries?entity=action&entityId={action}")
    assert sorted(len(entry["after"]["finding_ids"]) for entry in entries["items"]) == [1, 2, 2]
    assert (await all_told.patch(path, findingIds=[]))["findingIds"] == []


async def test_an_id_that_is_not_told_is_refused_as_if_it_were_nothing(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    shown, kept, _ = await findings(commune)
    action = await make_action(commune, department="both", finding_ids=[shown, kept])
    of = desk(client, commune, "administration", "cpas")
    before = await of.everything()
    for unknown in (kept, str(uuid4())):
        answer = await of.try_patch(f"actions/{action}", findingIds=[unknown])
        assert refused(answer) == (400, "referencedResourceNotFound")
    assert await of.everything() == before


async def test_items_of_a_dpc_are_told_by_an_objective_once_they_are_read(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    async with commune.acting() as (connection, _):
        term = await connection.fetchval("select id from term where code = '2024-2030'")
    dpc = await make(commune, "dpc", title="DPC", organisation_id=commune.municipality, term_id=term)
    item = await make(commune, "dpcItem", dpc_id=dpc, text="Solidarité", is_section=True)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, dpc_item_ids=[item])
    await freeze_and_publish(commune, plan)
    path, told = f"objectives/{objective}", {}
    for state in ("", "adopted", "published"):
        if state:
            await desk(client, commune).patch(f"dpcs/{dpc}", **{f"{state}On": "2025-02-01"})
        seen = []
        for role, house in (
            ("administration", "municipality"),
            ("college", "cpas"),
            ("council", "municipality"),
            ("region", "municipality"),
        ):
            of = desk(client, commune, role, house)
            ids = (await of.read(path))["dpcItemIds"]
            assert (await asked(of, OBJECTIVE, id=str(objective)))["dpcItemIds"] == ids
            seen.append(len(ids))
        public = await client.get(f"/pst/v1/public/{path}")
        told[state] = [*seen, len(public.json()["dpcItemIds"])]
    assert told == {"": [1, 0, 0, 0, 0], "adopted": [1, 1, 1, 0, 0], "published": [1, 1, 1, 1, 1]}


async def test_a_line_declared_for_a_plan_that_is_not_shown_does_not_tell_it(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    shown, living = await make_plan(commune), await make_plan(commune)
    action = await make_action(commune, shown, audience="public")
    line = await make(
        commune, "budgetLine", action_id=action, fiscal_year=2025, source="wallonia", service="ordinary",
        nature="expense", planned="10.00", declared_plan_ids=[shown, living],
    )  # fmt: skip
    await freeze_and_publish(commune, shown)
    for role, told in (("college", {shown, living}), ("council", {shown})):
        found = await desk(client, commune, role).read(f"budgetLines/{line}")
        assert set(found["declaredPlanIds"]) == {str(each) for each in told}, role


async def test_an_indicator_tells_no_total_of_a_draft_objective_to_who_does_not_read_the_draft(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    draft = await make_objective(commune, plan, status="draft")
    words = {"title": "Trajets", "kind": "output", "nature": "measure", "unit": "trajets", "isCumulative": True}
    total = (await desk(client, commune).create("indicators", objectiveId=draft, **words))["id"]
    action = await make_action(commune, plan, await make_objective(commune, plan))
    part = (await desk(client, commune).create("indicators", actionId=action, contributesToIds=[total], **words))["id"]
    for role, told in (("administration", [total]), ("agent", [])):
        of = desk(client, commune, role)
        assert (await of.read(f"indicators/{part}"))["contributesToIds"] == told, role
        assert bool((await of.read(f"indicators?totalId={total}"))["items"]) is bool(told), role


async def test_a_conversion_tells_no_row_of_what_the_reader_does_not_see(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    await change(commune, "action", commune.actions["shuttle"], audience="restricted")
    made = (await Asking.of(client, commune).convert("grouped"))["id"]
    path = f"articulationConversions/{made}"
    rows = {}
    for role in ("administration", "agent"):
        of = desk(client, commune, role)
        found = await of.read(path)
        query = "query ($id: UUID!) { articulationConversion(id: $id) { rows { entity entityId change rowVersion } } }"
        assert (await asked(of, query, id=str(made)))["rows"] == found["rows"]
        rows[role] = {(row["entity"], row["entityId"]) for row in found["rows"]}
    placements = await desk(client, commune).read(f"placements?actionId={commune.actions['shuttle']}&pageSize=200")
    hidden = {("placement", each["id"]) for each in placements["items"]}
    assert hidden & rows["administration"]
    assert rows["agent"]
    assert rows["agent"] < rows["administration"]
    assert not hidden & rows["agent"]
    entries = await desk(client, commune).read("journalEntries?entity=articulationConversion")
    assert all("memory" not in entry["after"] for entry in entries["items"])


async def test_arrays_of_many_rows_cost_no_more_statements(
    client: httpx.AsyncClient, database: Database, commune: Commune
) -> None:
    shown, kept, _ = await findings(commune)
    of, sent = desk(client, commune, "administration", "cpas"), []
    await of.read("actions?sort=createdAt")
    for count in (5, 10):
        for _ in range(5):
            await make_action(commune, finding_ids=[shown, kept], department="both")
        with statements(database) as seen:
            found = await of.read("actions?sort=createdAt")
        assert [row["findingIds"] for row in found["items"]] == [[shown]] * count
        sent.append(len(seen))
    assert sent[0] == sent[1]
