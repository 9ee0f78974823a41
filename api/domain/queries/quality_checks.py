"""What each check of quality looks at: `{t}` is the action or objective, `k` the plan.

A condition is true where something is amiss, false where it is well, and null where the check does not apply.
"""

from api.domain.reference import load
from api.domain.resources.actions import IS_STALE, LACKS, OWNER_UNNAMED, Lacking
from api.domain.resources.leaving import IS_LEFT
from api.domain.rules.quality import STALE_MONTHS, Check

_ANSWERS = "select from {owner}_responsibility x where x.workspace_id = {{t}}.workspace_id and x.{owner}_id = {{t}}.id"
_OF_ACTION = _ANSWERS.format(owner="action")
_OF_OBJECTIVE = _ANSWERS.format(owner="objective")
_AT_WORK = "{t}.status in ('waiting', 'inProgress', 'suspended')"
_PLACED = "select from l where l.objective_id = {t}.id"
_BELOW = "select from o b where b.parent_id = {t}.id"

CONDITIONS: dict[Check, str] = {
    Check.OWNER_MISSING: OWNER_UNNAMED,
    Check.OWNER_LEFT: f"case when exists ({_OF_ACTION} and x.kind in ('owner', 'lead') and x.unit_id is null)"
    f" then exists ({_OF_ACTION} and x.kind in ('owner', 'lead') and ({IS_LEFT})) end",
    Check.MANDATARY_MISSING: LACKS[Lacking.MANDATARY],
    Check.DUE_DATE_MISSING: f"case when {{t}}.kind <> 'perennial' then {LACKS[Lacking.DUE_DATE]} end",
    Check.BUDGET_MISSING: f"{LACKS[Lacking.BUDGET]}"
    " and num_nonnulls({t}.estimate, {t}.estimate_low, {t}.estimate_high) = 0",
    Check.INDICATOR_MISSING: LACKS[Lacking.INDICATOR],
    Check.TITLE_VAGUE: "cardinality(regexp_split_to_array({t}.title, '\\s+')) < 3"
    " or {t}.title ~* {vague} and {t}.title !~ '\\d'",
    Check.AFTER_PLAN_END: "{t}.planned_end > k.ends_on",
    Check.NOT_UPDATED: f"case when {_AT_WORK} then {IS_STALE.replace('{v}', f'array[{STALE_MONTHS}]')} end",
    Check.OBJECTIVE_LEAD_MISSING: f"not exists ({_OF_OBJECTIVE} and x.kind <> 'mandatary')",
    Check.OBJECTIVE_MANDATARY_MISSING: f"not exists ({_OF_OBJECTIVE} and x.kind = 'mandatary')",
    Check.OBJECTIVE_AFTER_PLAN_END: "{t}.due_by > k.ends_on",
    Check.OBJECTIVE_WITHOUT_ACTION: f"case when not {{t}}.is_above and not exists ({_BELOW})"
    f" then {{t}}.covers_plan_id is null and not exists ({_PLACED}) end",
    Check.OBJECTIVE_WITHOUT_OBJECTIVE: f"case when {{t}}.is_above then {{t}}.covers_plan_id is null"
    f" and not exists ({_BELOW}) and not exists ({_PLACED}) end",
    Check.RIGHT_WITHOUT_ACTION: "not exists (select from plan_action_right x join c on c.id = x.plan_action_id"
    " where x.workspace_id = {at} and x.right_id = {t}.id)",
}


def vague_words() -> str:
    """The pattern of a title that begins with a word under which anything could be done."""
    words = "|".join(load("quality")["vagueWords"])
    return f"^\\s*(s['’]|se\\s+)?({words})\\M"
