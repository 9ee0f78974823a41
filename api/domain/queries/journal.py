"""What the journal knows: the state of a workspace at any of its positions."""

import json
from typing import Any
from uuid import UUID

Connection = Any
State = dict[tuple[str, str], dict[str, Any]]


async def state_at(connection: Connection, workspace_id: UUID, position: int | None = None) -> State:
    """Every thing that existed at a position (the last one by default), by entity and id: its image of then."""
    rows = await connection.fetch(
        "select entity, entity_id, after::text from (select distinct on (entity, entity_id) entity, entity_id, after"
        " from journal_entry where workspace_id = $1::uuid and position <= coalesce($2::bigint, position)"
        " order by entity, entity_id, position desc) latest where after is not null",
        workspace_id,
        position,
    )
    return {(r["entity"], str(r["entity_id"])): json.loads(r["after"], parse_float=str) for r in rows}
