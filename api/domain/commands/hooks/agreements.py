"""An agreement binds its parties: a partnership names one only of its own organisation."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import Conflict, invalid


class AgreementRules(Hooks, concept="agreement"):
    async def on_update(self, change: ChangeContext) -> None:
        """A party on whose partnership the agreement is named stays one; the agreement's row is locked by now."""
        if not change.has_changed("party_ids"):
            return
        bound = await change.connection.fetchval(
            "select organisation_id from partnership where workspace_id = $1::uuid and agreement_id = $2::uuid"
            " and organisation_id <> all ($3::uuid[]) limit 1",
            change.workspace_id, UUID(change.after["id"]), [UUID(party) for party in change.after["party_ids"]],
        )  # fmt: skip
        if bound is not None:
            raise Conflict("inUse", usedBy="partnership")


class PartnershipRules(Hooks, concept="partnership"):
    async def on_create(self, change: ChangeContext) -> None:
        await _check_party(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("agreement_id"):
            await _check_party(change)


async def _check_party(change: ChangeContext) -> None:
    """The agreement named binds the organisation. Its row is shared, so that no party leaves before the commit."""
    if change.after["agreement_id"] is None:
        return
    agreement = UUID(change.after["agreement_id"])
    await change.connection.execute(
        "select from agreement where workspace_id = $1::uuid and id = $2::uuid for share",
        change.workspace_id,
        agreement,
    )
    is_party = await change.connection.fetchval(
        "select exists (select from agreement_party where workspace_id = $1::uuid and agreement_id = $2::uuid"
        " and organisation_id = $3::uuid)",
        change.workspace_id, agreement, UUID(change.after["organisation_id"]),
    )  # fmt: skip
    if not is_party:
        raise invalid("notAParty", "agreementId", change.after["agreement_id"])
