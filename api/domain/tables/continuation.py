"""How plans went on beyond the end of their programming period: what each continuation wrote."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from api.domain.schemas.continuation import PlanContinuationFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key


class PlanContinuation(TenantRow, PlanContinuationFields, table=True):
    """`first_position` to `last_position` are its entries in the journal, itself the last."""

    __tablename__ = "plan_continuation"
    __table_args__ = (
        *checked_words(PlanContinuationFields),
        tenant_key("plan_id", "plan", ondelete="CASCADE"),
        tenant_key("next_plan_id", "plan"),
        CheckConstraint("first_position <= last_position", name="positions_in_order"),
        Index("ix_plan_continuation_plan", "workspace_id", "plan_id"),
        Index("ix_plan_continuation_next_plan", "workspace_id", "next_plan_id"),
    )
    plan_id: UUID
    next_plan_id: UUID | None = None
    period_id: UUID = Field(foreign_key="programming_period.id")
    next_period_id: UUID | None = Field(default=None, foreign_key="programming_period.id")
    is_undone: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    first_position: int = Field(sa_type=BigInteger)
    last_position: int = Field(sa_type=BigInteger)


class PlanContinuationRow(SQLModel, table=True):
    __tablename__ = "plan_continuation_row"
    __table_args__ = (tenant_key("continuation_id", "plan_continuation", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    continuation_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    entity: str
    entity_id: UUID
    change: str
    row_version: int
