"""Creating, changing and removing any document: the same seven steps for every concept.

See → may → version → rules → write → still may → record. Nothing here commits: the door does.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images, references, written
from api.domain.commands.change import Undertaking
from api.domain.commands.constraints import told
from api.domain.commands.rules import rules_of
from api.domain.errors import Conflict, NotFound, Refusal, StaleVersion
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.policy import Held, covers, held, refusal
from api.domain.queries.prepared import prepared
from api.domain.queries.reader import Reader
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.base import Words
from api.domain.visibility import may

Connection = Any


def said_in(resource: Resource, words: Words) -> dict[str, Any]:
    """What the caller wrote, and nothing it left out; of an array of values each is said once, in the order of the
    values where the array has none of its own."""
    said = words.model_dump(mode="json", include=words.model_fields_set)
    for name, part in resource.parts.items():
        if said.get(name) and part.is_scalar:
            said[name] = list(dict.fromkeys(said[name])) if part.order else sorted(set(said[name]))
    return said


async def create(connection: Connection, actor: Actor, resource: Resource, words: Words) -> UUID:
    """Make a new document and return its id, or the id of the one that is already what is asked for.

    Refuses: no right (403), names that lead nowhere or untrue words (400), a broken rule (409).
    """
    permission = f"{resource.name}:create"
    if not held(actor, permission):
        raise refusal(actor, permission)
    said = said_in(resource, words)
    await references.check(connection, actor, resource, said, {})
    image = images.whole(resource, words.model_dump(mode="json") | said)
    image |= {"id": str(new_id())}
    if resource.is_tenant and actor.workspace_id is not None:
        image["workspace_id"] = str(actor.workspace_id)
    under = Undertaking(connection, actor, resource, said, None, image)
    rules = rules_of(resource)
    if (known := await rules.known(under)) is not None:
        if under.changes:
            await record(connection, actor, f"create{resource.title}", under.workspace_id, under.changes)
        return known
    for other in await rules.alongside(under):
        target = BY_NAME[other.resource]
        done = await undertake(connection, actor, target, other.identifier, other.said, other.expected_version)
        under.changes += done.changes
    with told(resource):
        await rules.on_create(under)
        await images.insert(connection, resource, under.after)
        after = await written.allowed(under, permission)
        under.changes.append(Change(resource.name, None, after))
        await rules.afterwards(under)
    await record(connection, actor, f"create{resource.title}", under.workspace_id, under.changes)
    return UUID(under.after["id"])


async def update(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    identifier: UUID,
    words: Words,
    expected_version: int,
) -> None:
    """Change what the words say, and nothing else. Saying what already is changes nothing at all.

    Refuses: not visible (404), no right (403), another version by now (412), untrue words (400), a broken rule (409).
    """
    under = await undertake(connection, actor, resource, identifier, said_in(resource, words), expected_version)
    if under.changes:
        await record(connection, actor, f"update{resource.title}", under.workspace_id, under.changes)


async def undertake(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    identifier: UUID,
    said: dict[str, Any],
    expected_version: int,
) -> Undertaking:
    """The change itself, with all its refusals: written, but not yet recorded by the command that asks for it."""
    before, may_update = await _locked(connection, actor, resource, identifier, "update")
    await _authorize(connection, actor, resource, before, said, may_update=may_update)
    if before["version"] != expected_version:
        raise StaleVersion(before["version"], await _differences(connection, resource, before, expected_version))
    said |= await references.untold(connection, actor, resource, before, said)
    different = {k: v for k, v in said.items() if v != before.get(k)}
    await references.check(connection, actor, resource, different, before)
    for name, kept in (await references.hidden(connection, actor, resource, before, said)).items():
        said |= {name: sorted({*said[name], *kept})}
    known = await images.personal_of(connection, resource, before, said)
    after = before | {k: v for k, v in said.items() if k in before or (k in known and v != known[k])}
    under = Undertaking(connection, actor, resource, said, before, after)
    rules = rules_of(resource)
    with told(resource):
        await rules.on_update(under)
        if under.after == before and not under.changes:
            return under
        if under.after != before:
            after = await written.update(under, _permission(resource, before, said), expected_version)
            under.changes.append(Change(resource.name, before, after))
        await rules.afterwards(under)
    return under


async def delete(
    connection: Connection, actor: Actor, resource: Resource, identifier: UUID, expected_version: int
) -> None:
    """Remove a document that nothing refers to; actions, objectives and plans only as drafts.

    Refuses: not visible (404), no right (403), another version (412), in use or no draft (409).
    """
    before, may_delete = await _locked(connection, actor, resource, identifier, "delete")
    if not may_delete:
        raise refusal(actor, f"{resource.name}:delete")
    if before["version"] != expected_version:
        raise StaleVersion(before["version"], await _differences(connection, resource, before, expected_version))
    under = Undertaking(connection, actor, resource, {}, before, dict(before))
    rules = rules_of(resource)
    with told(resource, is_removal=True):
        await _guarded(under, "delete")
        await rules.on_delete(under)
        await images.delete(connection, resource, before)
        under.changes.append(Change(resource.name, before, None))
        await rules.afterwards(under)
    await record(connection, actor, f"delete{resource.title}", under.workspace_id, under.changes)


async def _locked(
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

    rows, sql = prepared(reader, f"locked:{resource.name}:{verb}", write)
    found = None if rows.startswith("(") else await connection.fetchrow(sql, *reader.binds.values)
    if found is None:
        raise await _unwritable(connection, actor, resource, identifier, verb)
    return images.loads(found[0]), found[1]


async def _unwritable(connection: Connection, actor: Actor, resource: Resource, identifier: UUID, verb: str) -> Refusal:
    """Why a row cannot be locked: it is only shown (by a version, or as published), or it is not seen at all."""
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(resource, "t")
    is_seen = await connection.fetchval(
        f"select exists (select from {rows} where t.id = {reader.binds(identifier, 'uuid')} and {seen})",
        *reader.binds.values,
    )
    return refusal(actor, f"{resource.name}:{verb}") if is_seen else NotFound(resource.name, identifier)


def _permission(resource: Resource, before: dict[str, Any], said: dict[str, Any]) -> str:
    return rules_of(resource).permission(before, said) or f"{resource.name}:update"


async def _authorize(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    before: dict[str, Any],
    said: dict[str, Any],
    *,
    may_update: bool,
) -> None:
    """Refuse unless the rights on this row cover every field said; a move asks for its own right.

    `may_update` tells whether some grant of the right to update covers the row.
    """
    rules, update = rules_of(resource), f"{resource.name}:update"
    permission = _permission(resource, before, said)
    is_move = permission != update
    if not (await _holds(connection, actor, resource, permission, before) if is_move else may_update):
        raise refusal(actor, permission)
    own = set(said) - rules.fields_of_move if is_move else set(said)
    if not is_move and _ways(actor, resource, permission, own) == held(actor, permission):
        return  # the grants just found to hold reach every field
    if own and not await _holds(connection, actor, resource, update, before, own):
        barred = {f for f in own if not covers(actor, update, f)} or own
        raise refusal(actor, update, [resource.wire(f) for f in barred])


async def _holds(
    connection: Connection,
    actor: Actor,
    resource: Resource,
    permission: str,
    image: dict[str, Any],
    fields: set[str] | None = None,
) -> bool:
    """Whether a grant of the permission covers this row, and all these fields of it."""
    ways = _ways(actor, resource, permission, fields or ())
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


def _ways(actor: Actor, resource: Resource, permission: str, fields: Collection[str]) -> tuple[Held, ...]:
    """The grants of a permission that reach all these fields."""
    return tuple(w for w in held(actor, permission) if all(w.grant.covers(resource.name, f) for f in fields))


async def _guarded(under: Undertaking, verb: str) -> None:
    """Refuse when the row's state does not allow the verb, for the first reason that holds."""
    guards = under.resource.guards.get(verb, ())
    if not guards:
        return
    stands = ", ".join(guard.sql.replace("{t}", "t") for guard in guards)
    found = await under.connection.fetchval(
        f"select array[{stands}] from {under.resource.table.name} t where t.id = $1::uuid", UUID(under.after["id"])
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
