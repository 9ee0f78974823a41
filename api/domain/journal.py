"""The journal: what every command changed, appended in its own transaction as its last statement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson

from api.domain.actor import Actor
from api.domain.identifiers import DIRECTORY, new_id
from api.domain.resources.catalogue import RESOURCES
from api.domain.rights.row_security import open_workspaces

Connection = Any

PUBLIC_AS_THEY_ARE = frozenset(resource.name for resource in RESOURCES if resource.is_public_as_it_is)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another workspace that a command reaches (of a group, of its member, of the Region), what the command is called
    there, and the origin that its journal tells."""

    workspace_id: UUID
    command: str
    origin: str = "group"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after a command; `before` is None when it was made, `after` when it was removed."""

    entity: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    elsewhere: "Elsewhere | None" = None
    """The stream that tells it, when it is not the stream of the command itself."""

    @property
    def image(self) -> dict[str, Any]:
        image = self.after if self.after is not None else self.before
        assert image is not None
        return image


async def record(
    connection: Connection, actor: Actor, command: str, workspace_id: UUID | None, changes: Sequence[Change]
) -> int:
    """Append the changes to the workspace's stream and return its last position.

    The counter's row is locked here and until the commit: positions are gapless and in commit order,
    so this must be the last statement that can wait. Without a workspace the directory's stream is used.
    What reaches other workspaces is told in theirs, by the same author, with the origin said there; counters are
    taken in ascending order of workspaces, so that no two commands wait for each other. The public stamp comes after
    them, where something changed that the public reads.
    """
    position = await _record(connection, actor, command, workspace_id, changes)
    if any(change.entity in PUBLIC_AS_THEY_ARE for change in changes):
        await raise_public_stamp(connection)
    return position


async def raise_public_stamp(connection: Connection) -> None:
    """Make what was remembered for the public outdated once this transaction is committed.

    Recording a change of what the public reads as it is (acts and versions among it) does so. The stamp's row is
    locked until the commit, so nothing that waits for another row may follow.
    """
    await connection.execute("update public_stamp set number = number + 1")


async def public_position(connection: Connection) -> str:
    """The version of everything that the public reads. Read before it, or in the same snapshot, never after."""
    number: int = await connection.fetchval("select number from public_stamp")
    return f"public {number}"


async def _record(
    connection: Connection, actor: Actor, command: str, workspace_id: UUID | None, changes: Sequence[Change]
) -> int:
    own = workspace_id or DIRECTORY
    streams: dict[UUID, tuple[Elsewhere, list[Change]]] = {own: (Elsewhere(own, command, actor.origin), [])}
    for change in changes:
        told = change.elsewhere or Elsewhere(own, command)
        streams.setdefault(told.workspace_id, (told, []))[1].append(change)
    if len(streams) == 1:
        return await _append(connection, actor, command, own, changes)
    positions: dict[UUID, int] = {}
    async with open_workspaces(connection, streams.keys() - {DIRECTORY}):
        for stream in sorted(streams):
            where, told_there = streams[stream]
            author = replace(actor, origin=where.origin)
            if told_there:
                positions[stream] = await _append(connection, author, where.command, stream, told_there)
    return positions.get(own, 0)


async def take_counters(connection: Connection, workspace: UUID, changes: Sequence[Change]) -> int:
    """The last position of the workspace's stream, which nobody else can pass until the commit.

    For who must know the positions of its entries before it records them. The counters of the other streams that
    these changes reach are taken too, in the order in which recording would take them.
    """
    streams = {workspace, *(change.elsewhere.workspace_id for change in changes if change.elsewhere)}
    async with open_workspaces(connection, streams):
        rows = await connection.fetch(
            "select workspace_id, position from journal_counter where workspace_id = any($1::uuid[])"
            " order by workspace_id for update",
            sorted(streams),
        )
    return next((row["position"] for row in rows if row["workspace_id"] == workspace), 0)


async def _append(connection: Connection, actor: Actor, command: str, stream: UUID, changes: Sequence[Change]) -> int:
    position: int = await connection.fetchval(
        APPEND,
        stream,
        len(changes),
        orjson.dumps([_entry(rank, change) for rank, change in enumerate(changes, 1)], default=str).decode(),
        command,
        actor.account_id,
        actor.client_id,
        sorted(actor.roles),
        actor.origin,
    )
    return position


def _entry(rank: int, change: Change) -> dict[str, Any]:
    image = change.image
    version = image["version"] + (1 if change.after is None else 0)
    return {
        "rank": rank,
        "id": new_id(),
        "entity": change.entity,
        "entity_id": image["id"],
        "entity_version": version,
        "before": change.before,
        "after": change.after,
        "action_id": image["id"] if change.entity == "action" else image.get("action_id"),
        "plan_id": image["id"] if change.entity == "plan" else image.get("plan_id"),
        "linked_action_id": image.get("linked_action_id"),
        "objective_id": image.get("objective_id"),
        "version_id": image.get("version_id"),
        "organisation_id": image.get("organisation_id"),
    }


APPEND = """
with counted as (
    insert into journal_counter as c (workspace_id, position) values ($1::uuid, $2::bigint)
    on conflict (workspace_id) do update set position = c.position + excluded.position
    returning position
), appended as (
    insert into journal_entry (workspace_id, position, id, at, command, entity, entity_id, entity_version,
        before, after, image_schema, account_id, client_id, roles, origin, action_id, linked_action_id,
        organisation_ids, plan_ids)
    select $1, counted.position - $2 + x.rank, x.id, clock_timestamp(), $4::text, x.entity, x.entity_id,
        x.entity_version, x.before, x.after, 1, $5::uuid, $6::uuid, $7::text[], $8::text,
        x.action_id, x.linked_action_id,
        array(select distinct o from (
            select x.organisation_id union
            select p.organisation_id from partnership p where p.workspace_id = $1 and p.action_id = x.action_id union
            select p::uuid from jsonb_array_elements_text(coalesce(x.after, x.before)->'party_ids') p
        ) as concerned(o) where o is not null),
        array(select distinct p from (
            select x.plan_id union
            select o.plan_id from objective o where o.workspace_id = $1 and o.id = x.objective_id union
            select v.plan_id from plan_version v where v.workspace_id = $1 and v.id = x.version_id union
            select c.plan_id from plan_action c where c.workspace_id = $1 and c.action_id = x.action_id union
            select p.id from plan p where p.workspace_id = $1 and p.period_id = x.entity_id
                and x.entity = 'programmingPeriod'
        ) as concerned(p) where p is not null)
    from counted, jsonb_to_recordset($3::jsonb) as x(rank int, id uuid, entity text, entity_id uuid,
        entity_version int, before jsonb, after jsonb, action_id uuid, linked_action_id uuid,
        plan_id uuid, objective_id uuid, version_id uuid, organisation_id uuid)
)
select position from counted
"""
