"""Agreements: who is bound, who reads them, what partnerships may name, and when to think of their renewal."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_partner,
    snapshot_of_everything,
)
from tests.rights.making import make_partnership

Words = dict[str, Any]
GRAPHQL = """query { agreements { nodes { title state partyIds amounts { year amount inKind } renewalAlertOn
    partnerships { nodes { role contributions { year amount fullTimeEquivalents } } } } } }"""


async def make_agreement(commune: Commune, *parties: UUID, **words: Any) -> UUID:
    given = {"title": "Convention", "state": "signed", "organisation_id": commune.municipality, **words}
    return await make(commune, "agreement", party_ids=list(parties), **given)


async def items(client: httpx.AsyncClient, path: str, headers: dict[str, str], **query: Any) -> list[Words]:
    answer = await client.get(f"/pst/v1/{path}", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_an_agreement_says_who_brings_what_from_when_to_when_and_when_to_think_of_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database), await make_partner(database)
    headers = commune.as_("administration")
    words = {
        "title": "Convention avec la régie de quartier", "organisationId": str(commune.municipality), "state": "signed",
        "partyIds": [str(partner)], "startsOn": "2024-01-01", "endsOn": "2030-12-31", "noticeMonths": 6,
        "decidedOn": "2023-12-18", "decisionOrgan": "council", "decisionReference": "CC 2023/112",
        "amounts": [{"year": 2026, "amount": "12500.00"}, {"year": 2025, "inKind": "Un local deux jours par semaine"}],
        "documents": [{"label": "Texte signé", "link": "https://commune.example/convention.pdf"}],
    }  # fmt: skip
    made = await client.post("/pst/v1/agreements", json=words, headers=headers)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["renewalAlertOn"], told["warnings"]) == ("2030-06-30", [])
    assert told["amounts"] == [
        {"year": 2025, "amount": None, "inKind": "Un local deux jours par semaine"},
        {"year": 2026, "amount": "12500.00", "inKind": None},
    ]
    answer = await client.post("/graphql", json={"query": GRAPHQL}, headers=headers)
    (node,) = answer.json()["data"]["agreements"]["nodes"]
    assert (node["renewalAlertOn"], node["amounts"]) == ("2030-06-30", told["amounts"])
    patched = await client.patch(
        made.headers["location"], json={"alertOn": "2030-01-31", "decidedOn": None},
        headers=headers | {"If-Match": made.headers["etag"]},
    )  # fmt: skip
    assert (patched.json()["renewalAlertOn"], patched.json()["warnings"]) == ("2030-01-31", ["decisionMissing"])


async def test_words_that_cannot_be_true_are_refused_and_change_nothing(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    before = await snapshot_of_everything(database, commune.workspace_id)
    given = {"title": "C", "organisationId": str(commune.municipality)}
    for more, field in (
        ({"startsOn": "2026-01-01", "endsOn": "2025-01-01"}, "endsOn"),
        ({"amounts": [{"year": 2026}]}, "amounts"),
        ({"amounts": [{"year": 2026, "amount": "-1.00"}]}, "amount"),
        ({"documents": [{"label": "x", "link": "javascript:alert(1)"}]}, "link"),
        ({"partyIds": [str(commune.workspace_id)]}, "partyIds"),
    ):
        answer = await client.post("/pst/v1/agreements", json=given | more, headers=commune.as_("administration"))
        assert (answer.status_code, field in answer.text) == (400, True), answer.text
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_party_reads_its_own_agreement_once_it_is_proposed_and_no_other(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    partner, other = await make_partner(database), await make_partner(database)
    agreement = await make_agreement(commune, partner, state="draft", remark="À négocier")
    await make_agreement(commune, other, title="Une autre")
    asked = commune.as_("partner", organisation=partner)
    address = f"/pst/v1/agreements/{agreement}"
    assert (await client.get(address, headers=asked)).status_code == 404
    assert await items(client, "agreements", asked) == []
    await change(commune, "agreement", agreement, state="proposed")
    told = (await client.get(address, headers=asked)).json()
    assert (told["title"], told["remark"], told["permitted"]) == ("Convention", None, [])
    assert {"remark", "warnings"} <= set(told["withheld"])
    assert [a["id"] for a in await items(client, "agreements", asked)] == [str(agreement)]
    refused = await client.get("/pst/v1/agreements", params={"actionId": str(agreement)}, headers=asked)
    assert refused.status_code in (400, 403)
    patch = await client.patch(address, json={"state": "signed"}, headers=asked | {"If-Match": '"2"'})
    assert patch.status_code == 403
    await change(commune, "agreement", agreement, party_ids=[])
    assert (await client.get(address, headers=asked)).status_code == 404


async def test_an_agreement_in_preparation_is_read_by_its_own_house_alone(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    agreement = await make_agreement(commune, state="draft")
    other = commune.as_("administration", house="cpas")
    assert (await client.get(f"/pst/v1/agreements/{agreement}", headers=other)).status_code == 404
    entries = await items(client, "journalEntries", other, entity="agreement")
    assert entries == []
    await change(commune, "agreement", agreement, state="signed")
    assert (await client.get(f"/pst/v1/agreements/{agreement}", headers=other)).status_code == 200


async def test_a_partnership_names_only_an_agreement_of_its_organisation(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    partner, stranger = await make_partner(database), await make_partner(database)
    agreement = await make_agreement(commune, partner)
    action = await make_action(commune)
    headers = commune.as_("administration")
    words = {"actionId": str(action), "role": "contributor", "agreementId": str(agreement)}
    before = await snapshot_of_everything(database, commune.workspace_id)
    refused = await client.post("/pst/v1/partnerships", json=words | {"organisationId": str(stranger)}, headers=headers)
    assert (refused.status_code, refused.json()["issues"][0]["type"]) == (
        400,
        "urn:problem-type:pst:input-validation:notAParty",
    )
    assert await snapshot_of_everything(database, commune.workspace_id) == before
    contributions = [{"year": 2026, "amount": "500.00", "fullTimeEquivalents": "0.50"}]
    made = await client.post(
        "/pst/v1/partnerships",
        json=words | {"organisationId": str(partner), "contributions": contributions, "state": "agreed"},
        headers=headers,
    )
    assert made.status_code == 201, made.text
    assert made.json()["contributions"] == [{**contributions[0], "inKind": None}]
    bound = await client.patch(
        f"/pst/v1/agreements/{agreement}", json={"partyIds": []}, headers=headers | {"If-Match": '"1"'}
    )
    assert (bound.status_code, bound.json()["type"]) == (409, "urn:problem-type:pst:inUse")
    assert [a["id"] for a in await items(client, "agreements", headers, actionId=str(action))] == [str(agreement)]
    answer = await client.post("/graphql", json={"query": GRAPHQL}, headers=headers)
    (node,) = answer.json()["data"]["agreements"]["nodes"]
    assert node["partnerships"]["nodes"] == [{"role": "contributor", "contributions": contributions}]


async def test_the_council_reads_agreements_in_the_versions_put_before_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, partner = await make_commune(database, "grouped"), await make_partner(database)
    agreement = await make_agreement(
        commune, partner, remark="Interne", amounts=[{"year": 2025, "amount": "100.50", "in_kind": None}]
    )
    await make_partnership(commune, commune.actions["shuttle"], partner, agreement_id=agreement)
    unused = await make_agreement(commune, partner, title="Sans action")
    council = commune.as_("council")
    assert await items(client, "agreements", council) == []
    await freeze_and_publish(commune, commune.plans["pcs"])
    (told,) = await items(client, "agreements", council)
    assert (told["id"], told["remark"]) == (str(agreement), None)
    assert told["amounts"] == [{"year": 2025, "amount": "100.50", "inKind": None}]
    assert (await client.get(f"/pst/v1/agreements/{unused}", headers=council)).status_code == 404
    answer = await client.post("/graphql", json={"query": GRAPHQL}, headers=council)
    assert answer.json()["data"]["agreements"]["nodes"][0]["amounts"] == told["amounts"]
    public = await items(client, "public/partnerships", {})
    ours = [p for p in public if p["actionId"] == str(commune.actions["shuttle"])]
    assert [(p["agreementId"], p["contributions"]) for p in ours] == [(None, None)]


async def test_an_amended_period_warns_of_what_goes_on_beyond_it(
    client: httpx.AsyncClient, database: Database, world: Any
) -> None:
    """The end of a period is amended by the Region; the commune is told of its plan, agreements and lines."""
    commune, partner = await make_commune(database, "grouped"), await make_partner(database)
    words = {"planTypeCode": "pcs", "code": f"X-{commune.nis}", "labels": {"fr": "Essai"}, "startsOn": "2026-01-01",
             "endsOn": "2031-12-31"}  # fmt: skip
    period = await client.post("/pst/v1/programmingPeriods", json=words, headers=world.operator)
    plan_type = (await client.get(f"/pst/v1/plans/{commune.plans['pcs']}", headers=commune.as_("college"))).json()
    plan = await make(
        commune, "plan", title="PCS", plan_type_id=plan_type["planTypeId"], organisation_id=commune.municipality,
        period_id=period.json()["id"],
    )  # fmt: skip
    await make(commune, "planAction", plan_id=plan, action_id=commune.actions["space"])
    agreement = await make_agreement(commune, partner, decided_on="2026-01-05", ends_on="2031-06-30")
    await make_partnership(commune, commune.actions["space"], partner, agreement_id=agreement)
    await make(commune, "budgetLine", plan_id=plan, fiscal_year=2031, source="wallonia", service="ordinary")
    headers = commune.as_("administration")
    assert (await client.get(f"/pst/v1/plans/{plan}", headers=headers)).json()["warnings"] == []
    await freeze_and_publish(commune, plan)
    amended = await client.patch(
        f"/pst/v1/programmingPeriods/{period.json()['id']}", json={"endsOn": "2029-12-31"},
        headers=world.operator | {"If-Match": period.headers["etag"]},
    )  # fmt: skip
    assert (amended.status_code, amended.json()["warnings"]) == (200, ["publishedPlansAfterEnd"])
    told = (await client.get(f"/pst/v1/plans/{plan}", headers=headers)).json()["warnings"]
    assert told == ["afterPeriod", "agreementsAfterPeriod", "budgetLinesAfterPeriod"]
    assert (await client.get(f"/pst/v1/agreements/{agreement}", headers=headers)).json()["warnings"] == ["afterPeriod"]
    await change(commune, "action", commune.actions["space"], audience="restricted")
    await _each_is_warned_of_what_it_sees(client, commune, plan, agreement)


async def _each_is_warned_of_what_it_sees(
    client: httpx.AsyncClient, commune: Commune, plan: UUID, agreement: UUID
) -> None:
    """The action for which the agreement stands is hidden from the agent, hence that it outlasts the plan's period."""
    for role, told in (
        ("administration", ["afterPeriod", "agreementsAfterPeriod", "budgetLinesAfterPeriod"]),
        ("agent", ["afterPeriod", "budgetLinesAfterPeriod"]),
    ):
        headers = commune.as_(role)
        assert (await client.get(f"/pst/v1/plans/{plan}", headers=headers)).json()["warnings"] == told
        seen = (await client.get(f"/pst/v1/agreements/{agreement}", headers=headers)).json()["warnings"]
        query = f'{{ plan(id: "{plan}") {{ warnings }} agreement(id: "{agreement}") {{ warnings }} }}'
        twin = (await client.post("/graphql", json={"query": query}, headers=headers)).json()["data"]
        assert (twin["plan"]["warnings"], twin["agreement"]["warnings"]) == (told, seen)
        assert seen == (["afterPeriod"] if role == "administration" else [])
        used = await client.get(f"/pst/v1/agreements?actionId={commune.actions['space']}", headers=headers)
        assert [a["id"] for a in used.json()["items"]] == ([str(agreement)] if role == "administration" else [])
