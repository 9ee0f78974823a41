"""Target groups, and the counts of those whom actions reach."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from api.domain.schemas.beneficiaries import BeneficiaryCountFields, TargetGroupFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key


class TargetGroup(TenantRow, TargetGroupFields, table=True):
    __tablename__ = "target_group"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)


class BeneficiaryCount(TenantRow, BeneficiaryCountFields, table=True):
    """One number for an action, a year and a way of counting: persons and attendances are rows of their own."""

    __tablename__ = "beneficiary_count"
    __table_args__ = (
        *checked_words(BeneficiaryCountFields),
        tenant_key("action_id", "action"),
        CheckConstraint("number >= 0", name="number_not_negative"),
        UniqueConstraint("workspace_id", "action_id", "year", "counted"),
    )
    action_id: UUID
