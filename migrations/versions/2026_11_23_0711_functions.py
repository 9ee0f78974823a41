"""The functions that statements rely on: search, order, cursors, and the door that reads rights."""

import sqlalchemy as sa
from alembic import op

from api.migration import run_file

revision = "functions"
down_revision = "tables"
branch_labels = None
depends_on = None

MADE = (
    "enter(uuid, uuid, uuid, uuid, text, bytea)", "places_of(uuid)", "seal_cursor(text, text, bytea, bytea)",
    "search_question(text)", "search_words(text)", "sort_text(text)", "plain_text(text)",
)  # fmt: skip


def upgrade() -> None:
    op.execute("create extension if not exists unaccent with schema public")
    for name in ("functions", "identity"):
        run_file(op.get_bind(), name)
    op.create_index("ix_action_title", "action", ["workspace_id", sa.text("sort_text(title)")])
    op.create_index("ix_action_title_anywhere", "action", [sa.text("sort_text(title)"), "id"])


def downgrade() -> None:
    op.drop_index("ix_action_title_anywhere", table_name="action")
    op.drop_index("ix_action_title", table_name="action")
    for function in MADE:
        op.execute(f"drop function if exists {function}")
    op.execute("drop extension if exists unaccent")
