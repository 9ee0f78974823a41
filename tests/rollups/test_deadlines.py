"""Dates that follow from others, and dates that do not fit together: told, never a refusal."""

from typing import Any

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, freeze_and_publish, make_action, make_commune, make_objective, make_plan
from tests.plans.asking import Desk, refused


async def deadline(desk: Desk, objective: object) -> tuple[str | None, bool]:
    told = await desk.read(f"objectives/{objective}")
    return told["deadline"], told["isDeadlineDerived"]


async def test_an_objective_without_a_date_shows_the_latest_beneath_it_marked_derived(
    desk: Desk, commune: Commune
) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan)
    below, dated = await make_objective(commune, plan, above), await make_objective(commune, plan, above)
    assert await deadline(desk, above) == (None, False)
    await make_action(commune, plan, below, planned_end="2026-06-30")
    await make_action(commune, plan, below, planned_end="2027-06-30")
    assert await deadline(desk, above) == await deadline(desk, below) == ("2027-06-30", True)
    await desk.patch(f"objectives/{dated}", dueBy="2028-01-31")
    assert await deadline(desk, above) == ("2028-01-31", True)
    await desk.patch(f"objectives/{above}", dueBy="2026-12-31")
    assert await deadline(desk, above) == ("2026-12-31", False)
    found = await desk.read(f"objectives?planId={plan}")
    assert {o["deadline"] for o in found["items"]} == {"2026-12-31", "2027-06-30", "2028-01-31"}


@pytest.mark.parametrize("words", [{"status": "draft"}, {"status": "cancelled"}, {"audience": "restricted"}])
async def test_what_not_all_may_read_or_nobody_does_moves_no_date(
    desk: Desk, commune: Commune, words: dict[str, str]
) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    await make_action(commune, plan, objective, planned_end="2027-06-30", **words)
    assert await deadline(desk, objective) == (None, False)


async def test_dates_that_do_not_fit_are_saved_and_told(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune, ends_on="2029-12-31")
    above = await make_objective(commune, plan, due_by="2026-12-31")
    below = await desk.create(
        "objectives", planId=plan, parentId=above, level=2, title="OO", status="open", dueBy="2031-01-31"
    )
    assert below["warnings"] == ["afterParent", "afterPlanEnd", "afterTerm"]
    assert (await desk.read(f"objectives/{above}"))["warnings"] == ["beforeChildren"]
    parent = await make_action(commune, plan, above, planned_end="2026-06-30")
    sub = await make_action(commune, plan, above, planned_end="2031-02-28", parent_id=parent)
    told = (await desk.read(f"actions/{sub}"))["warnings"]
    assert told[:4] == ["afterPlanEnd", "afterTerm", "afterObjective", "afterParent"]


async def warned(desk: Desk, commune: Commune, path: str, role: str, house: str = "municipality") -> set[str]:
    """The warnings about dates that somebody reads, the same through both doors."""
    of = Desk(desk.client, commune, commune.as_(role, house))
    kind, identifier = path.split("/")
    found = (await of.read(path))["warnings"]
    query = f'{{ {kind[:-1]}(id: "{identifier}") {{ warnings }} }}'
    answer = await desk.client.post("/graphql", json={"query": query}, headers=of.headers)
    assert answer.json()["data"][kind[:-1]]["warnings"] == found
    return {code for code in found if code.startswith("after")}


async def test_the_date_of_a_draft_objective_warns_of_no_action(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, status="draft", due_by="2025-12-31")
    action = await make_action(commune, plan, objective, planned_end="2026-06-30")
    for role in ("administration", "agent"):
        assert await warned(desk, commune, f"actions/{action}", role=role) == set()
    await desk.patch(f"objectives/{objective}", status="open")
    for role in ("administration", "agent"):
        assert await warned(desk, commune, f"actions/{action}", role=role) == {"afterObjective"}


async def test_a_parent_that_the_reader_does_not_see_warns_it_of_nothing(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    above = await make_objective(commune, plan, status="draft", due_by="2025-12-31")
    below = await make_objective(commune, plan, above, due_by="2026-12-31")
    parent = await make_action(commune, status="draft", planned_end="2025-12-31")
    sub = await make_action(commune, parent_id=parent, planned_end="2026-12-31")
    readers = {
        ("administration", "municipality"): {"afterParent"},
        ("administration", "cpas"): set(),
        ("agent", "municipality"): set(),
    }
    for (role, house), told in readers.items():
        assert await warned(desk, commune, f"actions/{sub}", role=role, house=house) == told
        assert await warned(desk, commune, f"objectives/{below}", role=role, house=house) == told


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("actions/{action}", {"plannedStart": "2026-02-01", "plannedEnd": "2026-01-31"}),
        ("actions/{action}", {"actualStart": "2026-02-01", "actualEnd": "2026-01-31"}),
        ("plans/{plan}", {"startsOn": "2026-02-01", "endsOn": "2026-01-31"}),
    ],
)
async def test_an_end_before_its_start_is_refused_and_changes_nothing(
    desk: Desk, commune: Commune, path: str, words: dict[str, Any]
) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    before = await desk.everything()
    answer = await desk.try_patch(path.format(plan=plan, action=action), **words)
    assert refused(answer)[0] == 400
    assert await desk.everything() == before


async def test_readers_of_versions_are_shown_the_date_that_the_version_froze(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, due_by="2027-01-31")
    undated = await make_objective(commune, plan)
    await make_action(commune, plan, undated, planned_end="2027-06-30")
    await freeze_and_publish(commune, plan)
    found = {}
    for each in (objective, undated):
        told = (await client.get(f"/pst/v1/objectives/{each}", headers=commune.as_("council"))).json()
        found[each] = told["deadline"], told["isDeadlineDerived"]
    assert found == {objective: ("2027-01-31", False), undated: (None, False)}
