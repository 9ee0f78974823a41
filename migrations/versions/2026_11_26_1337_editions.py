"""The editions of recurring actions, one a year."""

import sqlalchemy as sa
from alembic import op

revision = "editions"
down_revision = "synergy_organisations"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("status in ('planned', 'held', 'cancelled')", name=op.f("ck_edition_status_word")),
        sa.CheckConstraint("progress between 0 and 100", name=op.f("ck_edition_progress_range")),
        sa.CheckConstraint("planned_end >= planned_start", name=op.f("ck_edition_planned_end_after_start")),
        sa.CheckConstraint("actual_end >= actual_start", name=op.f("ck_edition_actual_end_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_edition_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_edition_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_edition")),
        sa.UniqueConstraint("workspace_id", "action_id", "year", name=op.f("uq_edition_workspace_id_action_id_year")),
    )
    op.execute("alter table edition enable row level security")
    op.execute(f"create policy own_workspace on edition using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on edition to pst_runtime")


def downgrade() -> None:
    op.drop_table("edition")
