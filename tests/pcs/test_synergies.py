"""The register of synergies: the actions that the two houses share, who brings what, each action once."""

from typing import Any

import httpx

from api.db import Database
from tests.factories import Commune, make, make_action, make_commune, make_partner, make_placement, statements
from tests.rights.making import make_partnership

Words = dict[str, Any]
GRAPHQL = """query ($plan: UUID) { synergies(planId: $plan) { actions { title reasons
    houses { isLead roles contributions { year amount } } } totals { year amount fullTimeEquivalents } } }"""


async def register_of(client: httpx.AsyncClient, commune: Commune, plan: str | None = None, **who: Any) -> Words:
    query = {"planId": str(commune.plans[plan])} if plan else {}
    headers = commune.as_(who.pop("role", "administration"), **who)
    answer = await client.get("/pst/v1/synergies", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    told: Words = answer.json()
    return told


async def bring(commune: Commune, action: Any, house: str, role: str, **words: Any) -> None:
    year = {"year": 2026, "amount": None, "full_time_equivalents": None, "in_kind": None} | words
    await make_partnership(commune, action, commune.houses[house], role=role, contributions=[year])


async def test_shared_actions_stand_in_the_register_each_once_with_the_reason(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    both = await make_action(commune, commune.plans["pst"], title="A", department="both", is_synergy=True)
    await make_placement(commune, both, commune.plans["pcs"])
    joint = await make_action(commune, commune.plans["pst"], title="B")
    await make_partnership(commune, joint, commune.cpas, role="funder")
    planned = await make_action(commune, title="Pas encore")
    await make_partnership(commune, planned, commune.cpas, "planned")
    alone = await make_action(commune, title="Seule")
    await make_partnership(commune, alone, await make_partner(database))
    await make_action(commune, title="Projet", status="draft", is_synergy=True)
    told = await register_of(client, commune)
    assert [(a["title"], a["reasons"]) for a in told["actions"]] == [
        ("A", ["departmentBoth", "marked"]), ("B", ["housesTogether"]),
    ]  # fmt: skip
    assert [(h["isLead"], h["roles"]) for h in told["actions"][0]["houses"]] == [(True, []), (False, [])]
    assert [(h["isLead"], h["roles"]) for h in told["actions"][1]["houses"]] == [(True, []), (False, ["funder"])]
    assert [a["title"] for a in (await register_of(client, commune, "pcs"))["actions"]] == ["A"]


async def test_who_brings_what_is_told_by_house_and_year_and_summed_once(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    action = await make_action(commune, commune.plans["pst"], title="Guichet social", department="both")
    for plan in ("pcs",):
        await make_placement(commune, action, commune.plans[plan])
    await bring(commune, action, "municipality", "pilot", amount="10000.00", in_kind="Un local")
    await bring(commune, action, "cpas", "contributor", amount="2500.50", full_time_equivalents="0.80")
    await bring(commune, action, "cpas", "funder", amount="0.50")
    await make(commune, "budgetLine", action_id=action, fiscal_year=2026, source="municipality", service="ordinary",
               planned="12501.00", spent="300.10")  # fmt: skip
    told = await register_of(client, commune)
    (found,) = told["actions"]
    assert (found["expensesPlanned"], found["expensesSpent"]) == ("12501.00", "300.10")
    brought = {h["name"].split()[0]: h["contributions"] for h in found["houses"]}
    assert brought["municipality"] == [
        {"year": 2026, "amount": "10000.00", "fullTimeEquivalents": None, "inKind": ["Un local"]}
    ]
    assert brought["cpas"] == [{"year": 2026, "amount": "2501.00", "fullTimeEquivalents": "0.80", "inKind": []}]
    assert [(t["amount"], t["fullTimeEquivalents"], t["actionCount"]) for t in told["totals"]] == [
        ("2501.00", "0.80", 1), ("10000.00", "0.00", 1),
    ]  # fmt: skip
    answer = await client.post("/graphql", json={"query": GRAPHQL}, headers=commune.as_("college"))
    again = answer.json()["data"]["synergies"]
    assert again["totals"] == [
        {k: t[k] for k in ("year", "amount", "fullTimeEquivalents")} for t in told["totals"]
    ]  # fmt: skip


async def test_what_the_other_house_keeps_to_itself_is_not_in_the_register(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune, other = await make_commune(database, "grouped"), await make_commune(database, "grouped")
    hidden = await make_action(commune, title="Réservée", audience="restricted", is_synergy=True)
    await bring(commune, hidden, "cpas", "funder", amount="7.00")
    told = await register_of(client, commune, house="cpas")
    assert (told["actions"], told["totals"]) == ([], [])
    foreign = await client.get(
        "/pst/v1/synergies", params={"planId": str(other.plans["pst"])}, headers=commune.as_("administration")
    )
    assert foreign.status_code == 404


async def test_the_register_costs_a_constant_number_of_statements(
    client: httpx.AsyncClient, database: Database
) -> None:
    counts = []
    for number in (0, 5):
        commune = await make_commune(database)
        for n in range(number):
            await bring(commune, await make_action(commune, title=f"{n}"), "cpas", "funder", amount="1.00")
        with statements(database) as sent:
            assert len((await register_of(client, commune))["actions"]) == number
        counts.append(len(sent))
    assert counts == [2, 2]
