"""The journal and the tables of a workspace, as the database holds them."""

import json
from typing import Any
from uuid import UUID

from api.accounts import open_workspace
from api.db import Connection, Database
from api.domain.commands import images
from api.domain.queries.journal import State, state_at
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES

JOURNALED = [r for r in RESOURCES if r.is_tenant and not r.is_record]
"""The concepts whose rows live in a workspace, and so in its journal."""


async def entries_of(database: Database, stream: UUID) -> list[dict[str, Any]]:
    """Every entry of a stream, in order, with images as objects."""
    async with database.transaction() as connection:
        await open_workspace(connection, stream)
        found = await connection.fetch(
            "select to_jsonb(e)::text from journal_entry e where workspace_id = $1 order by position", stream
        )
    return [json.loads(row[0], parse_float=str) for row in found]


async def position_of(database: Database, stream: UUID) -> int:
    async with database.transaction() as connection:
        await open_workspace(connection, stream)
        position: int = await connection.fetchval(
            "select position from journal_counter where workspace_id = $1", stream
        )
    return position


async def rebuilt(database: Database, workspace: UUID, position: int | None = None) -> State:
    """The state of the concepts of a workspace from its journal alone."""
    async with database.transaction() as connection:
        await open_workspace(connection, workspace)
        state = await state_at(connection, workspace, position)
    names = {r.name for r in JOURNALED}
    return {key: image for key, image in state.items() if key[0] in names}


async def stored(database: Database, workspace: UUID) -> State:
    """The same state from the tables alone."""
    state: State = {}
    async with database.transaction() as connection:
        await open_workspace(connection, workspace)
        for resource in JOURNALED:
            state |= await _rows(connection, resource, workspace)
    return state


async def _rows(connection: Connection, resource: Resource, workspace: UUID) -> State:
    found = await connection.fetch(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where t.workspace_id = $1",
        workspace,
    )
    rows = [images.loads(row[0]) for row in found]
    return {(resource.name, image["id"]): image for image in rows}


def assert_gapless(entries: list[dict[str, Any]]) -> None:
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    assert len({entry["id"] for entry in entries}) == len(entries)


def assert_chained(entries: list[dict[str, Any]]) -> None:
    """Of each thing every `before` is the `after` that came before, and versions count up one by one."""
    last: dict[tuple[str, str], Any] = {}
    versions: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry["entity"], entry["entity_id"])
        assert entry["before"] == last.get(key), entry
        if entry["after"] is not None and "version" in entry["after"]:
            assert entry["after"]["version"] == entry["entity_version"]
            assert entry["entity_version"] == versions.get(key, 0) + 1, entry
            versions[key] = entry["entity_version"]
        assert entry["before"] != entry["after"], entry
        last[key] = entry["after"]
