"""Handing over everything a person carries, in one transaction and a few statements."""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.batches import insert_all, replace_parts, update_all
from api.domain.commands.constraints import translate_violations
from api.domain.commands.hooks.organisations import is_current
from api.domain.errors import Refusal
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.queries.handover import Load, load, see_person, successor
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.handover import CarriedKind, HandOver, HandOverRequest
from api.domain.sql.reader import Reader

Connection = Any
HOLDING = BY_NAME["officeHolding"]

OF_WORKSPACE = "t where t.workspace_id = $1::uuid and"


def _responsibility_table(owner: str) -> str:
    return (
        f"exists (select from {owner}_responsibility x where x.workspace_id = t.workspace_id"
        f" and x.{owner}_id = t.id and x.person_id = $2::uuid)"
    )


_HELD = (
    "exists (select from office_holding x where x.workspace_id = t.workspace_id and x.office_id = t.id"
    " and x.person_id = $2::uuid)"
)
_BEARS = (
    "exists (select from objective o join objective_responsibility x on x.workspace_id = o.workspace_id"
    " and x.objective_id = o.id where o.workspace_id = t.workspace_id and o.plan_id = t.id and x.person_id = $2::uuid)"
)

LOCKS = (
    f"select from action {OF_WORKSPACE} {_responsibility_table('action')} order by t.id for no key update",
    f"select from objective {OF_WORKSPACE} {_responsibility_table('objective')} order by t.id for no key update",
    f"select from task {OF_WORKSPACE} t.assignee_person_id = $2::uuid order by t.id for no key update",
    f"select from office_holding {OF_WORKSPACE} t.person_id = $2::uuid order by t.id for no key update",
    # Nobody else begins to hold these offices meanwhile.
    f"select from office {OF_WORKSPACE} {_HELD} order by t.id for update",
    # Shared: a plan is not closed between this look and the commit.
    f"select from plan {OF_WORKSPACE} {_BEARS} order by t.id for share",
)
"""Rows are locked before their plans, as the commands on single rows do."""


async def hand_over(
    connection: Connection, actor: Actor, person_id: UUID, request: HandOverRequest, basis: str
) -> HandOver:
    """Do what the preview of this basis told, and answer it. Rights of accounts are not handed over.

    Refuses: person not visible (404), no right (403), a successor that cannot be one (400), something that the
    person carries changed since the preview (412).
    """
    reader = Reader(actor, "fr", "")
    await see_person(connection, reader, person_id)
    workspace = actor.workspace_id
    assert workspace is not None
    for lock in LOCKS:
        await connection.execute(lock, workspace, person_id)
    to = await successor(connection, reader, person_id, request, "body", "for share of t")
    carried = await load(connection, reader, person_id, to, has_offices=request.has_offices)
    if carried.basis != basis:
        raise Refusal("preconditionFailed", currentVersion=carried.basis, fields=[])
    changes = await _write_carried(connection, workspace, carried)
    if changes:
        await record(connection, actor, "handOver", workspace, changes)
    return carried.to_answer()


async def _write_carried(connection: Connection, workspace: UUID, carried: Load) -> list[Change]:
    changes: list[Change] = []
    for kind in (CarriedKind.ACTION, CarriedKind.OBJECTIVE):
        with translate_violations(BY_NAME[kind]):
            wanted = {row["id"]: carried.hand_to_successor(row["responsibilities"]) for row in carried.going(kind)}
            changes += await replace_parts(connection, BY_NAME[kind], workspace, "responsibilities", wanted)
    if tasks := carried.going(CarriedKind.TASK):
        assignee = {f"assignee_{name}": value for name, value in carried.to.bearer.items() if name != "office_id"}
        changes += await update_all(connection, BY_NAME["task"], workspace, {row["id"]: assignee for row in tasks})
    with translate_violations(HOLDING):
        return changes + await _offices(connection, workspace, carried)


async def _offices(connection: Connection, workspace: UUID, carried: Load) -> list[Change]:
    """Each holding ends today, or on its first day if that is still to come; the successor's begins on that day."""
    going = carried.going(CarriedKind.OFFICE_HOLDING)
    begun = [
        images.complete_image(HOLDING, {
            "id": str(new_id()), "workspace_id": str(workspace), "office_id": row["officeId"],
            "person_id": carried.to.id, "starts_on": row["goesOn"], "ends_on": row["endsOn"],
            "is_current": is_current(row["goesOn"], row["endsOn"]),
        })
        for row in going
        if not row["isHeld"]
    ]  # fmt: skip
    ended = await update_all(
        connection, HOLDING, workspace, {row["id"]: {"ends_on": row["goesOn"], "is_current": False} for row in going}
    )
    return ended + await insert_all(connection, HOLDING, begun)
