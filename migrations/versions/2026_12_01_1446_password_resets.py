"""A password may be set anew through a link that serves once."""

import sqlalchemy as sa
from alembic import op

revision = "password_resets"
down_revision = "words_of_titles"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("given_up_at", INSTANT, nullable=True),
        sa.Column("next_try_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("ck_password_reset_token_sha256")),
        sa.CheckConstraint("(token_hash is null) = (expires_at is null)", name=op.f("ck_password_reset_token_ends")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_password_reset_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
    )
    op.create_index("ix_password_reset_account_id", "password_reset", ["account_id"])
    op.create_index("uq_password_reset_token_hash", "password_reset", ["token_hash"], unique=True)
    op.create_index(
        "ix_password_reset_waiting", "password_reset", ["next_try_at"],
        postgresql_where=sa.text("sent_at is null and used_at is null and given_up_at is null"),
    )  # fmt: skip
    op.execute("grant select, insert, update, delete on password_reset to pst_runtime")


def downgrade() -> None:
    op.drop_table("password_reset")
