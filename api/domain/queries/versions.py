"""The frozen content of a version: the canonical text whose hash it carries, or what its reader may read of that.

Whoever may read everything in it gets the stored text itself. Everybody else gets the rows that it reads today, with
the fields that it reads today, and how many rows of each kind are kept from it (`withheld`).
"""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may, visible
from api.domain.sql.reader import Reader
from api.domain.sql.stored_images import project_image

Connection = Any
Content = dict[str, Any]
PERMISSION = "planVersion:readContent"
NAMED = {"offices": "office", "units": "unit", "targetGroups": "targetGroup", "domains": "domain"}
"""Of what the names of the day are, which the content holds beside its rows."""
NAMES = "names"


async def version_content(connection: Connection, reader: Reader, version_id: UUID) -> str:
    """The content as JSON text; only for the administration of a house of its plan."""
    version = BY_NAME["planVersion"]
    rows, seen = reader.rows(version, "t")
    allowed = may(PERMISSION, version, reader.actor, reader.binds, "t")
    found = await connection.fetchrow(
        f"select case when {allowed} then (select c.content from plan_version_content c"
        f" where c.workspace_id = t.workspace_id and c.version_id = t.id) end, {allowed}, t.workspace_id from {rows}"
        f" where t.id = {reader.binds(version_id, 'uuid')} and {seen}",
        *reader.binds.values,
    )
    if found is None:
        raise NotFound("planVersion", version_id)
    if not found[1]:
        raise refusal(reader.actor, PERMISSION)
    text: str = found[0]
    told = await _project(connection, reader, json.loads(text), found[2])
    if told.is_whole:
        return text
    content = told.content | {"withheld": told.withheld}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass
class ProjectedContent:
    """What a reader is told of a content, and how many rows of each kind it is not."""

    content: Content = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True


async def _project(connection: Connection, reader: Reader, content: Content, workspace: UUID) -> ProjectedContent:
    told = ProjectedContent()
    for key, value in content.items():
        if key == NAMES:
            own = {n: v for n, v in value.items() if n in NAMED and grants_of(reader.actor, f"{NAMED[n]}:read")}
            told.content[key], is_whole = own, own == value
        elif isinstance(value, dict):  # rows that are counted only, by their kinds
            inner = await _project(connection, reader, value, workspace)
            told.content[key], is_whole = inner.content, inner.is_whole
            for kind, number in inner.withheld.items():
                told.withheld[kind] = told.withheld.get(kind, 0) + number
        else:
            rows = await _rows_told(connection, reader, BY_NAME.get(key), value, workspace)
            told.content[key], is_whole = rows, rows == _without_hidden(BY_NAME.get(key), value)
            if len(rows) < len(value):
                told.withheld[key] = told.withheld.get(key, 0) + len(value) - len(rows)
        told.is_whole = told.is_whole and is_whole
    return told


def _without_hidden(resource: Resource | None, rows: list[Any]) -> list[Any]:
    """The images without what nobody is ever answered: it keeps no reader from reading them whole."""
    hidden = resource.hidden if resource else ()
    return [{name: value for name, value in row.items() if name not in hidden} for row in rows]


async def _rows_told(
    connection: Connection, reader: Reader, resource: Resource | None, rows: list[Any], workspace: UUID
) -> list[Any]:
    """The images of one kind that the reader may read today, each as far as it may."""
    if not rows or resource is None or not grants_of(reader.actor, f"{resource.name}:read"):
        return []
    asking = Reader(reader.actor, reader.language, reader.base_url)
    home, table = asking.binds(workspace, "uuid"), resource.table.name
    stored = asking.binds(json.dumps(rows), "jsonb")
    seen = visible(resource, asking.actor, asking.binds, "t")
    living = f"\"{table}\" t where t.workspace_id = {home} and t.id = (i.image->>'id')::uuid"
    # What was removed since is judged as it was: what it hung on is judged as it is.
    removed = f'jsonb_populate_record(null::"{table}", i.image) t where not exists (select from {living})'
    text: str = await connection.fetchval(
        f"select coalesce(jsonb_agg({project_image(asking, resource, 'i.image', home)} order by i.n), '[]')::text"
        f" from jsonb_array_elements({stored}) with ordinality i(image, n)"
        f" where exists (select from {living} and {seen}) or exists (select from {removed} and {seen})",
        *asking.binds.values,
    )
    told: list[Any] = json.loads(text)
    return told
