"""What a plan counts and how its progress weighs actions, said on the plan and on its claims."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "plan_counting"
down_revision = "resemblance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan", sa.Column("counted_statuses", ARRAY(sa.Text()), nullable=True))
    op.add_column("plan", sa.Column("progress_weighting", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_plan_counted_statuses_word"),
        "plan",
        "counted_statuses <@ array['draft', 'notStarted', 'waiting', 'inProgress', 'suspended', 'completed',"
        " 'cancelled']::text[]",
    )
    op.create_check_constraint(
        op.f("ck_plan_progress_weighting_word"), "plan", "progress_weighting in ('equal', 'budget', 'explicit')"
    )
    op.add_column("plan_action", sa.Column("progress_weight", sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_plan_action_progress_weight_not_negative"), "plan_action", "progress_weight >= 0"
    )
    op.create_index(
        "ix_objective_covers",
        "objective",
        ["workspace_id", "plan_id"],
        postgresql_where=sa.text("covers_plan_id is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_objective_covers", "objective")
    op.drop_column("plan_action", "progress_weight")
    op.drop_column("plan", "progress_weighting")
    op.drop_column("plan", "counted_statuses")
