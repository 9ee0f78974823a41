"""Bodies that nobody in good faith sends are refused as problems, and change nothing."""

import pytest

from tests.conventions.estate import Estate
from tests.conventions.hostile import NO_OBJECT, TARGETS, UNREADABLE, chunks, send
from tests.conventions.refused import issues, problem

BOTH = pytest.mark.parametrize("is_patch", [False, True], ids=["create", "patch"])
EACH = pytest.mark.parametrize("name", TARGETS)
LIMIT = 1_048_576


@BOTH
@EACH
async def test_what_is_no_readable_json_is_400(estate: Estate, name: str, is_patch: bool) -> None:
    before = await estate.snapshot()
    for what, content in UNREADABLE.items():
        answer = await send(estate, name, content, is_patch=is_patch)
        assert answer.status_code == 400, (what, answer.text)
        problem(answer, 400, "badRequest")
    assert await estate.snapshot() == before


@BOTH
@EACH
async def test_what_is_no_object_is_400(estate: Estate, name: str, is_patch: bool) -> None:
    before = await estate.snapshot()
    for what, content in NO_OBJECT.items():
        answer = await send(estate, name, content, is_patch=is_patch)
        assert answer.status_code == 400, (what, answer.text)
        assert issues(answer), what
    assert await estate.snapshot() == before


@BOTH
@EACH
async def test_a_body_beyond_the_limit_is_413_however_it_comes(estate: Estate, name: str, is_patch: bool) -> None:
    before = await estate.snapshot()
    large = b'{"title": "' + b"x" * (2 * LIMIT) + b'"}'
    told = problem(await send(estate, name, large, is_patch=is_patch), 413, "payloadTooLarge")
    assert told["limit"] == LIMIT
    problem(await send(estate, name, chunks(2 * LIMIT), is_patch=is_patch), 413, "payloadTooLarge")
    lying = await send(estate, name, chunks(2 * LIMIT), is_patch=is_patch, **{"Content-Length": "10"})
    problem(lying, 413, "payloadTooLarge")
    assert await estate.snapshot() == before


async def test_a_body_just_within_the_limit_is_read(estate: Estate) -> None:
    words = b'{"title": "' + b"x" * (LIMIT - 13) + b'"}'
    assert len(words) == LIMIT
    assert issues(await send(estate, "action", words, is_patch=True)) == {("schemaViolation", "body", "title")}


@BOTH
@EACH
async def test_a_charset_that_is_not_utf_8_is_refused(estate: Estate, name: str, is_patch: bool) -> None:
    before = await estate.snapshot()
    kind = "application/merge-patch+json" if is_patch else "application/json"
    content = '{"title": "é"}'.encode("utf-16-le")
    answer = await send(estate, name, content, is_patch=is_patch, **{"Content-Type": f"{kind}; charset=utf-16"})
    assert answer.status_code in (400, 415)
    problem(answer, answer.status_code)
    assert await estate.snapshot() == before


async def test_brackets_in_a_text_are_no_depth(estate: Estate) -> None:
    estimate = '[{"' * 200
    answer = await estate.patch("action", {"estimate": estimate})
    assert (answer.status_code, answer.json()["estimate"]) == (200, estimate)


async def test_a_hostile_sign_in_is_a_problem_too(estate: Estate) -> None:
    for what, content in {**UNREADABLE, **NO_OBJECT}.items():
        headers = {"Content-Type": "application/json"}
        answer = await estate.client.post("/auth/session", content=content, headers=headers)
        assert 400 <= answer.status_code < 500, (what, answer.text)
        problem(answer, answer.status_code)
    for password in ("a\\ud800b", "a\\u0000b", "x" * 2000):
        words = f'{{"email": "a@b.example", "password": "{password}"}}'
        headers = {"Content-Type": "application/json"}
        answer = await estate.client.post("/auth/session", content=words, headers=headers)
        assert 400 <= answer.status_code < 500, (password, answer.text)
        assert "x" * 99 not in answer.text
