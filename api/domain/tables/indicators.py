"""Indicators, their targets, what gathers them, their measurements, and periods that are locked."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.domain.actor import Role
from api.domain.schemas.indicators import FIGURE, IndicatorFields, MeasurementFields, MeasurementLockFields
from api.domain.tables.base import TenantRow, checked_words, house_key, tenant_key


class Indicator(TenantRow, IndicatorFields, table=True):
    __tablename__ = "indicator"
    __table_args__ = (
        *checked_words(IndicatorFields),
        tenant_key("action_id", "action"),
        tenant_key("objective_id", "objective"),
        CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name="exactly_one_bearer"),
        CheckConstraint(
            "nature = 'measure' or num_nonnulls(unit, baseline, baseline_on) = 0 and not is_cumulative"
            " and quantity = 'number'",
            name="milestone_has_no_figures",
        ),
        CheckConstraint("nature = 'milestone' or expected_on is null", name="only_milestones_are_expected"),
        CheckConstraint("quantity <> 'distinctPersons' or not is_cumulative", name="distinct_persons_do_not_add"),
        UniqueConstraint("workspace_id", "id", "action_id"),
        UniqueConstraint("workspace_id", "id", "objective_id"),
        Index("ix_indicator_action", "workspace_id", "action_id", "position"),
        Index("ix_indicator_objective", "workspace_id", "objective_id", "position"),
    )
    action_id: UUID | None = None
    objective_id: UUID | None = None
    position: str = Field(sa_type=Text(collation="C"))


class IndicatorTarget(SQLModel, table=True):
    """The value aimed at on a day."""

    __tablename__ = "indicator_target"
    __table_args__ = (tenant_key("indicator_id", "indicator", ondelete="CASCADE"),)
    workspace_id: UUID = Field(primary_key=True)
    indicator_id: UUID = Field(primary_key=True)
    due_by: date = Field(primary_key=True)
    value: Decimal = Field(sa_type=FIGURE)
    remark: str | None = Field(default=None, sa_type=Text)


class IndicatorContribution(SQLModel, table=True):
    """An indicator adds to the indicator of an objective, which gathers it."""

    __tablename__ = "indicator_contribution"
    __table_args__ = (
        tenant_key("indicator_id", "indicator", ondelete="CASCADE"),
        tenant_key("total_id", "indicator"),
        CheckConstraint("total_id <> indicator_id", name="total_is_another"),
        Index("ix_indicator_contribution_total", "workspace_id", "total_id"),
    )
    workspace_id: UUID = Field(primary_key=True)
    indicator_id: UUID = Field(primary_key=True)
    total_id: UUID = Field(primary_key=True)


class Measurement(TenantRow, MeasurementFields, table=True):
    """Carries the action or objective of its indicator, so that who sees that sees this."""

    __tablename__ = "measurement"
    __table_args__ = (
        *checked_words(MeasurementFields),
        tenant_key("indicator_id", "indicator"),
        tenant_key("action_id", "action"),
        tenant_key("objective_id", "objective"),
        tenant_key("author_person_id", "person"),
        # Of these two, the one whose bearer is not null binds: the row's bearer is the indicator's.
        ForeignKeyConstraint(
            ["workspace_id", "indicator_id", "action_id"],
            ["indicator.workspace_id", "indicator.id", "indicator.action_id"],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "indicator_id", "objective_id"],
            ["indicator.workspace_id", "indicator.id", "indicator.objective_id"],
        ),
        CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name="exactly_one_bearer"),
        CheckConstraint("num_nonnulls(value, numerator, milestone_state) = 1", name="exactly_one_value"),
        CheckConstraint("(numerator is null) = (denominator is null)", name="numerator_with_denominator"),
        CheckConstraint("numerator >= 0 and denominator >= 0", name="parts_not_negative"),
        # What was written before zero was refused waits, returned, for its author.
        CheckConstraint("denominator > 0 or state = 'returned'", name="denominator_above_zero"),
        CheckConstraint("measured_on >= period_starts_on", name="period_ends_after_start"),
        CheckConstraint("author_role in ('administration', 'agent', 'partner')", name="author_role_word"),
        Index("ix_measurement_indicator", "workspace_id", "indicator_id", "measured_on"),
        Index("ix_measurement_action", "workspace_id", "action_id"),
        Index("ix_measurement_objective", "workspace_id", "objective_id"),
        Index("uq_measurement_approved", "workspace_id", "indicator_id", "measured_on",
              unique=True, postgresql_where="state = 'approved'"),
    )  # fmt: skip
    indicator_id: UUID
    action_id: UUID | None = None
    objective_id: UUID | None = None
    state_reason: str | None = Field(default=None, sa_type=Text)
    organisation_id: UUID = Field(foreign_key="organisation.id")
    """In whose name it was written: a house of the workspace, or a partner."""
    author_role: Role = Field(sa_type=Text)
    author_person_id: UUID | None = None
    """The person of the author's membership, where it has one."""


class MeasurementLock(TenantRow, MeasurementLockFields, table=True):
    __tablename__ = "measurement_lock"
    __table_args__ = (
        house_key(),
        tenant_key("plan_id", "plan"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_measurement_lock_days", "workspace_id", "starts_on", "ends_on"),
    )
    organisation_id: UUID
    plan_id: UUID | None = None
