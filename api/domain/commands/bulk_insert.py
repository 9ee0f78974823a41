"""Rows that are given, not typed: written many at once, and journaled like any others."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.images import Image
from api.domain.journal import Change
from api.domain.resources.base import Resource
from api.domain.schemas.base import InputModel

Connection = Any


def image_of_words(resource: Resource, words: InputModel, **more: Any) -> Image:
    """The image of a row that would say these words; `more` adds its id and what only the domain knows."""
    return images.complete_image(resource, words.model_dump(mode="json")) | {
        name: None if value is None else str(value) for name, value in more.items()
    }


async def bulk_insert(connection: Connection, resource: Resource, rows: Sequence[Image]) -> list[Change]:
    """Insert rows of a concept, in one statement if it has no parts; answers what the journal must say of it."""
    if not rows:
        return []
    if resource.parts:
        return [await _complete(connection, resource, row) for row in rows]
    table = resource.table.name
    inserted = await connection.fetch(
        f"insert into {table} as t select r.* from jsonb_array_elements($1::jsonb) as e(image),"
        f" jsonb_populate_record(null::{table}, e.image || jsonb_build_object('version', 1,"
        " 'created_at', now(), 'updated_at', now())) r"
        f" returning {images.image_of(resource, 't')}::text",
        json.dumps(rows),
    )
    return [Change(resource.name, None, images.loads(row[0])) for row in inserted]


async def _complete(connection: Connection, resource: Resource, row: Image) -> Change:
    """Insert one row with its parts."""
    await images.insert(connection, resource, row)
    text = await connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where t.id = $1::uuid",
        UUID(row["id"]),
    )
    return Change(resource.name, None, images.loads(text))
