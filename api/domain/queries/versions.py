"""The frozen content of a version, as the canonical text whose hash the version carries."""

from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.policy import refusal
from api.domain.queries.reader import Reader
from api.domain.resources.catalogue import BY_NAME
from api.domain.visibility import may

Connection = Any
PERMISSION = "planVersion:readContent"


async def version_content(connection: Connection, reader: Reader, version_id: UUID) -> str:
    """The canonical JSON of a version; only for the administration of a house of its plan.

    Nothing is projected out of it: neither notes, nor what the audience of an action keeps from others.
    """
    version = BY_NAME["planVersion"]
    rows, seen = reader.rows(version, "t")
    allowed = may(PERMISSION, version, reader.actor, reader.binds, "t")
    found = await connection.fetchrow(
        f"select case when {allowed} then (select c.content from plan_version_content c"
        f" where c.workspace_id = t.workspace_id and c.version_id = t.id) end, {allowed} from {rows}"
        f" where t.id = {reader.binds(version_id, 'uuid')} and {seen}",
        *reader.binds.values,
    )
    if found is None:
        raise NotFound("planVersion", version_id)
    if not found[1]:
        raise refusal(reader.actor, PERMISSION)
    content: str = found[0]
    return content
