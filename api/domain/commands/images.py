"""Rows as images: the JSON of a row with its parts, which is what is written, journaled and rebuilt alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Boolean, Integer

from api.domain.resources.base import ChildList, Resource
from api.domain.sql.reader import part_of

Connection = Any
Image = dict[str, Any]
_EXACT = json.JSONDecoder(parse_float=str)


def loads(text: str) -> Image:
    """An image from its JSON text; exact decimals stay the text they are."""
    image: Image = _EXACT.decode(text)
    return image


def dumps(value: Any) -> str:
    """The JSON text of an image, or of rows; what JSON has no word for is its text."""
    return orjson.dumps(value, default=str).decode()


def image_of(resource: Resource, t: str) -> str:
    """The SQL of the image of row `t`: its columns, without personal data, and its parts in their order."""
    own = (
        f"(to_jsonb({t}) - '{{{','.join(sorted(resource.personal))}}}'::text[])"
        if resource.personal
        else f"to_jsonb({t})"
    )
    parts = []
    for name, part in resource.parts.items():
        shown = f"x.{part.columns[0]}" if part.is_scalar else _object(part)
        order = part.order or part.columns[0]
        parts.append(
            f"'{name}', (select coalesce(jsonb_agg({shown} order by x.{order}), '[]')"
            f" from {part.table.__tablename__} x where {part_of(part, resource, t)})"
        )
    return f"({own} || jsonb_build_object({', '.join(parts)}))" if parts else own


def _object(part: ChildList) -> str:
    return "jsonb_build_object(" + ", ".join(f"'{c}', x.{c}" for c in part.columns) + ")"


async def personal_of(connection: Connection, resource: Resource, image: Image, provided: Mapping[str, Any]) -> Image:
    """What the row holds of the personal data that the caller speaks of, which its image leaves out."""
    names = sorted(resource.personal & provided.keys())
    if not names:
        return {}
    key, values = _key(resource, image, 1)
    pairs = ", ".join(f"'{name}', t.{name}" for name in names)
    return loads(
        await connection.fetchval(
            f"select jsonb_build_object({pairs})::text from {resource.table.name} t where {key}", *values
        )
    )


def complete_image(resource: Resource, words: Mapping[str, Any]) -> Image:
    """A new image: the words said, and null, false, zero or empty for every other column and part."""
    image: Image = {}
    for name, column in resource.table.c.items():
        if name in ("version", "created_at", "updated_at"):
            continue
        if not column.nullable and isinstance(column.type, Boolean):
            image[name] = False
        elif not column.nullable and isinstance(column.type, Integer):
            image[name] = 0
        else:
            image[name] = None
    image |= {name: [] for name in resource.parts}
    return image | {k: v for k, v in words.items() if k in image}


async def insert(connection: Connection, resource: Resource, image: Image) -> None:
    """Write a new row and its parts."""
    table = resource.table.name
    own = {k: v for k, v in image.items() if k not in resource.parts}
    await connection.execute(
        f"insert into {table} select r.* from jsonb_populate_record(null::{table}, $1::jsonb ||"
        " jsonb_build_object('version', 1, 'created_at', now(), 'updated_at', now())) r",
        dumps(own),
    )
    for name, part in resource.parts.items():
        await _insert_part(connection, resource, part, image, image[name])


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change makes different in a row: its columns, and the parts that are replaced."""

    columns: tuple[str, ...]
    parts: tuple[str, ...]


def difference(resource: Resource, before: Image, after: Image) -> Difference:
    """What differs between two images of a row."""
    columns = tuple(c for c in resource.column_names if c in after and after[c] != before.get(c))
    return Difference(columns, tuple(name for name in resource.parts if after[name] != before[name]))


def update_statement(resource: Resource, columns: Sequence[str], words: str, key: str, version: str) -> str:
    """The statement that writes columns as the JSON bound at `words` says them, and raises the version, where the row
    still has that version."""
    table = resource.table.name
    sets = ", ".join([*(f"{c} = r.{c}" for c in columns), "version = t.version + 1", "updated_at = now()"])
    return (
        f"update {table} t set {sets} from jsonb_populate_record(null::{table}, {words}) r"
        f" where {key} and t.version = {version}"
    )


async def update(
    connection: Connection, resource: Resource, before: Image, after: Image, expected_version: int
) -> bool:
    """Write what differs and raise the version; False when the row has another version by now."""
    differs = difference(resource, before, after)
    key, values = _key(resource, before, 3)
    status = await connection.execute(
        update_statement(resource, differs.columns, "$1::jsonb", key, "$2::int"),
        dumps({c: after[c] for c in differs.columns}),
        expected_version,
        *values,
    )
    if status != "UPDATE 1":
        return False
    for name in differs.parts:
        await _replace_part(connection, resource, resource.parts[name], after, after[name])
    return True


async def _replace_part(
    connection: Connection, resource: Resource, part: ChildList, image: Image, items: list[Any]
) -> None:
    """The array is now these items. Single values, and items with an id of their own, that stay are written in place:
    others may name them."""
    owner, values = _owner(resource, part, image)
    if (identity := _identity(part)) is not None:
        staying = [str(item if part.is_scalar else item["id"]) for item in items]
        owner, values = f"{owner} and x.{identity}::text <> all(${len(values) + 1}::text[])", [*values, staying]
    await connection.execute(f"delete from {part.table.__tablename__} x where {owner}", *values)
    await _insert_part(connection, resource, part, image, items)


async def delete(connection: Connection, resource: Resource, image: Image) -> None:
    """Remove a row; its parts go with it."""
    key, values = _key(resource, image, 1)
    await connection.execute(f"delete from {resource.table.name} t where {key}", *values)


def _key(resource: Resource, image: Image, first: int) -> tuple[str, list[UUID]]:
    if resource.is_tenant:
        return f"t.workspace_id = ${first}::uuid and t.id = ${first + 1}::uuid", [
            UUID(image["workspace_id"]),
            UUID(image["id"]),
        ]
    return f"t.id = ${first}::uuid", [UUID(image["id"])]


def _owner(resource: Resource, part: ChildList, image: Image) -> tuple[str, list[Any]]:
    if resource.is_tenant:
        return f"x.workspace_id = $1::uuid and x.{part.owner} = $2::uuid", [
            UUID(image["workspace_id"]),
            UUID(image["id"]),
        ]
    return f"x.{part.owner} = $1::uuid", [UUID(image["id"])]


async def _insert_part(
    connection: Connection, resource: Resource, part: ChildList, image: Image, items: list[Any]
) -> None:
    await insert_items(connection, part, items_in(part, image, items))


def items_in(part: ChildList, image: Image, items: list[Any]) -> list[Image]:
    """The rows of a part of one row: its items with whose they are, in their order."""
    rows = []
    for rank, item in enumerate(items, 1):
        row = {part.columns[0]: item} if part.is_scalar else dict(item)
        row[part.owner] = image["id"]
        if "workspace_id" in part.table.model_fields and part.owner != "workspace_id":
            row["workspace_id"] = image[part.tenant]
        if part.order and part.order not in part.columns:
            row[part.order] = rank
        rows.append(row)
    return rows


async def insert_items(connection: Connection, part: ChildList, rows: list[Image]) -> None:
    """Write rows of a part, of however many owners."""
    if not rows:
        return
    table = part.table.__tablename__
    await connection.execute(
        f"insert into {table} select r.* from jsonb_populate_recordset(null::{table}, $1::jsonb) r{_order_items(part)}",
        dumps(rows),
    )


def _identity(part: ChildList) -> str | None:
    """The column by which an item is the same one as before, where there is one."""
    if part.is_scalar:
        return part.columns[0]
    return "id" if "id" in part.columns else None


def _order_items(part: ChildList) -> str:
    """What becomes of an item that is there already."""
    if _identity(part) is None:
        return ""
    columns = part.table.__table__.columns  # type: ignore[attr-defined]
    keys = [column.name for column in columns if column.primary_key]
    sets = ", ".join(f"{column.name} = excluded.{column.name}" for column in columns if not column.primary_key)
    return f" on conflict ({', '.join(keys)}) do " + (f"update set {sets}" if sets else "nothing")
