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
    versions,
)

__all__ = [
    "actions", "agreements", "articulation", "attachments", "beneficiaries", "continuation", "decisions", "dpc",
    "editions", "findings", "followups", "groups", "idempotency", "identity", "indicators", "journal", "links",
    "organisations", "plans", "reference", "reminders", "versions",
]  # fmt: skip
