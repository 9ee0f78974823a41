"""Pages: bounded, stable while others write, and bound to the question and to who asks it."""

from typing import Any

import httpx
import pytest

from api.db import Database
from tests.conventions.estate import Estate
from tests.conventions.operations import Operation, each, rest
from tests.conventions.refused import issues, problem
from tests.factories import Commune, make, make_commune

LISTS = [op for op in rest("GET") if op.is_list]
DOMAINS = 12


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    commune = await make_commune(database)
    for number in range(DOMAINS):
        await make(commune, "domain", name=f"Page {number:02}", strand="other")
    return commune


async def pages(
    client: httpx.AsyncClient, commune: Commune, query: str, between: Any = None
) -> list[list[dict[str, Any]]]:
    """All pages of a list of domains, doing something between each and the next."""
    found = []
    path: str | None = f"/pst/v1/domains?{query}"
    while path:
        answer = await client.get(path, headers=commune.as_("administration"))
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["items"])
        path = answer.json().get("next")
        if between is not None:
            await between(len(found))
    return found


@each(LISTS)
async def test_a_page_holds_at_least_one_and_at_most_200(estate: Estate, operation: Operation) -> None:
    headers = estate.reader(operation)
    for size in ("0", "-1", "201", "1000000", "x", "", "1.5"):
        answer = await estate.client.get(operation.path(), params={"pageSize": size}, headers=headers)
        assert issues(answer) == {("schemaViolation", "query", "pageSize")}, size
    for most in (1, 200):
        answer = await estate.client.get(operation.path(), params={"pageSize": most}, headers=headers)
        assert len(answer.json()["items"]) <= most


@each(LISTS)
async def test_a_list_has_one_shape_and_counts_what_it_holds(estate: Estate, operation: Operation) -> None:
    headers = estate.reader(operation)
    plain = (await estate.client.get(operation.path(), headers=headers)).json()
    assert plain.keys() - {"next"} == {"self", "items"}
    counted = (await estate.client.get(f"{operation.path()}?total=true&pageSize=1", headers=headers)).json()
    assert counted.keys() - {"next"} == {"self", "items", "total"}
    assert ("next" in counted) == (counted["total"] > 1)
    if "next" not in plain:
        assert counted["total"] == len(plain["items"])


@each(LISTS)
async def test_an_order_that_is_not_documented_is_400(estate: Estate, operation: Operation) -> None:
    for sort in ("unheardOf", "id", "version", "-", "", "title desc", "--createdAt", "created_at"):
        answer = await estate.client.get(operation.path(), params={"sort": sort}, headers=estate.reader(operation))
        assert {(kind, place) for kind, place, _ in issues(answer)} == {("schemaViolation", "query")}, sort


@each(LISTS)
async def test_each_documented_order_serves_forwards_backwards_and_across_pages(
    estate: Estate, operation: Operation
) -> None:
    said = next(p for p in operation.parameters("query") if p["name"] == "sort")
    words = said["schema"]["anyOf"][0]["items"].get("enum") or [said["schema"]["anyOf"][0]["items"]["const"]]
    headers = estate.reader(operation)
    for word in words:
        first = await estate.client.get(operation.path(), params={"sort": word, "pageSize": 1}, headers=headers)
        if operation.name == "listPartnerActions" and word.endswith("priority"):
            assert issues(first) == {("notReadable", "query", "sort")}, "what is withheld cannot be asked about"
            continue
        assert first.status_code == 200, (word, first.text)
        if "next" in first.json():
            second = await estate.client.get(first.json()["next"], headers=headers)
            assert second.status_code == 200, (word, second.text)
            assert second.json()["items"][0]["id"] != first.json()["items"][0]["id"]


async def test_the_pages_of_a_list_hold_each_thing_once_in_order(client: httpx.AsyncClient, commune: Commune) -> None:
    (whole,) = await pages(client, commune, "pageSize=200&sort=name")
    for size in (1, 5, 7):
        found = await pages(client, commune, f"pageSize={size}&sort=name")
        assert [item["id"] for page in found for item in page] == [item["id"] for item in whole]
        assert {len(page) for page in found[:-1]} == {size}
    backwards = await pages(client, commune, "pageSize=5&sort=-name")
    assert sorted(i["name"] for p in backwards for i in p) == sorted(i["name"] for i in whole)


async def test_what_others_write_meanwhile_neither_repeats_nor_hides_anything(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    for number in range(DOMAINS):
        await make(commune, "domain", name=f"Page {number:02}", strand="other")
    (before,) = await pages(client, commune, "pageSize=200&sort=name")

    async def write(page: int) -> None:
        await make(commune, "domain", name=f"Aaa {page}", strand="other")
        await make(commune, "domain", name=f"Zzz {page}", strand="other")

    found = [i["id"] for page in await pages(client, commune, "pageSize=4&sort=name", write) for i in page]
    assert len(found) == len(set(found))
    assert {i["id"] for i in before} <= set(found)


async def test_a_thing_without_the_sort_key_still_has_its_place(estate: Estate) -> None:
    headers = estate.commune.as_("administration")
    for word in ("plannedEnd", "-plannedEnd", "progress", "-progress"):
        seen: list[str] = []
        path: str | None = f"/pst/v1/actions?sort={word}&pageSize=1"
        while path:
            answer = (await estate.client.get(path, headers=headers)).json()
            seen += [item["id"] for item in answer["items"]]
            path = answer.get("next")
        assert len(seen) == len(set(seen)) > 2


async def test_a_cursor_of_another_question_or_another_reader_is_400(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    headers = commune.as_("administration")
    path = "/pst/v1/domains?pageSize=3&sort=name"
    following = (await client.get(path, headers=headers)).json()["next"]
    assert (await client.get(following, headers=headers)).status_code == 200
    cursor = httpx.URL(following).params["after"]
    for query in ("sort=-name", "sort=name&q=page", "sort=name&strand=other", "", "sort=name&sort=name"):
        answer = await client.get(f"/pst/v1/domains?pageSize=3&{query}&after={cursor}", headers=headers)
        problem(answer, 400, "cursorInvalid")
    problem(await client.get(f"/pst/v1/units?after={cursor}", headers=headers), 400, "cursorInvalid")
    stranger = await make_commune(database)
    for other in (commune.as_("college"), stranger.as_("administration")):
        problem(await client.get(following, headers=other), 400, "cursorInvalid")


async def test_a_tampered_cursor_is_400(client: httpx.AsyncClient, commune: Commune) -> None:
    headers = commune.as_("administration")
    following = (await client.get("/pst/v1/domains?pageSize=3&sort=name", headers=headers)).json()["next"]
    cursor = httpx.URL(following).params["after"]
    text, _, mac = cursor.partition(".")
    forged = [cursor[:-1] + ("0" if cursor[-1] != "0" else "1"), text, f"{text}.", f".{mac}", f"{text}.{mac}.{mac}",
              f"A{text[1:]}.{mac}", mac, cursor + "=", cursor[::-1], "x", "é.é", text + "." + "0" * 32]  # fmt: skip
    for wrong in forged:
        answer = await client.get(
            "/pst/v1/domains", params={"pageSize": 3, "sort": "name", "after": wrong}, headers=headers
        )
        problem(answer, 400, "cursorInvalid")


async def test_an_empty_list_is_200_with_nothing_in_it(estate: Estate) -> None:
    headers = estate.commune.as_("administration")
    answer = await estate.client.get("/pst/v1/actions?q=introuvable&total=true", headers=headers)
    assert answer.status_code == 200
    assert answer.json()["items"] == []
    assert answer.json()["total"] == 0
    assert "next" not in answer.json()
