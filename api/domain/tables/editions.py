"""The editions of recurring actions."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from api.domain.schemas.editions import EditionFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key


class Edition(TenantRow, EditionFields, table=True):
    """One year of a recurring action; a year has one."""

    __tablename__ = "edition"
    __table_args__ = (
        *checked_words(EditionFields),
        tenant_key("action_id", "action"),
        CheckConstraint("progress between 0 and 100", name="progress_range"),
        CheckConstraint("planned_end >= planned_start", name="planned_end_after_start"),
        CheckConstraint("actual_end >= actual_start", name="actual_end_after_start"),
        UniqueConstraint("workspace_id", "action_id", "year"),
    )
    action_id: UUID
