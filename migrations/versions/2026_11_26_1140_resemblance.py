"""Words that resemble others: titles are found in spite of a mistyped letter."""

from alembic import op

revision = "resemblance"
down_revision = "account_stewards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm with schema public")


def downgrade() -> None:
    op.execute("drop extension if exists pg_trgm")
