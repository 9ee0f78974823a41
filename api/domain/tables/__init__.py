"""The tables, one module per concept. Rows never leave the domain."""

from api.domain.tables import (
    actions,
    agreements,
    articulation,
    attachments,
    beneficiaries,
    continuation,
    decisions,
    dpc,
    editions,
    findings,
    followups,
    groups,
    idempotency,
    identity,
    indicators,
    journal,
    links,
    organisations,
    plans,
    reference,
    reminders,
    sign_in,
    versions,
)

__all__ = [
    "actions", "agreements", "articulation", "attachments", "beneficiaries", "continuation", "decisions", "dpc",
    "editions", "findings", "followups", "groups", "idempotency", "identity", "indicators", "journal", "links",
    "organisations", "plans", "reference", "reminders", "sign_in", "versions",
]  # fmt: skip
