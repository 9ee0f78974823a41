"""The committee that accompanies a plan."""

import sqlalchemy as sa
from alembic import op

revision = "plan_committees"
down_revision = "period_money"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "plan_committee_member",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_committee_member_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["plan.workspace_id", "plan.id"],
            name=op.f("fk_plan_committee_member_workspace_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "plan_id", "rank", name=op.f("pk_plan_committee_member")),
    )
    op.execute("alter table plan_committee_member enable row level security")
    op.execute(f"create policy own_workspace on plan_committee_member using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on plan_committee_member to pst_runtime")


def downgrade() -> None:
    op.drop_table("plan_committee_member")
