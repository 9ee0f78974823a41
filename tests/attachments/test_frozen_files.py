"""What a version froze of a document stays readable; its bytes reach whom the living document reaches, at once."""

from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import PUBLIC, Commune, change, freeze_and_publish, make, make_action, make_commune, make_plan
from tests.rights.making import make_attachment

BASE = "/pst/v1"


async def statuses(client: httpx.AsyncClient, commune: Commune, document: UUID) -> dict[str, int]:
    """How each reader of versions is answered who asks for the bytes."""
    path = f"attachments/{document}/content"
    found = {
        role: (await client.get(f"{BASE}/{path}", headers=commune.as_(role))).status_code
        for role in ("council", "region", "integrator")
    }
    return found | {"public": (await client.get(f"{BASE}/public/{path}", headers=PUBLIC)).status_code}


def expected(council: int, outside: int) -> dict[str, int]:
    return {"council": council, "region": outside, "integrator": outside, "public": outside}


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def test_the_bytes_obey_the_living_audience_at_once(client: httpx.AsyncClient, commune: Commune) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    document = await make_attachment(
        commune, b"Pour tous", title="A", audience="public", action_id=action, file_name="a.txt"
    )
    await freeze_and_publish(commune, plan)
    for audience, council, outside in (
        ("public", 200, 200), ("council", 200, 404), ("administration", 404, 404), ("restricted", 404, 404),
        ("public", 200, 200),
    ):  # fmt: skip
        await change(commune, "attachment", document, audience=audience)
        assert await statuses(client, commune, document) == expected(council, outside), audience
        listed = await client.get(f"{BASE}/public/attachments", params={"actionId": str(action)}, headers=PUBLIC)
        assert [item["audience"] for item in listed.json()["items"]] in ([], ["public"], [None])
    public = await client.get(f"{BASE}/public/attachments/{document}/content", headers=PUBLIC)
    assert (public.content, public.headers["cache-control"]) == (b"Pour tous", "public, no-cache")
    tag = {**PUBLIC, "If-None-Match": public.headers["etag"]}
    assert (await client.get(f"{BASE}/public/attachments/{document}/content", headers=tag)).status_code == 304
    await change(commune, "attachment", document, audience="administration")
    assert (await client.get(f"{BASE}/public/attachments/{document}/content", headers=tag)).status_code == 404


async def test_what_was_widened_after_publication_waits_for_the_next_one(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    words = {"action_id": await make_action(commune, plan), "file_name": "a.txt"}
    document = await make_attachment(commune, b"Conseil", title="A", audience="council", **words)
    await freeze_and_publish(commune, plan)
    await change(commune, "attachment", document, audience="public")
    assert await statuses(client, commune, document) == expected(200, 404)
    await freeze_and_publish(commune, plan)
    assert await statuses(client, commune, document) == expected(200, 200)


async def test_a_deleted_document_is_still_listed_by_its_version_without_its_bytes(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan = await make_plan(commune)
    action = await make_action(commune, plan)
    words = {"action_id": action, "file_name": "a.txt"}
    shown = await make_attachment(commune, b"Pour tous", title="A", audience="public", **words)
    noted = await make_attachment(commune, b"Pour le conseil", title="B", audience="council", **words)
    of_plan = await make(
        commune, "attachment", plan_id=plan, title="Arrêt", link="https://x.example/arret", audience="public"
    )
    await freeze_and_publish(commune, plan)
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    for identifier in (shown, noted, of_plan):
        assert (await client.delete(f"{BASE}/attachments/{identifier}", headers=headers)).status_code == 204
    for identifier in (shown, noted):
        assert await statuses(client, commune, identifier) == expected(404, 404)
    listed = await client.get(f"{BASE}/public/attachments", params={"ofPlanId": str(plan)}, headers=PUBLIC)
    assert {item["title"] for item in listed.json()["items"]} == {"A", "Arrêt"}
