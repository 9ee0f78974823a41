"""A person's own reminders, as the service shows them."""

from typing import Any
from uuid import UUID

import orjson

from api.domain.actor import Actor
from api.domain.policy import grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.reminders import Reminders
from api.domain.sql.reader import Reader

Connection = Any
MOST = 200


def persons_of(actor: Actor) -> list[UUID]:
    """The persons that the actor is in its workspace; refuses (403) a role that is never reminded."""
    if not grants_of(actor, "reminder:read"):
        raise refusal(actor, "reminder:read")
    return sorted({m.person_id for m in actor.memberships if m.person_id})


async def reminders(connection: Connection, reader: Reader, *, only_unread: bool) -> Reminders:
    """The newest reminders of the reader in person, about actions it still sees."""
    persons = persons_of(reader.actor)
    action = BY_NAME["action"]
    rows, seen = reader.rows(action, "a")
    own = reader.binds(persons, "uuid[]")
    unread = " and b.read_at is null" if only_unread else ""
    found = await connection.fetch(
        f"select json_build_object('id', b.id, 'kind', b.kind, 'capacity', b.capacity,"
        f" 'concernsOn', b.concerns_on, 'remindedOn', b.reminded_on, 'readAt', b.read_at,"
        f" 'action', json_build_object('id', a.id, 'href', {reader.value(action, 'href', 'a')},"
        f" 'title', a.title))::text"
        f" from reminder b join {rows} on a.workspace_id = b.workspace_id and a.id = b.action_id"
        f" where b.workspace_id = {reader.binds(reader.actor.workspace_id, 'uuid')} and b.person_id = any({own})"
        f" and {seen}{unread} order by b.reminded_on desc, b.id desc limit {MOST}",
        *reader.binds.values,
    )
    items = [orjson.loads(row[0]) for row in found]
    return Reminders.model_validate({"items": items, "unread": await unread_of(connection, reader.actor)})


async def unread_of(connection: Connection, actor: Actor) -> int:
    """How many of the actor's reminders were not read yet, among those about actions it still sees."""
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(BY_NAME["action"], "a")
    found: int = await connection.fetchval(
        f"select count(*) from reminder b join {rows} on a.workspace_id = b.workspace_id and a.id = b.action_id"
        f" where b.workspace_id = {reader.binds(actor.workspace_id, 'uuid')}"
        f" and b.person_id = any({reader.binds(persons_of(actor), 'uuid[]')}) and b.read_at is null and {seen}",
        *reader.binds.values,
    )
    return found
