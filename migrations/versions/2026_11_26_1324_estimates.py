"""The least and the most an action is estimated to cost, beside the words of its estimate."""

import sqlalchemy as sa
from alembic import op

revision = "estimates"
down_revision = "position_of_groups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("estimate_low", sa.Numeric(14, 2), nullable=True))
    op.add_column("action", sa.Column("estimate_high", sa.Numeric(14, 2), nullable=True))
    op.create_check_constraint(
        op.f("ck_action_estimate_not_negative"), "action", "estimate_low >= 0 and estimate_high >= 0"
    )
    op.create_check_constraint(op.f("ck_action_estimate_in_order"), "action", "estimate_low <= estimate_high")


def downgrade() -> None:
    op.drop_column("action", "estimate_high")
    op.drop_column("action", "estimate_low")
