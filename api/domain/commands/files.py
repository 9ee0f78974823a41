"""Files come in before the document that points at them, and leave with the last one that does."""

import hashlib
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.errors import Conflict, Refusal, invalid
from api.domain.identifiers import new_id
from api.domain.policy import grants_of, refusal
from api.domain.rules.file_types import check_media
from api.domain.schemas.attachments import UploadedFile
from api.domain.tables.attachments import MOST_BYTES

Connection = Any

MOST_WAITING = 20
"""How many files of one uploader may wait for a document."""

_FORGET = """
delete from file f where f.workspace_id = $1 and f.created_at < now() - interval '1 day' and not f.is_frozen
    and not exists (select from attachment a where a.workspace_id = f.workspace_id and a.file_id = f.id)
"""
_KNOWN = """
update file set created_at = now() where workspace_id = $1 and sha256 = $2 and media_type = $3
    and account_id is not distinct from $4 and client_id is not distinct from $5
returning id, media_type, size_bytes, sha256, created_at
"""
_WAITING = """
select count(*) from file f where f.workspace_id = $1 and f.account_id is not distinct from $2
    and f.client_id is not distinct from $3
    and not exists (select from attachment a where a.workspace_id = f.workspace_id and a.file_id = f.id)
"""
_KEEP = """
insert into file (workspace_id, id, sha256, media_type, size_bytes, content, account_id, client_id)
values ($1, $2, $3, $4, $5, $6, $7, $8) returning id, media_type, size_bytes, sha256, created_at
"""


async def upload_file(connection: Connection, actor: Actor, media_type: str, content: bytes) -> UploadedFile:
    """Keep a file for a day, in which its uploader may attach it; the same file again is the same one.

    Refuses: no right to attach anything (403), a type that is not accepted (415), nothing or a content of another
    type (400), more than a document holds (413), too many files that wait (409). What no document took within a day
    is forgotten here.
    """
    if not grants_of(actor, "attachment:create"):
        raise refusal(actor, "attachment:create")
    if not content:
        raise invalid("fileEmpty", "")
    if len(content) > MOST_BYTES:
        raise Refusal("payloadTooLarge", limit=MOST_BYTES)
    check_media(media_type, content)
    who = actor.account_id, actor.client_id
    digest = hashlib.sha256(content).hexdigest()
    await connection.execute(_FORGET, actor.workspace_id)
    row = await connection.fetchrow(_KNOWN, actor.workspace_id, digest, media_type, *who)
    if row is None:
        if await connection.fetchval(_WAITING, actor.workspace_id, *who) >= MOST_WAITING:
            raise Conflict("tooManyWaiting", limit=MOST_WAITING)
        row = await connection.fetchrow(
            _KEEP, actor.workspace_id, new_id(), digest, media_type, len(content), content, *who
        )
    return UploadedFile.model_validate(dict(row))


async def forget_file(connection: Connection, workspace: UUID | None, file: UUID) -> None:
    """Remove a file to which no document points any more, unless a version of a plan shows it."""
    await connection.execute(
        "delete from file f where f.workspace_id = $1 and f.id = $2 and not f.is_frozen and not exists"
        " (select from attachment a where a.workspace_id = f.workspace_id and a.file_id = f.id)",
        workspace,
        file,
    )
