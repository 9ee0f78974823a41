"""A version holds everything that stands, and its readers read the figures that the administration reads."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.factories import Commune, freeze_and_publish, make, make_action, make_objective, make_placement, make_plan
from tests.plans.asking import Desk
from tests.versions.doors import Readers

SHOWN = ("council", "region", "integrator", "public")


@pytest.fixture
def readers(client: httpx.AsyncClient, town: Commune) -> Readers:
    return Readers(client, town)


async def make_line(commune: Commune, planned: str, **words: Any) -> UUID:
    given: dict[str, Any] = {"fiscal_year": 2026, "source": "other", "service": "ordinary", "planned": planned, **words}
    return await make(commune, "budgetLine", **given)


async def make_indicator(office: Desk, action: UUID) -> UUID:
    words = {"title": "Mètres", "kind": "output", "unit": "m"}
    return UUID((await office.create("indicators", actionId=action, **words))["id"])


async def content_of(office: Desk, version: UUID) -> dict[str, list[dict[str, object]]]:
    answer = await office.client.get(f"/pst/v1/planVersions/{version}/content", headers=office.headers)
    found: dict[str, list[dict[str, object]]] = json.loads(answer.text)
    return found


async def test_a_sub_action_is_in_the_version_of_its_parent_with_all_that_hangs_on_it(
    office: Desk, town: Commune, readers: Readers
) -> None:
    plan = await make_plan(town)
    parent = await make_action(town, plan, await make_objective(town, plan), audience="public")
    sub = await make_action(town, parent_id=parent, title="Sous-action", audience="public")
    await make_line(town, "500.00", action_id=sub)
    indicator = await make_indicator(office, sub)
    note = await make(town, "followUp", action_id=sub, noted_on="2026-01-15", text="Posé", audience="public")
    version = await freeze_and_publish(town, plan)
    content = await content_of(office, version)
    held = {name: {row["id"] for row in content[name]} for name in ("action", "indicator", "followUp")}
    assert held == {"action": {str(parent), str(sub)}, "indicator": {str(indicator)}, "followUp": {str(note)}}
    assert [line["planned"] for line in content["budgetLine"]] == ["500.00"]
    for reader in SHOWN:
        assert await readers.title(reader, sub) == "Sous-action", reader
        assert await readers.ids(reader, "actions", planId=str(plan)) == {str(parent), str(sub)}
        assert await readers.ids(reader, "indicators", actionId=str(sub)) == {str(indicator)}
        assert await readers.ids(reader, "followUps", actionId=str(sub)) == {str(note)}
        assert (await readers.progress(reader, plan))[1] == (await readers.progress("administration", plan))[1]
    assert await readers.figures("council", plan) == await readers.figures("administration", plan)
    assert (await readers.figures("council", plan))[0] == "500.00"


async def test_a_sub_action_that_the_plan_gave_up_or_that_is_a_draft_is_not_in_the_version(
    office: Desk, town: Commune
) -> None:
    plan = await make_plan(town)
    parent = await make_action(town, plan)
    await make_action(town, parent_id=parent, status="draft")
    archived = await make_action(town, parent_id=parent)
    await office.patch(f"actions/{archived}", isArchived=True)
    content = await content_of(office, await freeze_and_publish(town, plan))
    assert [row["id"] for row in content["action"]] == [str(parent)]


async def test_editions_and_approved_measurements_are_part_of_a_version(office: Desk, town: Commune) -> None:
    plan = await make_plan(town)
    recurring = await make_action(town, plan, kind="recurring")
    edition = await make(town, "edition", action_id=recurring, year=2026, status="planned")
    indicator = await make_indicator(office, recurring)
    measured = [
        await office.create("measurements", indicatorId=indicator, measuredOn=f"2026-0{n}-01", value=str(n))
        for n in (1, 2)
    ]
    for state in ("submitted", "approved"):
        await office.patch(f"measurements/{measured[0]['id']}", state=state)
    content = await content_of(office, await freeze_and_publish(town, plan))
    assert [row["id"] for row in content["edition"]] == [str(edition)]
    assert [row["id"] for row in content["measurement"]] == [measured[0]["id"]]


async def make_half_drafted(commune: Commune) -> tuple[UUID, UUID]:
    """A plan with 100.00 under a draft objective, 10.00 under an open one, and 8.00 half in each; and the 100.00."""
    plan = await make_plan(commune)
    draft = await make_objective(commune, plan, status="draft")
    opened = await make_objective(commune, plan)
    words = {"status": "inProgress", "audience": "public"}
    hidden = await make_action(commune, plan, draft, title="Pendue", progress=90, **words)
    shown = await make_action(commune, plan, opened, progress=10, **words)
    shared = await make_action(commune, plan, opened, progress=10, **words)
    await make_placement(commune, shared, plan, draft, weight=1)
    for planned, action in (("100.00", hidden), ("10.00", shown), ("8.00", shared)):
        await make_line(commune, planned, action_id=action)
    return plan, hidden


async def test_what_stands_only_beneath_drafts_is_not_in_the_version_and_shares_stay_what_they_are(
    town: Commune, readers: Readers
) -> None:
    plan, hidden = await make_half_drafted(town)
    await freeze_and_publish(town, plan)
    assert await readers.figures("administration", plan) == ("14.00", 2, 10)
    assert await readers.figures("council", plan) == ("14.00", 2, 10)
    for reader in SHOWN:
        assert await readers.progress(reader, plan) == (10, 2)
        assert await readers.title(reader, hidden) is None
        assert str(hidden) not in await readers.ids(reader, "actions", planId=str(plan))
        tree = await readers.tree(reader, plan)
        assert tree is not None
        assert {p["objectiveId"] for p in tree["placements"]} == {o["id"] for o in tree["objectives"]}
        assert (await readers.rest(reader, "placements", actionId=str(hidden))).json()["items"] == []


async def test_an_action_beneath_a_draft_and_at_the_root_is_in_the_version(town: Commune, readers: Readers) -> None:
    plan = await make_plan(town)
    action = await make_action(town, plan, await make_objective(town, plan, status="draft"), audience="public")
    await make_placement(town, action, plan)
    other = await make_action(town, plan, audience="public", title="Sans placement")
    await make_line(town, "3.00", action_id=other)
    await freeze_and_publish(town, plan)
    assert await readers.figures("council", plan) == await readers.figures("administration", plan)
    for reader in SHOWN:
        assert await readers.ids(reader, "actions", planId=str(plan)) == {str(action), str(other)}


async def test_cents_that_cannot_be_halved_fall_where_the_administration_sees_them_fall(
    town: Commune, readers: Readers
) -> None:
    plan = await make_plan(town)
    places = [await make_objective(town, plan), await make_objective(town, plan, status="draft"),
              await make_objective(town, plan)]  # fmt: skip
    action = await make_action(town, plan, places[0], audience="public")
    for place in places[1:]:
        await make_placement(town, action, plan, place, weight=1)
    await make_line(town, "0.05", action_id=action)
    await freeze_and_publish(town, plan)
    assert await readers.figures("council", plan) == await readers.figures("administration", plan)
    for objective in (places[0], places[2]):
        told = []
        for reader in ("administration", "council"):
            totals = (await readers.rest(reader, f"plans/{plan}/totals")).json()
            told += [o["total"] for o in totals["objectives"] if o["objectiveId"] == str(objective)]
        assert told[0] == told[1]


async def test_what_a_covered_plan_adds_is_frozen_with_the_plan_that_covers_it(
    town: Commune, readers: Readers, office: Desk
) -> None:
    covering, covered = await make_plan(town), await make_plan(town, "pcs")
    await make_objective(town, covering, covers_plan_id=covered)
    inside = await make_action(town, covered, await make_objective(town, covered), audience="public")
    await make_line(town, "7.00", action_id=inside)
    await freeze_and_publish(town, covering)
    assert await readers.figures("administration", covering) == ("7.00", 1, 0)
    assert await readers.figures("council", covering) == ("7.00", 1, 0)
    for reader in SHOWN:
        assert await readers.title(reader, inside) is None
        assert await readers.ids(reader, "actions", workspaceId=str(town.workspace_id)) == set()
        assert (await readers.rest(reader, f"plans/{covered}")).status_code == 404
    await make_line(town, "9.00", action_id=inside)
    await freeze_and_publish(town, covered)
    assert await readers.figures("council", covering) == ("7.00", 1, 0)
    assert await readers.figures("council", covered) == ("16.00", 1, 0)


async def test_money_declared_for_another_plan_is_told_to_the_council_as_to_the_administration(
    town: Commune, readers: Readers
) -> None:
    plan, other = await make_plan(town), await make_plan(town, "pcs")
    action = await make_action(town, plan, audience="public")
    await make_placement(town, action, other)
    line = await make_line(town, "5.00", action_id=action, declared_plan_ids=[other])
    await freeze_and_publish(town, plan)
    told = [(await readers.rest(r, f"plans/{plan}/totals")).json() for r in ("administration", "council")]
    assert [t["declaredElsewhere"]["expensesPlanned"] for t in told] == ["5.00", "5.00"]
    assert (await readers.rest("council", f"budgetLines/{line}")).status_code == 404
