"""Where an action stands: where a plan claims or places it, or the action that it belongs to and follows."""


def standing_condition(table: str, condition: str) -> str:
    """Whether a claim or placement puts the action there, or the action that it belongs to and follows: a sub-action
    follows where the plan neither claims nor withdrew it on its own."""
    there = f"exists (select from {table} x where x.workspace_id = {{t}}.workspace_id and {condition}"
    return (
        f"({there} and x.action_id = {{t}}.id)"
        f" or {{t}}.parent_id is not null and {there} and x.action_id = {{t}}.parent_id"
        " and not exists (select from plan_action own where own.workspace_id = x.workspace_id"
        " and own.plan_id = x.plan_id and own.action_id = {t}.id)))"
    )


SHOWN_BENEATH = (
    "exists (select from shown_row y where y.workspace_id = {t}.workspace_id and y.circle = {circle}"
    " and y.plan_id = {t}.shown_plan_id and y.entity = 'placement' and not y.is_counted_only"
    " and y.objective_id = any({v}) and (y.action_id = {t}.id or y.action_id = {t}.parent_id and not exists ("
    "select from shown_row z where z.workspace_id = {t}.workspace_id and z.circle = {circle}"
    " and z.plan_id = {t}.shown_plan_id and z.entity = 'planAction' and z.action_id = {t}.id)))"
)
"""Placed beneath one of these objectives, or standing there with its parent."""
PLANS_OF_OBJECTIVES = (
    "array(select y.plan_id from shown_row y where y.circle = {circle} and y.entity = 'objective'"
    " and y.id = any({v}) and y.is_latest)"
)
"""The plans in whose versions these objectives are, as an array."""
