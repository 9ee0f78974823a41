"""A plan goes on beyond the end of its programming period: with it, under the next one, or under none yet.

One transaction; the rows of the plan of the former period stay as they are, but for its dates and for the money of
the years that the plan of the next period takes over.
"""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.articulation import lock_plan
from api.domain.commands.batches import update_all
from api.domain.commands.constraints import translate_violations
from api.domain.commands.continuation_rows import NextPlan
from api.domain.commands.group_offers import changes_for_members
from api.domain.errors import Refusal
from api.domain.identifiers import new_id
from api.domain.journal import Change, record, take_counters
from api.domain.queries.continuation import PERMISSION, PlanSituation, read_situation
from api.domain.queries.continuation_answers import assigned_in, title_of
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.continuation import ContinuationRequest
from api.domain.sql.reader import Reader

Connection = Any
PLAN, CONTINUATION = BY_NAME["plan"], BY_NAME["planContinuation"]


async def continue_plan(
    connection: Connection, actor: Actor, plan_id: UUID, words: ContinuationRequest, basis: str
) -> UUID:
    """Do what the preview of this basis told, and answer the id of the continuation.

    Refuses: plan not visible (404), no right (403), a row changed since the preview (412), a closed plan or one that
    cannot go on so (409), names that lead nowhere (400).
    """
    await lock_plan(connection, actor, plan_id, PERMISSION)
    await _hold_periods(connection, plan_id, words)
    situation = await read_situation(
        connection, Reader(actor, "fr", ""), plan_id, words.kind, words.period_id, words.ends_on, "body"
    )
    if situation.basis != basis:
        raise Refusal("preconditionFailed", currentVersion=situation.basis, fields=[])
    workspace = actor.workspace_id
    assert workspace is not None
    changes: list[Change] = []
    next_id = None
    with translate_violations(PLAN):
        if situation.next_period is not None:
            writing = NextPlan(
                connection, actor, workspace, situation, assigned_in(situation, words, "body"),
                None if words.ending_ids is None else frozenset(str(each) for each in words.ending_ids),
            )  # fmt: skip
            next_id = await writing.write(str(title_of(situation, words)))
            changes += writing.changes
        changes += await update_all(connection, PLAN, workspace, {str(plan_id): _dates_of(situation)})
        return await _record(connection, actor, situation, next_id, changes)


def _dates_of(situation: PlanSituation) -> dict[str, Any]:
    dates = {"ends_on": situation.ends_on, "without_period_from": situation.without_period_from}
    return {name: None if day is None else str(day) for name, day in dates.items()}


async def _hold_periods(connection: Connection, plan_id: UUID, words: ContinuationRequest) -> None:
    """Nobody amends the two periods before the commit."""
    await connection.execute(
        "select from programming_period where id in ((select period_id from plan where id = $1::uuid), $2::uuid)"
        " order by id for share",
        plan_id,
        words.period_id,
    )


async def _record(
    connection: Connection, actor: Actor, situation: PlanSituation, next_id: str | None, changes: list[Change]
) -> UUID:
    """Record the continuation after its rows, at positions of the journal that nothing else can take."""
    workspace = actor.workspace_id
    assert workspace is not None
    offered = await changes_for_members(connection, actor, workspace, changes)
    position = await take_counters(connection, workspace, offered)
    following = situation.next_period
    image = images.complete_image(
        CONTINUATION,
        {
            "id": str(new_id()), "workspace_id": str(workspace), "plan_id": situation.plan["id"],
            "next_plan_id": next_id, "kind": situation.kind, "period_id": situation.period["id"],
            "next_period_id": None if following is None else following["id"],
            "former_ends_on": situation.plan["endsOn"], "ends_on": _dates_of(situation)["ends_on"],
            "first_position": position + 1, "last_position": position + len(changes) + 1,
            "rows": [
                {"entity": c.entity, "entity_id": c.image["id"], "change": "added" if c.before is None else "changed",
                 "row_version": c.image["version"]}
                for c in changes
            ],
        },
    )  # fmt: skip
    await images.insert(connection, CONTINUATION, image)
    written = await connection.fetchval(
        f"select {images.image_of(CONTINUATION, 't')}::text from plan_continuation t"
        " where t.workspace_id = $1::uuid and t.id = $2::uuid",
        workspace,
        UUID(image["id"]),
    )
    every = [*changes, Change(CONTINUATION.name, None, images.loads(written)), *offered]
    await record(connection, actor, "continuePlan", workspace, every)
    return UUID(image["id"])
