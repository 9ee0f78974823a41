"""Frozen, numbered versions of a plan, the acts recorded on them, and their content as rows to read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from api.domain.schemas.plans import ActFields, PlanVersionFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class PlanVersion(TenantRow, PlanVersionFields, table=True):
    """`is_before_council` and `is_published` repeat what the acts say, so that reads need no look-up."""

    __tablename__ = "plan_version"
    __table_args__ = (
        tenant_key("plan_id", "plan"),
        UniqueConstraint("workspace_id", "plan_id", "number"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
        CheckConstraint("number >= 1", name="number_from_one"),
        Index("ix_plan_version_published", "plan_id", postgresql_where="is_published"),
    )
    plan_id: UUID
    number: int
    journal_position: int = Field(sa_type=BigInteger)
    sha256: str
    frozen_at: datetime = Field(sa_type=DateTime(timezone=True))
    is_before_council: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    is_published: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class PlanVersionContent(SQLModel, table=True):
    """The canonical text of a version: its sha-256 is the version's hash."""

    __tablename__ = "plan_version_content"
    __table_args__ = (tenant_key("version_id", "plan_version"),)
    workspace_id: UUID = Field(primary_key=True)
    version_id: UUID = Field(primary_key=True)
    content: str


class ShownRow(SQLModel, table=True):
    """What a circle of readers is shown of a thing: its row as frozen in the latest version they may read.

    Derived from the versions' contents whenever an act changes what a circle may read; never edited.
    """

    __tablename__ = "shown_row"
    __table_args__ = (
        tenant_key("version_id", "plan_version"),
        CheckConstraint("circle in ('council', 'public')", name="circle_word"),
        Index("ix_shown_row_entity", "circle", "entity", "id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    circle: str = Field(primary_key=True)
    entity: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    version_id: UUID
    image: dict[str, Any] = Field(sa_type=JSONB)


class Act(TenantRow, ActFields, table=True):
    __tablename__ = "act"
    __table_args__ = (
        *checked_words(ActFields),
        tenant_key("version_id", "plan_version"),
        house_key(),
        Index("ix_act_version", "workspace_id", "version_id"),
    )
    version_id: UUID
    organisation_id: UUID
