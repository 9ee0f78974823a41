"""Frozen, numbered versions of a plan, the acts recorded on them, and their content as rows to read."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from api.domain.schemas.plans import ActFields, PlanVersionFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class PlanVersion(TenantRow, PlanVersionFields, table=True):
    """The four marks repeat what the acts in effect say, so that reads need no look-up.

    `is_shown_to_council` and `is_shown_to_public` are true of one version of a plan at most: the one put before these
    readers last, by the date of the act and then in the order of recording.
    """

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
    is_shown_to_council: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    is_shown_to_public: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class PlanVersionContent(SQLModel, table=True):
    """The canonical text of a version: its sha-256 is the version's hash."""

    __tablename__ = "plan_version_content"
    __table_args__ = (tenant_key("version_id", "plan_version"),)
    workspace_id: UUID = Field(primary_key=True)
    version_id: UUID = Field(primary_key=True)
    content: str


class ShownRow(SQLModel, table=True):
    """What a reader group is shown of a thing by a plan: its row as frozen in the version shown of that plan.

    Derived from the content of versions whenever an act changes what a group may read; never edited. Beside the image
    stand the columns by which rows are looked up, so that a read reaches few rows whatever the number of communes.
    `shown_on` and `recorded_at` are those of the act that shows the version. `is_latest` marks, of all plans that show
    a thing to a group, the row of the version shown last. Rows that are `is_counted_only` serve the figures of the
    plan: they are in no list and no tree.
    """

    __tablename__ = "shown_row"
    __table_args__ = (
        tenant_key("version_id", "plan_version"),
        tenant_key("plan_id", "plan"),
        CheckConstraint("circle in ('council', 'public')", name="circle_word"),
        CheckConstraint("not (is_latest and is_counted_only)", name="latest_is_shown"),
        Index("ix_shown_row_entity", "circle", "entity", "id"),
        Index("ix_shown_row_plan", "plan_id", "circle", "entity"),
        Index("ix_shown_row_version", "workspace_id", "version_id"),
        Index("ix_shown_row_action", "action_id", "circle", "entity", postgresql_where="action_id is not null"),
        Index(
            "ix_shown_row_objective", "objective_id", "circle", "entity", postgresql_where="objective_id is not null"
        ),
        Index("ix_shown_row_parent", "parent_id", "circle", "entity", postgresql_where="parent_id is not null"),
        Index("ix_shown_row_title", "circle", "entity", "title_key", "id", postgresql_where="is_latest"),
        Index("ix_shown_row_words", "words", postgresql_using="gin", postgresql_where="is_latest"),
        Index("ix_shown_row_text", "plain", postgresql_using="gin", postgresql_ops={"plain": "gin_trgm_ops"},
              postgresql_where="is_latest"),
        Index("ix_shown_row_alike", "title_key", postgresql_using="gin", postgresql_ops={"title_key": "gin_trgm_ops"},
              postgresql_where="is_latest"),
    )  # fmt: skip
    workspace_id: UUID = Field(primary_key=True)
    circle: str = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    entity: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    version_id: UUID
    shown_on: date
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    is_latest: bool
    is_counted_only: bool
    audience: str | None
    action_id: UUID | None
    objective_id: UUID | None
    parent_id: UUID | None
    title_key: str
    plain: str
    words: str = Field(sa_type=TSVECTOR)
    image: dict[str, Any] = Field(sa_type=JSONB)


class Act(TenantRow, ActFields, table=True):
    """`is_in_effect` from the day of the act on: an act dated ahead opens and closes nothing before."""

    __tablename__ = "act"
    __table_args__ = (
        *checked_words(ActFields),
        tenant_key("version_id", "plan_version"),
        house_key(),
        Index("ix_act_version", "workspace_id", "version_id"),
        Index("ix_act_ahead", "decided_on", postgresql_where="not is_in_effect"),
    )
    version_id: UUID
    organisation_id: UUID
    is_in_effect: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
