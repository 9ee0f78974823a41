"""The index of access to each right in a commune, as others publish it."""

import sqlalchemy as sa
from alembic import op

revision = "right_indices"
down_revision = "period_requirements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "right_index",
        sa.Column("nis", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("value between 0 and 1", name=op.f("ck_right_index_value_range")),
        sa.ForeignKeyConstraint(["nis"], ["commune.nis"], name=op.f("fk_right_index_nis")),
        sa.ForeignKeyConstraint(["right_id"], ["period_item.id"], name=op.f("fk_right_index_right_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_right_index")),
        sa.UniqueConstraint("nis", "right_id", "edition", name=op.f("uq_right_index_nis_right_id_edition")),
    )
    op.execute("grant select, insert, update, delete on right_index to pst_runtime")


def downgrade() -> None:
    op.drop_table("right_index")
