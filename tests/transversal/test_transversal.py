"""The transversal view: every action counted once wherever it is counted, and the gaps between plans."""

from typing import Any

import httpx
import pytest

from api.db import Database
from api.domain.rules.duplicates import suspect_pairs
from tests.factories import Commune, make, make_action, make_commune, make_objective, make_plan, statements

Answer = dict[str, Any]


async def asked(client: httpx.AsyncClient, commune: Commune, role: str = "administration", **query: str) -> Answer:
    answer = await client.get("/pst/v1/transversal", params=query, headers=commune.as_(role))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def four_plans(database: Database) -> Commune:
    """A commune whose shuttle serves four plans, in two domains, with money and an overdue date."""
    commune = await make_commune(database, "grouped")
    async with commune.acting() as (connection, _):
        found = await connection.fetch(
            "select reference_code, id from domain where workspace_id = $1", commune.workspace_id
        )
    domains = {row[0]: row[1] for row in found}
    for kind in ("palog", "pcm"):
        commune.plans[kind] = await make_plan(commune, kind)
    shuttle = commune.actions["many"] = await make_action(
        commune, commune.plans["pst"], commune.objectives["oo1"], title="Navette des aînés", status="inProgress",
        domain_ids=[domains["mobility"], domains["elderly"]], sdgs=[3, 11], progress=40, planned_end="2024-01-31",
        unit="works",
    )  # fmt: skip
    for plan in ("pcs", "palog", "pcm"):
        await make(commune, "planAction", plan_id=commune.plans[plan], action_id=shuttle)
    for year in (2025, 2026):
        await make(
            commune, "budgetLine", action_id=shuttle, fiscal_year=year, source="municipality", service="ordinary",
            planned="1000.50",
        )  # fmt: skip
    return commune


@pytest.mark.parametrize("columns", ["domain", "sdg", "unit", "right", "objective"])
@pytest.mark.parametrize("rows", ["plan", "unit"])
async def test_an_action_in_four_plans_counts_once_in_every_total(
    client: httpx.AsyncClient, database: Database, rows: str, columns: str
) -> None:
    commune = await four_plans(database)
    found = await asked(client, commune, rows=rows, columns=columns)
    assert (found["rowKind"], found["columnKind"]) == (rows, columns)
    assert found["total"] == {
        "count": 3, "averageProgress": 13, "budgetPlanned": "2001.00", "lateCount": 1, "latePercent": 33,
    }  # fmt: skip
    for cell in found["cells"]:
        assert cell["count"] <= 3
        assert cell["budgetPlanned"] in ("0.00", "2001.00")
    named = {"rows": {h["id"] for h in found["rows"]}, "columns": {h["id"] for h in found["columns"]}}
    assert {c["row"] for c in found["cells"]} <= named["rows"]
    assert {c["column"] for c in found["cells"]} <= named["columns"]
    if rows == "plan":
        totals = {t["id"]: t for t in found["rowTotals"]}
        for plan in ("pst", "pcs", "palog", "pcm"):
            assert totals[str(commune.plans[plan])]["budgetPlanned"] == "2001.00"


@pytest.mark.parametrize("columns", ["domain", "sdg", "unit", "right", "objective"])
@pytest.mark.parametrize("rows", ["plan", "unit"])
async def test_each_figure_opens_the_actions_it_counts(
    client: httpx.AsyncClient, database: Database, rows: str, columns: str
) -> None:
    commune = await four_plans(database)
    found = await asked(client, commune, rows=rows, columns=columns)

    async def opened(**cell: str | None) -> list[Answer]:
        query = {name: "none" if key is None else key for name, key in cell.items()}
        answer = await client.get(
            "/pst/v1/transversal/actions",
            params={"rows": rows, "columns": columns, **query},
            headers=commune.as_("administration"),
        )
        assert answer.status_code == 200, answer.text
        return list(answer.json()["actions"])

    for cell in found["cells"]:
        actions = await opened(row=cell["row"], column=cell["column"])
        assert len({a["id"] for a in actions}) == len(actions) == cell["count"]
        assert sum(a["isLate"] for a in actions) == cell["lateCount"]
    for total in found["rowTotals"]:
        assert len(await opened(row=total["id"])) == total["count"]
    for total in found["columnTotals"]:
        assert len(await opened(column=total["id"])) == total["count"]
    everything = await opened()
    assert len(everything) == found["total"]["count"]
    shuttle = everything[0]
    assert (shuttle["title"], shuttle["isLate"], shuttle["plannedEnd"]) == ("Navette des aînés", True, "2024-01-31")
    assert (shuttle["status"], shuttle["progress"], shuttle["budgetPlanned"]) == ("inProgress", 40, "2001.00")
    assert set(shuttle["planIds"]) == {str(commune.plans[plan]) for plan in ("pst", "pcs", "palog", "pcm")}


async def test_the_actions_of_a_cell_are_read_alike_through_graphql(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await four_plans(database)
    plan = str(commune.plans["palog"])
    rest = await client.get("/pst/v1/transversal/actions", params={"row": plan}, headers=commune.as_("administration"))
    asked = '{ transversalActions(row: "%s") { actions { id title isLate planIds } } }'
    graphql = await client.post("/graphql", json={"query": asked % plan}, headers=commune.as_("administration"))
    (action,) = graphql.json()["data"]["transversalActions"]["actions"]
    (same,) = rest.json()["actions"]
    assert action == {name: same[name] for name in ("id", "title", "isLate", "planIds")}
    refused = await client.post("/graphql", json={"query": asked % "x\\u0000"}, headers=commune.as_("administration"))
    assert refused.json()["errors"][0]["extensions"]["status"] == 400


async def test_what_names_no_cell_is_refused_or_empty(client: httpx.AsyncClient, database: Database) -> None:
    commune = await four_plans(database)
    path = "/pst/v1/transversal/actions"
    answer = await client.get(path, params={"row": "anything"}, headers=commune.as_("college"))
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"] == "row"
    neighbour = await make_commune(database, "grouped")
    answer = await client.get(path, params={"row": str(commune.plans["pst"])}, headers=neighbour.as_("college"))
    assert answer.json()["actions"] == []
    for role in ("council", "region", "integrator"):
        assert (await client.get(path, headers=commune.as_(role))).status_code == 403


async def test_the_gaps_between_plans_are_told(client: httpx.AsyncClient, database: Database) -> None:
    commune = await four_plans(database)
    pst = commune.plans["pst"]
    lonely = await make_objective(commune, pst, title="Une administration efficace")
    alone = await make_action(commune, pst, lonely, title="Réécrire les courriers")
    homeless = await make_plan(commune, "paedc", title="PAEDC")
    twin = await make_action(commune, homeless, title="Navettes pour les aînés", status="notStarted")
    gaps = (await asked(client, commune))["gaps"]
    assert [o["id"] for o in gaps["objectivesServingNoPlan"]] == [str(lonely)]
    assert [p["id"] for p in gaps["plansWithoutHome"]] == [str(homeless)]
    assert len(gaps["rightsWithoutAction"]) == 15
    several = {a["id"]: len(a["planIds"]) for a in gaps["actionsInSeveralPlans"]}
    assert several[str(commune.actions["many"])] == 4
    assert str(alone) not in several
    (pair,) = gaps["suspectedDuplicates"]
    assert {pair["one"]["id"], pair["other"]["id"]} == {str(commune.actions["many"]), str(twin)}
    assert pair["alike"] >= 60


async def test_drafts_of_the_other_house_are_not_counted(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    before = (await asked(client, commune))["total"]["count"]
    await make_action(commune, house="cpas", title="Réservée", status="inProgress", audience="restricted")
    assert (await asked(client, commune))["total"]["count"] == before
    answer = await client.get("/pst/v1/transversal", headers=commune.as_("administration", house="cpas"))
    assert answer.json()["total"]["count"] == before + 1


async def test_who_reads_no_living_plan_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    for role in ("council", "region", "integrator"):
        assert (await client.get("/pst/v1/transversal", headers=commune.as_(role))).status_code == 403
    assert (await client.get("/pst/v1/transversal")).status_code == 401
    answer = await client.get("/pst/v1/transversal", params={"rows": "year"}, headers=commune.as_("college"))
    assert answer.status_code == 400


async def test_the_view_is_one_statement_whatever_its_size(client: httpx.AsyncClient, database: Database) -> None:
    commune = await four_plans(database)
    with statements(database) as few:
        await asked(client, commune)
    for n in range(10):
        await make_action(commune, commune.plans["pst"], commune.objectives["oo1"], title=f"Action {n}")
    with statements(database) as many:
        await asked(client, commune, columns="objective")
    assert len(few) == len(many) == 2


def test_titles_read_alike_whatever_their_accents_and_endings() -> None:
    titles = {
        "1": "Créer un espace public numérique",
        "2": "Création d’espaces publics numeriques",
        "3": "Planter des haies",
    }
    assert [(a, b) for a, b, _ in suspect_pairs(titles)] == [("1", "2")]
