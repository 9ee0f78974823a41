"""A search among shown rows uses their indexes: operators of texts are looked at before row-level security there alone.

Under row-level security PostgreSQL uses no index for operators that it does not know to keep what they are given to
themselves, so every published row was looked at. The function answers keys alone, of rows that the caller may read.
"""

from alembic import op

revision = "find_shown_rows"
down_revision = "reach_of_sub_actions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create function find_shown_rows(
            asked_circle text, asked_entity text, question tsquery, pattern text, near text
        ) returns table (workspace_id uuid, id uuid)
        language sql stable security definer set search_path = public, pg_temp as $$
            select s.workspace_id, s.id from shown_row s
            where s.circle = asked_circle and s.entity = asked_entity and s.is_latest
                and (s.circle = 'public' or s.workspace_id = any(
                    (select nullif(current_setting('app.workspaces', true), '')::uuid[])::uuid[]))
                and (s.words @@ question or s.plain like pattern or near <% s.title_key)
        $$""")
    op.execute("revoke all on function find_shown_rows(text, text, tsquery, text, text) from public")
    op.execute("grant execute on function find_shown_rows(text, text, tsquery, text, text) to pst_runtime")


def downgrade() -> None:
    op.execute("drop function find_shown_rows(text, text, tsquery, text, text)")
