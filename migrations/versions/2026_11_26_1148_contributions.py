"""What each partner brings to an action, year by year."""

import sqlalchemy as sa
from alembic import op

revision = "contributions"
down_revision = "agreements"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "partnership_contribution",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("full_time_equivalents", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("in_kind", sa.String(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_partnership_contribution_amount_not_negative")),
        sa.CheckConstraint(
            "num_nonnulls(amount, full_time_equivalents, in_kind) > 0",
            name=op.f("ck_partnership_contribution_something_brought"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "partnership_id"],
            ["partnership.workspace_id", "partnership.id"],
            name=op.f("fk_partnership_contribution_workspace_id_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "partnership_id", "year", name=op.f("pk_partnership_contribution")),
    )
    op.execute("alter table partnership_contribution enable row level security")
    op.execute(f"create policy own_workspace on partnership_contribution using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on partnership_contribution to pst_runtime")


def downgrade() -> None:
    op.drop_table("partnership_contribution")
