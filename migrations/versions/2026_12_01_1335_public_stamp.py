"""One number that moves on with every change of what the public reads: answers to it are remembered under it."""

import sqlalchemy as sa
from alembic import op

revision = "public_stamp"
down_revision = "entries_by_action"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_stamp",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_public_stamp"),
        sa.CheckConstraint("id = 1", name="ck_public_stamp_only_one"),
    )
    op.execute("insert into public_stamp (id) values (1)")
    op.execute("grant select, update on public_stamp to pst_runtime")
    # The database may have given new tables more than this one needs.
    op.execute("revoke insert, delete on public_stamp from pst_runtime")


def downgrade() -> None:
    op.drop_table("public_stamp")
