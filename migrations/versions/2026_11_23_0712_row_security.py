"""Row-level security on every tenant table, and what the runtime role may do."""

from alembic import op

from api.migration import run_file

revision = "row_security"
down_revision = "functions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(op.get_bind(), "row_security")


def downgrade() -> None:
    op.execute("revoke all on all tables in schema public from pst_runtime")
    op.execute("revoke usage on schema public from pst_runtime")
    for table in ("objective", "placement", "plan_action"):
        op.execute(f"drop statistics if exists dependent_{table}")
    op.execute(
        "do $$ declare p record; begin for p in select tablename, policyname from pg_policies where schemaname ="
        " 'public' loop execute format('drop policy %I on %I', p.policyname, p.tablename);"
        " execute format('alter table %I disable row level security', p.tablename); end loop; end $$"
    )
