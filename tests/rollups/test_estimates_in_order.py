"""However an estimate is cut by shares, no part of its low figure is above the part of its high one."""

import random
from typing import Any

import pytest

from api.db import Database
from api.domain.commands.images import dumps
from api.domain.queries.estimates import LOW_AND_SPAN
from api.domain.sql.amounts import parts_sql
from tests.factories import Commune, make_action, make_objective, make_placement, make_plan
from tests.plans.asking import Desk
from tests.rollups.test_estimates import estimates

WHOLE = (
    "with a as (select * from json_to_recordset($1::json) as a(id int, estimate_low numeric, estimate_high numeric)),"
    " estimated as (select a.id, a.id as action_id, " + LOW_AND_SPAN + " from a),"
    " place as (select l.*, sum(l.numerator) over (partition by l.action_id)::int as denominator"
    " from json_to_recordset($2::json) as l(action_id int, place_id int, node int, numerator int)),"
    + parts_sql("estimated", ("low", "span"))
    + " select a.id, a.estimate_low, a.estimate_high, bool_and(0 <= p.low and p.low <= p.low + p.span) as in_order,"
    " sum(p.low) as low, sum(p.low + p.span) as high from a join estimated_part p on p.id = a.id"
    " group by a.id, a.estimate_low, a.estimate_high"
)


def _some(chance: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    actions, places = [], []
    for number in range(500):
        low = chance.choice((chance.randrange(20), chance.randrange(10**11)))
        high = low + chance.choice((0, chance.randrange(5), chance.randrange(10**9)))
        cents = {"estimate_low": low, "estimate_high": high}
        actions.append({"id": number, **{name: f"{cent // 100}.{cent % 100:02}" for name, cent in cents.items()}})
        for place in range(chance.randrange(1, 7)):
            weight = chance.choice((chance.randrange(1, 5), chance.randrange(1, 1_000)))
            places.append({"action_id": number, "place_id": place, "node": place, "numerator": weight})
    return actions, places


@pytest.mark.parametrize("seed", range(8))
async def test_every_part_stays_in_order_and_the_parts_sum_to_what_was_said(database: Database, seed: int) -> None:
    actions, places = _some(random.Random(seed))
    async with database.connection() as connection:
        found = await connection.fetch(WHOLE, dumps(actions), dumps(places))
    assert len(found) == len(actions)
    assert all(row["in_order"] for row in found)
    assert [(r["low"], r["high"]) for r in found] == [(r["estimate_low"], r["estimate_high"]) for r in found]


async def test_no_objective_is_told_a_low_estimate_above_its_high_one(desk: Desk, commune: Commune) -> None:
    plan = await make_plan(commune)
    objectives = [await make_objective(commune, plan) for _ in range(3)]
    action = await make_action(commune, plan, objectives[0], estimate_low="0.03", estimate_high="0.04")
    for objective in objectives[1:]:
        await make_placement(commune, action, plan, objective, weight=3)
    found = await estimates(desk, plan)
    assert [found[str(each)][:2] for each in objectives] == [("0.01", "0.01"), ("0.01", "0.02"), ("0.01", "0.01")]
    assert found[None] == ("0.03", "0.04", 1)
