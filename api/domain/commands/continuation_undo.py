"""Undoing a continuation exactly, while nothing that it wrote has changed since and nothing hangs on what it made."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.articulation import lock_plan
from api.domain.commands.batches import images_of, update_all
from api.domain.commands.constraints import translate_violations
from api.domain.commands.context import Image
from api.domain.commands.continuation import CONTINUATION, PLAN
from api.domain.commands.group_offers import changes_for_members
from api.domain.errors import Conflict, NotFound
from api.domain.journal import Change, record
from api.domain.queries.continuation import PERMISSION
from api.domain.resources.catalogue import BY_NAME, RESOURCES

Connection = Any


async def undo_continuation(connection: Connection, actor: Actor, plan_id: UUID, continuation_id: UUID) -> None:
    """Set every row that the continuation changed as it was before, and remove what it made.

    Refuses: not visible (404), no right (403), undone already, a row changed since, or something added to the plan of
    the next period (409, the rows listed).
    """
    await lock_plan(connection, actor, plan_id, PERMISSION)
    workspace = actor.workspace_id
    assert workspace is not None
    found = (await images_of(connection, CONTINUATION, workspace, [str(continuation_id)])).get(str(continuation_id))
    if found is None or found["plan_id"] != str(plan_id):
        raise NotFound(CONTINUATION.name, continuation_id)
    if found["is_undone"]:
        raise Conflict("continuationUndone", continuationId=str(continuation_id))
    current = await _untouched_rows(connection, workspace, found)
    before = await _images_before(connection, workspace, found)
    changes: list[Change] = []
    with translate_violations(PLAN):
        for entity, identifier in _rows(found, "changed"):
            changes += await _restore(connection, current[entity, identifier], entity, before[identifier])
        changes += await update_all(
            connection, CONTINUATION, workspace, {str(continuation_id): {"is_undone": True, "next_plan_id": None}}
        )
        changes += await _remove_made(connection, found, current, ("placement", "planAction"))
        # What a group offers names the plans that claim an action: it lets go of this one before the plan is gone.
        offered = await changes_for_members(connection, actor, workspace, changes)
        changes += await _remove_made(connection, found, current, ("objective", "plan"))
    await record(connection, actor, "undoPlanContinuation", workspace, [*changes, *offered])


def _rows(found: Image, change: str) -> list[tuple[str, str]]:
    return [(row["entity"], row["entity_id"]) for row in found["rows"] if row["change"] == change]


async def _untouched_rows(connection: Connection, workspace: UUID, found: Image) -> dict[tuple[str, str], Image]:
    """The rows that the continuation wrote, as they are; refused where one changed, or where something hangs on one."""
    written = {(row["entity"], row["entity_id"]): row["row_version"] for row in found["rows"]}
    current: dict[tuple[str, str], Image] = {}
    for entity in sorted({entity for entity, _ in written}):
        ids = [identifier for name, identifier in written if name == entity]
        read = await images_of(connection, BY_NAME[entity], workspace, ids)
        current |= {(entity, identifier): image for identifier, image in read.items()}
    touched = [key for key, version in written.items() if key not in current or current[key]["version"] != version]
    touched += await _hanging_rows(connection, workspace, found, written)
    if touched:
        rows = [{"entity": entity, "id": identifier} for entity, identifier in dict.fromkeys(touched)]
        raise Conflict("continuationTouched", rows=rows)
    return current


async def _hanging_rows(
    connection: Connection, workspace: UUID, found: Image, written: dict[tuple[str, str], int]
) -> list[tuple[str, str]]:
    """The rows of others that name the plan of the next period, or an objective of it."""
    made = {target: [UUID(i) for e, i in _rows(found, "added") if e == target] for target in ("plan", "objective")}
    if not made["plan"]:
        return []
    selects = [
        f"select '{entity}' as entity, {identifier}::text as id from {table} t where t.workspace_id = $1::uuid"
        f" and t.{column} = any(${2 if target == 'plan' else 3}::uuid[])"
        for entity, table, identifier, column, target in _namings()
    ]
    rows = await connection.fetch(
        " union ".join(selects) + " order by 1, 2", workspace, made["plan"], made["objective"]
    )
    known = {*written, (CONTINUATION.name, found["id"])}
    return [(row["entity"], row["id"]) for row in rows if (row["entity"], row["id"]) not in known]


def _namings() -> Iterator[tuple[str, str, str, str, str]]:
    """Every column by which a row of a workspace names a plan or an objective: whose row it is, and where it stands."""
    for resource in RESOURCES:
        if not resource.is_tenant:
            continue
        for column, ref in resource.refs.items():
            if ref.target in ("plan", "objective") and column in resource.table.c:
                yield resource.name, resource.table.name, "t.id", column, ref.target
        for part in resource.parts.values():
            if part.target in ("plan", "objective") and part.tenant == "workspace_id":
                table = str(part.table.__tablename__)
                yield resource.name, table, f"t.{part.owner}", part.columns[0], part.target


async def _restore(connection: Connection, current: Image, entity: str, before: Image) -> list[Change]:
    """Write a row as it was: its columns and arrays, all but its version and instants."""
    resource = BY_NAME[entity]
    after = current | {k: v for k, v in before.items() if k not in ("version", "created_at", "updated_at")}
    if after == current:
        return []
    await images.update(connection, resource, current, after, current["version"])
    read = await images_of(connection, resource, UUID(current["workspace_id"]), [current["id"]])
    return [Change(entity, current, read[current["id"]])]


async def _remove_made(
    connection: Connection, found: Image, current: dict[tuple[str, str], Image], kinds: tuple[str, ...]
) -> list[Change]:
    """Remove what the continuation made of these kinds, children before parents."""
    made = _rows(found, "added")
    changes = []
    for entity in kinds:
        for key in reversed([key for key in made if key[0] == entity]):
            await images.delete(connection, BY_NAME[entity], current[key])
            changes.append(Change(entity, current[key], None))
    return changes


async def _images_before(connection: Connection, workspace: UUID, found: Image) -> dict[str, Image]:
    """Each row that the continuation changed, as the journal has it from before. It writes a row once."""
    rows = await connection.fetch(
        "select entity_id::text, before::text from journal_entry where workspace_id = $1::uuid"
        " and position >= $2 and position < $3 and before is not null",
        workspace,
        found["first_position"],
        found["last_position"],
    )
    return {row[0]: images.loads(row[1]) for row in rows}
