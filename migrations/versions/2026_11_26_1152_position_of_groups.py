"""The door tells the position of the groups whose offers are read, so that remembered answers stay true."""

from alembic import op

from api.migration import run_file

revision = "position_of_groups"
down_revision = "groups_and_counterparts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(op.get_bind(), "identity")


def downgrade() -> None:
    op.execute(
        "do $$ begin execute regexp_replace(pg_get_functiondef('enter(uuid, uuid, uuid, uuid, text, bytea)'::regprocedure),"
        " '-- What the groups.*m\\.group_id <> v_workspace\\);', ''); end $$"
    )
