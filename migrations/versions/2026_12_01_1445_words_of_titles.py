"""The words of titles are marked among those of shown rows, so that a search need not read titles again."""

import sqlalchemy as sa
from alembic import op

revision = "words_of_titles"
down_revision = "reach_of_copies_and_files"
branch_labels = None
depends_on = None

TITLE = "coalesce(s.image->>'title', s.image->>'text')"
MORE = """concat_ws(' ', case when s.entity in ('action', 'attachment', 'finding', 'indicator', 'objective', 'plan')
    then s.image->>'description' end, case when s.entity = 'finding' then s.image->>'theme' end,
    case when s.entity in ('agreement', 'decision') then s.image->>'reference' end)"""
"""What else is searched of each: a plan has a reference too, by which nobody finds it."""
SEARCHED = "('action', 'agreement', 'attachment', 'decision', 'finding', 'followUp', 'indicator', 'objective', 'plan')"
INDEXES = {"words": ("words", {}), "text": ("plain", {"plain": "gin_trgm_ops"})}


def upgrade() -> None:
    _rewrite(
        f"update shown_row s set words = setweight(search_words({TITLE}), 'A') || search_words({MORE})"
        f" where s.entity in {SEARCHED}"
    )


def downgrade() -> None:
    _rewrite(
        f"update shown_row s set words = search_words(concat_ws(' ', {TITLE}, {MORE})) where s.entity in {SEARCHED}"
    )


def _rewrite(statement: str) -> None:
    """Run a statement that writes the words of most rows, and make their indexes anew after it."""
    for name in INDEXES:
        op.drop_index(f"ix_shown_row_{name}", "shown_row")
    op.execute(statement)
    for name, (column, words) in INDEXES.items():
        op.create_index(
            f"ix_shown_row_{name}", "shown_row", [column], postgresql_using="gin", postgresql_ops=words,
            postgresql_where=sa.text("is_latest"),
        )  # fmt: skip
    op.execute("analyze shown_row")
