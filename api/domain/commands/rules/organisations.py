"""The shared directory: one body has one entry, kept by whoever entered it until its own members do."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules


class OrganisationRules(Rules):
    async def known(self, under: Undertaking) -> UUID | None:
        """Entering a body whose enterprise number is known answers the entry that is there (`model.md` §1)."""
        number = under.after["enterprise_number"]
        if number is None:
            return None
        found: UUID | None = await under.connection.fetchval(
            "select id from organisation where enterprise_number = $1", number
        )
        return found

    async def on_create(self, under: Undertaking) -> None:
        if under.actor.workspace_id is not None:
            under.after["steward_workspace_id"] = str(under.actor.workspace_id)
