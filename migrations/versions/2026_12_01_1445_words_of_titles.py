"""The words of titles are marked among those of shown rows, so that a search need not read titles again."""

from alembic import op

revision = "words_of_titles"
down_revision = "reach_of_copies_and_files"
branch_labels = None
depends_on = None

TITLE = "coalesce(s.image->>'title', s.image->>'text')"
MORE = "concat_ws(' ', s.image->>'description', s.image->>'theme', s.image->>'reference')"
SEARCHED = "('action', 'agreement', 'attachment', 'decision', 'finding', 'followUp', 'indicator', 'objective', 'plan')"


def upgrade() -> None:
    op.execute(
        f"update shown_row s set words = setweight(search_words({TITLE}), 'A') || search_words({MORE}),"
        f" plain = sort_text(concat_ws(' ', {TITLE}, {MORE})) where s.entity in {SEARCHED}"
    )


def downgrade() -> None:
    op.execute(
        f"update shown_row s set words = search_words(concat_ws(' ', {TITLE}, {MORE})) where s.entity in {SEARCHED}"
    )
