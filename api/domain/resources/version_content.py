"""Which rows a version of a plan holds, as each concept declares it.

The conditions are about row `t` of the concept, for a version of plan `p`; they read the common table expressions that
`commands/freezing.py` puts before them (`standing`, `stands`, `claimed`, `held`, `covering`, `bearing`).
"""

from dataclasses import dataclass

OF_ACTION = "t.action_id in (select action_id from stands)"
OF_OBJECTIVE = "t.objective_id in (select id from standing where plan_id = p.id)"
FOR_READERS = "t.audience in ('council', 'public')"
CLAIMED = "t.plan_id = p.id and t.action_id in (select action_id from claimed)"
PLACED = (
    f"{CLAIMED} and t.state = 'active'"
    " and (t.objective_id is null or t.objective_id in (select id from standing where plan_id = p.id))"
)
_LINE_PLAN = "select from budget_line_plan d where d.workspace_id = t.workspace_id and d.budget_line_id = t.id"
DECLARED = (
    f"(t.plan_id = p.id or {OF_OBJECTIVE} or {OF_ACTION})"
    f" and (not exists ({_LINE_PLAN}) or exists ({_LINE_PLAN} and d.plan_id = p.id))"
)
"""Budget lines of what stands, unless they are declared for other plans alone."""
OF_COVERING = "t.plan_id in (select plan_id from covering) and t.action_id in (select action_id from bearing)"


@dataclass(frozen=True, slots=True)
class VersionPart:
    """The rows of a concept in a version. Drafts, and what stands under a draft objective, are never part of one."""

    rows: str
    counted_only: str | None = None
    """The rows held beside for the figures alone, so that they never move: what the plans that its objectives cover
    add to it, the shares that stand beneath drafts, and the lines declared for other plans."""
    is_numbered: bool = False
    """Whether a row has a number in a plan: its image holds the one it had that day."""
    is_shown: bool = True
    """Whether readers of versions are shown the rows; else only who reads the content of a version has them."""
    place: int | None = None
    """Its place among the lists that every version ever frozen holds; None for those that older versions lack."""
