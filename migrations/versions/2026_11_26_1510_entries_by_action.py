"""Entries of the journal are found by the action that they are about, and name the plan of what hangs on an objective
or a version."""

import sqlalchemy as sa
from alembic import op

revision = "entries_by_action"
down_revision = "offices_held"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal_entry", sa.Column("action_id", sa.Uuid(), nullable=True))
    op.add_column("journal_entry", sa.Column("linked_action_id", sa.Uuid(), nullable=True))
    op.execute(
        "update journal_entry set action_id = case when entity = 'action' then entity_id"
        " else (coalesce(after, before)->>'action_id')::uuid end,"
        " linked_action_id = (coalesce(after, before)->>'linked_action_id')::uuid"
    )
    op.execute(
        "update journal_entry j set plan_ids = j.plan_ids || x.plan_id from (select workspace_id, id, plan_id"
        " from objective union all select workspace_id, id, plan_id from plan_version) x"
        " where x.workspace_id = j.workspace_id and x.id = coalesce((coalesce(j.after, j.before)->>'objective_id')::uuid,"
        " (coalesce(j.after, j.before)->>'version_id')::uuid) and x.plan_id <> all(j.plan_ids)"
    )
    op.create_index("ix_journal_entry_action", "journal_entry", ["workspace_id", "action_id", "position"])
    op.create_index(
        "ix_journal_entry_linked_action",
        "journal_entry",
        ["workspace_id", "linked_action_id", "position"],
        postgresql_where=sa.text("linked_action_id is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_journal_entry_linked_action", "journal_entry")
    op.drop_index("ix_journal_entry_action", "journal_entry")
    op.drop_column("journal_entry", "linked_action_id")
    op.drop_column("journal_entry", "action_id")
