"""Findings, the plans that take them up, and what answers them."""

from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.domain.schemas.findings import FindingFields, PlanFindingFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class Finding(TenantRow, FindingFields, table=True):
    __tablename__ = "finding"
    __table_args__ = (*checked_words(FindingFields), house_key())
    organisation_id: UUID
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class FindingPartner(SQLModel, table=True):
    """An organisation that was heard."""

    __tablename__ = "finding_partner"
    __table_args__ = (tenant_key("finding_id", "finding", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    finding_id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id")


class FindingRight(SQLModel, table=True):
    __tablename__ = "finding_right"
    __table_args__ = (tenant_key("finding_id", "finding", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    finding_id: UUID = Field(primary_key=True)
    right_id: UUID = Field(primary_key=True, foreign_key="period_item.id")


class PlanFinding(TenantRow, PlanFindingFields, table=True):
    __tablename__ = "plan_finding"
    __table_args__ = (
        tenant_key("plan_id", "plan"),
        tenant_key("finding_id", "finding"),
        UniqueConstraint("workspace_id", "plan_id", "finding_id"),
        Index("ix_plan_finding_finding", "workspace_id", "finding_id"),
    )
    plan_id: UUID
    finding_id: UUID
    position: str = Field(sa_type=Text(collation="C"))


class ObjectiveFinding(SQLModel, table=True):
    """An objective answers a finding."""

    __tablename__ = "objective_finding"
    __table_args__ = (
        tenant_key("objective_id", "objective", ondelete="CASCADE"),
        tenant_key("finding_id", "finding"),
        Index("ix_objective_finding_finding", "workspace_id", "finding_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    objective_id: UUID = Field(primary_key=True)
    finding_id: UUID = Field(primary_key=True)


class ActionFinding(SQLModel, table=True):
    """An action answers a finding."""

    __tablename__ = "action_finding"
    __table_args__ = (
        tenant_key("action_id", "action", ondelete="CASCADE"),
        tenant_key("finding_id", "finding"),
        Index("ix_action_finding_finding", "workspace_id", "finding_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    finding_id: UUID = Field(primary_key=True)
