"""The money of a plan in one statement: in all, per objective, and by year, source, service, category or scheme."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.queries.estimates import estimates_sql, no_estimates, withheld_member
from api.domain.rules.progress import Exclusion
from api.domain.schemas.rollups import GroupBy
from api.domain.sql.amounts import NOTHING, amounts_sql, sums_of
from api.domain.sql.counted_actions import NOT_COUNTED, counted_actions_sql
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any

COLUMNS = {
    GroupBy.FISCAL_YEAR: "fiscal_year", GroupBy.SOURCE: "source", GroupBy.SERVICE: "service",
    GroupBy.CATEGORY: "category", GroupBy.FUNDING_SCHEME: "funding_scheme",
}  # fmt: skip

COUNTS = "is_inside and is_here"

TOTALS = """
with recursive {counted}, {amounts}, {estimates},
sum as materialized (select v.objective_id, l.is_inside, l.is_here, l.nature,
        l.bearer = coalesce(v.objective_id, asked.id) as is_own, {columns}
        sum(c.planned) as planned, sum(c.committed) as committed, sum(c.spent) as spent
    from asked, carried c join line l on l.id = c.line_id join above v on v.node = c.node
    group by v.objective_id, l.is_inside, l.is_here, l.nature, {columns} is_own),
grouped as (select objective_id, json_agg(g order by {order} objective_id) as groups from (
        select objective_id, {columns} json_build_object({words}, {counting}) as g
        from sum where {is_grouped} and {counts} group by {columns} objective_id) x group by objective_id),
whole as (select objective_id, json_build_object({counting}) as total, json_build_object({own}) as own,
        json_build_object({outside}) as outside, json_build_object({elsewhere}) as elsewhere
    from sum group by objective_id),
kept as (select c.line_id, sum(c.planned) as planned, sum(c.committed) as committed, sum(c.spent) as spent
    from carried c join above v on v.node = c.node where v.objective_id is null group by c.line_id),
excluded as (
    select s.action_id, {reason} as reason from standing s where s.objective_id is null and not s.is_counted
    union all select action_id, reason from left_out where objective_id is null),
missing as (
    select coalesce(x.reason, 'draftObjective') as reason, l.nature, l.planned - coalesce(k.planned, 0) as planned,
        l.committed - coalesce(k.committed, 0) as committed, l.spent - coalesce(k.spent, 0) as spent
    from every_line l left join kept k on k.line_id = l.id left join excluded x on x.action_id = l.action_id
    where l.is_inside and l.is_here),
reasons as (
    select json_build_object('reason', reason,
        'actionCount', (select count(*) from excluded x where x.reason = r.reason), {sums}) as told, reason
    from (select reason, nature, planned, committed, spent from missing where (planned, committed, spent) <> (0, 0, 0)
        union all select reason, null, 0, 0, 0 from excluded) r group by reason),
none as (select json_build_object({none}) as amounts, {no_estimates} as estimates)
select json_build_object('planId', asked.id, 'groupBy', {asked_for}::json,
    'fromYear', extract(year from asked.starts_on)::int, 'toYear', extract(year from asked.ends_on)::int,
    'total', coalesce(w.total, none.amounts), 'own', coalesce(w.own, none.amounts),
    'groups', coalesce((select groups from grouped where objective_id is null), '[]'),
    'estimates', coalesce((select estimates from estimate where objective_id is null), none.estimates),
    'objectives', (select coalesce(json_agg(json_build_object('objectiveId', o.id,
            'total', coalesce(x.total, none.amounts), 'own', coalesce(x.own, none.amounts),
            'groups', coalesce(g.groups, '[]'), 'estimates', coalesce(e.estimates, none.estimates))
            order by o.id), '[]')
        from o left join whole x on x.objective_id = o.id left join grouped g on g.objective_id = o.id
        left join estimate e on e.objective_id = o.id
        where o.plan_id = asked.id),
    'outsideYears', coalesce(w.outside, none.amounts), 'declaredElsewhere', coalesce(w.elsewhere, none.amounts),
    'actionCount', (select count(*) from counted where objective_id is null),
    'excluded', (select coalesce(json_agg(told order by reason), '[]') from reasons),
    'isPartial', hidden.is_partial, 'withheld', {withheld})::text
from asked cross join none cross join hidden left join whole w on w.objective_id is null
"""

_BY_STATUS = "case s.status {} else 'statusNotCounted' end".format(
    " ".join(f"when '{status}' then '{Exclusion(status)}'" for status in sorted(NOT_COUNTED))
)
REASON = f"case when s.has_counted_status then 'parentNotCounted' else {_BY_STATUS} end"
"""Why an action that stands there does not count: its own status, else that its parent does not count."""


async def plan_totals(connection: Connection, reader: Reader, plan_id: UUID, group_by: Sequence[GroupBy]) -> str:
    """The answer as JSON text (`PlanTotals`). Refuses whoever reads no budget (403), a plan not visible (404)."""
    if not grants_of(reader.actor, "totals:read"):
        raise refusal(reader.actor, "totals:read")
    plan_bound = reader.binds.apart(plan_id, "uuid")
    chosen = tuple(dict.fromkeys(group_by))
    name = ":".join(("totals", *chosen))
    (sql,) = prepare_statement(reader, name, lambda: (_statement(reader, plan_bound, chosen),))
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    return found


def _statement(reader: Reader, plan_bound: str, chosen: Sequence[GroupBy]) -> str:
    return TOTALS.format(
        counted=counted_actions_sql(reader, plan_bound), amounts=amounts_sql(reader, plan_bound), **words_of(chosen),
        counts=COUNTS, counting=sums_of(COUNTS), own=sums_of(COUNTS, "is_own"),
        outside=sums_of("not is_inside", "is_here"), elsewhere=sums_of("not is_here", "is_inside"), none=NOTHING,
        reason=REASON, sums=sums_of(), estimates=estimates_sql(reader), no_estimates=no_estimates(reader),
        withheld=withheld_member(reader),
    )  # fmt: skip


def words_of(chosen: Sequence[GroupBy]) -> dict[str, str]:
    """The pieces of a statement that groups by these: columns, how groups are named and in which order they stand."""
    columns = [COLUMNS[each] for each in chosen]
    asked_for = ",".join(f'"{each}"' for each in chosen)
    return {
        "columns": "".join(f"{column}, " for column in columns),
        "by": ", ".join(columns) or "()",
        "order": "".join(f"{column} nulls last, " for column in columns),
        "words": ", ".join(f"'{each}', {COLUMNS[each] if each in chosen else 'null'}" for each in GroupBy),
        "is_grouped": "true" if columns else "false",
        "asked_for": f"'[{asked_for}]'",
    }
