"""A search over all that is published, and over all organisations, is led by indexes of words."""

from alembic import op

from api.migration import run_file

revision = "found_in_public"
down_revision = "password_resets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create index ix_organisation_text on organisation using gin (plain_text(name) gin_trgm_ops)")
    op.execute("create index ix_organisation_words on organisation using gin (search_words(name))")
    run_file(op.get_bind(), "found_in_public")


def downgrade() -> None:
    op.execute("drop function found_in_public(text, text, int)")
    op.drop_index("ix_organisation_words", "organisation")
    op.drop_index("ix_organisation_text", "organisation")
