"""A follow-up says how its action stood on a day: taken from the action, set on it, or of another day."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from api.domain.commands.context import today
from tests.factories import change
from tests.followups.scene import BASE, Scene, read_action, write


async def test_a_note_takes_from_its_action_what_it_does_not_say(client: httpx.AsyncClient, scene: Scene) -> None:
    answer = await write(client, scene, "agent")
    assert answer.status_code == 201, answer.text
    note = answer.json()
    said = {k: note[k] for k in ("notedOn", "status", "progress", "health", "healthReason", "audience", "authorRole")}
    assert said == {
        "notedOn": str(today()), "status": "inProgress", "progress": 20, "health": "atRisk",
        "healthReason": "Un seul candidat", "audience": "administration", "authorRole": "agent",
    }  # fmt: skip
    assert note["organisationId"] == str(scene.commune.municipality)
    await change(scene.commune, "action", scene.action, progress=60)
    later = await client.get(note["href"], headers=scene.headers("agent"))
    assert later.json()["progress"] == 20


async def test_the_author_is_the_person_of_the_membership(client: httpx.AsyncClient, scene: Scene) -> None:
    person = scene.commune.persons["works"]
    async with scene.commune.acting() as (connection, _):
        membership = await connection.fetchval(
            "select id from membership where workspace_id = $1 and account_id = $2",
            scene.commune.workspace_id, scene.commune.account("agent", unit="works"),
        )  # fmt: skip
    await change(scene.commune, "membership", membership, person_id=person)
    assert (await write(client, scene, "agent")).json()["authorPersonId"] == str(person)
    query = "{ followUps { nodes { author { familyName } organisation { id } } } }"
    answer = await client.post("/graphql", json={"query": query}, headers=scene.headers("administration"))
    (node,) = answer.json()["data"]["followUps"]["nodes"]
    assert node == {"author": {"familyName": "Works"}, "organisation": {"id": str(scene.commune.municipality)}}
    (told,) = (await client.get(f"{BASE}/followUps", headers=scene.headers("cpas"))).json()["items"]
    assert told["authorPersonId"] == str(person)


async def test_one_command_notes_and_updates_the_action(client: httpx.AsyncClient, scene: Scene) -> None:
    before = await read_action(client, scene)
    answer = await write(
        client, scene, "agent", actionVersion=before["version"], status="completed", health="good", text="Réception"
    )
    assert answer.status_code == 201, answer.text
    action = await read_action(client, scene)
    moved = {k: action[k] for k in ("status", "progress", "health", "healthReason", "actualEnd", "version")}
    assert moved == {
        "status": "completed", "progress": 100, "health": "good", "healthReason": None,
        "actualEnd": str(today()), "version": before["version"] + 1,
    }  # fmt: skip
    note = answer.json()
    assert (note["status"], note["progress"], note["health"]) == ("completed", 100, "good")
    entries = await client.get(
        f"{BASE}/journalEntries", params={"sort": "-position", "pageSize": 2}, headers=scene.headers("administration")
    )
    told = [(e["command"], e["entity"], e["accountId"]) for e in entries.json()["items"]]
    author = str(scene.commune.account("agent", unit="works"))
    assert told == [("createFollowUp", "followUp", author), ("createFollowUp", "action", author)]


async def test_through_graphql_too(client: httpx.AsyncClient, scene: Scene) -> None:
    version = (await read_action(client, scene))["version"]
    said = {"actionId": str(scene.action), "text": "Avance", "progress": 70, "actionVersion": version}
    answer = await client.post(
        "/graphql",
        json={
            "query": "mutation ($w: FollowUpCreate!) { createFollowUp(input: $w) { progress action { progress } } }",
            "variables": {"w": said},
        },
        headers=scene.headers("agent"),
    )
    assert answer.json()["data"]["createFollowUp"] == {"progress": 70, "action": {"progress": 70}}


async def test_a_note_of_another_day_says_what_was_and_changes_nothing_else(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    action = await read_action(client, scene)
    yesterday = str(today() - timedelta(days=1))
    answer = await write(client, scene, "agent", notedOn=yesterday, status="suspended", progress=10, health="good")
    assert answer.status_code == 201, answer.text
    assert (answer.json()["status"], answer.json()["healthReason"]) == ("suspended", None)
    assert await read_action(client, scene) == action


@pytest.mark.parametrize(
    ("words", "status", "issue"),
    [
        ({"progress": 80}, 400, ("contradictsAction", "progress")),
        ({"status": "suspended"}, 400, ("contradictsAction", "status")),
        ({"health": "good"}, 400, ("contradictsAction", "health")),
        ({"notedOn": "2093-01-01"}, 400, ("notYetCome", "notedOn")),
        ({"notedOn": "2026-01-05", "progress": 80, "actionVersion": 1}, 400, ("onlyOfToday", "notedOn")),
        ({"notedOn": "2026-01-05", "health": "blocked"}, 400, ("healthHasReason", "healthReason")),
        ({"healthReason": "Deux candidats"}, 400, ("contradictsAction", "healthReason")),
        (
            {"notedOn": "2026-01-05", "health": "good", "healthReason": "Tout va"},
            400,
            ("goodHealthWithoutReason", "healthReason"),
        ),
        (
            {"health": "good", "healthReason": "Tout va", "actionVersion": 1},
            400,
            ("goodHealthWithoutReason", "healthReason"),
        ),
        ({"statusReason": "Sans objet"}, 400, ("required", "actionVersion")),
        ({"text": "  "}, 400, ("schemaViolation", "text")),
        ({"progress": 80, "actionVersion": 9}, 412, None),
        ({"status": "draft", "actionVersion": 1}, 409, None),
        ({"status": "cancelled", "statusReason": "Sans objet", "actionVersion": 1}, 403, None),
        ({"status": "completed", "progress": 80, "text": "", "actionVersion": 1}, 400, ("schemaViolation", "text")),
    ],
)
async def test_what_cannot_be_true_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, scene: Scene, words: dict[str, Any], status: int, issue: tuple[str, str] | None
) -> None:
    before = await scene.snapshot()
    answer = await write(client, scene, "agent", **words)
    assert answer.status_code == status, answer.text
    if issue is not None:
        told = [(i["type"].rpartition(":")[2], i["name"]) for i in answer.json()["issues"]]
        assert told == [issue]
    assert await scene.snapshot() == before


async def test_a_note_of_today_is_not_changed_into_a_contradiction(client: httpx.AsyncClient, scene: Scene) -> None:
    note = (await write(client, scene, "agent")).json()
    headers = {**scene.headers("agent"), "If-Match": '"1"'}
    before = await scene.snapshot()
    refused = await client.patch(note["href"], json={"progress": 90}, headers=headers)
    assert (refused.status_code, refused.json()["issues"][0]["name"]) == (400, "progress")
    assert await scene.snapshot() == before
    moved = {"progress": 90, "notedOn": str(today() - timedelta(days=3))}
    assert (await client.patch(note["href"], json=moved, headers=headers)).status_code == 200


async def test_a_completed_action_is_still_followed(client: httpx.AsyncClient, scene: Scene) -> None:
    await change(scene.commune, "action", scene.action, status="completed")
    assert (await write(client, scene, "agent", text="Bilan d’usage")).status_code == 201


async def ids_of(client: httpx.AsyncClient, scene: Scene, **query: Any) -> set[str]:
    asked = {"pageSize": 200, **query}
    answer = await client.get(f"{BASE}/actions", params=asked, headers=scene.headers("administration"))
    assert answer.status_code == 200, answer.text
    return {item["id"] for item in answer.json()["items"]}


async def test_actions_without_follow_up_and_stale_ones_are_found(client: httpx.AsyncClient, scene: Scene) -> None:
    mine = str(scene.action)
    of_today = str(scene.commune.actions["shuttle"])
    async with scene.commune.acting() as (connection, _):
        await connection.execute(
            "update action set updated_at = now() - interval '200 days' where workspace_id = $1 and id = $2",
            scene.commune.workspace_id, scene.action,
        )  # fmt: skip
    assert mine in await ids_of(client, scene, missing="followUp")
    stale = await ids_of(client, scene, staleMonths=6)
    assert (mine in stale, of_today in stale) == (True, False)
    assert mine not in await ids_of(client, scene, staleMonths=7)
    assert mine in await ids_of(client, scene, staleMonths=[6, 12])
    await write(client, scene, "administration", audience="restricted")
    assert mine in await ids_of(client, scene, staleMonths=6)  # that note is for a narrow circle
    assert mine in await ids_of(client, scene, missing="followUp")
    await write(client, scene, "agent", notedOn=str(_months_ago(5)))
    assert mine not in await ids_of(client, scene, staleMonths=6)
    assert mine in await ids_of(client, scene, staleMonths=4)
    assert mine not in await ids_of(client, scene, missing="followUp")
    asked = await client.get(f"{BASE}/actions?staleMonths=0", headers=scene.headers("administration"))
    assert asked.status_code == 400


def _months_ago(months: int) -> date:
    return today() - timedelta(days=30 * months)


async def test_the_notes_of_a_plan_are_listed_together(client: httpx.AsyncClient, scene: Scene) -> None:
    note = (await write(client, scene, "agent")).json()["id"]
    for plan, expected in (("pst", [note]), ("pcs", [])):
        answer = await client.get(
            f"{BASE}/followUps", params={"planId": str(scene.commune.plans[plan])}, headers=scene.headers("college")
        )
        assert [item["id"] for item in answer.json()["items"]] == expected


async def test_a_note_of_another_day_keeps_the_reason_it_says(client: httpx.AsyncClient, scene: Scene) -> None:
    yesterday = str(today() - timedelta(days=1))
    note = (await write(client, scene, "agent", notedOn=yesterday, healthReason="Aucun candidat")).json()
    assert (note["health"], note["healthReason"]) == ("atRisk", "Aucun candidat")
    headers = {**scene.headers("agent"), "If-Match": '"1"'}
    said = await client.patch(note["href"], json={"text": "Relu"}, headers=headers)
    assert said.json()["healthReason"] == "Aucun candidat"
    good = await client.patch(note["href"], json={"health": "good"}, headers={**headers, "If-Match": '"2"'})
    assert (good.json()["health"], good.json()["healthReason"]) == ("good", None)


async def test_a_note_on_a_perennial_action_has_no_percentage(client: httpx.AsyncClient, scene: Scene) -> None:
    await change(scene.commune, "action", scene.action, kind="perennial", progress=None)
    before = await scene.snapshot()
    yesterday = str(today() - timedelta(days=1))
    for words in ({"notedOn": yesterday}, {"actionVersion": (await read_action(client, scene))["version"]}):
        answer = await write(client, scene, "agent", progress=50, **words)
        told = [(i["type"].rpartition(":")[2], i["name"]) for i in answer.json()["issues"]]
        assert (answer.status_code, told) == (400, [("perennialWithoutProgress", "progress")])
    assert await scene.snapshot() == before
    assert (await write(client, scene, "agent")).json()["progress"] is None
