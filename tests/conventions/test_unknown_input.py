"""Nothing unknown is ignored: a name that an address does not know is refused, and the issue says which."""

import pytest

from tests.conventions.estate import CHANGEABLE, WRITABLE, Estate
from tests.conventions.operations import Operation, each, operations
from tests.conventions.refused import issues

BODIES = {"signIn": {"email": "nobody@estate.example", "password": "no password of anybody"}}


@each(list(operations()))
async def test_an_unknown_query_parameter_is_refused_and_named(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    headers = {**estate.reader(operation), "If-Match": '"1"'}
    body = None
    if operation.method in ("POST", "PATCH"):
        body = BODIES.get(operation.name, {})
    answer = await estate.client.request(
        operation.method, estate.path(operation), params={"unheardOf": "1"}, headers=headers, json=body
    )
    assert ("unknownInput", "query", "unheardOf") in issues(answer)
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", WRITABLE)
async def test_an_unknown_property_of_a_new_document_is_refused_and_named(estate: Estate, name: str) -> None:
    words = await estate.words(name) | {"unheardOf": 1, "title_": "x"}
    before = await estate.snapshot()
    found = issues(await estate.post(name, words))
    assert found == {("unknownInput", "body", "unheardOf"), ("unknownInput", "body", "title_")}
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_an_unknown_property_of_a_patch_is_refused_and_named(estate: Estate, name: str) -> None:
    before = await estate.snapshot()
    for unknown in ("unheardOf", "id", "version", "createdAt", "permitted", "workspaceId", "href"):
        assert issues(await estate.patch(name, {unknown: None})) == {("unknownInput", "body", unknown)}
    assert await estate.snapshot() == before


async def test_names_are_known_in_camel_case_alone(estate: Estate) -> None:
    before = await estate.snapshot()
    answer = await estate.client.get(
        "/pst/v1/actions", params={"page_size": 3}, headers=estate.commune.as_("administration")
    )
    assert issues(answer) == {("unknownInput", "query", "page_size")}
    assert issues(await estate.patch("action", {"planned_end": None})) == {("unknownInput", "body", "planned_end")}
    assert await estate.snapshot() == before


async def test_reads_of_another_instant_are_refused_until_they_are_built(estate: Estate) -> None:
    for path in ("actions", f"actions/{estate.ids['action']}", f"plans/{estate.ids['plan']}/tree"):
        answer = await estate.client.get(
            f"/pst/v1/{path}", params={"asOf": "2025-01-01T00:00:00Z"}, headers=estate.commune.as_("administration")
        )
        assert issues(answer) == {("unknownInput", "query", "asOf")}


async def test_an_unknown_member_of_an_object_within_is_named_by_its_path(estate: Estate) -> None:
    before = await estate.snapshot()
    words = {"responsibilities": [{"kind": "lead", "unitId": None, "boss": 1}]}
    assert issues(await estate.patch("action", words)) == {("unknownInput", "body", "responsibilities.0.boss")}
    level = {"level": 1, "label": "Objectif", "meaning": "strategic", "color": "red"}
    assert issues(await estate.patch("plan", {"levels": [level]})) == {("unknownInput", "body", "levels.0.color")}
    assert await estate.snapshot() == before
