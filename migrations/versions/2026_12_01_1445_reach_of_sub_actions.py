"""A sub-action reaches no farther than the action under which it stands: those that did are narrowed."""

from alembic import op

revision = "reach_of_sub_actions"
down_revision = "found_in_public"
branch_labels = None
depends_on = None

ORDER = "array_position(array['restricted', 'college', 'administration', 'partners', 'council', 'public'], {})"
NARROW = (
    "update action c set audience = p.audience, version = c.version + 1, updated_at = now() from action p"
    " where p.workspace_id = c.workspace_id and p.id = c.parent_id"
    f" and {ORDER.format('c.audience')} > {ORDER.format('p.audience')}"
)


def upgrade() -> None:
    op.execute(NARROW)


def downgrade() -> None:
    """What was narrowed stays so: nobody knows any more which audiences were meant to be wider."""
