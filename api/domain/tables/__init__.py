"""The tables, one module per concept. Rows never leave the domain."""

from api.domain.tables import (
    actions,
    agreements,
    articulation,
    beneficiaries,
    dpc,
    findings,
    followups,
    idempotency,
    identity,
    indicators,
    journal,
    organisations,
    plans,
    reference,
    reminders,
    versions,
)

__all__ = [
    "actions", "agreements", "articulation", "beneficiaries", "dpc", "findings", "followups", "idempotency",
    "identity", "indicators", "journal", "organisations", "plans", "reference", "reminders", "versions",
]  # fmt: skip
