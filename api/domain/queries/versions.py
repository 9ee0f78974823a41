"""The frozen content of a version, as the canonical text whose hash the version carries."""

from typing import Any
from uuid import UUID

from api.domain.errors import Forbidden, NotFound
from api.domain.queries.reader import Reader
from api.domain.resources.catalogue import BY_NAME
from api.domain.visibility import circle_of

Connection = Any


async def version_content(connection: Connection, reader: Reader, version_id: UUID) -> str:
    """The canonical JSON of a version; only for those who also read the living plan, since nothing is projected out."""
    version = BY_NAME["planVersion"]
    rows, seen = reader.rows(version, "t")
    found: str | None = await connection.fetchval(
        f"select coalesce((select c.content from plan_version_content c"
        f" where c.workspace_id = t.workspace_id and c.version_id = t.id), '') from {rows}"
        f" where t.id = {reader.binds(version_id, 'uuid')} and {seen}",
        *reader.binds.values,
    )
    if found is None:
        raise NotFound("planVersion", version_id)
    if circle_of(reader.actor, BY_NAME["plan"]) is not None:
        raise Forbidden("planVersion:readContent")
    return found
