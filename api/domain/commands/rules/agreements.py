"""An agreement binds its parties: a partnership names one only of its own organisation."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules
from api.domain.errors import Conflict, invalid


class AgreementRules(Rules):
    async def on_update(self, under: Undertaking) -> None:
        """A party on whose partnership the agreement is named stays one; the agreement's row is locked by now."""
        if not under.changed("party_ids"):
            return
        bound = await under.connection.fetchval(
            "select organisation_id from partnership where workspace_id = $1::uuid and agreement_id = $2::uuid"
            " and organisation_id <> all ($3::uuid[]) limit 1",
            under.workspace_id, UUID(under.after["id"]), [UUID(party) for party in under.after["party_ids"]],
        )  # fmt: skip
        if bound is not None:
            raise Conflict("inUse", usedBy="partnership")


class PartnershipRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await _check_party(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("agreement_id"):
            await _check_party(under)


async def _check_party(under: Undertaking) -> None:
    """The agreement named binds the organisation. Its row is shared, so that no party leaves before the commit."""
    if under.after["agreement_id"] is None:
        return
    agreement = UUID(under.after["agreement_id"])
    await under.connection.execute(
        "select from agreement where workspace_id = $1::uuid and id = $2::uuid for share", under.workspace_id, agreement
    )
    is_party = await under.connection.fetchval(
        "select exists (select from agreement_party where workspace_id = $1::uuid and agreement_id = $2::uuid"
        " and organisation_id = $3::uuid)",
        under.workspace_id, agreement, UUID(under.after["organisation_id"]),
    )  # fmt: skip
    if not is_party:
        raise invalid("notAParty", "agreementId", under.after["agreement_id"])
