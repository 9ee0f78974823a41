"""A plan of a programming period starts with its axes and themes, whatever their number in as many statements."""

from uuid import UUID, uuid4

import httpx
import pytest

from api.db import Database
from api.demo.directory import make as make_document
from tests.factories import Commune, make_commune, make_plan, statements, world_of
from tests.plans.asking import Desk
from tests.rights.setting import LABELS


async def make_period(database: Database, axes: int, themes: int) -> UUID:
    """A period with that many axes, and that many themes in each."""
    operator = world_of(database).operator_actor
    async with database.transaction() as connection:
        period = await make_document(
            connection, operator, "programmingPeriod", code=f"o{uuid4().hex[:8]}", plan_type_code="pcs", labels=LABELS,
            starts_on="2090-01-01", ends_on="2096-01-01",
        )  # fmt: skip
        for n in range(axes):
            axis = await make_document(
                connection,
                operator,
                "periodItem",
                period_id=period,
                kind="axis",
                code=f"{n + 1}",
                labels=LABELS,
                rank=n,
            )
            for m in range(themes):
                await make_document(
                    connection, operator, "periodItem", period_id=period, kind="theme", code=f"{n + 1}.{m + 1}",
                    labels=LABELS, parent_id=axis, rank=m,
                )  # fmt: skip
    return period


async def written(commune: Commune, period: UUID) -> tuple[int, UUID]:
    with statements(commune.database) as sent:
        plan = await make_plan(commune, "pcs", title="PCS", period_id=period)
    return len(sent), plan


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_the_objectives_of_a_period_cost_a_statement_for_each_level(
    client: httpx.AsyncClient, database: Database, door: str
) -> None:
    commune = await make_commune(database)
    small, large = await make_period(database, 1, 1), await make_period(database, 4, 5)
    await make_plan(commune, "pcs", title="PCS", period_id=small)
    (few, _), (many, plan) = await written(commune, small), await written(commune, large)
    assert few == many
    desk = Desk(client, commune, commune.as_("administration"))
    if door == "rest":
        objectives = (await desk.read(f"plans/{plan}/tree"))["objectives"]
    else:
        query = f'{{ planTree(planId: "{plan}") {{ objectives {{ id parentId number ownCode }} }} }}'
        answer = await client.post("/graphql", json={"query": query}, headers=desk.headers)
        objectives = answer.json()["data"]["planTree"]["objectives"]
    codes = {o["id"]: o["ownCode"] for o in objectives}
    assert len(codes) == 24
    for each in objectives:
        assert each["number"] == each["ownCode"]
        assert codes.get(each["parentId"]) == (each["ownCode"].rpartition(".")[0] or None)
    entries = await desk.read("journalEntries?entity=objective&command=createPlan&pageSize=200")
    assert {e["entityId"] for e in entries["items"]} >= codes.keys()
