"""The bytes of a document's file, for whoever sees the document."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.resources.attachments import ATTACHMENT
from api.domain.rights.versions import TO_COUNCIL, TO_PUBLIC
from api.domain.rights.visibility import reader_group_of
from api.domain.sql.reader import Reader

Connection = Any

REACHED = {"council": TO_COUNCIL, "public": TO_PUBLIC}
"""The audiences that reach each reader group."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it is saved: its name, what it is, its bytes and their SHA-256."""

    name: str
    media_type: str
    sha256: str
    content: bytes


async def file_content(connection: Connection, reader: Reader, attachment_id: UUID) -> FileContent:
    """The file of a document; NotFound when the document is not seen, or is a link.

    Who reads what a version shows is given the bytes as long as the living document reaches it: what a version froze
    is what was said of the document.
    """
    rows, seen = reader.rows(ATTACHMENT, "t")
    reader_group = reader_group_of(reader.actor, ATTACHMENT)
    if reader_group is not None:
        seen += (
            " and exists (select from attachment w where w.workspace_id = t.workspace_id and w.id = t.id"
            f" and w.file_id = t.file_id and w.audience = any({reader.binds(REACHED[reader_group], 'text[]')}))"
        )
    row = await connection.fetchrow(
        f"select t.file_name, f.media_type, f.sha256, f.content from {rows}"
        " join file f on f.workspace_id = t.workspace_id and f.id = t.file_id"
        f" where t.id = {reader.binds(attachment_id, 'uuid')} and {seen}",
        *reader.binds.values,
    )
    if row is None:
        raise NotFound("file", attachment_id)
    return FileContent(row["file_name"], row["media_type"], row["sha256"], row["content"])
