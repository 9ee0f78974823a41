"""Reminders: a house's rules, what people were reminded of, the daily run, and letters on their way."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "reminders"
down_revision: str | None = "plan_committees"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANTS = ("reminder_rule", "reminder", "reminder_run", "letter")
OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]),"
    " false) is not null"
)


def upgrade() -> None:
    op.create_table(
        "reminder_run",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("run_on", sa.Date(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_reminder_run_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "run_on", name=op.f("pk_reminder_run")),
    )
    op.create_table(
        "letter",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_letter_account_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_letter_workspace_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_letter_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "written_on", name=op.f("uq_letter_workspace_id_person_id_written_on")
        ),
    )
    op.create_index(
        "ix_letter_waiting",
        "letter",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("sent_at is null and given_up_at is null"),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('dueSoon', 'late', 'valueExpected', 'stale', 'ownerMissing')",
            name=op.f("ck_reminder_rule_kind_word"),
        ),
        sa.CheckConstraint("days between 0 and 730", name=op.f("ck_reminder_rule_days_range")),
        sa.CheckConstraint("interval_days between 1 and 365", name=op.f("ck_reminder_rule_interval_range")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["workspace_organisation.workspace_id", "workspace_organisation.organisation_id"],
            name=op.f("fk_reminder_rule_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_reminder_rule_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_reminder_rule")),
    )
    op.create_index(
        "ix_reminder_rule_house", "reminder_rule", ["workspace_id", "organisation_id", "kind"], unique=False
    )
    op.create_table(
        "reminder",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("concerns_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "capacity in ('owner', 'headOfUnit', 'coordinator')", name=op.f("ck_reminder_capacity_word")
        ),
        sa.CheckConstraint(
            "kind in ('dueSoon', 'late', 'valueExpected', 'stale', 'ownerMissing')", name=op.f("ck_reminder_kind_word")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_reminder_workspace_id_action_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_reminder_workspace_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_reminder_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "workspace_id",
            "person_id",
            "kind",
            "action_id",
            "reminded_on",
            name=op.f("uq_reminder_workspace_id_person_id_kind_action_id_reminded_on"),
        ),
    )
    op.create_index("ix_reminder_action", "reminder", ["workspace_id", "action_id"], unique=False)
    op.create_index(
        "ix_reminder_unread",
        "reminder",
        ["workspace_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.add_column("workspace", sa.Column("reminder_hour", sa.Integer(), nullable=False, server_default="7"))
    op.create_check_constraint(op.f("ck_workspace_reminder_hour_range"), "workspace", "reminder_hour between 0 and 23")
    for tenant in TENANTS:
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")


def downgrade() -> None:
    op.drop_column("workspace", "reminder_hour")
    op.drop_index("ix_reminder_unread", table_name="reminder", postgresql_where=sa.text("read_at is null"))
    op.drop_index("ix_reminder_action", table_name="reminder")
    op.drop_table("reminder")
    op.drop_table("reminder_rule")
    op.drop_index(
        "ix_letter_waiting", table_name="letter", postgresql_where=sa.text("sent_at is null and given_up_at is null")
    )
    op.drop_table("letter")
    op.drop_table("reminder_run")
