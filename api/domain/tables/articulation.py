"""Conversions of the way a PST joins a PCS: what each wrote, and what it remembers of the form it left."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from api.domain.schemas.articulation import ArticulationConversionFields
from api.domain.tables.base import TenantRow, checked_words, tenant_key


class ArticulationConversion(TenantRow, ArticulationConversionFields, table=True):
    """`first_position` to `last_position` are its entries in the journal, itself the last."""

    __tablename__ = "articulation_conversion"
    __table_args__ = (
        *checked_words(ArticulationConversionFields),
        tenant_key("plan_id", "plan"),
        tenant_key("with_plan_id", "plan"),
        tenant_key("home_id", "objective"),
        CheckConstraint("first_position <= last_position", name="positions_in_order"),
        Index("ix_articulation_conversion_plan", "workspace_id", "plan_id", "with_plan_id"),
    )
    plan_id: UUID
    with_plan_id: UUID
    home_id: UUID | None = None
    is_undone: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    first_position: int = Field(sa_type=BigInteger)
    last_position: int = Field(sa_type=BigInteger)
    memory: dict[str, Any] = Field(sa_type=JSONB)


class ArticulationConversionRow(SQLModel, table=True):
    __tablename__ = "articulation_conversion_row"
    __table_args__ = (tenant_key("conversion_id", "articulation_conversion", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    conversion_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    entity: str
    entity_id: UUID
    change: str
    row_version: int
