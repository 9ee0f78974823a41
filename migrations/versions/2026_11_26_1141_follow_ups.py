"""Follow-ups of actions: what is said on a day, and how the action then stands."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "follow_ups"
down_revision: str | None = "indicators"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=True),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("health_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("author_person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "audience in ('restricted', 'college', 'administration', 'partners', 'council', 'public')",
            name=op.f("ck_follow_up_audience_word"),
        ),
        sa.CheckConstraint(
            "author_role in ('administration', 'agent', 'partner')", name=op.f("ck_follow_up_author_role_word")
        ),
        sa.CheckConstraint("health = 'good' or health_reason is not null", name=op.f("ck_follow_up_health_has_reason")),
        sa.CheckConstraint("health in ('good', 'atRisk', 'blocked')", name=op.f("ck_follow_up_health_word")),
        sa.CheckConstraint(
            "status in ('draft', 'notStarted', 'waiting', 'inProgress', 'suspended', 'completed', 'cancelled')",
            name=op.f("ck_follow_up_status_word"),
        ),
        sa.CheckConstraint("progress between 0 and 100", name=op.f("ck_follow_up_progress_range")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_follow_up_organisation_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_follow_up_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_follow_up_workspace_id_author_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_follow_up_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_action", "follow_up", ["workspace_id", "action_id", "noted_on"], unique=False)
    for tenant in ("follow_up",):
        op.execute(f"alter table {tenant} enable row level security")
        op.execute(f"create policy own_workspace on {tenant} using ({OWN}) with check ({OWN})")
        op.execute(f"grant select, insert, update, delete on {tenant} to pst_runtime")


def downgrade() -> None:
    op.drop_index("ix_follow_up_action", table_name="follow_up")
    op.drop_table("follow_up")
