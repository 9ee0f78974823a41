"""What the people of a workspace see, asked in nobody's request: by the same door as if they asked themselves."""

from collections.abc import Sequence
from uuid import UUID

from api.db import Connection
from api.domain.commands.scheduled import open_one
from api.domain.errors import Refusal
from api.domain.queries.reminder_triggers import See, actions_seen
from api.identity.authentication import Caller, authorize


def read_rights_of(connection: Connection, workspace_id: UUID) -> See:
    """Which actions an account sees in this workspace, by its rights as they are now; none when it may not enter."""

    async def see(account_id: UUID, actions: Sequence[UUID]) -> set[UUID]:
        try:
            entered = await authorize(connection, Caller(account_id=account_id, workspace_id=workspace_id))
        except Refusal:
            return set()  # it left, or was disabled
        finally:
            # Entering leaves the workspace open to whoever may enter it, and shut to whoever may not.
            await open_one(connection, workspace_id)
        return await actions_seen(connection, entered.actor, actions)

    return see
