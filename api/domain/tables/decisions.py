"""Decisions of organs on actions and objectives."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from api.domain.schemas.decisions import DecisionFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class Decision(TenantRow, DecisionFields, table=True):
    __tablename__ = "decision"
    __table_args__ = (
        *checked_words(DecisionFields),
        house_key(),
        tenant_key("action_id", "action"),
        tenant_key("objective_id", "objective"),
        CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name="exactly_one_bearer"),
        CheckConstraint("link like 'https://%'", name="link_form"),
        Index("ix_decision_action", "workspace_id", "action_id", "decided_on"),
        Index("ix_decision_objective", "workspace_id", "objective_id", "decided_on"),
    )
    organisation_id: UUID
    """The house whose organ decided."""
    action_id: UUID | None = None
    objective_id: UUID | None = None
