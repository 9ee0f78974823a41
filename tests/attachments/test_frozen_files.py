"""What a version shows stays readable, also when the living plan lets it go."""

import httpx

from api.db import Database
from tests.factories import PUBLIC, freeze_and_publish, make, make_action, make_commune, make_plan
from tests.rights.making import make_attachment

BASE = "/pst/v1"


async def test_a_published_file_outlives_its_living_document(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    words = {"action_id": action, "file_name": "a.txt"}
    shown = await make_attachment(commune, b"Pour tous", title="A", audience="public", **words)
    noted = await make_attachment(commune, b"Pour le conseil", title="B", audience="council", **words)
    of_plan = await make(
        commune, "attachment", plan_id=plan, title="Arrêt", link="https://x.example/arret", audience="public"
    )
    inside = await make_attachment(commune, b"Pour nous", title="C", **words)
    await freeze_and_publish(commune, plan)
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    for identifier in (shown, noted, of_plan, inside):
        assert (await client.delete(f"{BASE}/attachments/{identifier}", headers=headers)).status_code == 204
    expected = {"council": {shown: 200, noted: 200, inside: 404}, "region": {shown: 200, noted: 404, inside: 404}}
    for role, answers in expected.items():
        for identifier, status in answers.items():
            answer = await client.get(f"{BASE}/attachments/{identifier}/content", headers=commune.as_(role))
            assert answer.status_code == status, (role, identifier)
    public = await client.get(f"{BASE}/public/attachments/{shown}/content", headers=PUBLIC)
    assert (public.content, public.headers["cache-control"]) == (b"Pour tous", "public, no-cache")
    assert (await client.get(f"{BASE}/public/attachments/{noted}/content", headers=PUBLIC)).status_code == 404
    listed = await client.get(f"{BASE}/public/attachments", params={"ofPlanId": str(plan)}, headers=PUBLIC)
    assert {item["title"] for item in listed.json()["items"]} == {"A", "Arrêt"}
