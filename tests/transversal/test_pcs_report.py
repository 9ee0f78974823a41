"""The report of a PCS: from the records of the commune, by the rules of its period, whichever that is."""

from typing import Any

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_partner,
    make_plan,
    snapshot_of_everything,
    world_of,
)
from tests.rights.making import make_partnership


async def report_of(client: httpx.AsyncClient, commune: Commune, plan: str = "pcs") -> httpx.Response:
    return await client.get(f"/pst/v1/plans/{commune.plans[plan]}/pcsReport", headers=commune.as_("administration"))


async def revenue(commune: Commune, source: str, planned: str, year: int = 2025, **words: Any) -> None:
    await make(
        commune, "budgetLine", plan_id=commune.plans["pcs"], fiscal_year=year, source=source, service="ordinary",
        nature="revenue", planned=planned, **words,
    )  # fmt: skip


async def test_actions_partners_and_money_come_from_the_same_records(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    await make(
        commune, "budgetLine", action_id=commune.actions["shuttle"], fiscal_year=2025, source="wallonia",
        service="ordinary", planned="1200.40", spent="1000.15",
    )  # fmt: skip
    answer = await report_of(client, commune)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["period"]["code"], report["period"]["localSharePercent"]) == ("2020-2025", 25)
    assert {a["title"] for a in report["actions"]} == {"Shuttle", "Space"}
    axes = {line["code"]: (line["actionCount"], line["expensesPlanned"]) for line in report["axes"]}
    assert len(axes) == 7
    assert {code: found for code, found in axes.items() if found[0]} == {"6": (1, "0.00"), "7": (1, "1200.40")}
    themes = {line["code"]: line["expensesSpent"] for line in report["themes"] if line["actionCount"]}
    assert themes == {"6.1": "0.00", "7.4": "1000.15"}
    assert len(report["rights"]) == 15
    assert report["total"]["expensesPlanned"] == "1200.40"


@pytest.mark.parametrize(("local", "percent", "is_met"), [("17000.00", 25, True), ("16999.99", 24, False)])
async def test_the_local_share_is_held_against_the_rule_of_the_period(
    client: httpx.AsyncClient, database: Database, local: str, percent: int, is_met: bool
) -> None:
    commune = await make_commune(database, "grouped")
    await revenue(commune, "wallonia", "68000.00")
    await revenue(commune, "municipality", local)
    (share,) = (await report_of(client, commune)).json()["localShares"]
    assert share == {
        "fiscalYear": 2025, "subsidy": "68000.00", "local": local, "percent": percent, "isMet": is_met,
    }  # fmt: skip


async def test_revenue_is_told_by_the_kinds_of_the_period_and_only_the_subsidy_is_weighed(
    client: httpx.AsyncClient, database: Database
) -> None:
    """Article 20 and APE come from the Region too, and are no part of the subsidy that asks for a local share."""
    commune = await make_commune(database, "grouped")
    await revenue(commune, "wallonia", "40000.00")
    await revenue(commune, "wallonia", "8000.00", funding_scheme="ART20")
    await revenue(commune, "wallonia", "6000.00", funding_scheme="ape")
    await revenue(commune, "municipality", "10000.00", spent="9000.00")
    await revenue(commune, "province", "500.00", year=2024)
    for category, amount in (("staff", "30000.00"), ("transfer", "8000.00"), ("running", "0.10")):
        await make(
            commune, "budgetLine", action_id=commune.actions["space"], fiscal_year=2025, source="municipality",
            service="ordinary", category=category, planned=amount,
        )  # fmt: skip
    report = (await report_of(client, commune)).json()
    kinds = {r["code"]: (r["planned"], r["countsAs"]) for r in report["total"]["revenue"]}
    assert kinds == {
        "article20": ("8000.00", "neither"), "ape": ("6000.00", "neither"), "subsidy": ("40000.00", "subsidy"),
        "localShare": ("10000.00", "localShare"), "other": ("500.00", "neither"),
    }  # fmt: skip
    assert report["localShares"] == [
        {"fiscalYear": 2025, "subsidy": "40000.00", "local": "10000.00", "percent": 25, "isMet": True}
    ]
    assert [y["fiscalYear"] for y in report["years"]] == [2024, 2025]
    space = next(a for a in report["actions"] if a["title"] == "Space")
    assert [(e["category"], e["planned"]) for e in space["expenses"]] == [
        ("staff", "30000.00"), ("running", "0.10"), ("transfer", "8000.00"),
    ]  # fmt: skip


async def test_who_carries_the_plan_who_accompanies_it_and_under_which_functions(
    client: httpx.AsyncClient, database: Database
) -> None:
    """A PCS delegated to the CPAS: its functions are those that the period names for a CPAS."""
    commune = await make_commune(database, "grouped")
    partner = await make_partner(database, "Régie de quartier")
    seats = [{"organisation_id": partner, "role": "Associations"}, {"organisation_id": None, "role": "Présidence"}]
    commune.plans["cpas"] = await make_plan(commune, "pcs", house="cpas", committee=seats)
    report = (await report_of(client, commune, "cpas")).json()
    assert [(c["kind"], c["isLead"]) for c in report["carriers"]] == [("cpas", True)]
    assert [(f["code"], f["revenueCode"]) for f in report["accountingFunctions"]] == [("80111", "article20")]
    assert [(s["name"], s["role"]) for s in report["committee"]] == [
        ("Régie de quartier", "Associations"), (None, "Présidence"),
    ]  # fmt: skip
    functions = (await report_of(client, commune)).json()["accountingFunctions"]
    assert [f["code"] for f in functions] == ["84010", "84011"]


async def test_persons_and_attendances_are_never_added_and_agreements_are_told_once(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database, "grouped"), await make_partner(database)
    agreement = await make(
        commune, "agreement", title="Convention", state="signed", organisation_id=commune.municipality,
        party_ids=[partner], ends_on="2027-06-30", amounts=[{"year": 2025, "amount": "900.00", "in_kind": None}],
    )  # fmt: skip
    for name, persons in (("shuttle", 40), ("space", 25)):
        action = commune.actions[name]
        await make_partnership(commune, action, partner, agreement_id=agreement)
        await make(commune, "beneficiaryCount", action_id=action, year=2025, counted="persons", number=persons)
    await make(
        commune, "beneficiaryCount", action_id=commune.actions["space"], year=2025, counted="attendances", number=310
    )
    groups = await client.get("/pst/v1/targetGroups", params={"q": "aînés"}, headers=commune.as_("administration"))
    await change(
        commune, "action", commune.actions["shuttle"], target_group_ids=[groups.json()["items"][0]["id"]], progress=50
    )
    report = (await report_of(client, commune)).json()
    assert report["beneficiaries"] == [
        {"year": 2025, "counted": "persons", "number": 65}, {"year": 2025, "counted": "attendances", "number": 310},
    ]  # fmt: skip
    seven = next(line for line in report["axes"] if line["code"] == "7")
    assert (seven["beneficiaries"], seven["averageProgress"]) == (
        [{"year": 2025, "counted": "persons", "number": 40}], 50,
    )  # fmt: skip
    shuttle = next(a for a in report["actions"] if a["title"] == "Shuttle")
    assert [g["name"] for g in shuttle["targetGroups"]] == ["Aînés"]
    assert [p["agreementId"] for p in shuttle["partners"]] == [str(agreement)]
    (told,) = report["agreements"]
    assert (told["title"], told["isAfterPeriod"], told["amounts"]) == (
        "Convention", True, [{"year": 2025, "amount": "900.00", "inKind": None}],
    )  # fmt: skip
    await change(commune, "agreement", agreement, state="draft", party_ids=[partner])
    headers = commune.as_("administration", house="cpas")
    hidden = (await client.get(f"/pst/v1/plans/{commune.plans['pcs']}/pcsReport", headers=headers)).json()
    assert hidden["agreements"] == []
    assert {p["agreementId"] for a in hidden["actions"] for p in a["partners"]} == {None}


async def test_an_action_counts_persons_once_a_year(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    words = {"actionId": str(commune.actions["space"]), "year": 2025, "counted": "persons", "number": 3}
    headers = commune.as_("administration")
    assert (await client.post("/pst/v1/beneficiaryCounts", json=words, headers=headers)).status_code == 201
    before = await snapshot_of_everything(database, commune.workspace_id)
    twice = await client.post("/pst/v1/beneficiaryCounts", json=words | {"number": 5}, headers=headers)
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:problem-type:pst:duplicate")
    below = await client.post("/pst/v1/beneficiaryCounts", json=words | {"number": -1, "year": 2024}, headers=headers)
    assert below.status_code == 400
    assert await snapshot_of_everything(database, commune.workspace_id) == before
    other = words | {"counted": "attendances", "number": 90}
    assert (await client.post("/pst/v1/beneficiaryCounts", json=other, headers=headers)).status_code == 201


async def test_a_conversion_changes_nothing_in_the_report(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    before = (await report_of(client, commune)).json()
    await Asking.of(client, commune).convert("singleObjective")
    assert (await report_of(client, commune)).json() == before


async def enter_period(
    client: httpx.AsyncClient, database: Database, code: str
) -> tuple[str, dict[str, str], list[str]]:
    """A period with three axes, five rights and a local share of 30 %: its id, its action codes by axis, its rights."""
    operator = world_of(database).operator

    async def post(path: str, **words: object) -> str:
        answer = await client.post(f"/pst/v1/{path}", json=words, headers=operator)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    period = await post(
        "programmingPeriods", planTypeCode="pcs", code=code, labels={"fr": "2026-2031"},
        startsOn="2026-01-01", endsOn="2031-12-31", localSharePercent=30,
    )  # fmt: skip
    codes = {}
    for axis in ("A", "B", "C"):
        parent = await post("periodItems", periodId=period, kind="axis", code=axis, labels={"fr": f"Axe {axis}"})
        theme = await post(
            "periodItems",
            periodId=period,
            kind="theme",
            code=f"{axis}.1",
            labels={"fr": f"Thème {axis}"},
            parentId=parent,
        )
        codes[axis] = await post(
            "periodItems",
            periodId=period,
            kind="actionCode",
            code=f"{axis}.1.01",
            labels={"fr": "Action"},
            parentId=theme,
        )
    rights = [
        await post("periodItems", periodId=period, kind="right", code=f"r{n}", labels={"fr": f"Droit {n}"})
        for n in range(5)
    ]
    return period, codes, rights


async def test_a_period_entered_through_the_api_works_everywhere(client: httpx.AsyncClient, database: Database) -> None:
    """PCS 2026–2031: three axes, five rights and another local share, without a release."""
    commune = await make_commune(database, "grouped")
    period, codes, rights = await enter_period(client, database, f"2026-2031-{commune.nis}")
    commune.plans["next"] = await make_plan(commune, "pcs", title="PCS 2026-2031", period_id=period)
    action = await make_action(commune, title="Nouvelle action", status="inProgress")
    await make(
        commune, "planAction", plan_id=commune.plans["next"], action_id=action, period_item_id=codes["B"],
        right_ids=rights[:2],
    )  # fmt: skip
    report = (await report_of(client, commune, "next")).json()
    assert report["period"]["localSharePercent"] == 30
    assert [(line["code"], line["actionCount"]) for line in report["axes"]] == [("A", 0), ("B", 1), ("C", 0)]
    assert [line["actionCount"] for line in report["rights"]] == [1, 1, 0, 0, 0]
    assert report["actions"][0]["code"] == "B.1.01"
    headers = commune.as_("administration")
    matrix = await client.get("/pst/v1/transversal", params={"columns": "right"}, headers=headers)
    assert {c["column"] for c in matrix.json()["cells"]} >= set(rights[:2])
    base = f"/pst/v1/plans/{commune.plans['pst']}/articulation"
    query = {"to": "grouped", "with": str(commune.plans["next"])}
    told = (await client.get(f"{base}/preview", params=query, headers=headers)).json()
    assert {o["title"] for o in told["objectives"] if o["change"] == "added"} >= {"Axe B"}


async def test_a_plan_without_period_has_no_report(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    answer = await report_of(client, commune, "pst")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:noPeriod")
    await change(commune, "action", commune.actions["space"], audience="restricted")
    headers = commune.as_("administration", house="cpas")
    answer = await client.get(f"/pst/v1/plans/{commune.plans['pcs']}/pcsReport", headers=headers)
    assert [a["title"] for a in answer.json()["actions"]] == ["Shuttle"]
    refused = await client.get(f"/pst/v1/plans/{commune.plans['pcs']}/pcsReport", headers=commune.as_("council"))
    assert refused.status_code == 403
