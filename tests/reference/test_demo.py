"""The demonstration communes hold together, and each follows the approach that it says."""

from typing import Any

import pytest

from api.domain.reference import demo_names, items, label, load, load_demo
from api.domain.rules.enterprise_number import is_enterprise_number

COMMUNES = demo_names()
PERIODS = {period["code"]: period for period in items("programming_periods")}
ENUMERATED = {
    "status": "actionStatus",
    "kind": "actionKind",
    "health": "health",
    "department": "department",
    "audience": "audience",
}
MONEY = {
    "source": "budgetSource",
    "service": "budgetService",
    "nature": "budgetNature",
    "category": "budgetCategory",
}


@pytest.fixture(params=COMMUNES)
def commune(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load_demo(request.param)


def keys(entries: list[dict[str, Any]]) -> set[str]:
    found = [entry["key"] for entry in entries]
    assert len(found) == len(set(found))
    return set(found)


def organisations_of(commune: dict[str, Any]) -> list[dict[str, Any]]:
    shared: list[dict[str, Any]] = load_demo("directory")["organisations"]
    return [*commune["organisations"], *commune["other_organisations"], *shared]


def pcs_actions(commune: dict[str, Any]) -> list[dict[str, Any]]:
    return [a for a in commune["actions"] if any(claim["plan"] == "pcs" for claim in a["plan_actions"])]


def places_in_pst(action: dict[str, Any]) -> list[str]:
    return [place["objective"] for place in action["placements"] if place["plan"] == "pst"]


def plan(commune: dict[str, Any], key: str) -> dict[str, Any]:
    return next(entry for entry in commune["plans"] if entry["key"] == key)


def test_there_are_three_communes_one_for_each_approach() -> None:
    assert [load_demo(name)["approach"] for name in COMMUNES] == ["grouped", "distributed", "singleObjective"]
    nis = {entry["nis"] for entry in items("communes") if entry["valid_to"] is None}
    assert {load_demo(name)["workspace"]["nis"] for name in COMMUNES} <= nis


def test_every_body_has_a_number_that_passes_its_check(commune: dict[str, Any]) -> None:
    numbers = [entry["enterprise_number"] for entry in organisations_of(commune) if entry["enterprise_number"]]
    assert len(numbers) == len(set(numbers))
    assert all(is_enterprise_number(number) for number in numbers)
    assert all(label("organisationKind", entry["kind"]) for entry in organisations_of(commune))
    assert [entry["kind"] for entry in commune["organisations"]] == ["municipality", "cpas"]


def test_people_units_and_offices_point_at_each_other(commune: dict[str, Any]) -> None:
    houses, units, persons = (keys(commune[part]) for part in ("organisations", "units", "persons"))
    for unit in commune["units"]:
        assert unit["organisation"] in houses
        assert unit["parent"] in units | {None}
    for office in commune["offices"]:
        assert office["organisation"] in houses
        assert office["unit"] in units | {None}
        assert label("officeKind", office["kind"])
        assert {holder["person"] for holder in office["holders"]} <= persons
    for account in commune["accounts"]:
        assert account["organisation"] in houses
        assert account["person"] in persons | {None}
        assert set(account["units"]) <= units
        assert set(account["plans"] or []) <= keys(commune["plans"])
        assert label("role", account["role"])
        assert account["email"].endswith(".example")
    assert {"administration", "college", "council", "agent"} <= {account["role"] for account in commune["accounts"]}
    assert any(a["organisation"] == "cpas" and a["role"] == "administration" for a in commune["accounts"])


def test_plans_and_objectives_point_at_what_exists(commune: dict[str, Any]) -> None:
    types, domains = ({entry["code"] for entry in items(name)} for name in ("plan_types", "domains"))
    plans, findings = keys(commune["plans"]), keys(commune["findings"])
    keys([objective for entry in commune["plans"] for objective in entry["objectives"]])
    assert {"pst", "pcs"} <= plans
    assert 4 <= len(plans) <= 6
    for entry in commune["plans"]:
        assert entry["type"] in types
        seen: set[str | None] = {None}
        strands = {strand["key"] for strand in entry["strands"]} | {None}
        codes = {item["code"] for item in PERIODS[entry["period"]]["items"]} if entry["period"] else set()
        for objective in entry["objectives"]:
            assert objective["parent"] in seen
            assert objective["strand"] in strands
            assert objective["covers_plan"] in plans | {None}
            assert objective["period_item"] in codes | {None}
            assert set(objective["domains"]) <= domains
            assert set(objective["findings"]) <= findings
            responsibilities_exist(commune, objective)
            seen.add(objective["key"])


def responsibilities_exist(commune: dict[str, Any], holder: dict[str, Any]) -> None:
    for answer in holder["responsibilities"]:
        assert label("responsibilityKind", answer["kind"])
        (part,) = set(answer) - {"kind"}
        assert answer[part] in keys(commune[f"{part}s"])


def test_actions_point_at_what_exists(commune: dict[str, Any]) -> None:
    objectives = {entry["key"]: keys(entry["objectives"]) for entry in commune["plans"]}
    domains, bodies = {entry["code"] for entry in items("domains")}, keys(organisations_of(commune))
    partners = {entry["organisation"] for entry in commune["partners"]}
    assert partners <= bodies
    keys(commune["actions"])
    for action in commune["actions"]:
        claimed = [claim["plan"] for claim in action["plan_actions"]]
        assert claimed
        assert len(claimed) == len(set(claimed))
        assert set(claimed) <= set(objectives)
        for place in action["placements"]:
            assert place["plan"] in claimed
            assert place["objective"] in objectives[place["plan"]]
        for name in {place["plan"] for place in action["placements"]}:
            places = [place for place in action["placements"] if place["plan"] == name]
            assert sum(place["weight"] for place in places) > 0
            assert sum(place["main"] for place in places) == 1
        assert {body["organisation"] for body in action["partnerships"]} <= partners
        assert {task["assignee_unit"] for task in action["tasks"]} <= keys(commune["units"]) | {None}
        assert set(action["domains"]) <= domains
        assert set(action["findings"]) <= keys(commune["findings"])
        assert set(action["sdgs"]) <= set(range(1, 18))
        assert len(action["title"]) <= 255
        responsibilities_exist(commune, action)


def test_the_words_of_actions_are_those_of_the_service(commune: dict[str, Any]) -> None:
    for action in commune["actions"]:
        assert all(label(kind, action[field]) for field, kind in ENUMERATED.items())
        assert (action["health"] == "good") == (action["health_reason"] is None)
        assert (action["progress"] is None) == (action["kind"] == "perennial")
        assert action["status"] != "completed" or (action["progress"] == 100 and action["actual_end"])
        starts, ends = (action[field] and action[field]["date"] for field in ("planned_start", "planned_end"))
        assert not (starts and ends) or starts <= ends
        for body in action["partnerships"]:
            assert label("partnershipRole", body["role"])
            assert label("partnershipState", body["state"])
        for line in action["budget_lines"]:
            assert all(label(kind, line[field]) for field, kind in MONEY.items())
            assert all(
                line[field] is None or line[field].endswith(".00") for field in ("planned", "committed", "spent")
            )


def test_pcs_actions_carry_a_code_of_the_catalogue_and_stand_under_its_theme(commune: dict[str, Any]) -> None:
    period = PERIODS[plan(commune, "pcs")["period"]]
    codes, rights = (
        {item["code"] for item in period["items"] if item["kind"] == kind} for kind in ("actionCode", "right")
    )
    themes = {entry["key"]: entry["period_item"] for entry in plan(commune, "pcs")["objectives"]}
    assert 8 <= len(pcs_actions(commune)) <= 14
    for action in pcs_actions(commune):
        (claim,) = (claim for claim in action["plan_actions"] if claim["plan"] == "pcs")
        (place,) = (place for place in action["placements"] if place["plan"] == "pcs")
        assert claim["pcs_code"] in codes
        assert set(claim["rights"]) <= rights
        assert label("delivery", claim["delivery"])
        assert claim["pcs_code"].startswith(themes[place["objective"]])
    for finding in commune["findings"]:
        assert set(finding["rights"]) <= rights
        assert label("findingSource", finding["source"])


def test_each_tree_is_of_the_size_of_a_small_commune(commune: dict[str, Any]) -> None:
    objectives = plan(commune, "pst")["objectives"]
    levels = [objective["level"] for objective in objectives]
    assert 4 <= levels.count(1) <= 6
    assert 8 <= levels.count(2) <= 14
    assert 25 <= len(commune["actions"]) <= 40
    assert {objective["strand"] for objective in objectives} == {"internal", "external"}
    used = {place for action in commune["actions"] for place in places_in_pst(action)}
    assert used == {objective["key"] for objective in objectives if objective["level"] == 2}


def test_each_pst_was_adopted_noted_and_published_in_that_order(commune: dict[str, Any]) -> None:
    (version,) = commune["versions"]
    assert [act["kind"] for act in version["acts"]] == ["prepared", "adopted", "acknowledged", "published"]
    days = [act["decided_on"] for act in version["acts"]]
    assert days == sorted(days)


def test_val_fleuri_follows_its_pcs_as_one_objective() -> None:
    commune = load_demo("val-fleuri")
    (covering,) = (o for o in plan(commune, "pst")["objectives"] if o["covers_plan"] == "pcs")
    assert "suivi d’un plan de cohésion sociale" in covering["title"]
    governance = [action for action in commune["actions"] if covering["key"] in places_in_pst(action)]
    assert len(governance) == 3
    assert not any(places_in_pst(action) for action in pcs_actions(commune))


def test_haute_rive_groups_its_pcs_under_one_strategic_objective() -> None:
    commune = load_demo("haute-rive")
    assert {place.split(".")[0] for action in pcs_actions(commune) for place in places_in_pst(action)} == {"os1"}
    assert all(places_in_pst(action) for action in pcs_actions(commune))
    first = plan(commune, "pst")["objectives"][0]
    assert first["title"].startswith("Être une commune avec une réelle cohésion sociale, permettant à chaque habitant")
    assert not any(objective["covers_plan"] for objective in plan(commune, "pst")["objectives"])


def test_trois_chenes_places_its_pcs_actions_under_the_objective_of_their_field() -> None:
    commune = load_demo("trois-chenes")
    place_of = {action["key"]: places_in_pst(action) for action in pcs_actions(commune)}
    assert all(place_of.values())
    assert len({place.split(".")[0] for places in place_of.values() for place in places}) >= 3
    slides = {"accueilJour": "os1.oo2", "navettes": "os2.oo2", "epn": "os3.oo2", "internetAines": "os3.oo2"}
    assert {key: place_of[key][0] for key in slides} == slides
    assert not any(objective["covers_plan"] for objective in plan(commune, "pst")["objectives"])


def test_two_shared_bodies_each_work_with_two_communes() -> None:
    works_in = {
        body: [
            name
            for name in COMMUNES
            if any(p["organisation"] == body for a in load_demo(name)["actions"] for p in a["partnerships"])
        ]
        for body in ("zonePolice", "intercommunale")
    }
    assert works_in == {
        "zonePolice": ["haute-rive", "val-fleuri"],
        "intercommunale": ["haute-rive", "trois-chenes"],
    }
    assert {client["role"] for client in load("demo/directory")["clients"]} == {
        "partner",
        "region",
        "integrator",
    }
