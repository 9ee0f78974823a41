"""Where an action stands: where a plan claims or places it, or the action that it belongs to and follows."""


def standing(table: str, condition: str) -> str:
    """Whether a claim or placement puts the action there, or the action that it belongs to and follows: a sub-action
    follows where the plan neither claims nor withdrew it on its own."""
    there = f"exists (select from {table} x where x.workspace_id = {{t}}.workspace_id and {condition}"
    return (
        f"({there} and x.action_id = {{t}}.id)"
        f" or {{t}}.parent_id is not null and {there} and x.action_id = {{t}}.parent_id"
        " and not exists (select from plan_action own where own.workspace_id = x.workspace_id"
        " and own.plan_id = x.plan_id and own.action_id = {t}.id)))"
    )
