"""After any sequence of commands every roll-up is what plain rows come to, and no total counts an action twice."""

import asyncio
from collections import Counter
from contextlib import suppress
from decimal import Decimal
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db import Connection, Database
from api.domain.actor import Actor
from api.domain.queries.progress import plan_progress
from api.domain.queries.totals import plan_totals
from api.domain.queries.workspace_totals import workspace_totals
from api.domain.schemas.rollups import GroupBy, PlanTotals, WorkspaceTotals
from api.domain.sql.reader import Reader
from tests.factories import Commune, make_commune
from tests.rollups.asking import counted_in
from tests.rollups.fresh import Rows, counted, rows_in
from tests.rollups.fresh_figures import ZERO, money, progress, workspace_money
from tests.rollups.sequences import STEPS, Step, Work

NUMBER = st.integers(0, 30)
SEQUENCES = st.lists(st.tuples(st.integers(0, len(STEPS) - 1), NUMBER, NUMBER, NUMBER), min_size=4, max_size=14)
ALL = list(GroupBy)


class Undone(Exception):
    """Ends the transaction of a sequence without a trace."""


async def test_every_roll_up_equals_a_fresh_computation_after_any_sequence_of_commands(database: Database) -> None:
    commune = await make_commune(database)
    done: Counter[str] = Counter()
    loop = asyncio.get_running_loop()

    @given(SEQUENCES)
    @settings(max_examples=220, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def holds(sequence: list[Step]) -> None:
        done.update(asyncio.run_coroutine_threadsafe(follow(commune, sequence), loop).result(60))

    await asyncio.to_thread(holds)
    assert {step.__name__ for step in STEPS} <= set(done), "every kind of step was taken"
    assert done["refused"] < sum(done.values()) / 2, done


async def follow(commune: Commune, sequence: list[Step]) -> Counter[str]:
    """Take the steps, compare, and undo it all: the next sequence finds the commune as it was."""
    done: Counter[str] = Counter()
    with suppress(Undone):
        async with commune.acting() as (connection, actor):
            types = await connection.fetch(
                "select reference_code, id from plan_type where workspace_id = $1", commune.workspace_id
            )
            work = Work(connection, actor, commune.municipality, {row[0]: row[1] for row in types})
            await work.start()
            for step in sequence:
                await work.step(step)
            await compare(connection, actor, await rows_in(connection, commune.workspace_id), work)
            done = work.done
            raise Undone
    return done


async def compare(connection: Connection, actor: Actor, rows: Rows, work: Work) -> None:
    for plan in work.made["plan"]:
        assert await counted_in(connection, actor, plan) == counted(rows, plan)
        told = orjson.loads(await plan_totals(connection, Reader(actor, "fr", ""), plan, ALL))
        PlanTotals.model_validate(told)
        found = {o["objectiveId"]: o["total"] for o in told["objectives"]} | {None: told["total"]}
        assert found == {str(key) if key else None: sums for key, sums in money(rows, plan).items()}
        for each in (told, *({**o, "groups": o["groups"]} for o in told["objectives"])):
            assert added(each["groups"]) == each["total"]
        figures = await plan_progress(connection, Reader(actor, "fr", ""), plan)
        by_objective = {f.objective_id: f for f in figures.objectives} | {None: figures.total}
        again = progress(rows, plan)
        for key, figure in by_objective.items():
            told_of = (int(figure.numerator or 0), int(figure.denominator or 0), figure.action_count)
            assert told_of == again.get(key, (0, 0, 0))
            assert (figure.percent is None) == (told_of[1] == 0)
    whole = orjson.loads(await workspace_totals(connection, Reader(actor, "fr", ""), ALL))
    WorkspaceTotals.model_validate(whole)
    assert whole["total"] == workspace_money(rows) == added(whole["groups"])


def added(groups: list[dict[str, Any]]) -> dict[str, str]:
    return {name: str(sum((Decimal(g[name]) for g in groups), Decimal("0.00"))) for name in ZERO}
