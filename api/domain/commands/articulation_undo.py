"""Undoing a conversion exactly, while nothing that it wrote has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.articulation import CLAIM, CONVERSION, OBJECTIVE, PLACEMENT, lock_plan
from api.domain.commands.batches import delete_all, images_of, update_all
from api.domain.commands.group_offers import changes_for_members
from api.domain.errors import Conflict, NotFound
from api.domain.journal import Change, record
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES

Connection = Any
Image = dict[str, Any]
WRITTEN = {"objective": ("is_resting",), "planAction": ("is_withdrawn",), "placement": ("state", "weight", "is_main")}
"""What a conversion writes of existing rows. What it made is deleted again."""

AS_BEFORE = """exists (select from (select j.after from journal_entry j where j.workspace_id = $1::uuid
    and j.entity = '{entity}' and j.entity_id = {t}.id and j.position < $6 order by j.position desc limit 1) j
    where j.after->>'{place}' is not distinct from {t}.{place}::text and {at_work})"""
"""Whether row `t` stood there already before the conversion, at work."""

LEFT_BEHIND = f"""
select 'placement' as entity, l.id from placement l
where l.workspace_id = $1::uuid and l.plan_id = $2::uuid and l.state = 'active' and (
    (l.objective_id = any($3::uuid[]) or l.action_id in (select c.action_id from plan_action c
        where c.workspace_id = l.workspace_id and c.id = any($4::uuid[])))
    and not {AS_BEFORE.format(entity="placement", t="l", place="objective_id", at_work="j.after->>'state' = 'active'")}
    or l.action_id = any($5::uuid[]) and (select sum(y.weight) from placement y
        where y.workspace_id = l.workspace_id and y.plan_id = l.plan_id and y.action_id = l.action_id
        and y.state = 'active') = 0)
union all
select 'objective', o.id from objective o
where o.workspace_id = $1::uuid and o.plan_id = $2::uuid and not o.is_resting and o.parent_id = any($3::uuid[])
and not {AS_BEFORE.format(entity="objective", t="o", place="parent_id", at_work="not (j.after->>'is_resting')::bool")}
order by 1, 2
"""
"""What was put since under an objective ($3) or claim ($4) that rests or is withdrawn again, or counts on a placement
of these actions ($5) that rests again. What stood there before the conversion is left as it was."""


@dataclass(frozen=True)
class _UndoRows:
    """A conversion to undo, with the images of each row before and after it."""

    record: Image
    before: Mapping[str, Image | None]
    after: Mapping[str, Image]

    def made_ids(self, resource: Resource) -> list[str]:
        """The rows that the conversion made."""
        return [identifier for identifier in self.ids(resource) if self.before[identifier] is None]

    def ids(self, resource: Resource) -> list[str]:
        return [row["entity_id"] for row in self.record["rows"] if row["entity"] == resource.name]

    def former(self, resource: Resource) -> dict[str, Image]:
        """What is to be written again of the rows that were there before."""
        known = ((identifier, self.before[identifier]) for identifier in self.ids(resource))
        return {i: {c: image[c] for c in WRITTEN[resource.name]} for i, image in known if image is not None}

    def closed_ids(self, resource: Resource, name: str) -> list[UUID]:
        """The rows that rest, or are withdrawn, once they are as they were."""
        return [UUID(identifier) for identifier, words in self.former(resource).items() if words[name]]


async def undo_conversion(connection: Connection, actor: Actor, plan_id: UUID, conversion_id: UUID) -> None:
    """Set every row that the conversion wrote as it was before, and delete those that it made.

    Refuses: not visible (404), no right (403), undone already (409), a row changed since, or something new that hangs
    on what it made or took up again (409, these rows listed).
    """
    await lock_plan(connection, actor, plan_id)
    workspace = actor.workspace_id
    assert workspace is not None
    found = await _find(connection, workspace, plan_id, conversion_id)
    await _check_untouched(connection, workspace, found)
    changes = await delete_all(connection, PLACEMENT, workspace, found.made_ids(PLACEMENT))
    changes += await update_all(connection, OBJECTIVE, workspace, found.former(OBJECTIVE))
    changes += await update_all(connection, CLAIM, workspace, found.former(CLAIM))
    wanted = found.former(PLACEMENT)
    for comes_last in (False, True):
        chosen = {i: w for i, w in wanted.items() if (w["is_main"] and w["state"] == "active") is comes_last}
        changes += await update_all(connection, PLACEMENT, workspace, chosen)
    await _check_left(connection, workspace, plan_id, found)
    changes += await _forget(connection, workspace, conversion_id, found)
    for resource in (CLAIM, OBJECTIVE):
        changes += await delete_all(connection, resource, workspace, found.made_ids(resource))
    changes += await changes_for_members(connection, actor, workspace, changes)
    await record(connection, actor, "undoArticulationConversion", workspace, changes)


async def _find(connection: Connection, workspace: UUID, plan_id: UUID, conversion_id: UUID) -> _UndoRows:
    """The conversion, and each row as the journal has it before and after: a conversion writes a row once."""
    found = (await images_of(connection, CONVERSION, workspace, [str(conversion_id)])).get(str(conversion_id))
    if found is None or found["plan_id"] != str(plan_id):
        raise NotFound(CONVERSION.name, conversion_id)
    if found["is_undone"]:
        raise Conflict("conversionUndone", conversionId=str(conversion_id))
    rows = await connection.fetch(
        "select entity_id::text, before::text, after::text from journal_entry where workspace_id = $1::uuid"
        " and position >= $2 and position < $3",
        workspace,
        found["first_position"],
        found["last_position"],
    )
    before = {row[0]: None if row[1] is None else images.loads(row[1]) for row in rows}
    return _UndoRows(found, before, {row[0]: images.loads(row[2]) for row in rows})


async def _check_untouched(connection: Connection, workspace: UUID, found: _UndoRows) -> None:
    """Every row is as the conversion left it, whatever was done and undone in between."""
    touched = []
    for resource in (OBJECTIVE, CLAIM, PLACEMENT):
        ids = found.ids(resource)
        current = await images_of(connection, resource, workspace, ids)
        touched += [
            {"entity": resource.name, "id": identifier}
            for identifier in ids
            if identifier not in current or _content(current[identifier]) != _content(found.after[identifier])
        ]
    if touched:
        raise Conflict("conversionTouched", rows=touched)


def _content(image: Image) -> Image:
    return {name: value for name, value in image.items() if name not in ("version", "updated_at")}


async def _check_left(connection: Connection, workspace: UUID, plan_id: UUID, found: _UndoRows) -> None:
    actions = sorted({UUID(found.after[identifier]["action_id"]) for identifier in found.ids(PLACEMENT)})
    left = await connection.fetch(
        LEFT_BEHIND, workspace, plan_id, found.closed_ids(OBJECTIVE, "is_resting"),
        found.closed_ids(CLAIM, "is_withdrawn"), actions, found.record["first_position"],
    )  # fmt: skip
    for resource in (OBJECTIVE, CLAIM):
        made = [UUID(identifier) for identifier in found.made_ids(resource)]
        for sql in hanging_on(resource.table.name):
            left += [row for row in await connection.fetch(sql, workspace, made) if row[1] not in made]
    if left:
        raise Conflict("conversionTouched", rows=[{"entity": row[0], "id": str(row[1])} for row in left])


@cache
def hanging_on(target: str) -> tuple[str, ...]:
    """The statements that find the documents which name rows of a table and would not go with them: entity and id.

    They take the workspace and the ids of the rows.
    """
    names = {each.table.name: each.name for each in RESOURCES if each is not CONVERSION}
    return tuple(
        f"select '{names[table.name]}', x.id from {table.name} x join {target} t on "
        + " and ".join(f"x.{e.parent.name} = t.{e.column.name}" for e in key.elements)
        + " where t.workspace_id = $1::uuid and t.id = any($2::uuid[]) order by x.id"
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_key_constraints
        if table.name in names and key.referred_table.name == target and key.ondelete is None
    )


async def _forget(connection: Connection, workspace: UUID, conversion_id: UUID, found: _UndoRows) -> list[Change]:
    """Mark the conversion as undone; no conversion remembers a home that goes."""
    gone = [UUID(identifier) for identifier in found.made_ids(OBJECTIVE)]
    rows = await connection.fetch(
        "select id::text from articulation_conversion where workspace_id = $1::uuid and home_id = any($2::uuid[])"
        " and id <> $3::uuid order by id",
        workspace, gone, conversion_id,
    )  # fmt: skip
    wanted: dict[str, Image] = {row[0]: {"home_id": None} for row in rows}
    own: Image = {"is_undone": True}
    if found.record["home_id"] in found.made_ids(OBJECTIVE):
        own["home_id"] = None
    return [
        *await update_all(connection, CONVERSION, workspace, wanted),
        *await update_all(connection, CONVERSION, workspace, {str(conversion_id): own}),
    ]
