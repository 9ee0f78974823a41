"""An action of a group is taken up by its members, follows there, and is let go again (`model.md` §2)."""

from typing import Any

import pytest

from tests.factories import make, snapshot_of_everything
from tests.groups.scene import BASE, Scene
from tests.journal.entries import assert_chained, assert_gapless, entries_of, rebuilt, stored


async def test_a_member_reads_what_the_group_offers_and_no_more(scene: Scene) -> None:
    action = await scene.action(planned_end="2025-12-31", internal_note="Entre nous", description="Détails")
    await scene.action(title="Encore secrète", status="draft")
    await scene.action(title="Pour nous seuls", audience="administration")
    for commune in scene.communes:
        (offered,) = (await scene.read(commune, "groupActions?total=true"))["items"]
        assert offered["id"] == str(action)
        assert set(offered) == {
            "id", "href", "workspaceId", "groupName", "title", "status", "plannedStart", "plannedStartPrecision",
            "plannedEnd", "plannedEndPrecision", "actualStart", "actualEnd", "audience", "codes", "isTakenUp",
            "version", "createdAt", "updatedAt", "permitted", "withheld",
        }  # fmt: skip
        assert (offered["title"], offered["plannedEnd"], offered["isTakenUp"]) == (
            "Navette des aînés", "2025-12-31", False,
        )  # fmt: skip
        assert offered["codes"] == [
            {"planId": str(scene.pcs), "planTitle": "PCS du groupe", "ownCode": "A1",
             "periodItemId": str(scene.items["7.4.01"])}
        ]  # fmt: skip
    assert (await scene.read(scene.stranger, "groupActions?total=true"))["total"] == 0


async def test_a_counterpart_is_an_action_of_the_members_own_that_copies_and_follows(scene: Scene) -> None:
    one, other, _ = scene.communes
    action = await scene.action(planned_end="2025-12-31", status="notStarted", internal_note="Entre nous")
    copies = {}
    for commune in (one, other):
        copy = await scene.taken(commune, action, ownCode="C-1")
        copies[commune.workspace_id] = copy
        assert (copy["title"], copy["status"], copy["plannedEnd"]) == ("Navette des aînés", "notStarted", "2025-12-31")
        assert (copy["originWorkspaceId"], copy["originActionId"]) == (str(scene.group.workspace_id), str(action))
        assert (copy["isCounterpart"], copy["nextStatuses"], copy["internalNote"]) == (True, [], None)
        assert {"title", "kind", "progress", "plannedEnd"} <= set(copy["unchangeable"])
        assert "createCounterpart" not in copy["permitted"]
        assert copy["organisationId"] == str(commune.municipality)
    await scene.change(
        scene.group,
        f"actions/{action}",
        status="inProgress",
        title="Navette de tous",
        plannedEnd="2026-06-30",
        plannedEndReason="Le bus tarde",
    )
    await scene.change(scene.group, f"actions/{action}", progress=40)
    for commune in (one, other):
        copy = await scene.read(commune, f"actions/{copies[commune.workspace_id]['id']}")
        assert (copy["title"], copy["status"], copy["progress"]) == ("Navette de tous", "inProgress", 40)
        assert (copy["plannedEnd"], copy["postponements"]) == ("2026-06-30", 1)
        assert copy["actualStart"] is not None
        assert copy["version"] == copies[commune.workspace_id]["version"] + 2


async def test_it_stands_in_the_pst_and_in_the_members_part_of_the_pcs(scene: Scene) -> None:
    commune = scene.communes[0]
    copy = await scene.taken(commune, await scene.action(), ownCode="C-1")
    claims = {c["planId"]: c for c in (await scene.read(commune, f"planActions?actionId={copy['id']}"))["items"]}
    pst = claims.pop(str(scene.psts[commune.workspace_id]))
    ((part, claim),) = claims.items()
    assert (pst["ownCode"], pst["periodItemId"]) == ("C-1", None)
    assert (claim["ownCode"], claim["periodItemId"]) == ("A1", str(scene.items["7.4.01"]))
    assert claim["rightIds"] == [str(scene.items["mobility"])]
    plan = await scene.read(commune, f"plans/{part}")
    assert (plan["title"], plan["originPlanId"]) == ("PCS du groupe", str(scene.pcs))
    assert plan["owners"] == [str(commune.cpas)]
    tree = await scene.read(commune, f"plans/{part}/tree")
    (placement,) = tree["placements"]
    titles = {o["id"]: o["ownCode"] for o in tree["objectives"]}
    assert titles[placement["objectiveId"]] == "7.4"
    again = await scene.taken(commune, await scene.action(title="Une autre"))
    assert {c["planId"] for c in (await scene.read(commune, f"planActions?actionId={again['id']}"))["items"]} == {
        part, str(scene.psts[commune.workspace_id]),
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [{"title": "À nous"}, {"status": "inProgress"}, {"progress": 10}, {"plannedEnd": "2030-01-01"},
     {"kind": "perennial"}, {"status": "cancelled", "statusReason": "Non"}],
    ids=lambda words: next(iter(words)),
)  # fmt: skip
async def test_what_is_followed_cannot_be_changed_here(scene: Scene, words: dict[str, Any]) -> None:
    commune = scene.communes[0]
    copy = await scene.taken(commune, await scene.action())
    before = await snapshot_of_everything(scene.database, commune.workspace_id)
    answer = await scene.patch(commune, f"actions/{copy['id']}", **words)
    assert (answer.status_code, answer.json()["type"].split(":")[-1]) == (409, "followsGroup"), answer.text
    assert next(iter(words)) in answer.json()["fields"]
    assert await snapshot_of_everything(scene.database, commune.workspace_id) == before


async def test_what_is_its_own_can(scene: Scene) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(commune, action)
    responsible = [{"kind": "mandatary", "officeId": str(commune.offices["mayor"])}]
    changed = await scene.change(
        commune, f"actions/{copy['id']}", description="Chez nous", priority=2, responsibilities=responsible,
        health="atRisk", healthReason="Chauffeur malade",
    )  # fmt: skip
    assert changed["priority"] == 2
    await make(commune, "budgetLine", action_id=copy["id"], fiscal_year=2025, source="municipality",
               service="ordinary", planned="100.00")  # fmt: skip
    await make(commune, "task", action_id=copy["id"], title="Louer un minibus")
    await scene.change(scene.group, f"actions/{action}", progress=15)
    kept = await scene.read(commune, f"actions/{copy['id']}")
    assert (kept["description"], kept["health"], kept["progress"]) == ("Chez nous", "atRisk", 15)


async def test_codes_follow_and_cannot_be_changed_here(scene: Scene) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(commune, action)
    claims = (await scene.read(commune, f"planActions?actionId={copy['id']}"))["items"]
    marked = next(c for c in claims if c["periodItemId"])
    assert marked["permitted"] == ["updatePlanAction"]
    changes: tuple[dict[str, Any], ...] = (
        {"periodItemId": None},
        {"isWithdrawn": True},
        {"label": "X"},
        {"rightIds": []},
    )
    for words in changes:
        answer = await scene.patch(commune, f"planActions/{marked['id']}", **words)
        assert (answer.status_code, answer.json()["fields"]) == (409, list(words)), answer.text
    gone = await scene.client.delete(
        f"{BASE}/planActions/{marked['id']}", headers={**commune.as_("administration"), "If-Match": '"1"'}
    )
    assert (gone.status_code, gone.json()["type"].split(":")[-1]) == (409, "followsGroup")
    assert (await scene.change(commune, f"planActions/{marked['id']}", ownCode="7b"))["ownCode"] == "7b"
    (origin,) = (await scene.read(scene.group, f"planActions?actionId={action}"))["items"]
    await scene.change(scene.group, f"planActions/{origin['id']}", periodItemId=str(scene.items["7.3.01"]), label="Bus")
    followed = await scene.read(commune, f"planActions/{marked['id']}")
    assert (followed["periodItemId"], followed["label"], followed["ownCode"]) == (
        str(scene.items["7.3.01"]),
        "Bus",
        "7b",
    )
    await scene.change(scene.group, f"planActions/{origin['id']}", isWithdrawn=True)
    assert (await scene.read(commune, f"planActions/{marked['id']}"))["isWithdrawn"] is True
    assert (await scene.read(commune, "groupActions"))["items"] == []


async def test_the_group_cancels_and_reopens_for_all(scene: Scene) -> None:
    action = await scene.action()
    copies = {c.workspace_id: (await scene.taken(c, action))["id"] for c in scene.communes}
    await scene.change(scene.group, f"actions/{action}", status="cancelled", statusReason="Subside refusé")
    for commune in scene.communes:
        copy = await scene.read(commune, f"actions/{copies[commune.workspace_id]}")
        assert (copy["status"], copy["statusReason"]) == ("cancelled", "Subside refusé")
    await scene.change(scene.group, f"actions/{action}", status="notStarted", statusReason="Accordé")
    for commune in scene.communes:
        assert (await scene.read(commune, f"actions/{copies[commune.workspace_id]}"))["status"] == "notStarted"


async def test_a_released_counterpart_stays_as_it_is_and_is_the_members_own(scene: Scene) -> None:
    one, other, _ = scene.communes
    action = await scene.action()
    mine = await scene.take_up(one, action)
    await scene.taken(other, action)
    released = await scene.change(one, f"counterparts/{mine.json()['id']}", isReleased=True)
    assert released["isReleased"] is True
    path = f"actions/{mine.json()['actionId']}"
    own = await scene.read(one, path)
    assert (own["isCounterpart"], own["originActionId"]) == (False, None)
    assert not {"title", "progress", "plannedEnd"} & set(own["unchangeable"])
    assert "inProgress" in own["nextStatuses"]
    await scene.change(scene.group, f"actions/{action}", title="Autre chose")
    assert (await scene.read(one, path))["title"] == "Navette des aînés"
    await scene.change(one, path, title="La nôtre", status="inProgress")
    claims = (await scene.read(one, f"planActions?actionId={own['id']}"))["items"]
    assert {c["isWithdrawn"] for c in claims if c["periodItemId"]} == {True}
    assert {c["isWithdrawn"] for c in claims if not c["periodItemId"]} == {False}
    again = await scene.patch(one, f"counterparts/{mine.json()['id']}", isReleased=False)
    assert (again.status_code, again.json()["type"].split(":")[-1]) == (409, "counterpartReleased")
    anew = await scene.taken(one, action)
    assert (anew["title"], anew["id"] != own["id"]) == ("Autre chose", True)


async def test_who_leaves_the_group_keeps_its_actions_and_follows_no_more(scene: Scene) -> None:
    one, other, _ = scene.communes
    action = await scene.action()
    mine, theirs = await scene.taken(one, action), await scene.taken(other, action)
    members = (await scene.read(scene.group, f"groupMembers?groupId={scene.group.workspace_id}"))["items"]
    member = next(m for m in members if m["organisationId"] == str(one.municipality))
    await scene.change(scene.group, f"groupMembers/{member['id']}", isEnded=True, reference="CC 12/2025")
    await scene.change(scene.group, f"actions/{action}", title="Sans eux")
    own = await scene.read(one, f"actions/{mine['id']}")
    assert (own["title"], own["isCounterpart"]) == ("Navette des aînés", False)
    assert (await scene.read(one, "groupActions?total=true"))["total"] == 0
    assert (await scene.read(one, "counterparts"))["items"][0]["isReleased"] is True
    assert (await scene.read(other, f"actions/{theirs['id']}"))["title"] == "Sans eux"
    assert (await scene.take_up(one, action)).status_code == 400
    uptakes = (await scene.read(scene.group, "uptakes"))["items"]
    assert {u["organisationId"]: u["isReleased"] for u in uptakes} == {
        str(one.municipality): True, str(other.municipality): False,
    }  # fmt: skip


async def test_the_group_knows_who_took_up_what_and_nothing_else(scene: Scene) -> None:
    one = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(one, action)
    (uptake,) = (await scene.read(scene.group, f"uptakes?actionId={action}"))["items"]
    assert set(uptake) == {
        "id", "href", "workspaceId", "actionId", "organisationId", "organisationName", "takenUpOn",
        "releasedAt", "isReleased", "version", "createdAt", "updatedAt", "permitted", "withheld",
    }  # fmt: skip
    assert uptake["organisationId"] == str(one.municipality)
    for path in ("actions", "counterparts", "journalEntries", "plans", "placements"):
        answer = await scene.client.get(f"{BASE}/{path}?pageSize=200", headers=scene.group.as_("administration"))
        assert copy["id"] not in answer.text, path
        assert str(scene.psts[one.workspace_id]) not in answer.text, path
    gone = await scene.client.get(f"{BASE}/actions/{copy['id']}", headers=scene.group.as_("administration"))
    assert gone.status_code == 404


async def test_what_members_took_up_stays_visible_to_them(scene: Scene) -> None:
    action = await scene.action()
    await scene.taken(scene.communes[0], action)
    refused = await scene.patch(scene.group, f"actions/{action}", audience="college")
    assert (refused.status_code, refused.json()["type"].split(":")[-1]) == (409, "takenUp")
    await scene.change(scene.group, f"actions/{action}", isArchived=True)
    assert (await scene.read(scene.communes[1], "groupActions"))["items"] == []


async def test_history_is_a_chain_in_every_workspace_and_names_its_author(scene: Scene) -> None:
    one, other, _ = scene.communes
    action = await scene.action()
    for commune in (one, other):
        await scene.taken(commune, action)
    await scene.change(scene.group, f"actions/{action}", status="inProgress")
    author = scene.group.account("administration")
    for commune in (one, other):
        last = (await entries_of(scene.database, commune.workspace_id))[-1]
        assert (last["command"], last["origin"], last["entity"]) == ("followOrigin", "group", "action")
        assert last["account_id"] == str(author)
    told = [e for e in await entries_of(scene.database, scene.group.workspace_id) if e["entity"] == "uptake"]
    assert [(e["origin"], e["account_id"]) for e in told] == [
        ("group", str(c.account("administration"))) for c in (one, other)
    ]
    for workspace in (one.workspace_id, other.workspace_id, scene.group.workspace_id):
        entries = await entries_of(scene.database, workspace)
        assert_gapless(entries)
        assert_chained(entries)
        assert await rebuilt(scene.database, workspace) == await stored(scene.database, workspace)


async def test_an_older_version_of_the_counterpart_is_refused_after_a_copied_change(scene: Scene) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    copy = await scene.taken(commune, action)
    await scene.change(scene.group, f"actions/{action}", progress=5)
    stale = await scene.patch(commune, f"actions/{copy['id']}", copy["version"], description="Chez nous")
    assert (stale.status_code, stale.json()["fields"]) == (412, ["progress"]), stale.text


async def test_taking_up_twice_is_refused(scene: Scene) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    await scene.taken(commune, action)
    before = await snapshot_of_everything(scene.database, commune.workspace_id)
    assert (await scene.take_up(commune, action)).status_code == 409
    assert await snapshot_of_everything(scene.database, commune.workspace_id) == before


@pytest.mark.parametrize("words", [{"planId": None}, {"planId": None, "objectiveId": None, "ownCode": "X"}])
async def test_a_place_needs_its_plan(scene: Scene, words: dict[str, Any]) -> None:
    answer = await scene.take_up(scene.communes[0], await scene.action(), **words)
    assert answer.status_code == 400
    assert [issue["name"] for issue in answer.json()["issues"]] == ["planId"]


async def test_without_a_plan_it_only_takes_part_in_the_pcs(scene: Scene) -> None:
    commune = scene.communes[0]
    copy = await scene.taken(commune, await scene.action(), planId=None, objectiveId=None)
    assert len((await scene.read(commune, f"planActions?actionId={copy['id']}"))["items"]) == 1
