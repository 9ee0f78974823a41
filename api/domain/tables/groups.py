"""Members of groups, what groups offer them, and what was taken up: each side keeps rows of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from api.domain.schemas.groups import CounterpartFields, GroupActionFields, GroupMemberFields, UptakeFields
from api.domain.tables.base import GlobalRow, TenantRow, checked_words, house_key, tenant_key


class GroupMember(GlobalRow, GroupMemberFields, table=True):
    """Part of the directory, as the houses of a workspace are; it counts while `ended_at` is null.

    Whoever was a member stays a house of the group, because plans and acts of the group may name it.
    """

    __tablename__ = "group_member"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        ForeignKeyConstraint(
            ["group_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
        ),
        Index("uq_group_member_live", "group_id", "organisation_id", unique=True, postgresql_where="ended_at is null"),
        Index("uq_group_member_lead", "group_id", unique=True, postgresql_where="is_lead and ended_at is null"),
        Index("ix_group_member_organisation", "organisation_id", "group_id", postgresql_where="ended_at is null"),
    )
    group_id: UUID = Field(foreign_key="workspace.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    ended_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class GroupAction(TenantRow, GroupActionFields, table=True):
    """What members read of an action of the group, under the action's own id; written with the action, never edited.

    Members never read the living row: this is the only table of a group that row-level security opens to them.
    """

    __tablename__ = "group_action"
    __table_args__ = (*checked_words(GroupActionFields), tenant_key("id", "action"))
    is_offered: bool
    """Whether members read it now: no draft, not archived, meant for partners too, and claimed by a plan."""


class GroupActionClaim(SQLModel, table=True):
    __tablename__ = "group_action_claim"
    __table_args__ = (
        tenant_key("group_action_id", "group_action", ondelete="CASCADE"),
        tenant_key("plan_id", "plan"),
    )
    workspace_id: UUID = Field(primary_key=True)
    group_action_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)
    plan_title: str
    own_code: str | None = None
    period_item_id: UUID | None = Field(default=None, foreign_key="period_item.id")


class Counterpart(TenantRow, CounterpartFields, table=True):
    """In the member's workspace: the action that follows, and the origin it names. No foreign key leads there."""

    __tablename__ = "counterpart"
    __table_args__ = (
        tenant_key("action_id", "action"),
        house_key(),
        CheckConstraint("origin_workspace_id <> workspace_id", name="origin_is_elsewhere"),
        Index(
            "uq_counterpart_origin", "workspace_id", "origin_workspace_id", "origin_action_id",
            unique=True, postgresql_where="released_at is null",
        ),
        Index("uq_counterpart_action", "workspace_id", "action_id", unique=True,
              postgresql_where="released_at is null"),
    )  # fmt: skip
    action_id: UUID
    organisation_id: UUID
    origin_workspace_id: UUID = Field(foreign_key="workspace.id")
    origin_action_id: UUID
    released_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Uptake(TenantRow, UptakeFields, table=True):
    """In the group's workspace: which member took up which action. The member's own id of it is not kept."""

    __tablename__ = "uptake"
    __table_args__ = (
        tenant_key("action_id", "action"),
        house_key(),
        CheckConstraint("member_workspace_id <> workspace_id", name="member_is_elsewhere"),
        Index("uq_uptake_member", "workspace_id", "action_id", "member_workspace_id",
              unique=True, postgresql_where="released_at is null"),
    )  # fmt: skip
    action_id: UUID
    organisation_id: UUID
    member_workspace_id: UUID = Field(foreign_key="workspace.id")
    released_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
