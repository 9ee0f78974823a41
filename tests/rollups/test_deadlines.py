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
