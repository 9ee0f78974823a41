"""The three founding examples are detected as what they are, and come back as they were from any conversion."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from api.db import Connection, Database
from api.domain.actor import Actor
from api.domain.commands.articulation import convert_articulation
from api.domain.queries.articulation_answers import articulation, preview
from api.domain.rules.articulation.detection import Target
from api.domain.schemas.articulation import ConversionRequest
from api.domain.sql.reader import Reader
from api.identity.authentication import Caller, authorize
from tests.articulation.asking import STANDING, pst_of

pytestmark = pytest.mark.usefixtures("demo")

EXAMPLES = {"val-fleuri": "singleObjective", "haute-rive": "grouped", "trois-chenes": "distributed"}


class Undone(Exception):
    """Ends a transaction without a trace: the other tests find the demonstration as it was told."""


@asynccontextmanager
async def administration_of(database: Database, slug: str) -> AsyncIterator[tuple[Connection, Actor, UUID]]:
    try:
        async with database.transaction() as connection:
            workspace, pst = await pst_of(connection, slug)
            account = await connection.fetchval(
                "select m.account_id from membership m join workspace_organisation o"
                " on o.workspace_id = m.workspace_id and o.organisation_id = m.organisation_id and o.rank = 1"
                " left join membership_plan x on x.workspace_id = m.workspace_id and x.membership_id = m.id"
                " where m.workspace_id = $1 and m.role = 'administration' and x.plan_id is null limit 1",
                workspace,
            )
            entered = await authorize(connection, Caller(account_id=account, workspace_id=workspace))
            yield connection, entered.actor, pst
            raise Undone
    except Undone:
        pass


async def convert(connection: Connection, actor: Actor, pst: UUID, to: str) -> None:
    told = await preview(connection, Reader(actor, "fr", ""), pst, Target(to), None, {})
    objectives = [o.objective_id for u in told.unmatched for o in u.suggestions[:1]]
    assignments = [
        {"actionId": str(u.action_id), "objectiveId": str(o)} for u, o in zip(told.unmatched, objectives, strict=True)
    ]
    words = ConversionRequest.model_validate({"to": to, "assignments": assignments})
    await convert_articulation(connection, actor, pst, words, told.basis)


async def found(connection: Connection, actor: Actor, pst: UUID) -> Any:
    pair, *_ = (await articulation(connection, Reader(actor, "fr", ""), pst)).articulations  # then the group's PCS
    return pair


@pytest.mark.parametrize(("slug", "approach"), EXAMPLES.items(), ids=str)
async def test_each_example_is_detected_as_what_it_is(database: Database, slug: str, approach: str) -> None:
    async with administration_of(database, slug) as (connection, actor, pst):
        pair = await found(connection, actor, pst)
    assert pair.approach == approach
    assert 8 <= pair.action_count <= 30
    codes = {reason.code for reason in pair.reasons}
    assert (
        codes
        == {
            "singleObjective": {"coveringObjective", "notPlaced"},
            "grouped": {"underOneObjective"},
            "distributed": {"underPolicies"},
        }[approach]
    )


@pytest.mark.parametrize("slug", EXAMPLES)
async def test_each_example_goes_round_and_comes_back(database: Database, slug: str) -> None:
    async with administration_of(database, slug) as (connection, actor, pst):
        before = await connection.fetch(STANDING, actor.workspace_id)
        for to in ("distributed", "singleObjective", "grouped", "distributed", EXAMPLES[slug]):
            await convert(connection, actor, pst, to)
            assert (await found(connection, actor, pst)).approach == to
        assert await connection.fetch(STANDING, actor.workspace_id) == before


async def test_the_grouped_example_is_distributed_by_its_own_suggestions(database: Database) -> None:
    async with administration_of(database, "haute-rive") as (connection, actor, pst):
        told = await preview(connection, Reader(actor, "fr", ""), pst, Target.DISTRIBUTED, None, {})
    assert all(u.suggestions for u in told.unmatched)
    assert all(s.score == (s.domains + s.words + 1) // 2 for u in told.unmatched for s in u.suggestions)
    assert len(told.unmatched) == len(told.actions)
