"""A patch is a merge patch (RFC 7396): absent stays, null clears where that is legal, and nothing else changes."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from tests.conventions.estate import CHANGEABLE, Estate, change_of
from tests.conventions.refused import issues

OF_EVERY_CHANGE = {"version", "updatedAt"}
TAKES_NULL_FOR_A_MOVE = {"placeAfter", "statusReason", "stateReason"}
NEEDED_ALL_THE_SAME = {
    ("measurement", "value"), ("attachment", "link"), ("action", "plannedEndReason"),
    ("dpc", "adoptedOn"), ("dpc", "publishedOn"),
}  # fmt: skip
"""Fields that stay: an indicator that counts a number is measured by a value, a document that is no file is a link,
an end that was put off keeps its reason; the estate's declaration stays adopted and published for who reads it next."""


def fields(resource: Resource) -> dict[str, bool]:
    """The wire names that a patch takes, and whether null is one of their values."""
    assert resource.patch is not None
    found = {}
    for field in resource.patch.model_fields.values():
        assert field.alias is not None
        found[field.alias] = _takes_null(field)
    return found


def _takes_null(field: Any) -> bool:
    try:
        TypeAdapter(field.annotation).validate_python(None)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_an_empty_patch_changes_nothing_and_journals_nothing(estate: Estate, name: str) -> None:
    before, document = await estate.snapshot(), await estate.read(name)
    answer = await estate.patch(name, {})
    assert (answer.status_code, answer.json()) == (200, document)
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_saying_what_already_is_changes_nothing_and_journals_nothing(estate: Estate, name: str) -> None:
    document = await estate.read(name)
    same = {field: document[field] for field in fields(BY_NAME[name]) if field in document}
    before = await estate.snapshot()
    for field, value in same.items():
        answer = await estate.patch(name, {field: value})
        assert (answer.status_code, answer.json()) == (200, document), (field, answer.text)
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_a_patch_changes_only_what_was_sent(estate: Estate, name: str) -> None:
    document = await estate.read(name)
    words = change_of(name, document)
    answer = await estate.patch(name, words)
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert {k for k in document if document[k] != after[k]} == {*words} | OF_EVERY_CHANGE | _follows(name)
    assert words.items() <= after.items()
    assert after["version"] == document["version"] + 1
    assert await estate.read(name) == after


def _follows(name: str) -> set[str]:
    """What is computed from the changed field."""
    return {"partner": {"name"}, "placement": {"shareNumerator", "shareDenominator"}}.get(name, set())


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_null_where_something_is_needed_is_400(estate: Estate, name: str) -> None:
    before = await estate.snapshot()
    for field, may_be_null in fields(BY_NAME[name]).items():
        if not may_be_null:
            found = issues(await estate.patch(name, {field: None}))
            assert {(place, path.partition(".")[0]) for _, place, path in found} == {("body", field)}, found
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_null_clears_what_may_be_empty(estate: Estate, name: str) -> None:
    document = await estate.read(name)
    for field, may_be_null in fields(BY_NAME[name]).items():
        if may_be_null and field not in TAKES_NULL_FOR_A_MOVE and (name, field) not in NEEDED_ALL_THE_SAME:
            answer = await estate.patch(name, {field: None})
            assert answer.status_code == 200, (field, answer.text)
            assert answer.json()[field] is None
    after = await estate.read(name)
    kept = {f for f, may_be_null in fields(BY_NAME[name]).items() if not may_be_null and f in document}
    assert {f: after[f] for f in kept} == {f: document[f] for f in kept}


async def test_a_list_is_replaced_whole_and_an_empty_one_empties_it(estate: Estate) -> None:
    for sdgs in ([3, 1, 11], [1], []):
        answer = await estate.patch("action", {"sdgs": sdgs})
        assert answer.json()["sdgs"] == sorted(sdgs)


async def test_a_patch_may_say_many_fields_at_once(estate: Estate) -> None:
    words = {"plannedStart": "2026-01-01", "plannedEnd": "2026-12-31", "priority": 2, "places": ["Parc", "Gare"]}
    answer = await estate.patch("action", words)
    assert words.items() <= answer.json().items()
    before = await estate.snapshot()
    wrong = await estate.patch("action", {"priority": 3, "plannedStart": "2027-06-01"})
    assert issues(wrong) == {("plannedEndAfterStart", "body", "plannedEnd")}
    assert await estate.snapshot() == before


async def test_a_responsibility_names_exactly_one_bearer(estate: Estate) -> None:
    before = await estate.snapshot()
    office, unit = str(estate.commune.offices["mayor"]), str(estate.commune.units["works"])
    for bearers in ({}, {"officeId": office, "unitId": unit}):
        for name in ("action", "objective"):
            words = {"responsibilities": [{"kind": "lead", **bearers}]}
            assert issues(await estate.patch(name, words)) == {("exactlyOneBearer", "body", "responsibilities")}
    line = {"fiscalYear": 2026, "source": "other", "service": "ordinary"}
    assert issues(await estate.post("budgetLine", line)) == {("exactlyOneBearer", "body", "actionId")}
    assert await estate.snapshot() == before
