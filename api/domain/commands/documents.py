"""Creating, changing and removing any document: the same seven steps for every concept.

Lock the visible row, check the right, compare the version, run the hooks, write, check the right again on the written
row, append to the journal. Nothing here commits: the caller's transaction does.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images, references, write_and_authorize
from api.domain.commands.constraints import translate_violations
from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks import hooks_of
from api.domain.errors import Conflict, NotFound, Refusal, StaleVersion
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.policy import HeldGrant, covers, grants_of, refusal
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.schemas.base import InputModel
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any


def provided_by(resource: Resource, words: InputModel) -> dict[str, Any]:
    """The fields that the caller sent; arrays of values without duplicates, sorted where they have no order."""
    provided = words.model_dump(mode="json", include=words.model_fields_set)
    for name, part in resource.parts.items():
        if provided.get(name) and part.is_scalar:
            provided[name] = list(dict.fromkeys(provided[name])) if part.order else sorted(set(provided[name]))
    return provided


async def create(connection: Connection, actor: Actor, resource: Resource, words: InputModel) -> UUID:
    """Create a document and return its id, or the id of an existing one that the hooks find to be the same.

    Refuses: no right (403), ids that name nothing visible or invalid values (400), a broken rule (409).
    """
    permission = f"{resource.name}:create"
    if not grants_of(actor, permission):
        raise refusal(actor, permission)
    provided = provided_by(resource, words)
    await references.check(connection, actor, resource, provided, {})
    image = images.complete_image(resource, words.model_dump(mode="json") | provided)
    image |= {"id": str(new_id())}
    if resource.is_tenant and actor.workspace_id is not None:
        image["workspace_id"] = str(actor.workspace_id)
    change = ChangeContext(connection, actor, resource, provided, None, image)
    hooks = hooks_of(resource)
    if (known := await hooks.find_existing(change)) is not None:
        if change.changes:
            await record(connection, actor, f"create{resource.title}", change.workspace_id, change.changes)
        return known
    for other in await hooks.alongside(change):
        target = BY_NAME[other.resource]
        done = await apply_update(connection, actor, target, other.identifier, other.provided, other.expected_version)
        change.changes += done.changes
    with translate_violations(resource):
        await hooks.on_create(change)
        await images.insert(connection, resource, change.after)
        after = await write_and_authorize.read_if_allowed(change, permission)
        change.changes.append(Change(resource.name, None, after))
        await hooks.afterwards(change)
    await record(connection, actor, f"create{resource.title}", change.workspace_id, change.changes)
    return UUID(change.after["id"])


async def update(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    identifier: UUID,
    words: InputModel,
    expected_version: int,
) -> None:
    """Change the fields that were sent; where all equal what is stored, neither version nor journal moves.

    Refuses: not visible (404), no right (403), another version (412), invalid values (400), a broken rule (409).
    """
    change = await apply_update(connection, actor, resource, identifier, provided_by(resource, words), expected_version)
    if change.changes:
        await record(connection, actor, f"update{resource.title}", change.workspace_id, change.changes)


async def apply_update(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    identifier: UUID,
    provided: dict[str, Any],
    expected_version: int,
) -> ChangeContext:
    """Apply an update with all its refusals, without recording it: the calling command appends to the journal."""
    before, may_update = await _lock_row(connection, actor, resource, identifier, "update")
    await _authorize(connection, actor, resource, before, provided, may_update=may_update)
    if before["version"] != expected_version:
        raise StaleVersion(before["version"], await _differences(connection, resource, before, expected_version))
    provided |= await references.untold(connection, actor, resource, before, provided)
    different = {k: v for k, v in provided.items() if v != before.get(k)}
    await references.check(connection, actor, resource, different, before)
    for name, kept in (await references.hidden_ids(connection, actor, resource, before, provided)).items():
        provided |= {name: sorted({*provided[name], *kept})}
    known = await images.personal_of(connection, resource, before, provided)
    after = before | {k: v for k, v in provided.items() if k in before or (k in known and v != known[k])}
    change = ChangeContext(connection, actor, resource, provided, before, after)
    hooks = hooks_of(resource)
    with translate_violations(resource):
        await hooks.on_update(change)
        if change.after == before and not change.changes:
            return change
        if change.after != before:
            after = await write_and_authorize.update(change, _permission(resource, before, provided), expected_version)
            change.changes.append(Change(resource.name, before, after))
        await hooks.afterwards(change)
    return change


async def delete(
    connection: Connection, actor: Actor, resource: Resource, identifier: UUID, expected_version: int
) -> None:
    """Remove a document that nothing refers to; actions, objectives and plans only as drafts.

    Refuses: not visible (404), no right (403), another version (412), in use or no draft (409).
    """
    before, may_delete = await _lock_row(connection, actor, resource, identifier, "delete")
    if not may_delete:
        raise refusal(actor, f"{resource.name}:delete")
    if before["version"] != expected_version:
        raise StaleVersion(before["version"], await _differences(connection, resource, before, expected_version))
    change = ChangeContext(connection, actor, resource, {}, before, dict(before))
    hooks = hooks_of(resource)
    with translate_violations(resource, is_removal=True):
        await _check_guards(change, "delete")
        await hooks.on_delete(change)
        await images.delete(connection, resource, before)
        change.changes.append(Change(resource.name, before, None))
        await hooks.afterwards(change)
    await record(connection, actor, f"delete{resource.title}", change.workspace_id, change.changes)


async def _lock_row(
    connection: Connection, actor: Actor, resource: Resource, identifier: UUID, verb: str
) -> tuple[dict[str, Any], bool]:
    """The image of a visible row, locked until the commit, and whether the right to the verb covers it."""
    reader = Reader(actor, "fr", "")
    identity = reader.binds.apart(identifier, "uuid")

    def write() -> tuple[str, str]:
        rows, seen = reader.rows(resource, "t")
        shown = f"{images.image_of(resource, 't')}::text"
        right = may(f"{resource.name}:{verb}", resource, reader.actor, reader.binds, "t")
        where = f"t.id = {identity} and {seen}"
        return rows, f"select {shown}, {right} from {rows} where {where} for no key update of t"

    rows, sql = prepare_statement(reader, f"locked:{resource.name}:{verb}", write)
    found = None if rows.startswith("(") else await connection.fetchrow(sql, *reader.binds.values)
    if found is None:
        raise await _explain_unwritable(connection, actor, resource, identifier, verb)
    return images.loads(found[0]), found[1]


async def _explain_unwritable(
    connection: Connection, actor: Actor, resource: Resource, identifier: UUID, verb: str
) -> Refusal:
    """Why a row cannot be locked: it is only shown (by a version, or as published), or it is not seen at all."""
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(resource, "t")
    is_seen = await connection.fetchval(
        f"select exists (select from {rows} where t.id = {reader.binds(identifier, 'uuid')} and {seen})",
        *reader.binds.values,
    )
    return refusal(actor, f"{resource.name}:{verb}") if is_seen else NotFound(resource.name, identifier)


def _permission(resource: Resource, before: dict[str, Any], provided: dict[str, Any]) -> str:
    return hooks_of(resource).permission(before, provided) or f"{resource.name}:update"


async def _authorize(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    before: dict[str, Any],
    provided: dict[str, Any],
    *,
    may_update: bool,
) -> None:
    """Refuse (403) unless the rights on this row cover every field sent; a move of the lifecycle has its own right.

    `may_update` tells whether some grant of the right to update covers the row.
    """
    hooks, update = hooks_of(resource), f"{resource.name}:update"
    permission = _permission(resource, before, provided)
    is_move = permission != update
    if not (await _has_right(connection, actor, resource, permission, before) if is_move else may_update):
        raise refusal(actor, permission)
    own = set(provided) - hooks.fields_of_move if is_move else set(provided)
    if not is_move and _grants_reaching(actor, resource, permission, own) == grants_of(actor, permission):
        return  # the grants just found to hold reach every field
    if own and not await _has_right(connection, actor, resource, update, before, own):
        barred = {f for f in own if not covers(actor, update, f)} or own
        raise refusal(actor, update, [resource.wire(f) for f in barred])


async def _has_right(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    permission: str,
    image: dict[str, Any],
    fields: set[str] | None = None,
) -> bool:
    """Whether a grant of the permission covers this row, and all these fields of it."""
    ways = _grants_reaching(actor, resource, permission, fields or ())
    if not ways:
        return False
    reader = Reader(actor, "fr", "")
    condition = may(permission, resource, actor, reader.binds, "t", ways)
    if condition == "true":
        return True
    found: bool = await connection.fetchval(
        f"select exists (select from {resource.table.name} t where t.id = {reader.binds(image['id'], 'uuid')}"
        f" and {condition})",
        *reader.binds.values,
    )
    return found


def _grants_reaching(
    actor: Actor, resource: Resource, permission: str, fields: Collection[str]
) -> tuple[HeldGrant, ...]:
    """The grants of a permission that reach all these fields."""
    return tuple(w for w in grants_of(actor, permission) if all(w.grant.covers(resource.name, f) for f in fields))


async def _check_guards(change: ChangeContext, verb: str) -> None:
    """Refuse when the row's state does not allow the verb, for the first reason that holds."""
    guards = change.resource.guards.get(verb, ())
    if not guards:
        return
    stands = ", ".join(guard.sql.replace("{t}", "t") for guard in guards)
    found = await change.connection.fetchval(
        f"select array[{stands}] from {change.resource.table.name} t where t.id = $1::uuid", UUID(change.after["id"])
    )
    for guard, holds in zip(guards, found, strict=True):
        if not holds:
            raise Conflict(guard.refusal)


async def _differences(
    connection: Connection, resource: Resource, current: dict[str, Any], expected_version: int
) -> list[str]:
    """The fields that changed since the version the caller had, as far as the journal knows it."""
    found = await connection.fetchval(
        "select after::text from journal_entry where workspace_id = $1::uuid and entity = $2 and entity_id = $3::uuid"
        " and entity_version = $4 order by position desc limit 1",
        UUID(current.get("workspace_id") or str(UUID(int=0))),
        resource.name,
        UUID(current["id"]),
        expected_version,
    )
    if found is None:
        return []
    then = images.loads(found)
    return sorted(resource.wire(k) for k in current if current[k] != then.get(k) and k not in ("version", "updated_at"))
