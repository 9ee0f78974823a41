"""Who reads and writes a follow-up: its audience, the house and units of its action, its partners, versions."""

from typing import Any

import httpx
import pytest

from tests.factories import PUBLIC, freeze_and_publish, make_action, make_partner
from tests.followups.scene import BASE, Scene, read_action, texts, write
from tests.rights.making import make_partnership

AUDIENCES = ("restricted", "college", "administration", "partners", "council", "public")
LIVING = {
    "administration": set(AUDIENCES),
    "college": set(AUDIENCES) - {"restricted"},
    "agent": set(AUDIENCES),
    "otherAgent": {"administration", "partners", "council", "public"},
    "cpas": {"administration", "partners", "council", "public"},
    "cpasCollege": {"administration", "partners", "council", "public"},
    "partner": {"partners", "council", "public"},
}


async def write_for_each_audience(client: httpx.AsyncClient, scene: Scene) -> None:
    for audience in AUDIENCES:
        assert (await write(client, scene, "agent", audience=audience, text=audience)).status_code == 201


async def test_each_reader_of_the_living_plan_sees_the_notes_meant_for_it(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    await write_for_each_audience(client, scene)
    for who, seen in LIVING.items():
        assert await texts(client, scene, who) == seen, who
        total = await client.get(f"{BASE}/followUps", params={"total": "true"}, headers=scene.headers(who))
        assert total.json()["total"] == len(seen), who
        query = {"query": "{ followUps { totalCount nodes { text } } }"}
        answer = (await client.post("/graphql", json=query, headers=scene.headers(who))).json()["data"]["followUps"]
        assert (answer["totalCount"], {n["text"] for n in answer["nodes"]}) == (len(seen), seen), who


async def test_the_journal_tells_of_a_note_only_whom_it_is_meant_for(client: httpx.AsyncClient, scene: Scene) -> None:
    await write_for_each_audience(client, scene)
    for who in ("administration", "college", "cpas", "cpasCollege"):
        answer = await client.get(f"{BASE}/journalEntries", params={"entity": "followUp"}, headers=scene.headers(who))
        assert {e["after"]["text"] for e in answer.json()["items"]} == LIVING[who], who


async def test_versions_show_the_notes_meant_for_their_circle_as_they_were(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    await write_for_each_audience(client, scene)
    for headers in (scene.headers("council"), scene.headers("region")):
        own = await client.get(f"{BASE}/followUps", params={"actionId": str(scene.action)}, headers=headers)
        assert own.json()["items"] == []
    await freeze_and_publish(scene.commune, scene.commune.plans["pst"])
    await write(client, scene, "agent", audience="public", text="après")
    expected = {"council": {"council", "public"}, "region": {"public"}, "integrator": {"public"}}
    for who, seen in expected.items():
        answer = await client.get(
            f"{BASE}/followUps", params={"actionId": str(scene.action)}, headers=scene.headers(who)
        )
        assert {item["text"] for item in answer.json()["items"]} == seen, who
    answer = await client.get(f"{BASE}/public/followUps", params={"actionId": str(scene.action)}, headers=PUBLIC)
    (note,) = answer.json()["items"]
    assert note["text"] == "public"
    assert note["withheld"] == ["authorPersonId", "authorRole", "healthReason"]
    assert (note["authorPersonId"], note["authorRole"], note["healthReason"]) == (None, None, None)


@pytest.mark.parametrize(
    ("who", "status"),
    [("administration", 201), ("agent", 201), ("otherAgent", 403), ("college", 403), ("cpas", 403), ("council", 403),
     ("region", 403)],
)  # fmt: skip
async def test_who_writes_a_note_in_the_commune(client: httpx.AsyncClient, scene: Scene, who: str, status: int) -> None:
    before = await scene.snapshot()
    answer = await write(client, scene, who)
    assert answer.status_code == status, answer.text
    assert (await scene.snapshot() == before) == (status != 201)


@pytest.mark.parametrize(
    ("state", "granted", "status"),
    [("agreed", True, 201), ("agreed", False, 403), ("proposed", True, 403), ("planned", True, 400),
     ("ended", True, 400)],
)  # fmt: skip
async def test_a_partner_writes_where_it_may_report(
    client: httpx.AsyncClient, scene: Scene, state: str, granted: bool, status: int
) -> None:
    commune = scene.commune
    scene.partner = await make_partner(commune.database)
    scene.action = await make_action(commune, status="inProgress")
    await make_partnership(commune, scene.action, scene.partner, state, may_report_progress=granted)
    before = await scene.snapshot()
    answer = await write(client, scene, "partner")
    assert answer.status_code == status, answer.text
    if status != 201:
        assert await scene.snapshot() == before


async def test_a_partners_note_is_its_own_and_reaches_partners(client: httpx.AsyncClient, scene: Scene) -> None:
    version = (await read_action(client, scene))["version"]
    answer = await write(client, scene, "partner", progress=35, actionVersion=version)
    assert answer.status_code == 201, answer.text
    note = answer.json()
    told = (note["organisationId"], note["authorRole"], note["audience"], note["permitted"])
    assert told == (str(scene.partner), "partner", "partners", ["updateFollowUp", "deleteFollowUp"])
    assert (await read_action(client, scene))["progress"] == 35
    other = await make_partner(scene.commune.database)
    await make_partnership(scene.commune, scene.action, other, may_report_progress=True)
    headers = {**scene.commune.as_("partner", organisation=other), "If-Match": '"1"'}
    seen = await client.get(note["href"], headers=headers)
    assert (seen.status_code, seen.json()["permitted"]) == (200, [])
    before = await scene.snapshot()
    for refused in (
        await client.patch(note["href"], json={"text": "Autre"}, headers=headers),
        await client.delete(note["href"], headers=headers),
    ):
        assert refused.status_code == 403
    assert await scene.snapshot() == before


@pytest.mark.parametrize(
    ("words", "status"),
    [({"status": "completed"}, 403), ({"health": "good"}, 403), ({"audience": "public"}, 400),
     ({"audience": "administration"}, 400)],
)  # fmt: skip
async def test_a_partner_sets_nothing_but_progress(
    client: httpx.AsyncClient, scene: Scene, words: dict[str, Any], status: int
) -> None:
    version = (await read_action(client, scene))["version"]
    before = await scene.snapshot()
    answer = await write(client, scene, "partner", actionVersion=version, **words)
    assert answer.status_code == status, answer.text
    assert await scene.snapshot() == before


async def test_the_commune_opens_a_partners_note_and_leaves_its_words(client: httpx.AsyncClient, scene: Scene) -> None:
    note = (await write(client, scene, "partner")).json()
    headers = {**scene.headers("administration"), "If-Match": '"1"'}
    before = await scene.snapshot()
    refused = await client.patch(note["href"], json={"text": "Corrigé"}, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:writtenByOther")
    assert await scene.snapshot() == before
    opened = await client.patch(note["href"], json={"audience": "administration"}, headers=headers)
    assert opened.status_code == 200, opened.text
    assert (await client.get(note["href"], headers=scene.headers("partner"))).status_code == 200
    reworded = {**scene.headers("partner"), "If-Match": '"2"'}
    answer = await client.patch(note["href"], json={"text": "Précisé"}, headers=reworded)
    assert (answer.status_code, answer.json()["audience"]) == (200, "administration")
