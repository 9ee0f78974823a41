"""Reading: every address answers a tag, 304 when nothing changed, and HEAD like GET without the body."""

import re

import httpx

from tests.conventions.estate import Estate
from tests.conventions.operations import Operation, each, rest

READS = [op for op in rest("GET") if op.name != "getHealth"]
TAG = re.compile(r'"([0-9a-f]+\.)?[0-9a-f]{24}"')
OWN_TO_EACH_ANSWER = {"belgov-trace-id"}


@each(READS)
async def test_a_read_answers_a_strong_tag_and_304_to_who_has_it(estate: Estate, operation: Operation) -> None:
    headers = estate.reader(operation)
    first = await estate.client.get(estate.path(operation), headers=headers)
    assert first.status_code == 200, first.text
    assert first.headers["Content-Type"] == "application/json"
    assert TAG.fullmatch(first.headers["ETag"])
    for known in (first.headers["ETag"], f'"0", {first.headers["ETag"]}', "*", f"W/{first.headers['ETag']}"):
        again = await estate.client.get(estate.path(operation), headers={**headers, "If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Vary"] == first.headers["Vary"]
    other = await estate.client.get(estate.path(operation), headers={**headers, "If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


@each(READS)
async def test_head_is_get_without_its_body(estate: Estate, operation: Operation) -> None:
    headers = estate.reader(operation)
    told = await estate.client.get(estate.path(operation), headers=headers)
    asked = await estate.client.head(estate.path(operation), headers=headers)
    assert (asked.status_code, asked.content) == (told.status_code, b"")
    assert _lasting(asked.headers) == _lasting(told.headers)


def _lasting(headers: httpx.Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in OWN_TO_EACH_ANSWER}


@each(READS)
async def test_private_answers_are_kept_private_and_public_ones_may_be_shared(
    estate: Estate, operation: Operation
) -> None:
    answer = await estate.client.get(estate.path(operation), headers=estate.reader(operation))
    if operation.is_public:
        assert answer.headers["Cache-Control"].startswith("public")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    else:
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Authorization, Cookie, Pst-Acting-As, Accept-Language"
        assert "Access-Control-Allow-Origin" not in answer.headers


@each([op for op in READS if op.names_one])
async def test_a_document_begins_its_tag_with_its_version(estate: Estate, operation: Operation) -> None:
    answer = await estate.client.get(estate.path(operation), headers=estate.reader(operation))
    version = answer.json().get("version")
    if version is not None:
        assert answer.headers["ETag"].startswith(f'"{version}.')


@each([op for op in READS if not op.is_public])
async def test_a_private_read_needs_a_token(estate: Estate, operation: Operation) -> None:
    answer = await estate.client.get(estate.path(operation))
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:noAccessToken"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_health_answers_its_state_to_anybody(estate: Estate) -> None:
    for path in ("/pst/v1/health", "/health"):
        answer = await estate.client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "UP"})
        assert answer.headers["Cache-Control"] == "no-store"
