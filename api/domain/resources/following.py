"""What of an action and of its claims follows a group, said of their rows."""

from api.domain.resources.base import Guard

IS_COUNTERPART = "{t}.origin_action_id is not null"

NOT_FOLLOWING = Guard(
    "followsGroup",
    "not exists (select from action f join plan g on g.workspace_id = f.workspace_id and g.id = {t}.plan_id"
    " where f.workspace_id = {t}.workspace_id and f.id = {t}.action_id and f.origin_action_id is not null"
    " and g.origin_workspace_id = f.origin_workspace_id)",
)
"""The claim of a counterpart in the member's part of the group's plan comes and goes with the group's own."""
