"""Links are absolute and start with the configured address, whatever a caller says its Host is."""

import re
from typing import Any

import pytest

from api.settings import Settings
from tests.concurrency.together import impatient
from tests.conventions.estate import WRITABLE, Estate
from tests.conventions.operations import Operation, each, rest

LYING = {
    "Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher",
    "X-Forwarded-For": "127.0.0.1", "Forwarded": "host=evil.example", "X-Original-URL": "/evil",
}  # fmt: skip
LINKS = {"self", "next", "href"}


def links_in(value: Any) -> list[str]:
    """Every link of an answer, however deep."""
    if isinstance(value, list):
        return [link for item in value for link in links_in(item)]
    if not isinstance(value, dict):
        return []
    own = [v for k, v in value.items() if k in LINKS and isinstance(v, str)]
    return own + [link for item in value.values() for link in links_in(item)]


@each([op for op in rest("GET") if op.name != "getHealth"])
async def test_every_link_starts_with_the_configured_address(
    estate: Estate, operation: Operation, settings: Settings
) -> None:
    answer = await estate.client.get(estate.path(operation), headers={**estate.reader(operation), **LYING})
    assert answer.status_code == 200
    assert "evil" not in answer.text
    assert [link for link in links_in(answer.json()) if not link.startswith(f"{settings.base_url}/pst/v1/")] == []


@pytest.mark.parametrize("name", WRITABLE)
async def test_a_creation_says_where_the_new_document_is(estate: Estate, name: str, settings: Settings) -> None:
    answer = await estate.post(name, **LYING)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == answer.json()["href"]
    assert answer.headers["Location"].startswith(f"{settings.base_url}/pst/v1/")
    there = await estate.client.get(answer.headers["Location"], headers=estate.writer(name))
    assert (there.status_code, there.json()) == (200, answer.json())
    assert there.headers["ETag"] == answer.headers["ETag"]


async def test_the_links_of_a_list_keep_the_question(estate: Estate, settings: Settings) -> None:
    headers = estate.commune.as_("administration")
    query = "pageSize=1&sort=-title&q=s&status=inProgress&status=notStarted"
    answer = (await estate.client.get(f"/pst/v1/actions?{query}", headers=headers)).json()
    assert answer["self"] == f"{settings.base_url}/pst/v1/actions?{query}"
    assert re.fullmatch(re.escape(f"{settings.base_url}/pst/v1/actions?{query}&after=") + r"[\w%.-]+", answer["next"])


async def test_the_public_address_is_the_configured_one(estate: Estate, settings: Settings) -> None:
    public = "https://pst.example.be"
    async with impatient(settings, public_url=public) as (_, client):
        for path in ("/pst/v1/public/plans", "/pst/v1/public/actions?pageSize=1", "/pst/v1/public/objectives"):
            answer = await client.get(path, headers=LYING)
            links = links_in(answer.json())
            assert links
            assert [link for link in links if not link.startswith(f"{public}/pst/v1/")] == []
