"""An undone conversion leaves every row as it was, and is refused only over what hangs on its own rows."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.articulation.asking import Asking
from tests.articulation.scene import commune_with
from tests.factories import Commune, change, make, make_action, make_objective, make_placement, snapshot_of_everything

IMAGES = """
select 'objective' as entity, to_jsonb(t) - '{version,updated_at}'::text[] from objective t where workspace_id = $1
union all select 'placement', to_jsonb(t) - '{version,updated_at}'::text[] from placement t where workspace_id = $1
union all select 'planAction', to_jsonb(t) - '{version,updated_at}'::text[] from plan_action t where workspace_id = $1
order by 1, 2
"""
TARGETS = [
    (start, to)
    for start in ("singleObjective", "grouped", "distributed")
    for to in ("singleObjective", "grouped", "distributed")
    if start != to
]
LINE: dict[str, Any] = {"fiscal_year": 2026, "source": "other", "service": "ordinary"}


async def counted(asking: Asking) -> tuple[str, int]:
    answer = await asking.client.get(f"/pst/v1/plans/{asking.pst}/totals", headers=asking.who)
    assert answer.status_code == 200, answer.text
    return answer.json()["total"]["expensesPlanned"], answer.json()["actionCount"]


async def claim_of(asking: Asking, action: UUID) -> UUID:
    """The claim of the PST on an action."""
    found = await asking.rows(
        f"select id from plan_action where workspace_id = $1 and plan_id = '{asking.pst}' and action_id = '{action}'"
    )
    identifier: UUID = found[0][0]
    return identifier


async def make_followed(commune: Commune) -> UUID:
    """An action of the PST (10.00) whose sub-action (7.00) the PCS claims; answers the sub-action."""
    parent = await make_action(commune, commune.plans["pst"], commune.objectives["bus"], title="Mère")
    sub = await make_action(commune, title="Fille", parent_id=parent)
    await make(commune, "planAction", plan_id=commune.plans["pcs"], action_id=sub)
    for action, planned in ((parent, "10.00"), (sub, "7.00")):
        await make(commune, "budgetLine", action_id=action, planned=planned, **LINE)
    return sub


@pytest.mark.parametrize(("approach", "to"), TARGETS)
async def test_undoing_restores_every_row_of_every_plan(
    client: httpx.AsyncClient, database: Database, approach: str, to: str
) -> None:
    commune = await commune_with(database, approach)
    asking = Asking.of(client, commune)
    await make_followed(commune)
    before, figures = await asking.rows(IMAGES), await counted(asking)
    done = await asking.convert(to)
    assert done["rows"] != []
    assert await asking.rows(IMAGES) != before
    assert (await asking.undo(done["id"])).status_code == 200
    assert await asking.rows(IMAGES) == before
    assert await counted(asking) == figures


async def test_a_sub_action_follows_its_action_before_during_and_after_a_conversion(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    start = await counted(asking)
    sub = await make_followed(commune)
    figures = await counted(asking)
    assert (float(figures[0]), figures[1]) == (float(start[0]) + 17, start[1] + 2)
    for to in ("grouped", "distributed", "grouped"):
        await asking.convert(to)
        assert await counted(asking) == figures
    claims = await asking.rows("select plan_id, action_id from plan_action where workspace_id = $1")
    assert [row[0] for row in claims if row[1] == sub] == [commune.plans["pcs"]]


async def test_a_claim_that_a_conversion_made_is_gone_after_the_undo(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    parent = await make_action(commune, title="Mère ailleurs")
    sub = await make_action(commune, title="Fille seule", parent_id=parent)
    await make(commune, "planAction", plan_id=commune.plans["pcs"], action_id=sub)
    await make(commune, "budgetLine", action_id=sub, planned="7.00", **LINE)
    before = await asking.rows(IMAGES)
    done = await asking.convert("grouped")
    added = [row["entityId"] for row in done["rows"] if row["change"] == "added"]
    assert added
    answer = await asking.undo(done["id"])
    assert answer.status_code == 200, answer.text
    assert await asking.rows(IMAGES) == before
    entries = await asking.rows(
        "select entity_id::text from journal_entry where workspace_id = $1"
        " and command = 'undoArticulationConversion' and after is null"
    )
    assert {row[0] for row in entries} == set(added)
    start = await counted(asking)
    await make_placement(commune, parent, commune.plans["pst"], commune.objectives["bus"])
    figures = await counted(asking)
    assert (float(figures[0]), figures[1]) == (float(start[0]) + 7, start[1] + 2)


async def test_a_claim_withdrawn_elsewhere_does_not_block_the_undo(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    done = await asking.convert("grouped")
    other = await make_action(commune, commune.plans["pst"], commune.objectives["digital"], title="Autre")
    await change(commune, "planAction", await claim_of(asking, other), is_withdrawn=True)
    answer = await asking.undo(done["id"])
    assert answer.status_code == 200, answer.text
    assert (await asking.detected())["approach"] == "distributed"


async def test_a_claim_withdrawn_before_the_conversion_is_withdrawn_again(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    await change(commune, "planAction", await claim_of(asking, commune.actions["shuttle"]), is_withdrawn=True)
    before = await asking.rows(IMAGES)
    done = await asking.convert("grouped")
    answer = await asking.undo(done["id"])
    assert answer.status_code == 200, answer.text
    assert await asking.rows(IMAGES) == before


@pytest.mark.parametrize("kind", ["budgetLine", "objective", "decision"])
async def test_what_hangs_on_a_made_objective_forbids_the_undo_and_is_told(
    client: httpx.AsyncClient, database: Database, kind: str
) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    done = await asking.convert("grouped")
    home = next(UUID(r["entityId"]) for r in done["rows"] if r["entity"] == "objective" and r["change"] == "added")
    match kind:
        case "budgetLine":
            hung = await make(commune, "budgetLine", objective_id=home, planned="5.00", **LINE)
        case "objective":
            hung = await make_objective(commune, commune.plans["pst"], home, status="draft")
        case _:
            words = {"organ": "council", "decided_on": "2026-01-15", "title": "Délibération"}
            hung = await make(commune, "decision", objective_id=home, **words)
    before = await snapshot_of_everything(database, commune.workspace_id)
    answer = await asking.undo(done["id"])
    assert (answer.status_code, answer.json()["rows"]) == (409, [{"entity": kind, "id": str(hung)}])
    said = f'planId: "{asking.pst}", articulationConversionId: "{done["id"]}"'
    graph = {"query": f"mutation {{ undoArticulationConversion({said}) {{ id }} }}"}
    told = (await client.post("/graphql", json=graph, headers=asking.who)).json()
    assert "conversionTouched" in str(told)
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_two_conversions_are_undone_one_after_the_other(client: httpx.AsyncClient, database: Database) -> None:
    commune = await commune_with(database, "distributed")
    asking = Asking.of(client, commune)
    before = await asking.rows(IMAGES)
    done = [await asking.convert(to) for to in ("grouped", "singleObjective", "distributed")]
    for conversion in reversed(done):
        answer = await asking.undo(conversion["id"])
        assert answer.status_code == 200, answer.text
    assert await asking.rows(IMAGES) == before
    assert (await asking.detected())["approach"] == "distributed"
