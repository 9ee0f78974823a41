"""Dates that follow from others, and dates that do not fit together: told beside what was saved, never a refusal.

`{t}` is the row. What is a draft, or meant for a narrow audience, moves no date that all may read. A warning compares
with what its reader sees, and the date of a draft objective binds no action yet.
"""

from api.domain.enumerations.common import OPEN_AUDIENCES
from api.domain.resources.base import Derived
from api.domain.schemas.base import Day

_OPEN = ", ".join(f"'{audience}'" for audience in OPEN_AUDIENCES)
_DATED = f"a.status not in ('draft', 'cancelled') and not a.is_archived and a.audience in ({_OPEN})"
_CHILD = (
    "y.workspace_id = {t}.workspace_id and y.plan_id = {t}.plan_id and not y.is_resting"
    " and y.status in ('open', 'closed') and y.parent_id"
)
_PLACED = (
    "l.workspace_id = {t}.workspace_id and l.plan_id = {t}.plan_id and l.state = 'active'"
    f" and a.workspace_id = l.workspace_id and a.id = l.action_id and {_DATED} and l.objective_id"
)
_LATEST = (
    "(with recursive beneath as (select {t}.id as id, null::date as due_by union all"
    f" select y.id, y.due_by from beneath join objective y on {_CHILD} = beneath.id)"
    " select greatest(max(beneath.due_by), max(x.planned_end)) from beneath left join lateral (select"
    f" max(a.planned_end) as planned_end from placement l, action a where {_PLACED} = beneath.id) x on true)"
)

DEADLINE = {
    "deadline": Derived(f"coalesce({{t}}.due_by, {_LATEST})", Day | None, shown="{t}.due_by"),
    "is_deadline_derived": Derived(f"{{t}}.due_by is null and {_LATEST} is not null", bool, shown="false"),
}
"""An objective's own date, else the latest of all beneath it; a version shows the date that it froze."""

OBJECTIVE_DATES = {
    "afterParent": "exists (select from objective y where y.workspace_id = {t}.workspace_id"
    " and y.id = {t}.parent_id and y.due_by < {t}.due_by and {sees:objective:y})",
    "afterPlanEnd": "exists (select from plan y where y.workspace_id = {t}.workspace_id"
    " and y.id = {t}.plan_id and y.ends_on < {t}.due_by)",
    "afterTerm": "exists (select from plan y join term z on z.id = y.term_id where y.workspace_id = {t}.workspace_id"
    " and y.id = {t}.plan_id and z.ends_on < {t}.due_by)",
    "beforeChildren": f"{{t}}.due_by is not null and (exists (select from objective y where {_CHILD} = {{t}}.id"
    f" and y.due_by > {{t}}.due_by) or exists (select from placement l, action a where {_PLACED} = {{t}}.id"
    " and a.planned_end > {t}.due_by))",
}

ACTION_DATES = {
    "afterPlanEnd": "exists (select from plan_action x join plan y on y.workspace_id = x.workspace_id"
    " and y.id = x.plan_id where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
    " and not x.is_withdrawn and y.ends_on < {t}.planned_end)",
    "afterTerm": "exists (select from plan_action x join plan y on y.workspace_id = x.workspace_id"
    " and y.id = x.plan_id join term z on z.id = y.term_id where x.workspace_id = {t}.workspace_id"
    " and x.action_id = {t}.id and not x.is_withdrawn and z.ends_on < {t}.planned_end)",
    "afterObjective": "exists (select from placement x join objective y on y.workspace_id = x.workspace_id"
    " and y.id = x.objective_id where x.workspace_id = {t}.workspace_id and x.action_id = {t}.id"
    " and x.state = 'active' and y.status <> 'draft' and y.due_by < {t}.planned_end)",
    "afterParent": "exists (select from action y where y.workspace_id = {t}.workspace_id and y.id = {t}.parent_id"
    " and y.planned_end < {t}.planned_end and {sees:action:y})",
}
