"""A document is a link or a file: a file is attached by whoever uploaded it, and goes with its last document."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.files import forget_file
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import invalid


class AttachmentRules(Hooks, concept="attachment"):
    async def on_create(self, change: ChangeContext) -> None:
        file = change.after["file_id"]
        if file is None:
            return
        found = await change.connection.fetchrow(
            "select media_type, size_bytes, sha256 from file where workspace_id = $1::uuid and id = $2::uuid"
            " and account_id is not distinct from $3 and client_id is not distinct from $4 for key share",
            change.workspace_id,
            UUID(file),
            change.actor.account_id,
            change.actor.client_id,
        )
        if found is None:
            raise invalid("referencedResourceNotFound", "fileId", file)
        if change.after["file_name"] is None:
            raise invalid("required", "fileName")
        change.after |= dict(found)

    async def afterwards(self, change: ChangeContext) -> None:
        if change.changes[-1].after is None and change.after["file_id"] is not None:
            await forget_file(change.connection, change.workspace_id, UUID(change.after["file_id"]))
