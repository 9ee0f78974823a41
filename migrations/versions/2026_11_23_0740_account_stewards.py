"""Which workspace made an account, said on the account itself."""

import sqlalchemy as sa
from alembic import op

revision = "account_stewards"
down_revision = "known_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("steward_workspace_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_account_steward_workspace_id"), "account", "workspace", ["steward_workspace_id"], ["id"]
    )
    op.create_index(op.f("ix_account_steward_workspace_id"), "account", ["steward_workspace_id"])
    op.execute(
        "update account a set steward_workspace_id = k.workspace_id from known_account k"
        " where k.account_id = a.id and k.is_made_here"
    )
    op.drop_column("known_account", "is_made_here")


def downgrade() -> None:
    op.add_column(
        "known_account",
        sa.Column("is_made_here", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.drop_index(op.f("ix_account_steward_workspace_id"), "account")
    op.drop_column("account", "steward_workspace_id")
