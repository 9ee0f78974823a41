"""Actions, the plans that claim them, their placements, partners, tasks, money and outside references."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.domain.schemas.actions import (
    ActionFields,
    BudgetLineFields,
    ExternalReferenceFields,
    PartnershipFields,
    PlacementFields,
    PlanActionFields,
    TaskFields,
)
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key
from api.domain.tables.plans import responsibility_args


class Action(TenantRow, ActionFields, table=True):
    __tablename__ = "action"
    __table_args__ = (
        *checked_words(ActionFields),
        house_key(),
        tenant_key("parent_id", "action"),
        CheckConstraint("parent_id <> id", name="parent_is_another"),
        CheckConstraint("progress between 0 and 100", name="progress_range"),
        CheckConstraint("priority between 0 and 3", name="priority_range"),
        CheckConstraint("planned_end >= planned_start", name="planned_end_after_start"),
        CheckConstraint("actual_end >= actual_start", name="actual_end_after_start"),
        CheckConstraint("health = 'good' or health_reason is not null", name="health_has_reason"),
        CheckConstraint("num_nonnulls(origin_workspace_id, origin_action_id) <> 1", name="origin_is_whole"),
        CheckConstraint("estimate_low >= 0 and estimate_high >= 0", name="estimate_not_negative"),
        CheckConstraint("estimate_low <= estimate_high", name="estimate_in_order"),
        Index("ix_action_title", "workspace_id", text("sort_text(title)")),
        Index("ix_action_title_anywhere", text("sort_text(title)"), "id"),
        Index("ix_action_planned_end", "workspace_id", "planned_end"),
        Index("uq_action_origin", "workspace_id", "origin_workspace_id", "origin_action_id", unique=True,
              postgresql_where="origin_action_id is not null"),
    )  # fmt: skip
    organisation_id: UUID
    status_reason: str | None = Field(default=None, sa_type=Text)
    planned_end_reason: str | None = Field(default=None, sa_type=Text)
    postponements: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_archived: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    origin_workspace_id: UUID | None = Field(default=None, foreign_key="workspace.id")
    origin_action_id: UUID | None = None
    """The action of a group that this one follows; no foreign key leads into another workspace."""


class ActionDomain(SQLModel, table=True):
    __tablename__ = "action_domain"
    __table_args__ = (
        tenant_key("action_id", "action", ondelete="CASCADE"),
        tenant_key("domain_id", "domain"),
    )
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    domain_id: UUID = Field(primary_key=True)


class ActionSdg(SQLModel, table=True):
    __tablename__ = "action_sdg"
    __table_args__ = (tenant_key("action_id", "action", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True, foreign_key="sdg.number")


class ActionTargetGroup(SQLModel, table=True):
    """Whom an action is meant for."""

    __tablename__ = "action_target_group"
    __table_args__ = (
        tenant_key("action_id", "action", ondelete="CASCADE"),
        tenant_key("target_group_id", "target_group"),
    )
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    target_group_id: UUID = Field(primary_key=True)


class ActionSynergyOrganisation(SQLModel, table=True):
    """An organisation that the synergy of an action concerns."""

    __tablename__ = "action_synergy_organisation"
    __table_args__ = (tenant_key("action_id", "action", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id")


class ActionResponsibility(SQLModel, table=True):
    """Who answers for an action."""

    __tablename__ = "action_responsibility"
    __table_args__ = (
        *responsibility_args("action"),
        Index("ix_action_responsibility_unit", "workspace_id", "unit_id"),
        Index("ix_action_responsibility_person", "workspace_id", "person_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    action_id: UUID = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    kind: str
    office_id: UUID | None = None
    unit_id: UUID | None = None
    person_id: UUID | None = None


class PlanAction(TenantRow, PlanActionFields, table=True):
    """This plan claims this action."""

    __tablename__ = "plan_action"
    __table_args__ = (
        *checked_words(PlanActionFields),
        tenant_key("plan_id", "plan"),
        tenant_key("action_id", "action"),
        UniqueConstraint("workspace_id", "plan_id", "action_id"),
        CheckConstraint("progress_weight >= 0", name="progress_weight_not_negative"),
        Index("ix_plan_action_action", "workspace_id", "action_id"),
    )
    plan_id: UUID
    action_id: UUID
    period_item_id: UUID | None = Field(default=None, foreign_key="period_item.id")
    is_withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class PlanActionRight(SQLModel, table=True):
    __tablename__ = "plan_action_right"
    __table_args__ = (tenant_key("plan_action_id", "plan_action", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    plan_action_id: UUID = Field(primary_key=True)
    right_id: UUID = Field(primary_key=True, foreign_key="period_item.id")


class Placement(TenantRow, PlacementFields, table=True):
    __tablename__ = "placement"
    __table_args__ = (
        *checked_words(PlacementFields),
        ForeignKeyConstraint(
            ["workspace_id", "plan_id", "action_id"],
            ["plan_action.workspace_id", "plan_action.plan_id", "plan_action.action_id"],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "plan_id", "objective_id"],
            ["objective.workspace_id", "objective.plan_id", "objective.id"],
        ),
        CheckConstraint("weight >= 0", name="weight_not_negative"),
        UniqueConstraint("workspace_id", "plan_id", "action_id", "objective_id", postgresql_nulls_not_distinct=True),
        Index("uq_placement_main", "workspace_id", "plan_id", "action_id",
              unique=True, postgresql_where="is_main and state = 'active'"),
        Index("ix_placement_siblings", "workspace_id", "plan_id", "objective_id", "position"),
        Index("ix_placement_action", "workspace_id", "action_id"),
    )  # fmt: skip
    plan_id: UUID
    action_id: UUID
    position: str = Field(sa_type=Text(collation="C"))


class Partnership(TenantRow, PartnershipFields, table=True):
    __tablename__ = "partnership"
    __table_args__ = (
        *checked_words(PartnershipFields),
        tenant_key("action_id", "action"),
        tenant_key("agreement_id", "agreement"),
        UniqueConstraint("workspace_id", "action_id", "organisation_id", "role"),
        Index("ix_partnership_organisation", "organisation_id", "workspace_id", "action_id"),
        Index("ix_partnership_agreement", "workspace_id", "agreement_id"),
    )
    action_id: UUID
    organisation_id: UUID = Field(foreign_key="organisation.id")


class PartnershipContribution(SQLModel, table=True):
    """What an organisation brings to an action in one year."""

    __tablename__ = "partnership_contribution"
    __table_args__ = (
        tenant_key("partnership_id", "partnership", ondelete="CASCADE"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("num_nonnulls(amount, full_time_equivalents, in_kind) > 0", name="something_brought"),
    )
    workspace_id: UUID = Field(primary_key=True)
    partnership_id: UUID = Field(primary_key=True)
    year: int = Field(primary_key=True)
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    full_time_equivalents: Decimal | None = Field(default=None, sa_type=Numeric(6, 2))
    in_kind: str | None = None


class Task(TenantRow, TaskFields, table=True):
    __tablename__ = "task"
    __table_args__ = (
        tenant_key("action_id", "action"),
        tenant_key("assignee_unit_id", "unit"),
        tenant_key("assignee_person_id", "person"),
        Index("ix_task_action", "workspace_id", "action_id", "position"),
    )
    action_id: UUID
    position: str = Field(sa_type=Text(collation="C"))


class BudgetLine(TenantRow, BudgetLineFields, table=True):
    __tablename__ = "budget_line"
    __table_args__ = (
        *checked_words(BudgetLineFields),
        tenant_key("action_id", "action"),
        tenant_key("objective_id", "objective"),
        tenant_key("plan_id", "plan"),
        CheckConstraint("num_nonnulls(action_id, objective_id, plan_id) = 1", name="exactly_one_bearer"),
        Index("ix_budget_line_action", "workspace_id", "action_id"),
        Index("ix_budget_line_objective", "workspace_id", "objective_id"),
        Index("ix_budget_line_plan", "workspace_id", "plan_id"),
    )
    action_id: UUID | None = None
    objective_id: UUID | None = None
    plan_id: UUID | None = None


class BudgetLinePlan(SQLModel, table=True):
    """A plan in whose report alone a budget line counts."""

    __tablename__ = "budget_line_plan"
    __table_args__ = (
        tenant_key("budget_line_id", "budget_line", ondelete="CASCADE"),
        tenant_key("plan_id", "plan"),
    )
    workspace_id: UUID = Field(primary_key=True)
    budget_line_id: UUID = Field(primary_key=True)
    plan_id: UUID = Field(primary_key=True)


class ExternalReference(TenantRow, ExternalReferenceFields, table=True):
    """Belongs to the workspace, or to the partner organisation that wrote it."""

    __tablename__ = "external_reference"
    __table_args__ = (
        tenant_key("action_id", "action"),
        UniqueConstraint("workspace_id", "action_id", "system", "organisation_id", postgresql_nulls_not_distinct=True),
    )
    action_id: UUID
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
