"""A creation that is asked again answers what its author reads now: never more than its rights of today."""

from uuid import uuid4

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, change, make_action, make_commune

BASE = "/pst/v1"
CREATE = """mutation ($words: TaskCreate!, $key: String) {
  createTask(input: $words, idempotencyKey: $key) { id title } }"""


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def test_what_is_kept_from_its_author_since_is_not_replayed(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, department="both")
    headers = {**commune.as_("administration", "cpas"), "Idempotency-Key": str(uuid4())}
    words = {"actionId": str(action), "title": "Appel d’offres"}
    asked = {"query": CREATE, "variables": {"words": words, "key": str(uuid4())}}
    first = await client.post(f"{BASE}/tasks", json=words, headers=headers)
    by_graphql = await client.post("/graphql", json=asked, headers=headers)
    assert first.status_code == 201, first.text
    assert by_graphql.json()["data"]["createTask"]["title"] == words["title"]
    await change(commune, "action", action, audience="restricted", department="municipality")
    again = await client.post(f"{BASE}/tasks", json=words, headers=headers)
    assert again.status_code == 404, again.text
    assert words["title"] not in again.text
    again = await client.post("/graphql", json=asked, headers=headers)
    assert words["title"] not in again.text
    assert again.json()["errors"]
