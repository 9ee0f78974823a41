"""Which accounts a workspace knows."""

import sqlalchemy as sa
from alembic import op

revision = "known_accounts"
down_revision = "row_security"
branch_labels = None
depends_on = None

OWN = (
    "nullif(workspace_id = any((select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]), false)"
    " is not null"
)


def upgrade() -> None:
    op.create_table(
        "known_account",
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("is_made_here", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_known_account_account_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_known_account_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_known_account")),
        sa.UniqueConstraint("workspace_id", "account_id", name=op.f("uq_known_account_workspace_id_account_id")),
    )
    op.execute("alter table known_account enable row level security")
    op.execute(f"create policy own_workspace on known_account using ({OWN}) with check ({OWN})")
    op.execute("grant select, insert, update, delete on known_account to pst_runtime")


def downgrade() -> None:
    op.drop_table("known_account")
