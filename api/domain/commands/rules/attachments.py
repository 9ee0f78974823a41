"""A document is a link or a file: a file is attached by whoever uploaded it, and goes with its last document."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.files import forget_file
from api.domain.commands.rules.base import Rules
from api.domain.errors import invalid


class AttachmentRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        file = under.after["file_id"]
        if file is None:
            return
        found = await under.connection.fetchrow(
            "select media_type, size_bytes, sha256 from file where workspace_id = $1::uuid and id = $2::uuid"
            " and account_id is not distinct from $3 and client_id is not distinct from $4 for key share",
            under.workspace_id,
            UUID(file),
            under.actor.account_id,
            under.actor.client_id,
        )
        if found is None:
            raise invalid("referencedResourceNotFound", "fileId", file)
        if under.after["file_name"] is None:
            raise invalid("required", "fileName")
        under.after |= dict(found)

    async def afterwards(self, under: Undertaking) -> None:
        if under.changes[-1].after is None and under.after["file_id"] is not None:
            await forget_file(under.connection, under.workspace_id, UUID(under.after["file_id"]))
