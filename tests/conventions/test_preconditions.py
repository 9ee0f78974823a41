"""Nobody overwrites what they have not read: changes name the version they were made on."""

import pytest

from tests.conventions.estate import CHANGEABLE, TEXTS, Estate, change_of
from tests.conventions.operations import Operation, each, rest
from tests.conventions.refused import issues, problem

CHANGES = rest("PATCH", "DELETE")
MALFORMED = ("1", "*", 'W/"1"', '"x"', '""', '"1", "2"', '"1.zz"', '"-1"', '"1.0000000000000000000000000000"x',
             '"12345678901"', '"1.' + "a" * 65 + '"', "null", '"１"')  # fmt: skip


@each(CHANGES)
async def test_a_change_without_if_match_is_428(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    answer = await estate.client.request(
        operation.method, estate.path(operation), headers=estate.reader(operation), json=operation.body
    )
    problem(answer, 428, "preconditionRequired")
    assert await estate.snapshot() == before


@each(CHANGES)
async def test_a_malformed_if_match_is_400(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    for tag in MALFORMED:
        headers = [(name.encode(), value.encode()) for name, value in estate.reader(operation).items()]
        headers.append((b"If-Match", tag.encode()))
        answer = await estate.client.request(
            operation.method, estate.path(operation), headers=headers, json=operation.body
        )
        assert issues(answer) == {("malformed", "header", "If-Match")}, tag
    assert await estate.snapshot() == before


@each(CHANGES)
async def test_another_version_is_412_with_the_present_one(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    assert operation.resource is not None
    current = int((await estate.etag(operation.resource.name)).strip('"').partition(".")[0])
    for version in (current + 1, 999_999_999, 0):
        headers = {**estate.reader(operation), "If-Match": f'"{version}"'}
        answer = await estate.client.request(
            operation.method, estate.path(operation), headers=headers, json=operation.body
        )
        assert problem(answer, 412, "preconditionFailed")["currentVersion"] == current
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_a_stale_version_is_412_and_says_which_fields_differ(estate: Estate, name: str) -> None:
    stale = await estate.etag(name)
    words = change_of(name, await estate.read(name))
    changed = await estate.patch(name, words)
    assert changed.status_code == 200, changed.text
    before = await estate.snapshot()
    told = problem(await estate.patch(name, words, **{"If-Match": stale}), 412, "preconditionFailed")
    assert told["currentVersion"] == changed.json()["version"]
    personal = name in ("person", "account", "partner") and TEXTS[name] in ("familyName", "displayName")
    assert told["fields"] == ([] if personal else sorted(words))
    assert await estate.snapshot() == before


async def test_only_the_version_of_a_tag_counts(estate: Estate) -> None:
    version = (await estate.etag("action")).strip('"').partition(".")[0]
    for tag in (f'"{version}"', f'"{version}.0"', f' "{version}.{"f" * 64}" '):
        assert (await estate.patch("action", {}, **{"If-Match": tag})).status_code == 200


async def test_the_answer_to_a_change_carries_the_tag_of_the_next_one(estate: Estate) -> None:
    tag = await estate.etag("action")
    for title in ("Un", "Deux", "Trois"):
        answer = await estate.patch("action", {"title": title}, **{"If-Match": tag})
        assert answer.status_code == 200
        tag = answer.headers["ETag"]
    assert tag == await estate.etag("action")
