"""Values at and beyond the edge: integers, very long texts, scripts of every kind, markup."""

from typing import Any

import pytest

from api.domain.resources.catalogue import BY_NAME
from tests.conventions.estate import CHANGEABLE, TEXTS, WRITABLE, Estate
from tests.conventions.operations import kinds_of, properties
from tests.conventions.refused import problem

INTEGERS = (2**31, 2**32, 2**53 + 1, 2**63, 2**64, 10**29, -(2**31) - 1, -(2**63) - 1, -(10**28))
NO_INTEGERS: tuple[Any, ...] = (1.5, "7", True, [1], {"n": 1}, "١")
NO_AMOUNTS: tuple[Any, ...] = (
    10, 10.5, "10", "10.5", "10.555", "1e5", "NaN", "1,00", "1000000000000000.00", "+1.00", " 1.00", "1.00\n", "١.٠٠",
    True, [], {},
)  # fmt: skip
NO_DAYS: tuple[Any, ...] = (
    "2026-02-30", "2026-13-01", "0000-01-01", "10000-01-01", "2026-1-1", "20260101", 0, 1.5, "now", "infinity",
    "2026-01-01T00:00:00Z", "-infinity", "2026-01-01 ", "٢٠٢٦-٠١-٠١", "2026-W01-1",
)  # fmt: skip
KEPT = (
    "🧑‍🤝‍🧑 Fête des voisins 🎉", "مشروع الحي", "שכונה", "\u202erenversé\u202c", "a\u200bb\u200dc\ufeffd",
    "e\u0301 décomposé", "日本語", "𝔘𝔫𝔦", "<script>alert(1)</script>", "'; drop table action; --", "%s {0} ${x}",
    "=cmd|'/c calc'!A1", "&amp; <b>gras</b>", "a\u2028b\u2029c", "a\\u0000b", "“guillemets” « français »",
)  # fmt: skip


def integer_fields(schema: str) -> list[str]:
    """The properties of a body that take an integer, alone or beside null."""
    found = []
    for name, said in properties(schema).items():
        if any(kind.get("type") == "integer" for kind in kinds_of(said)):
            found.append(name)
    return found


CREATED = [(n, f) for n in WRITABLE for f in integer_fields((BY_NAME[n].create or BY_NAME[n].fields).__name__)]
CHANGED = [(n, f) for n in CHANGEABLE for f in integer_fields(f"{BY_NAME[n].title}Patch")]


@pytest.mark.parametrize(("name", "field"), CHANGED)
async def test_an_integer_out_of_range_is_400_in_a_patch(estate: Estate, name: str, field: str) -> None:
    before = await estate.snapshot()
    for value in (*INTEGERS, *NO_INTEGERS):
        answer = await estate.patch(name, {field: value})
        assert answer.status_code == 400, (value, answer.text)
        told = problem(answer, 400, "badRequest")
        assert told["issues"][0]["name"].startswith(field), told
    assert await estate.snapshot() == before


@pytest.mark.parametrize(("name", "field"), CREATED)
async def test_an_integer_out_of_range_is_400_in_a_creation(estate: Estate, name: str, field: str) -> None:
    words = await estate.words(name)
    before = await estate.snapshot()
    for value in (*INTEGERS, *NO_INTEGERS):
        answer = await estate.post(name, {**words, field: value})
        assert answer.status_code == 400, (value, answer.text)
        problem(answer, 400, "badRequest")
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"account", "externalReference"}))
async def test_a_text_is_kept_exactly_whatever_its_script(estate: Estate, name: str) -> None:
    for text in KEPT:
        answer = await estate.patch(name, {TEXTS[name]: text})
        assert answer.status_code == 200, (text, answer.text)
        assert answer.json()[TEXTS[name]] == text
        assert (await estate.read(name))[TEXTS[name]] == text


@pytest.mark.parametrize("name", sorted(TEXTS))
async def test_a_text_that_is_too_long_or_has_control_characters_is_400(estate: Estate, name: str) -> None:
    before = await estate.snapshot()
    for text in ("x" * 20_001, "é" * 900_000 if name == "action" else "é" * 20_001, "a\x01b", "a\x1bb", "a\x7fb"):
        answer = await estate.patch(name, {TEXTS[name]: text})
        told = problem(answer, 413 if len(text.encode()) > 2**20 else 400)
        if answer.status_code == 400:
            assert told["issues"][0]["name"] == TEXTS[name]
            assert len(answer.content) < 2_000, "a refusal does not say back all that was said"
    assert await estate.snapshot() == before


async def test_money_is_a_text_with_two_decimals_and_nothing_else(estate: Estate) -> None:
    before = await estate.snapshot()
    for amount in NO_AMOUNTS:
        assert (await estate.patch("budgetLine", {"planned": amount})).status_code == 400, amount
    assert await estate.snapshot() == before
    for amount in ("999999999999.99", "-999999999999.99", "0.00", "-0.01"):
        assert (await estate.patch("budgetLine", {"planned": amount})).json()["planned"] == amount


async def test_a_date_is_a_day_that_exists(estate: Estate) -> None:
    before = await estate.snapshot()
    for day in NO_DAYS:
        answer = await estate.patch("action", {"plannedEnd": day})
        assert answer.status_code == 400, (day, answer.text)
    assert await estate.snapshot() == before
    for day, why in (("0001-01-01", {}), ("9999-12-31", {"plannedEndReason": "Reporté."})):
        answer = await estate.patch("action", {"plannedEnd": day, "plannedStart": None, **why})
        assert (answer.status_code, answer.json()["plannedEnd"]) == (200, day), answer.text
