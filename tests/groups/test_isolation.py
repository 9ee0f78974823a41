"""Nobody reads another commune's PST, and whoever is no member reads nothing of a group."""

import json
from typing import Any

import asyncpg
import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from tests.factories import Commune, Headers, make_action, snapshot_of_everything, world_of
from tests.gatherings import make_group
from tests.groups.scene import ABSENT, BASE, Scene

READERS = ("administration", "college")


def told(answer: httpx.Response, value: object) -> str:
    """A refusal without its own number and without the value that was asked."""
    problem = {k: v for k, v in answer.json().items() if k != "instance"}
    return json.dumps([answer.status_code, problem]).replace(str(value), "…")


def acting_as(commune: Commune, where: Commune, role: str = "administration") -> Headers:
    return {**commune.as_(role), "Pst-Acting-As": f"workspace/{where.workspace_id}"}


async def everything(scene: Scene) -> list[dict[str, str]]:
    places = [scene.group, *scene.communes, scene.stranger]
    return [await snapshot_of_everything(scene.database, place.workspace_id) for place in places]


async def test_what_is_no_offer_is_refused_as_what_does_not_exist(scene: Scene) -> None:
    """Another commune's action, a draft, a narrow one, one of a group one is no member of, one of one's own."""
    one, other, _ = scene.communes
    action = await scene.action()
    theirs = await make_action(other, scene.psts[other.workspace_id], title="La leur")
    own = await make_action(one, scene.psts[one.workspace_id], title="La nôtre")
    draft = await scene.action(status="draft")
    narrow = await scene.action(audience="administration")
    unclaimed = await make_action(scene.group, title="Sans plan")
    before = await everything(scene)
    for who, origin in (
        (one, theirs), (one, own), (one, draft), (one, narrow), (one, unclaimed),
        (scene.stranger, action), (scene.stranger, theirs),
    ):  # fmt: skip
        refused = await scene.take_up(who, origin)
        absent = await scene.take_up(who, ABSENT)
        assert refused.status_code == 400, refused.text
        assert told(refused, origin) == told(absent, ABSENT)
        assert "referencedResourceNotFound" in refused.text
    assert await everything(scene) == before


async def test_a_place_in_another_communes_plan_is_refused(scene: Scene) -> None:
    one, other, _ = scene.communes
    action = await scene.action()
    before = await everything(scene)
    for words in (
        {"planId": str(scene.psts[other.workspace_id])},
        {"objectiveId": str(scene.objectives[other.workspace_id])},
        {"organisationId": str(other.municipality)},
        {"planId": str(scene.pcs), "objectiveId": None},
    ):
        answer = await scene.take_up(one, action, **words)
        assert answer.status_code in (400, 403), answer.text
    assert await everything(scene) == before


@pytest.mark.parametrize("role", ["college", "council", "agent"])
async def test_only_the_administration_takes_up(scene: Scene, role: str) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    before = await everything(scene)
    answer = await scene.take_up(commune, action, headers=commune.as_(role))
    assert answer.status_code == 403
    assert await everything(scene) == before


async def test_one_house_does_not_take_up_in_the_name_of_the_other(scene: Scene) -> None:
    commune = scene.communes[0]
    action = await scene.action()
    refused = await scene.take_up(commune, action, headers=commune.as_("administration", "cpas"))
    assert refused.status_code == 403
    made = await scene.take_up(
        commune, action, headers=commune.as_("administration", "cpas"), organisationId=str(commune.cpas),
        planId=None, objectiveId=None,
    )  # fmt: skip
    assert made.status_code == 201, made.text
    copy = await scene.read(commune, f"actions/{made.json()['actionId']}")
    assert (copy["organisationId"], copy["department"]) == (str(commune.cpas), "cpas")


async def test_the_group_acts_for_nobody_without_a_membership(scene: Scene) -> None:
    one = scene.communes[0]
    for who, where in ((one, scene.group), (scene.group, one), (scene.stranger, scene.group)):
        for path in ("actions", "plans", "groupActions", "uptakes", "journalEntries"):
            answer = await scene.client.get(f"{BASE}/{path}", headers=acting_as(who, where))
            assert (answer.status_code, answer.json()["permission"]) == (403, "actAs")


async def test_a_member_reads_nothing_of_the_group_but_its_offers(scene: Scene) -> None:
    action = await scene.action(internal_note="Entre nous")
    await scene.taken(scene.communes[1], action)
    (uptake,) = (await scene.read(scene.group, "uptakes"))["items"]
    (claim,) = (await scene.read(scene.group, f"planActions?actionId={action}"))["items"]
    hidden = {
        "actions": action, "plans": scene.pcs, "planActions": claim["id"], "uptakes": uptake["id"],
        "workspaces": scene.group.workspace_id,
    }  # fmt: skip
    for role in READERS:
        for plural, identifier in hidden.items():
            headers = scene.communes[0].as_(role)
            theirs = await scene.client.get(f"{BASE}/{plural}/{identifier}", headers=headers)
            absent = await scene.client.get(f"{BASE}/{plural}/{ABSENT}", headers=headers)
            assert told(theirs, identifier) == told(absent, ABSENT), (role, plural)
        for path in (f"plans/{scene.pcs}/tree", f"plans/{scene.pcs}/pcsReport"):
            assert (await scene.client.get(f"{BASE}/{path}", headers=scene.communes[0].as_(role))).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["", "?q=Navette", "?status=notStarted", "?isTakenUp=false", "?isTakenUp=true", "?sort=-title&sort=status",
     "?workspaceId={group}", "?pageSize=1&total=true"],
)  # fmt: skip
async def test_no_filter_sort_or_search_tells_a_stranger_of_an_offer(scene: Scene, query: str) -> None:
    action = await scene.action(planned_end="2025-12-31")
    await scene.taken(scene.communes[0], action)
    url = f"{BASE}/groupActions{query.format(group=scene.group.workspace_id)}"
    for role in READERS:
        answer = await scene.client.get(url, headers=scene.stranger.as_(role))
        assert answer.status_code == 200, answer.text
        assert answer.json()["items"] == []
        assert answer.json().get("total", 0) == 0
    one = await scene.client.get(f"{BASE}/groupActions/{action}", headers=scene.stranger.as_("administration"))
    assert one.status_code == 404
    member = await scene.client.get(f"{BASE}/groupActions/{action}", headers=scene.communes[1].as_("administration"))
    assert member.status_code == 200


@pytest.mark.parametrize("role", ["council", "agent", "region", "integrator", "operator"])
async def test_whoever_has_no_part_in_taking_up_reads_no_offer(scene: Scene, role: str) -> None:
    action = await scene.action()
    for path in ("groupActions", f"groupActions/{action}"):
        answer = await scene.client.get(f"{BASE}/{path}", headers=scene.communes[0].as_(role))
        assert answer.status_code == 403


async def test_one_member_learns_nothing_of_another(scene: Scene) -> None:
    """What one member does with a counterpart moves nothing that another member reads, its answers' tags included."""
    one, other, _ = scene.communes
    action = await scene.action()
    await scene.taken(other, action)

    async def answers() -> dict[str, tuple[Any, ...]]:
        found = {}
        for path in ("groupActions", "counterparts", "actions", "plans", "journalEntries", "groupMembers", "uptakes"):
            answer = await scene.client.get(
                f"{BASE}/{path}?total=true&pageSize=200", headers=other.as_("administration")
            )
            found[path] = (answer.status_code, answer.text, answer.headers["etag"])
        return found

    before = await answers()
    copy = await scene.taken(one, action)
    await scene.change(one, f"actions/{copy['id']}", description="Chez nous", priority=3)
    assert await answers() == before
    assert all(copy["id"] not in text for _, text, _ in before.values())


async def test_an_answer_that_was_remembered_follows_the_group(scene: Scene) -> None:
    """What a member read is not told again once the group changed it, though nothing changed in the member's own."""
    commune = scene.communes[2]
    action = await scene.action()
    for _ in range(2):
        assert (await scene.read(commune, "groupActions"))["items"][0]["status"] == "notStarted"
    await scene.change(scene.group, f"actions/{action}", status="inProgress")
    assert (await scene.read(commune, "groupActions"))["items"][0]["status"] == "inProgress"
    members = (await scene.read(scene.group, f"groupMembers?groupId={scene.group.workspace_id}"))["items"]
    member = next(m for m in members if m["organisationId"] == str(commune.municipality))
    await scene.change(scene.group, f"groupMembers/{member['id']}", isEnded=True)
    assert (await scene.read(commune, "groupActions"))["items"] == []


async def test_plain_sql_reaches_only_the_offers(scene: Scene, database: Database) -> None:
    """The second line: whatever a statement forgets, a member sees the offers, a stranger nothing."""
    action = await scene.action(internal_note="Entre nous")
    await scene.action(audience="college")
    await scene.taken(scene.communes[1], action)
    for commune, expected in ((scene.communes[0], {"group_action": 1, "group_action_claim": 1}), (scene.stranger, {})):
        async with database.transaction() as connection:
            await open_workspace(connection, commune.workspace_id)
            tables = await connection.fetch(
                "select table_name from information_schema.columns where column_name = 'workspace_id'"
                " and table_schema = 'public'"
            )
            found = {}
            for (table,) in tables:
                count = await connection.fetchval(
                    f"select count(*) from {table} where workspace_id = any($1)",
                    [p.workspace_id for p in (scene.group, scene.communes[1])],
                )
                if count and table != "workspace_organisation":
                    found[table] = count
            assert found == expected
            status = await connection.execute(
                "update group_action set title = 'x' where workspace_id = $1", scene.group.workspace_id
            )
            assert status == "UPDATE 0"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    "insert into uptake (workspace_id, id, action_id, organisation_id, member_workspace_id,"
                    " taken_up_on) values ($1, gen_random_uuid(), $2, $3, $4, '2025-01-01')",
                    scene.group.workspace_id, action, commune.municipality, commune.workspace_id,
                )  # fmt: skip


async def test_the_group_session_reads_no_commune(scene: Scene, database: Database) -> None:
    await scene.taken(scene.communes[0], await scene.action())
    async with database.transaction() as connection:
        await open_workspace(connection, scene.group.workspace_id)
        for table in ("action", "plan", "placement", "counterpart", "journal_entry", "budget_line", "group_action"):
            count = await connection.fetchval(
                f"select count(*) from {table} where workspace_id = $1", scene.communes[0].workspace_id
            )
            assert count == 0, table


async def test_one_group_reads_nothing_of_another_with_the_same_member(scene: Scene) -> None:
    action = await scene.action()
    second = await make_group(scene.database, scene.communes[:2])
    assert (await scene.read(second, "groupActions"))["items"] == []
    answer = await scene.client.get(f"{BASE}/groupActions/{action}", headers=second.as_("administration"))
    assert answer.status_code == 404
    async with scene.database.transaction() as connection:
        await open_workspace(connection, second.workspace_id)
        assert await connection.fetchval("select count(*) from group_action where id = $1", action) == 0


async def test_the_group_does_not_rewrite_its_members_entry_in_the_directory(scene: Scene) -> None:
    body = scene.communes[1].municipality
    answer = await scene.patch(scene.group, f"organisations/{body}", name="Annexée")
    assert answer.status_code == 403
    assert (
        await scene.patch(scene.communes[1], f"organisations/{body}", website="https://b.example")
    ).status_code == 200


async def test_members_are_admitted_by_the_operator_alone(scene: Scene) -> None:
    words = {"groupId": str(scene.group.workspace_id), "organisationId": str(scene.stranger.municipality)}
    for who in (scene.group, scene.stranger, scene.communes[0]):
        answer = await scene.client.post(f"{BASE}/groupMembers", json=words, headers=who.as_("administration"))
        assert answer.status_code == 403
    action = await scene.action()
    operator = world_of(scene.database).operator
    wrong = {**words, "groupId": str(scene.communes[0].workspace_id)}
    refused = await scene.client.post(f"{BASE}/groupMembers", json=wrong, headers=operator)
    assert (refused.status_code, refused.json()["issues"][0]["name"]) == (400, "groupId")
    made = await scene.client.post(f"{BASE}/groupMembers", json={**words, "reference": "CC"}, headers=operator)
    assert made.status_code == 201, made.text
    twice = await scene.client.post(f"{BASE}/groupMembers", json=words, headers=operator)
    assert twice.status_code == 409
    copy = await scene.taken(scene.stranger, action)
    assert copy["isCounterpart"] is True
    left = await scene.patch(scene.group, f"groupMembers/{made.json()['id']}", headers=operator, isEnded=True)
    assert left.status_code == 200, left.text
    assert (await scene.read(scene.stranger, f"actions/{copy['id']}"))["isCounterpart"] is False


async def test_the_houses_of_a_group_change_only_with_its_members(scene: Scene) -> None:
    operator = world_of(scene.database).operator
    for houses in ([str(scene.stranger.municipality)], [str(c.municipality) for c in scene.communes[:2]]):
        answer = await scene.patch(
            scene.group, f"workspaces/{scene.group.workspace_id}", headers=operator, organisations=houses
        )
        assert (answer.status_code, answer.json()["type"].split(":")[-1]) == (409, "groupHouses"), answer.text
