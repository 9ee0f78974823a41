"""Target groups of actions, and how many an action reached."""

import sqlalchemy as sa
from alembic import op

revision = "beneficiaries"
down_revision = "contributions"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "target_group",
        sa.Column("reference_code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_target_group_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_target_group")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_target_group_workspace_id_name")),
    )
    op.create_table(
        "action_target_group",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("target_group_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_action_target_group_workspace_id_action_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_group_id"],
            ["target_group.workspace_id", "target_group.id"],
            name=op.f("fk_action_target_group_workspace_id_target_group_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "action_id", "target_group_id", name=op.f("pk_action_target_group")),
    )
    op.create_table(
        "beneficiary_count",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("counted in ('persons', 'attendances')", name=op.f("ck_beneficiary_count_counted_word")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_beneficiary_count_number_not_negative")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_beneficiary_count_workspace_id_action_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_beneficiary_count_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_beneficiary_count")),
        sa.UniqueConstraint(
            "workspace_id",
            "action_id",
            "year",
            "counted",
            name=op.f("uq_beneficiary_count_workspace_id_action_id_year_counted"),
        ),
    )
    op.execute("alter table target_group enable row level security")
    op.execute(f"create policy own_workspace on target_group using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on target_group to pst_runtime")
    op.execute("alter table action_target_group enable row level security")
    op.execute(f"create policy own_workspace on action_target_group using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on action_target_group to pst_runtime")
    op.execute("alter table beneficiary_count enable row level security")
    op.execute(f"create policy own_workspace on beneficiary_count using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on beneficiary_count to pst_runtime")


def downgrade() -> None:
    op.drop_table("beneficiary_count")
    op.drop_table("action_target_group")
    op.drop_table("target_group")
