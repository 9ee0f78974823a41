"""Many rows of one concept changed in a few statements, each with its image before and after."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.images import Image
from api.domain.journal import Change
from api.domain.resources.base import Resource

Connection = Any


async def images_of(
    connection: Connection, resource: Resource, workspace: UUID, ids: Sequence[str]
) -> dict[str, Image]:
    """The images of rows by id; a row that is gone is absent."""
    found = await connection.fetch(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t"
        " where t.workspace_id = $1::uuid and t.id = any($2::uuid[])",
        workspace,
        [UUID(identifier) for identifier in ids],
    )
    read = [images.loads(row[0]) for row in found]
    return {image["id"]: image for image in read}


async def insert_all(connection: Connection, resource: Resource, rows: Sequence[Image]) -> list[Change]:
    """Write new rows whose parts are empty, in their order."""
    if not rows:
        return []
    table = resource.table.name
    columns = [{k: v for k, v in row.items() if k not in resource.parts} for row in rows]
    await connection.execute(
        f"insert into {table} select r.* from jsonb_array_elements($1::jsonb) with ordinality as e(image, n),"
        f" jsonb_populate_record(null::{table}, e.image || jsonb_build_object('version', 1, 'created_at', now(),"
        " 'updated_at', now())) r order by e.n",
        json.dumps(columns, default=str),
    )
    after = await images_of(connection, resource, UUID(rows[0]["workspace_id"]), [row["id"] for row in rows])
    return [Change(resource.name, None, after[row["id"]]) for row in rows]


async def update_all(
    connection: Connection, resource: Resource, workspace: UUID, wanted: Mapping[str, Mapping[str, Any]]
) -> list[Change]:
    """Set columns of rows by id; a row that already is so is left alone."""
    before = await images_of(connection, resource, workspace, list(wanted))
    rows = {
        identifier: before[identifier] | dict(words)
        for identifier, words in wanted.items()
        if any(before[identifier][name] != value for name, value in words.items())
    }
    if not rows:
        return []
    table = resource.table.name
    names = sorted({name for identifier in rows for name in wanted[identifier]})
    sets = ", ".join(f"{name} = r.{name}" for name in names)
    await connection.execute(
        f"update {table} t set {sets}, version = t.version + 1, updated_at = now()"
        f" from jsonb_populate_recordset(null::{table}, $1::jsonb) r"
        " where t.workspace_id = $2::uuid and t.id = r.id",
        json.dumps([{k: v for k, v in row.items() if k not in resource.parts} for row in rows.values()], default=str),
        workspace,
    )
    after = await images_of(connection, resource, workspace, list(rows))
    return [Change(resource.name, before[identifier], after[identifier]) for identifier in rows]


async def delete_all(connection: Connection, resource: Resource, workspace: UUID, ids: Sequence[str]) -> list[Change]:
    """Delete rows by id; their parts go with them."""
    before = await images_of(connection, resource, workspace, ids)
    if not before:
        return []
    await connection.execute(
        f"delete from {resource.table.name} where workspace_id = $1::uuid and id = any($2::uuid[])",
        workspace,
        [UUID(identifier) for identifier in before],
    )
    return [Change(resource.name, before[identifier], None) for identifier in ids if identifier in before]


async def replace_parts(
    connection: Connection, resource: Resource, workspace: UUID, name: str, wanted: Mapping[str, list[Any]]
) -> list[Change]:
    """Set the array of this name, whose items have no id of their own, on rows by id."""
    before = await images_of(connection, resource, workspace, list(wanted))
    rows = [identifier for identifier, items in wanted.items() if before[identifier][name] != items]
    if not rows:
        return []
    part, ids = resource.parts[name], [UUID(identifier) for identifier in rows]
    await connection.execute(
        f"update {resource.table.name} set version = version + 1, updated_at = now()"
        " where workspace_id = $1::uuid and id = any($2::uuid[])",
        workspace, ids,
    )  # fmt: skip
    await connection.execute(
        f"delete from {part.table.__tablename__} where workspace_id = $1::uuid and {part.owner} = any($2::uuid[])",
        workspace, ids,
    )  # fmt: skip
    items = [row for identifier in rows for row in images.items_in(part, before[identifier], wanted[identifier])]
    await images.insert_items(connection, part, items)
    after = await images_of(connection, resource, workspace, rows)
    return [Change(resource.name, before[identifier], after[identifier]) for identifier in rows]
