"""The life of actions and plans: moves, reasons, dates that follow, what completion and closing lock."""

import re

import pytest

from tests.factories import Commune, change, make_action, make_objective, make_placement, make_plan
from tests.plans.asking import Desk, refused

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


async def test_starting_and_completing_set_the_dates_that_follow(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune)}"
    started = await desk.patch(action, status="inProgress")
    assert DAY.fullmatch(started["actualStart"])
    assert started["actualEnd"] is None
    done = await desk.patch(action, status="completed")
    assert (DAY.fullmatch(done["actualEnd"]) is not None, done["progress"]) == (True, 100)
    again = await desk.patch(action, status="inProgress", statusReason="Réserves à lever")
    assert (again["actualEnd"], again["actualStart"]) == (None, started["actualStart"])
    assert again["statusReason"] == "Réserves à lever"


async def test_a_start_that_is_known_is_kept(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, actual_start='2025-01-15')}"
    assert (await desk.patch(action, status="inProgress"))["actualStart"] == "2025-01-15"


async def test_a_perennial_action_has_no_progress(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, status='inProgress')}"
    assert (await desk.patch(action, kind="perennial"))["progress"] is None
    assert (await desk.patch(action, status="completed"))["progress"] is None


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("notStarted", "cancelled"),
        ("inProgress", "cancelled"),
        ("completed", "inProgress"),
        ("cancelled", "notStarted"),
    ],
)
@pytest.mark.parametrize("reason", [{}, {"statusReason": None}, {"statusReason": "  "}])
async def test_cancelling_and_reopening_need_a_reason(
    desk: Desk, commune: Commune, status: str, wanted: str, reason: dict[str, str | None]
) -> None:
    action = f"actions/{await make_action(commune, status=status)}"
    before = await desk.everything()
    answer = await desk.try_patch(action, status=wanted, **reason)
    assert answer.status_code == 400, answer.text
    assert await desk.everything() == before
    assert (await desk.patch(action, status=wanted, statusReason="Décidé"))["status"] == wanted


async def test_a_move_that_the_lifecycle_does_not_know_tells_which_it_knows(desk: Desk, commune: Commune) -> None:
    action = f"actions/{await make_action(commune, status='notStarted')}"
    before = await desk.everything()
    answer = await desk.try_patch(action, status="suspended")
    assert refused(answer) == (409, "illegalMove")
    assert answer.json()["from"] == "notStarted"
    assert set(answer.json()["allowed"]) == {"waiting", "inProgress", "completed", "cancelled"}
    assert await desk.everything() == before


LOCKED = {
    "title": "Autre", "description": "Autre", "kind": "recurring", "department": "both", "progress": 50,
    "plannedStart": "2026-01-01", "plannedEnd": "2026-12-31", "actualStart": "2025-01-01", "actualEnd": "2026-01-02",
}  # fmt: skip
STAYS_OPEN = {"statusRemark": "Vu.", "priority": 2, "internalNote": "Vu.", "audience": "council", "keywords": ["x"]}


async def test_completion_locks_content_and_dates_and_leaves_the_rest_open(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    identifier = await make_action(commune, plan, unit="works", status="inProgress")
    action = f"actions/{identifier}"
    await desk.patch(action, status="completed")
    before = await desk.everything()
    for name, value in LOCKED.items():
        answer = await desk.try_patch(action, **{name: value})
        assert refused(answer) == (409, "completedLocked"), name
        assert answer.json()["fields"][0].startswith(name), name
    assert await desk.everything() == before
    for name, value in STAYS_OPEN.items():
        assert (await desk.patch(action, **{name: value}))[name] == value
    handed_over = [{"kind": "managingUnit", "unitId": str(commune.units["social"])}]
    assert len((await desk.patch(action, responsibilities=handed_over))["responsibilities"]) == 1
    await make_placement(commune, identifier, plan, await make_objective(commune, plan))


async def test_a_closed_plan_is_frozen_until_it_is_opened_again(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    action = await make_action(commune, plan, objective)
    placement = (await desk.read(f"placements?actionId={action}"))["items"][0]["id"]
    claim = (await desk.read(f"planActions?actionId={action}"))["items"][0]["id"]
    other = await make_action(commune)
    await change(commune, "plan", plan, is_closed=True)
    before = await desk.everything()
    answers = [
        await desk.try_patch(f"plans/{plan}", title="Autre"),
        await desk.try_patch(f"objectives/{objective}", title="Autre"),
        await desk.delete(f"objectives/{objective}"),
        await desk.post("objectives", title="X", planId=plan, level=1),
        await desk.try_patch(f"placements/{placement}", weight=2),
        await desk.delete(f"placements/{placement}"),
        await desk.post("placements", actionId=other, planId=plan),
        await desk.try_patch(f"planActions/{claim}", label="Autre"),
        await desk.post("planActions", actionId=other, planId=plan),
    ]
    assert {refused(answer) for answer in answers} == {(409, "planFrozen")}
    assert await desk.everything() == before
    await desk.patch(f"actions/{action}", priority=1)  # the action outlives the plan
    await desk.patch(f"plans/{plan}", isClosed=False)
    await desk.patch(f"objectives/{objective}", title="Autre")


async def test_sub_actions_have_one_level(desk: Desk, commune: Commune) -> None:
    above, below, third = [await make_action(commune) for _ in range(3)]
    assert (await desk.patch(f"actions/{below}", parentId=above))["parentId"] == str(above)
    before = await desk.everything()
    answers = [
        await desk.try_patch(f"actions/{third}", parentId=below),
        await desk.try_patch(f"actions/{above}", parentId=third),
        await desk.try_patch(f"actions/{third}", parentId=third),
        await desk.post("actions", title="X", organisationId=commune.municipality, parentId=below),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert await desk.everything() == before
    page = await desk.read(f"actions?parentId={above}")
    assert [a["id"] for a in page["items"]] == [str(below)]


async def test_what_is_used_is_not_removed(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan, status="draft")
    action = await make_action(commune, plan, objective, status="draft")
    before = await desk.everything()
    for path in (f"plans/{plan}", f"objectives/{objective}", f"actions/{action}"):
        answer = await desk.delete(path)
        assert refused(answer) == (409, "inUse"), path
        assert answer.json()["usedBy"]
    assert await desk.everything() == before


async def test_only_drafts_are_removed(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objective, action = await make_objective(commune, plan), await make_action(commune)
    before = await desk.everything()
    for path in (f"objectives/{objective}", f"actions/{action}"):
        assert refused(await desk.delete(path)) == (409, "notDraft")
    assert await desk.everything() == before


async def test_what_an_agent_makes_is_a_draft_of_its_unit(desk: Desk, commune: Commune) -> None:
    agent = Desk(desk.client, commune, commune.as_("agent", unit="works"))
    made = await agent.create("actions", title="Idée", organisationId=commune.municipality)
    assert (made["status"], made["responsibilities"][0]["unitId"]) == ("draft", str(commune.units["works"]))
    before = await desk.everything()
    for words in ({"status": "notStarted"}, {"status": "inProgress"}):
        answer = await agent.post("actions", title="Idée", organisationId=commune.municipality, **words)
        assert answer.status_code == 400
    other = [{"kind": "managingUnit", "unitId": str(commune.units["social"])}]
    answer = await agent.post("actions", title="Idée", organisationId=commune.municipality, responsibilities=other)
    assert answer.status_code == 403
    assert await desk.everything() == before
