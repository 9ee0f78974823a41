"""The progress of a plan and of each of its objectives, from one statement, with the formula and what was left out."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

import orjson

from api.domain.enumerations.common import ProgressWeighting
from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.reference import load
from api.domain.rules.progress import Exclusion, NotComputable, Progress, Standing, share_done
from api.domain.schemas.rollups import PlanProgress
from api.domain.sql.amounts import amounts_sql
from api.domain.sql.counted_actions import counted_actions_sql
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any
Row = list[Any]

STANDINGS = """
with recursive {counted}, {weighed},
led as (select h.action_id, p.action_id as parent_id from chosen h join chosen p
    on h.is_follower and p.action_id = h.placed_as and p.claim_id = h.claim_id and p.is_counted)
select json_build_object('weighting', coalesce(asked.progress_weighting, 'equal'), 'isPartial', hidden.is_partial,
    'objectives', (select coalesce(json_agg(o.id order by o.id), '[]') from o where o.plan_id = asked.id),
    'standings', (select coalesce(json_agg(json_build_array(s.objective_id, s.status, a.kind, a.progress,
            case asked.progress_weighting when 'budget' then coalesce(w.cents, 0)
                when 'explicit' then coalesce(s.progress_weight, 1) else 1 end,
            s.is_counted, led.action_id is not null, s.has_counted_status)), '[]')
        from standing s join a on a.id = s.action_id left join led on led.action_id = s.action_id
        left join weighed w on w.action_id = s.action_id and w.objective_id is not distinct from s.objective_id),
    'leftOut', (select coalesce(json_agg(json_build_array(objective_id, reason)), '[]') from left_out)
    )::text from asked, hidden
"""

WEIGHED = """
weighed as materialized (select v.objective_id, coalesce(led.placed_as, l.action_id) as action_id,
        (sum(c.planned) * 100)::bigint as cents
    from carried c join line l on l.id = c.line_id join above v on v.node = c.node
    left join chosen led on led.action_id = l.action_id and led.is_follower and exists (select from chosen p
        where p.action_id = led.placed_as and p.claim_id = led.claim_id and p.is_counted)
    where l.nature = 'expense' and l.is_inside and l.is_here and l.action_id is not null group by 1, 2)"""

WEIGHTLESS = "weighed as (select null::uuid as objective_id, null::uuid as action_id, 0::bigint as cents where false)"


async def plan_progress(connection: Connection, reader: Reader, plan_id: UUID) -> PlanProgress:
    """The figure of the plan and of each objective. Refuses: no right to progress (403), plan not visible (404)."""
    if not grants_of(reader.actor, "progress:read"):
        raise refusal(reader.actor, "progress:read")
    plan_bound = reader.binds.apart(plan_id, "uuid")
    (sql,) = prepare_statement(reader, "progress", lambda: (_statement(reader, plan_bound),))
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    return _answer(plan_id, reader, orjson.loads(found))


def _reads_budget(reader: Reader) -> bool:
    return bool(grants_of(reader.actor, "budgetLine:read"))


def _statement(reader: Reader, plan_bound: str) -> str:
    weighed = WEIGHTLESS
    if _reads_budget(reader):
        by_budget = "asked.progress_weighting = 'budget'"
        weighed = f"{amounts_sql(reader, plan_bound, by_budget)}, {WEIGHED}"
    return STANDINGS.format(counted=counted_actions_sql(reader, plan_bound), weighed=weighed)


def _answer(plan_id: UUID, reader: Reader, told: dict[str, Any]) -> PlanProgress:
    weighting = ProgressWeighting(told["weighting"])
    is_withheld = weighting is ProgressWeighting.BUDGET and not _reads_budget(reader)
    standings: dict[str | None, list[Standing]] = defaultdict(list)
    for objective, *words in told["standings"]:
        standings[objective].append(Standing(*words))
    left_out: dict[str | None, list[str]] = defaultdict(list)
    for objective, reason in told["leftOut"]:
        left_out[objective].append(reason)
    figures = {each: _figure(standings[each], left_out[each], is_withheld) for each in (None, *told["objectives"])}
    return PlanProgress.model_validate(
        {
            "plan_id": plan_id, "weighting": weighting, "is_partial": told["isPartial"],
            "formula": load("progress")["formulas"][weighting][reader.language], "total": figures.pop(None),
            "objectives": [{"objective_id": each, **figure} for each, figure in figures.items()],
        }
    )  # fmt: skip


def _figure(standings: list[Standing], left_out: list[str], is_withheld: bool) -> dict[str, Any]:
    """The figure as it is answered; without its weights where the reader may not know the budget."""
    found: Progress = share_done(standings)
    counts = Counter(found.excluded) + Counter(Exclusion(reason) for reason in left_out)
    excluded = [{"reason": reason, "action_count": n} for reason, n in sorted(counts.items())]
    figure = {
        "percent": found.percent, "numerator": str(found.numerator), "denominator": str(found.denominator),
        "action_count": found.action_count, "not_computable": found.not_computable, "excluded": excluded,
    }  # fmt: skip
    if is_withheld and found.action_count:
        figure |= {"percent": None, "numerator": None, "denominator": None}
        figure["not_computable"] = NotComputable.BUDGET_WITHHELD
    return figure
