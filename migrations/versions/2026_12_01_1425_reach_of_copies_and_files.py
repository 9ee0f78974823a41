"""A counterpart reaches no farther than the group's action, which its offer tells; and the bytes of a document reach
whom the living document reaches, whatever a version froze of it."""

import sqlalchemy as sa
from alembic import op

revision = "reach_of_copies_and_files"
down_revision = "invitations"
branch_labels = None
depends_on = None

WORDS = "audience in ('restricted', 'college', 'administration', 'partners', 'council', 'public')"
ORDER = "array_position(array['restricted', 'college', 'administration', 'partners', 'council', 'public'], {})"

TELL_AUDIENCES = (
    "update group_action g set audience = a.audience from action a"
    " where a.workspace_id = g.workspace_id and a.id = g.id and g.audience is distinct from a.audience"
)
NARROW_COPIES = (
    "update action c set audience = o.audience, version = c.version + 1, updated_at = now() from action o"
    " where o.workspace_id = c.origin_workspace_id and o.id = c.origin_action_id"
    f" and {ORDER.format('c.audience')} > {ORDER.format('o.audience')}"
)

SHOWN = (
    "exists (select from shown_row s where s.workspace_id = file.workspace_id and s.circle = 'public'"
    " and s.entity = 'attachment' and s.image->>'file_id' = file.id::text and s.audience = 'public')"
)
LIVING = (
    "exists (select from attachment a where a.workspace_id = file.workspace_id and a.file_id = file.id"
    " and a.audience = 'public')"
)


def upgrade() -> None:
    op.add_column("group_action", sa.Column("audience", sa.Text(), nullable=True))
    op.execute(TELL_AUDIENCES)
    op.execute(NARROW_COPIES)
    op.alter_column("group_action", "audience", nullable=False)
    op.create_check_constraint(op.f("ck_group_action_audience_word"), "group_action", WORDS)
    op.execute(
        "create policy published on attachment for select using (audience = 'public' and exists (select from"
        " shown_row s where s.workspace_id = attachment.workspace_id and s.circle = 'public'"
        " and s.entity = 'attachment' and s.id = attachment.id))"
    )
    op.execute("drop policy published on file")
    op.execute(f"create policy published on file for select using ({SHOWN} and {LIVING})")


def downgrade() -> None:
    op.execute("drop policy published on file")
    op.execute(f"create policy published on file for select using ({SHOWN})")
    op.execute("drop policy published on attachment")
    op.drop_constraint(op.f("ck_group_action_audience_word"), "group_action", type_="check")
    op.drop_column("group_action", "audience")
