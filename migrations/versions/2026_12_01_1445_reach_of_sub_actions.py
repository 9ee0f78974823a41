"""A sub-action reaches no farther than the action under which it stands: those that did are narrowed."""

from alembic import op

revision = "reach_of_sub_actions"
down_revision = "found_in_public"
branch_labels = None
depends_on = None

ORDER = "array['restricted', 'college', 'administration', 'partners', 'council', 'public']"
RANK = f"array_position({ORDER}, {{}})"

NARROW = f"""
with recursive link as (select workspace_id, id, workspace_id as over_workspace_id, parent_id as over_id from action
        where parent_id is not null
    union all
    select workspace_id, id, origin_workspace_id, origin_action_id from action where origin_action_id is not null),
above as (select * from link
    union
    select a.workspace_id, a.id, l.over_workspace_id, l.over_id
    from above a join link l on l.workspace_id = a.over_workspace_id and l.id = a.over_id),
narrowest as (select a.workspace_id, a.id, min({RANK.format("o.audience")}) as rank
    from above a join action o on o.workspace_id = a.over_workspace_id and o.id = a.over_id group by a.workspace_id, a.id)
update action c set audience = ({ORDER})[n.rank], version = c.version + 1, updated_at = now() from narrowest n
where n.workspace_id = c.workspace_id and n.id = c.id and {RANK.format("c.audience")} > n.rank
"""
"""All that stands above counts, at any depth, and the group's action of which one is a copy: a narrowed action may
have sub-actions and copies of its own."""

TELL = """
update group_action g set audience = a.audience, version = g.version + 1, updated_at = now(),
    is_offered = g.is_offered and (a.audience in ('partners', 'council', 'public') or exists (select from uptake u
        where u.workspace_id = g.workspace_id and u.action_id = g.id and u.released_at is null))
from action a where a.workspace_id = g.workspace_id and a.id = g.id and g.audience <> a.audience
"""
"""The offer of a group's action tells the audience that it has now; what a member took up stays offered to it."""


def upgrade() -> None:
    op.execute(NARROW)
    op.execute(TELL)


def downgrade() -> None:
    """What was narrowed stays so: nobody knows any more which audiences were meant to be wider."""
