"""Undoing a conversion exactly, while nothing that it wrote has changed since."""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.articulation import CLAIM, CONVERSION, OBJECTIVE, PLACEMENT, enter
from api.domain.commands.batches import images_of, update_all
from api.domain.commands.group_offers import told_of_claims
from api.domain.errors import Conflict, NotFound
from api.domain.journal import Change, record
from api.domain.resources.base import Resource

Connection = Any
Image = dict[str, Any]
WRITTEN = {"objective": ("is_resting",), "planAction": ("is_withdrawn",), "placement": ("state", "weight", "is_main")}
"""What a conversion writes of existing rows. What it made is not deleted: it rests, or is withdrawn."""
SET_ASIDE: dict[str, Image] = {
    "objective": {"is_resting": True},
    "planAction": {"is_withdrawn": True},
    "placement": {"state": "resting"},
}

LEFT_BEHIND = """
select 'placement' as entity, l.id from placement l
where l.workspace_id = $1::uuid and l.plan_id = $2::uuid and l.state = 'active' and (
    exists (select from objective o where o.workspace_id = l.workspace_id and o.id = l.objective_id and o.is_resting)
    or exists (select from plan_action c where c.workspace_id = l.workspace_id and c.plan_id = l.plan_id
        and c.action_id = l.action_id and c.is_withdrawn)
    or (select sum(y.weight) from placement y where y.workspace_id = l.workspace_id and y.plan_id = l.plan_id
        and y.action_id = l.action_id and y.state = 'active') = 0)
union all
select 'objective', o.id from objective o join objective above
    on above.workspace_id = o.workspace_id and above.id = o.parent_id and above.is_resting
where o.workspace_id = $1::uuid and o.plan_id = $2::uuid and not o.is_resting
order by 1, 2
"""
"""What was put since under something that would rest again, or counts on a placement that would."""


async def undo_conversion(connection: Connection, actor: Actor, plan_id: UUID, conversion_id: UUID) -> None:
    """Set every row that the conversion wrote as it was before.

    Refuses: not visible (404), no right (403), undone already, or a row changed since (409, the rows listed).
    """
    await enter(connection, actor, plan_id)
    workspace = actor.workspace_id
    assert workspace is not None
    found = (await images_of(connection, CONVERSION, workspace, [str(conversion_id)])).get(str(conversion_id))
    if found is None or found["plan_id"] != str(plan_id):
        raise NotFound(CONVERSION.name, conversion_id)
    if found["is_undone"]:
        raise Conflict("conversionUndone", conversionId=str(conversion_id))
    await _check_untouched(connection, workspace, found)
    before = await _before(connection, workspace, found)
    changes: list[Change] = []
    for resource in (OBJECTIVE, CLAIM):
        changes += await update_all(connection, resource, workspace, _wanted(resource, found, before))
    wanted = _wanted(PLACEMENT, found, before)
    for stays in (False, True):
        chosen = {i: w for i, w in wanted.items() if _is_main_after(before[i], w) is stays}
        changes += await update_all(connection, PLACEMENT, workspace, chosen)
    left = await connection.fetch(LEFT_BEHIND, workspace, plan_id)
    if left:
        raise Conflict("conversionTouched", rows=[{"entity": row[0], "id": str(row[1])} for row in left])
    changes += await update_all(connection, CONVERSION, workspace, {str(conversion_id): {"is_undone": True}})
    changes += await told_of_claims(connection, actor, workspace, changes)
    await record(connection, actor, "undoArticulationConversion", workspace, changes)


def _is_main_after(before: Image | None, words: Image) -> bool:
    """Whether a placement becomes the main active one: these come last, when the others have made room."""
    return bool(before and words.get("is_main") and words["state"] == "active")


def _wanted(resource: Resource, found: Image, before: dict[str, Image | None]) -> dict[str, Image]:
    ids = [row["entity_id"] for row in found["rows"] if row["entity"] == resource.name]
    wanted = {}
    for identifier in ids:
        image = before[identifier]
        wanted[identifier] = (
            SET_ASIDE[resource.name] if image is None else {c: image[c] for c in WRITTEN[resource.name]}
        )
    return wanted


async def _check_untouched(connection: Connection, workspace: UUID, found: Image) -> None:
    touched = []
    for resource in (OBJECTIVE, CLAIM, PLACEMENT):
        rows = {r["entity_id"]: r["row_version"] for r in found["rows"] if r["entity"] == resource.name}
        current = await images_of(connection, resource, workspace, list(rows))
        touched += [
            {"entity": resource.name, "id": identifier}
            for identifier, version in rows.items()
            if identifier not in current or current[identifier]["version"] != version
        ]
    if touched:
        raise Conflict("conversionTouched", rows=touched)


async def _before(connection: Connection, workspace: UUID, found: Image) -> dict[str, Image | None]:
    """Each row as the journal has it before the conversion; None for one that the conversion made.

    A conversion writes a row once.
    """
    rows = await connection.fetch(
        "select entity_id::text, before::text from journal_entry where workspace_id = $1::uuid"
        " and position >= $2 and position < $3",
        workspace,
        found["first_position"],
        found["last_position"],
    )
    return {row[0]: None if row[1] is None else images.loads(row[1]) for row in rows}
