"""Indicators with their targets, what gathers them, their measurements, and periods that are locked."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "indicators"
down_revision = "reminders"
branch_labels = None
depends_on = None

TENANTS = ("indicator", "indicator_target", "indicator_contribution", "measurement", "measurement_lock")
OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]),"
    " false) is not null"
)


def upgrade() -> None:
    op.create_table(
        "measurement_lock",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_measurement_lock_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_measurement_lock_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_measurement_lock_workspace_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_measurement_lock_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_measurement_lock")),
    )
    op.create_index(
        "ix_measurement_lock_days", "measurement_lock", ["workspace_id", "starts_on", "ends_on"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.AutoString(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("unit", sqlmodel.AutoString(), nullable=True),
        sa.Column("is_cumulative", sa.Boolean(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("source", sqlmodel.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("objective_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Text(collation="C"), nullable=False),
        sa.CheckConstraint("direction in ('up', 'down')", name=op.f("ck_indicator_direction_word")),
        sa.CheckConstraint(
            "frequency in ('monthly', 'quarterly', 'halfYearly', 'yearly', 'once')",
            name=op.f("ck_indicator_frequency_word"),
        ),
        sa.CheckConstraint("kind in ('output', 'outcome', 'impact')", name=op.f("ck_indicator_kind_word")),
        sa.CheckConstraint(
            "nature = 'measure' or num_nonnulls(unit, baseline, baseline_on) = 0 and not is_cumulative"
            " and quantity = 'number'",
            name=op.f("ck_indicator_milestone_has_no_figures"),
        ),
        sa.CheckConstraint(
            "nature = 'milestone' or expected_on is null", name=op.f("ck_indicator_only_milestones_are_expected")
        ),
        sa.CheckConstraint("nature in ('measure', 'milestone')", name=op.f("ck_indicator_nature_word")),
        sa.CheckConstraint(
            "quantity in ('number', 'percentage', 'distinctPersons', 'attendances')",
            name=op.f("ck_indicator_quantity_word"),
        ),
        sa.CheckConstraint(
            "quantity <> 'distinctPersons' or not is_cumulative",
            name=op.f("ck_indicator_distinct_persons_do_not_add"),
        ),
        sa.CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name=op.f("ck_indicator_exactly_one_bearer")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_indicator_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "objective_id"],
            ["objective.workspace_id", "objective.id"],
            name=op.f("fk_indicator_workspace_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_indicator_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("workspace_id", "id", "action_id", name=op.f("uq_indicator_workspace_id_id_action_id")),
        sa.UniqueConstraint(
            "workspace_id", "id", "objective_id", name=op.f("uq_indicator_workspace_id_id_objective_id")
        ),
    )
    op.create_index("ix_indicator_action", "indicator", ["workspace_id", "action_id", "position"], unique=False)
    op.create_index("ix_indicator_objective", "indicator", ["workspace_id", "objective_id", "position"], unique=False)
    op.create_table(
        "indicator_contribution",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("total_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("total_id <> indicator_id", name=op.f("ck_indicator_contribution_total_is_another")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "indicator_id"],
            ["indicator.workspace_id", "indicator.id"],
            name=op.f("fk_indicator_contribution_workspace_id_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "total_id"],
            ["indicator.workspace_id", "indicator.id"],
            name=op.f("fk_indicator_contribution_workspace_id_total_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "indicator_id", "total_id", name=op.f("pk_indicator_contribution")),
    )
    op.create_index(
        "ix_indicator_contribution_total", "indicator_contribution", ["workspace_id", "total_id"], unique=False
    )
    op.create_table(
        "indicator_target",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "indicator_id"],
            ["indicator.workspace_id", "indicator.id"],
            name=op.f("fk_indicator_target_workspace_id_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "indicator_id", "due_by", name=op.f("pk_indicator_target")),
    )
    op.create_table(
        "measurement",
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("period_starts_on", sa.Date(), nullable=True),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("numerator", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("denominator", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("milestone_state", sa.Text(), nullable=True),
        sa.Column("comment", sqlmodel.AutoString(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("objective_id", sa.Uuid(), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("author_person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "author_role in ('administration', 'agent', 'partner')", name=op.f("ck_measurement_author_role_word")
        ),
        sa.CheckConstraint(
            "milestone_state in ('planned', 'partly', 'done')", name=op.f("ck_measurement_milestone_state_word")
        ),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'approved', 'returned')", name=op.f("ck_measurement_state_word")
        ),
        sa.CheckConstraint(
            "(numerator is null) = (denominator is null)", name=op.f("ck_measurement_numerator_with_denominator")
        ),
        sa.CheckConstraint("measured_on >= period_starts_on", name=op.f("ck_measurement_period_ends_after_start")),
        sa.CheckConstraint("num_nonnulls(action_id, objective_id) = 1", name=op.f("ck_measurement_exactly_one_bearer")),
        sa.CheckConstraint(
            "num_nonnulls(value, numerator, milestone_state) = 1", name=op.f("ck_measurement_exactly_one_value")
        ),
        sa.CheckConstraint("numerator >= 0 and denominator >= 0", name=op.f("ck_measurement_parts_not_negative")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_measurement_organisation_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_measurement_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_measurement_workspace_id_author_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "indicator_id", "action_id"],
            ["indicator.workspace_id", "indicator.id", "indicator.action_id"],
            name=op.f("fk_measurement_workspace_id_indicator_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "indicator_id", "objective_id"],
            ["indicator.workspace_id", "indicator.id", "indicator.objective_id"],
            name=op.f("fk_measurement_workspace_id_indicator_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "indicator_id"],
            ["indicator.workspace_id", "indicator.id"],
            name=op.f("fk_measurement_workspace_id_indicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "objective_id"],
            ["objective.workspace_id", "objective.id"],
            name=op.f("fk_measurement_workspace_id_objective_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_measurement_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_measurement")),
    )
    op.create_index("ix_measurement_action", "measurement", ["workspace_id", "action_id"], unique=False)
    op.create_index(
        "ix_measurement_indicator", "measurement", ["workspace_id", "indicator_id", "measured_on"], unique=False
    )
    op.create_index("ix_measurement_objective", "measurement", ["workspace_id", "objective_id"], unique=False)
    op.create_index(
        "uq_measurement_approved",
        "measurement",
        ["workspace_id", "indicator_id", "measured_on"],
        unique=True,
        postgresql_where="state = 'approved'",
    )
    for tenant in TENANTS:
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")


def downgrade() -> None:
    for tenant in ("measurement_lock", "measurement", "indicator_contribution", "indicator_target", "indicator"):
        op.drop_table(tenant)
