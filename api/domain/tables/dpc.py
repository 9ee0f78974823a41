"""The DPC with its items, and the objectives that descend from them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.domain.schemas.dpc import DpcFields, DpcItemFields
from api.domain.tables.base import TenantRow, house_key, tenant_key


class Dpc(TenantRow, DpcFields, table=True):
    __tablename__ = "dpc"
    __table_args__ = (
        house_key(),
        CheckConstraint("published_on is null or published_on >= adopted_on", name="published_after_adoption"),
        CheckConstraint("published_on is null or adopted_on is not null", name="published_once_adopted"),
        UniqueConstraint("workspace_id", "organisation_id", "term_id"),
    )
    organisation_id: UUID
    term_id: UUID | None = Field(default=None, foreign_key="term.id")


class DpcItem(TenantRow, DpcItemFields, table=True):
    __tablename__ = "dpc_item"
    __table_args__ = (
        UniqueConstraint("workspace_id", "dpc_id", "id"),
        tenant_key("dpc_id", "dpc"),
        ForeignKeyConstraint(
            ["workspace_id", "dpc_id", "parent_id"], ["dpc_item.workspace_id", "dpc_item.dpc_id", "dpc_item.id"]
        ),
        CheckConstraint("parent_id <> id", name="parent_is_another"),
        Index("ix_dpc_item_siblings", "workspace_id", "dpc_id", "position"),
    )
    dpc_id: UUID
    position: str = Field(sa_type=Text(collation="C"))


class ObjectiveDpcItem(SQLModel, table=True):
    """An objective descends from an item of a declaration."""

    __tablename__ = "objective_dpc_item"
    __table_args__ = (
        tenant_key("objective_id", "objective", ondelete="CASCADE"),
        tenant_key("dpc_item_id", "dpc_item"),
        Index("ix_objective_dpc_item_item", "workspace_id", "dpc_item_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    objective_id: UUID = Field(primary_key=True)
    dpc_item_id: UUID = Field(primary_key=True)
