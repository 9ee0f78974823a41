"""The diagnostic of a plan: each line of the period's checklist, and what nothing joins."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    statements,
    world_of,
)
from tests.rights.making import make_partnership

Words = dict[str, Any]
GRAPHQL = """query ($plan: UUID!) { diagnostic(planId: $plan) { checklist { rule state reason isRequired why
    missing { kind title } } findingsWithoutAnswer { title } } }"""


async def diagnostic_of(client: httpx.AsyncClient, commune: Commune, plan: str = "pcs", **who: Any) -> Words:
    headers = commune.as_(who.pop("role", "administration"), **who)
    answer = await client.get(f"/pst/v1/plans/{commune.plans[plan]}/diagnostic", headers=headers)
    assert answer.status_code == 200, answer.text
    told: Words = answer.json()
    return told


def line(told: Words, rule: str) -> Words:
    (found,) = [each for each in told["checklist"] if each["rule"] == rule]
    return dict(found)


async def take_up(commune: Commune, text: str, plan: str = "pcs", **words: Any) -> UUID:
    given = {"organisation_id": commune.municipality, "audience": "public", **words}
    finding = await make(commune, "finding", text=text, **given)
    await make(commune, "planFinding", plan_id=commune.plans[plan], finding_id=finding)
    return finding


async def rights_of(commune: Commune) -> list[UUID]:
    async with commune.acting() as (connection, _):
        rows = await connection.fetch(
            "select i.id from period_item i join programming_period p on p.id = i.period_id"
            " where i.kind = 'right' and p.code = '2020-2025' order by i.rank"
        )
    return [row[0] for row in rows]


async def test_each_line_says_whether_it_is_met_and_why(client: httpx.AsyncClient, database: Database) -> None:
    commune, partner = await make_commune(database, "grouped"), await make_partner(database, "Maison médicale")
    empty = await diagnostic_of(client, commune)
    assert {each["rule"]: each["state"] for each in empty["checklist"]} == {
        "findingsMade": "notMet", "findingsDated": "notApplicable", "partnersHeard": "notMet",
        "findingsAnswered": "notApplicable", "rightsFound": "notMet", "rightsServed": "notMet",
        "actionsCoded": "notMet", "partnersBound": "notApplicable", "localShareMet": "notApplicable",
        "committeeNamed": "notMet",
    }  # fmt: skip
    assert line(empty, "findingsMade")["reason"] == "tooFew"
    assert [m["title"] for m in line(empty, "actionsCoded")["missing"]] == ["Shuttle", "Space"]
    assert (line(empty, "actionsCoded")["isRequired"], line(empty, "rightsServed")["isRequired"]) == (True, False)
    rights = await rights_of(commune)
    finding = await take_up(
        commune, "Peu de bus", found_on="2025-02-01", heard_organisation_ids=[partner], right_ids=[rights[0]]
    )
    await change(commune, "action", commune.actions["shuttle"], finding_ids=[finding])
    told = await diagnostic_of(client, commune)
    for rule in ("findingsMade", "findingsDated", "partnersHeard", "findingsAnswered"):
        assert (line(told, rule)["state"], line(told, rule)["reason"]) == ("met", "allThere"), rule
    found = line(told, "rightsFound")
    assert (found["found"], found["needed"], len(found["missing"])) == (1, 15, 14)
    assert [(h["name"], h["findingCount"]) for h in told["heard"]] == [("Maison médicale", 1)]
    first = next(r for r in told["rights"] if r["id"] == str(rights[0]))
    assert (first["findingCount"], first["actionCount"], first["index"]) == (1, 0, None)


async def test_an_agreed_partner_is_bound_only_by_a_signed_agreement(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database, "grouped"), await make_partner(database, "Régie")
    agreement = await make(
        commune, "agreement", title="Convention", state="proposed", organisation_id=commune.municipality,
        party_ids=[partner],
    )  # fmt: skip
    await make_partnership(commune, commune.actions["space"], partner, agreement_id=agreement)
    await make_partnership(commune, commune.actions["space"], commune.cpas, role="funder")
    lacking = line(await diagnostic_of(client, commune), "partnersBound")
    assert (lacking["state"], [m["title"] for m in lacking["missing"]]) == ("notMet", ["Régie – Space"])
    await change(commune, "agreement", agreement, state="signed")
    assert line(await diagnostic_of(client, commune), "partnersBound")["state"] == "met"


async def test_a_year_whose_local_share_is_too_small_is_named(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    for year, local in ((2024, "25.00"), (2025, "24.99")):
        for source, amount in (("wallonia", "100.00"), ("municipality", local)):
            await make(
                commune, "budgetLine", plan_id=commune.plans["pcs"], fiscal_year=year, source=source,
                service="ordinary", nature="revenue", planned=amount,
            )  # fmt: skip
    share = line(await diagnostic_of(client, commune), "localShareMet")
    assert (share["state"], share["found"], share["needed"]) == ("notMet", 1, 2)
    assert share["missing"] == [{"kind": "year", "id": None, "title": "2025"}]


async def test_findings_without_answer_and_objectives_without_finding_are_shown_for_every_plan(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    answered = await take_up(commune, "Isolement", "pst")
    await take_up(commune, "Sans réponse", "pst")
    await take_up(commune, "Isolement ailleurs", "pcs")
    above = await make_objective(commune, commune.plans["pst"], title="Au-dessus")
    await make_objective(commune, commune.plans["pst"], above, title="Fondé", finding_ids=[answered])
    await make_objective(commune, commune.plans["pst"], title="En projet", status="draft")
    told = await diagnostic_of(client, commune, "pst")
    assert (told["checklist"], told["periodId"]) == ([], None)
    assert [f["title"] for f in told["findingsWithoutAnswer"]] == ["Sans réponse"]
    titles = {o["title"] for o in told["objectivesWithoutFinding"]}
    assert "Cohésion sociale" in titles
    assert not titles & {"Au-dessus", "Fondé", "En projet"}
    pcs = await diagnostic_of(client, commune)
    assert len(pcs["objectivesWithoutFinding"]) == 4, "only axes and themes in use: two of each"
    await make(commune, "planFinding", plan_id=commune.plans["pcs"], finding_id=answered)
    (shared,) = [f for f in (await diagnostic_of(client, commune))["findings"] if f["text"] == "Isolement"]
    assert (shared["objectiveCount"], shared["isAnsweredElsewhere"]) == (0, True)


async def test_the_index_of_a_right_is_the_last_one_published_for_the_commune(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, other = await make_commune(database, "grouped"), await make_commune(database)
    right = (await rights_of(commune))[2]
    operator = world_of(database).operator
    for nis, edition, value in ((commune.nis, 2018, "0.4100"), (commune.nis, 2021, "0.4750"), (other.nis, 2024, "0.9")):
        words = {"nis": nis, "rightId": str(right), "edition": edition, "value": value, "source": "IWEPS"}
        answer = await client.post("/pst/v1/rightIndices", json=words, headers=operator)
        assert answer.status_code == (400 if value == "0.9" else 201), answer.text
    told = await diagnostic_of(client, commune)
    index = next(r["index"] for r in told["rights"] if r["id"] == str(right))
    assert index == {"edition": 2021, "value": "0.4750", "source": "IWEPS"}


async def test_what_goes_on_after_the_period_is_listed_row_by_row(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    late = await make_action(
        commune, commune.plans["pcs"], title="Longue", planned_end="2028-06-30", status="inProgress"
    )
    await make(commune, "budgetLine", action_id=late, fiscal_year=2028, source="wallonia", service="ordinary")
    told = (await diagnostic_of(client, commune))["beyondPeriod"]
    assert [(b["kind"], b["title"], b["endsOn"]) for b in told] == [
        ("action", "Longue", "2028-06-30"), ("budgetLine", "Longue", "2028-12-31"),
    ]  # fmt: skip


async def test_what_a_reader_does_not_see_is_in_no_count(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    await take_up(commune, "Réservé", audience="restricted")
    draft = await make_action(commune, title="Projet", status="draft")
    open_finding = await take_up(commune, "Ouvert")
    await change(commune, "action", draft, finding_ids=[open_finding])
    await make_placement(commune, draft, commune.plans["pcs"])
    told = await diagnostic_of(client, commune, house="cpas")
    assert [f["text"] for f in told["findings"]] == ["Ouvert"]
    assert told["findings"][0]["actionCount"] == 0
    assert line(told, "findingsAnswered")["state"] == "notMet"


async def test_both_doors_say_the_same_in_the_language_of_the_reader(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    await take_up(commune, "Sans réponse")
    headers = commune.as_("college") | {"Accept-Language": "nl"}
    answer = await client.post(
        "/graphql", json={"query": GRAPHQL, "variables": {"plan": str(commune.plans["pcs"])}}, headers=headers
    )
    told = answer.json()["data"]["diagnostic"]
    rest = (await client.get(f"/pst/v1/plans/{commune.plans['pcs']}/diagnostic", headers=headers)).json()
    assert [each["why"] for each in told["checklist"]] == [each["why"] for each in rest["checklist"]]
    assert line(told, "findingsMade")["why"] == "Alles wat gevraagd wordt is aanwezig."
    assert told["findingsWithoutAnswer"] == [{"title": "Sans réponse"}]


async def test_the_diagnostic_costs_a_constant_number_of_statements(
    client: httpx.AsyncClient, database: Database
) -> None:
    counts = []
    for number in (0, 4):
        commune = await make_commune(database, "grouped")
        for n in range(number):
            finding = await take_up(commune, f"Constat {n}")
            await make_action(commune, commune.plans["pcs"], title=f"Action {n}", finding_ids=[finding])
        with statements(database) as sent:
            await diagnostic_of(client, commune)
        counts.append(len(sent))
    assert counts == [3, 3]
