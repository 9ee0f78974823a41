"""Follow-ups of actions."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from api.domain.actor import Role
from api.domain.schemas.followups import FollowUpFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key


class FollowUp(TenantRow, FollowUpFields, table=True):
    __tablename__ = "follow_up"
    __table_args__ = (
        *checked_words(FollowUpFields),
        tenant_key("action_id", "action"),
        tenant_key("author_person_id", "person"),
        CheckConstraint("progress between 0 and 100", name="progress_range"),
        CheckConstraint("health = 'good' or health_reason is not null", name="health_has_reason"),
        CheckConstraint("author_role in ('administration', 'agent', 'partner')", name="author_role_word"),
        Index("ix_follow_up_action", "workspace_id", "action_id", "noted_on"),
    )
    action_id: UUID
    organisation_id: UUID = Field(foreign_key="organisation.id")
    """In whose name it was written: a house of the workspace, or a partner."""
    author_role: Role = Field(sa_type=Text)
    author_person_id: UUID | None = None
    """The person of the author's membership, where it has one."""
