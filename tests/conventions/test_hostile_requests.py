"""Addresses, queries and headers that nobody in good faith sends are refused as problems, never faults."""

import pytest

from tests.conventions.estate import Estate
from tests.conventions.operations import Operation, each, rest
from tests.conventions.refused import problem

LISTS = [op for op in rest("GET") if op.is_list]
QUERIES = (
    "q=%00", "q=a%00b", "q=", "q=%ED%A0%80", "q=" + "x" * 5000, "sort=%00", "after=%00", "after=.", "after=a.b",
    "after=" + "A" * 3000, "pageSize=%00", "pageSize=1e2", "pageSize=99999999999999999999", "pageSize=-1",
    "pageSize=1&pageSize=2&pageSize=3", "total=maybe", "=", "&&&", "%", "%zz=1", "a[]=1", "q[x]=1",
    "sort=-", "sort=title;drop", "pageSize=%D9%A1",
)  # fmt: skip
SEARCHES = ("!", "a & b", "':*", "((((", "\\", "%", "_", "<->", "é" * 200, "🎉", "a:b:c", "-", "'", '"', "\u202e", "\t")


@each(LISTS)
async def test_a_hostile_query_is_no_fault(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    headers = estate.reader(operation)
    for query in QUERIES:
        answer = await estate.client.get(f"{operation.path()}?{query}", headers=headers)
        if answer.status_code != 200:
            assert 400 <= answer.status_code < 500, (query, answer.text)
            problem(answer, answer.status_code)
    assert await estate.snapshot() == before


@each([op for op in LISTS if op.resource and op.resource.search])
async def test_any_words_can_be_searched(estate: Estate, operation: Operation) -> None:
    for words in SEARCHES:
        answer = await estate.client.get(
            operation.path(), params={"q": words, "total": "true"}, headers=estate.reader(operation)
        )
        if words.isprintable():
            assert answer.status_code == 200, (words, answer.text)
        assert answer.status_code < 500, (words, answer.text)


@each(LISTS)
async def test_a_thousand_values_are_refused_not_endured(estate: Estate, operation: Operation) -> None:
    for name in [p["name"] for p in operation.parameters("query")]:
        query = "&".join([f"{name}=1"] * 600)
        answer = await estate.client.get(f"{operation.path()}?{query}", headers=estate.reader(operation))
        problem(answer, 414 if len(query) > 8_000 else 400)


async def test_a_long_address_is_414(estate: Estate) -> None:
    headers = estate.commune.as_("administration")
    for path in ("/pst/v1/" + "x" * 9000, "/pst/v1/actions?q=" + "x" * 9000, "/pst/v1/actions?" + "a=1&" * 3000):
        assert problem(await estate.client.get(path, headers=headers), 414, "uriTooLong")["limit"] == 8_192


@pytest.mark.parametrize("field", ["priority", "postponements"])
async def test_a_filter_beyond_the_column_is_no_fault(estate: Estate, field: str) -> None:
    headers = estate.commune.as_("administration")
    for value in (2**31, 2**63, 2**64, -(2**63) - 1, 10**29):
        answer = await estate.client.get("/pst/v1/actions", params={field: value}, headers=headers)
        assert answer.status_code in (200, 400), answer.text
        if answer.status_code == 200:
            assert answer.json()["items"] == []


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Pst-Acting-As", ["x", "workspace/", "workspace/1", "organisation/*", "workspace/../x", "é", "a" * 5000]),
        ("If-None-Match", ["x", '"', "W/", "*,*", '"a' * 500, "é"]),
        (
            "Accept-Language",
            ["*", ";;;", "fr;q=x", "xx", "fr;q=9e9", "-", "é", "nl;q=nan", "a" * 5000, "fr,,,,", "*;q=0"],
        ),
        ("Authorization", ["Bearer", "Bearer ", "Basic eDp5", "Bearer a.b.c", "Bearer é", "Bearer " + "a" * 9000]),
        ("Cookie", ["__Host-pst=", "__Host-pst=x", "=;;=", "__Host-pst=é", "__Host-pst=" + "a" * 5000]),
        ("BelGov-Trace-Id", ["é", "a" * 5000, "\t", "a b"]),
        ("Accept", ["é", "/", "*/", ";q=", "a" * 5000]),
    ],
)
async def test_a_hostile_header_is_no_fault(estate: Estate, header: str, values: list[str]) -> None:
    for path in ("/pst/v1/actions", f"/pst/v1/actions/{estate.ids['action']}"):
        for value in values:
            headers = {**estate.commune.as_("administration"), header: value}
            encoded = [(name.encode(), text.encode()) for name, text in headers.items()]
            answer = await estate.client.get(path, headers=encoded)
            assert answer.status_code < 500, (value, answer.text)
            if answer.status_code >= 400:
                problem(answer, answer.status_code)


async def test_a_place_that_is_not_the_callers_is_refused_and_nothing_changes(estate: Estate) -> None:
    before = await estate.snapshot()
    place = "workspace/0190f0f0-0000-7000-8000-000000000000"
    for value, status in (("workspace/x", 400), (place, 403), (f"{place}, {place}", 400), (place.upper(), 400)):
        answer = await estate.post("action", **{"Pst-Acting-As": value})
        problem(answer, status)
    assert await estate.snapshot() == before


async def test_a_hostile_idempotency_key_is_400_and_nothing_changes(estate: Estate) -> None:
    before = await estate.snapshot()
    for key in ("", "x" * 256, "x" * 8000, "a\tb", "é", "\u200b"):
        words = await estate.words("domain")
        headers = [*estate.writer("domain").items(), ("Idempotency-Key", key)]
        answer = await estate.client.post(
            "/pst/v1/domains", json=words, headers=[(n.encode(), v.encode()) for n, v in headers]
        )
        problem(answer, 400, "badRequest")
    assert await estate.snapshot() == before
