"""What a programming period asks of a diagnostic and a plan."""

import sqlalchemy as sa
from alembic import op

revision = "period_requirements"
down_revision = "follow_ups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period_requirement",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "rule in ('findingsMade', 'findingsDated', 'partnersHeard', 'findingsAnswered', 'rightsFound', 'rightsServed', 'actionsCoded', 'partnersBound', 'localShareMet', 'committeeNamed')",
            name=op.f("ck_period_requirement_rule_word"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["programming_period.id"], name=op.f("fk_period_requirement_period_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("period_id", "rank", name=op.f("pk_period_requirement")),
        sa.UniqueConstraint("period_id", "rule", name=op.f("uq_period_requirement_period_id_rule")),
    )
    op.execute("grant select, insert, update, delete on period_requirement to pst_runtime")


def downgrade() -> None:
    op.drop_table("period_requirement")
