"""The reference lists are complete, translated and consistent."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.domain.enumerations import common, programming
from api.domain.reference import LANGUAGES, items, label, load
from api.domain.rules.action_statuses import ActionStatus
from api.domain.rules.enterprise_number import enterprise_number, is_enterprise_number

LISTS = (
    "provinces",
    "arrondissements",
    "terms",
    "programming_periods",
    "plan_types",
    "target_groups",
    "domains",
    "sdgs",
    "organisation_kinds",
)
ENUMERATIONS = {
    "workspaceKind": common.WorkspaceKind,
    "organisationKind": common.OrganisationKind,
    "civility": common.Civility,
    "personKind": common.PersonKind,
    "officeKind": common.OfficeKind,
    "strand": common.StrandMeaning,
    "levelMeaning": common.LevelMeaning,
    "periodItemKind": common.PeriodItemKind,
    "objectiveStatus": common.ObjectiveStatus,
    "actionStatus": ActionStatus,
    "actionKind": common.ActionKind,
    "health": common.Health,
    "department": common.Department,
    "audience": common.Audience,
    "datePrecision": common.DatePrecision,
    "responsibilityKind": common.ResponsibilityKind,
    "delivery": common.Delivery,
    "placementState": common.PlacementState,
    "partnershipRole": common.PartnershipRole,
    "partnershipState": common.PartnershipState,
    "budgetSource": common.BudgetSource,
    "budgetService": common.BudgetService,
    "budgetNature": common.BudgetNature,
    "budgetCategory": common.BudgetCategory,
    "organ": common.Organ,
    "actKind": common.ActKind,
    "numbering": common.Numbering,
    "countsAs": programming.CountsAs,
    "requirement": programming.Requirement,
    "checklistReason": programming.ChecklistReason,
    "agreementState": programming.AgreementState,
    "counted": programming.Counted,
}


def labels_in(thing: Any) -> Iterator[dict[str, str]]:
    """Every `labels` of a file, however deep."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name == "labels":
                yield value
            yield from labels_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from labels_in(value)


@pytest.mark.parametrize("name", [*LISTS, "communes", "labels"])
def test_every_file_names_its_source(name: str) -> None:
    assert len(load(name)["source"]) > 20


@pytest.mark.parametrize("name", LISTS)
def test_every_label_is_there_in_four_languages(name: str) -> None:
    found = list(labels_in(load(name)))
    assert found
    for words in found:
        assert tuple(words) == LANGUAGES
        assert all(0 < len(text) <= 255 and text == text.strip() and "'" not in text for text in words.values())


def test_every_word_of_the_interface_is_there_in_four_languages() -> None:
    for words in (words for codes in load("labels")["enums"].values() for words in codes.values()):
        assert tuple(words) == LANGUAGES
        assert all(text and "'" not in text for text in words.values())


@pytest.mark.parametrize("kind", ENUMERATIONS)
def test_every_code_the_service_uses_has_its_words(kind: str) -> None:
    for code in ENUMERATIONS[kind]:
        assert label(kind, code.value)


@pytest.mark.parametrize("name", LISTS)
def test_no_code_stands_twice_in_a_list(name: str) -> None:
    codes = [entry["code"] for entry in items(name)]
    assert len(codes) == len(set(codes))


def test_a_word_is_answered_in_french_when_the_language_is_not_held() -> None:
    assert label("actionStatus", "inProgress", "nl") == "In uitvoering"
    assert label("actionStatus", "inProgress", "it") == label("actionStatus", "inProgress") == "En cours"
    with pytest.raises(KeyError):
        label("actionStatus", "unheardOf")


def test_wallonia_has_261_communes_and_two_that_merged() -> None:
    communes = {commune["nis"]: commune for commune in items("communes")}
    current = [commune for commune in communes.values() if commune["valid_to"] is None]
    assert (len(current), len(communes)) == (261, 263)
    for former in (82003, 82005):
        assert (communes[former]["valid_to"], communes[former]["successor"]) == ("2024-12-01", 82039)
    assert communes[82039]["valid_from"] == "2024-12-02"
    german = {63001, 63012, 63013, 63023, 63040, 63048, 63061, 63067, 63087}
    assert {commune["nis"] for commune in current if commune["language"] == "de"} == german
    assert all(commune["pst_duty"] is (commune["language"] == "fr") for commune in current)
    assert all(commune["postal_codes"] and commune["name"]["fr"] for commune in current)


def test_every_commune_is_in_an_arrondissement_of_its_province() -> None:
    province_of = {entry["code"]: entry["province"] for entry in items("arrondissements")}
    assert len(province_of) == 20
    assert set(province_of.values()) == {entry["code"] for entry in items("provinces")}
    communes = items("communes")
    assert all(province_of[commune["arrondissement"]] == commune["province"] for commune in communes)
    assert {commune["arrondissement"] for commune in communes} == set(province_of)


def test_the_terms_follow_one_another_and_only_the_first_was_a_pilot() -> None:
    terms = items("terms")
    assert [term["is_pilot"] for term in terms] == [True, False, False]
    assert all(before["ends_on"] < after["starts_on"] for before, after in itertools.pairwise(terms))


def test_statutory_delays_warn_and_start_from_known_events() -> None:
    events = {event["code"] for event in load("terms")["events"]} | {None}
    organs = {organ.value for organ in common.Organ}
    for procedure in load("terms")["procedures"]:
        for step in procedure["steps"]:
            assert step["effect"] == "warn"
            assert step["event"] in events
            assert {step["organ"], step["before_organ"] or "council"} <= organs


def test_the_items_of_a_period_hang_under_items_of_that_period() -> None:
    parents = {"axis": None, "right": "axis", "theme": "axis", "actionCode": "theme"}
    for period in items("programming_periods"):
        found = {(item["kind"], item["code"]) for item in period["items"]}
        assert len(found) == len(period["items"])
        for item in period["items"]:
            kind = parents[item["kind"]]
            assert (item["parent"] is None) if kind is None else ((kind, item["parent"]) in found)
            assert re.fullmatch(r"[0-9A-Za-z.\-]{1,20}", item["code"])


def test_the_third_pcs_has_7_axes_15_rights_and_codes_of_its_form() -> None:
    period = {entry["code"]: entry for entry in items("programming_periods")}["2020-2025"]
    kinds = [item["kind"] for item in period["items"]]
    assert (kinds.count("axis"), kinds.count("right")) == (7, 15)
    codes = [item["code"] for item in period["items"] if item["kind"] == "actionCode"]
    assert {"2.6.02", "5.5.01", "7.4.01"} <= set(codes)
    assert all(re.fullmatch(period["code_pattern"], code) and code[:3] == code.rsplit(".", 1)[0] for code in codes)
    assert period["amended_ends_on"] == "2026-12-31"


def test_plan_types_use_levels_and_acts_that_the_service_knows() -> None:
    meanings = {meaning.value for meaning in common.LevelMeaning}
    kinds, organs = ({word.value for word in words} for words in (common.ActKind, common.Organ))
    houses = {entry["code"] for entry in items("organisation_kinds")}
    types = {entry["code"]: entry for entry in items("plan_types")}
    assert {"pst", "pcs", "palog", "paedc", "pcdr", "pzs"} <= set(types)
    for entry in types.values():
        assert entry["levels"]
        assert {level["meaning"] for level in entry["levels"]} <= meanings
        assert len(entry["acronym"]) <= 40
        for act in entry["acts"]:
            assert act["kind"] in kinds
            assert act["organ"] in organs
            assert set(act["organisation_kinds"]) <= houses
    assert [level["meaning"] for level in types["pst"]["levels"]] == ["strategic", "operational"]
    assert [level["meaning"] for level in types["pcs"]["levels"]] == ["axis", "theme"]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("0207347002", True),
        ("0207347003", False),
        ("207347002", False),
        ("2207347002", False),
        ("0٢07347002", False),
        ("", False),
    ],
)
def test_an_enterprise_number_carries_its_own_check(text: str, valid: bool) -> None:
    assert is_enterprise_number(text) is valid


def test_an_enterprise_number_is_read_as_people_write_it() -> None:
    assert enterprise_number("BE 0207.347.002") == enterprise_number("0207 347 002") == "0207347002"
    assert enterprise_number("0207.347.003") is None
