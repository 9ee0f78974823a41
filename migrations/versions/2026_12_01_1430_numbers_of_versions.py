"""Versions frozen before numbers were kept in them are shown with those that follow from their rows."""

from alembic import op

from api.migration import run_file

revision = "numbers_of_versions"
down_revision = "periods_continued"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(op.get_bind(), "numbers_of_versions")


def downgrade() -> None:
    """An image with a number is read as one without: whoever goes back computes numbers anew."""
