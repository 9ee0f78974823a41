"""The money of a whole workspace in one statement: each action once, however many plans claim it."""

from collections.abc import Sequence
from typing import Any

from api.domain.policy import grants_of, refusal
from api.domain.queries.estimates import estimates_of_all, withheld_member
from api.domain.queries.totals import words_of
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.rollups import GroupBy
from api.domain.sql.amounts import sums_of
from api.domain.sql.counted_actions import STATUSES
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any

TOTALS = """
with recursive p as materialized (select p.id, {statuses} as statuses from {p_rows}
    where p.workspace_id = {at} and not p.is_archived and {p_seen}),
o as materialized (select o.id, o.plan_id, o.parent_id from {o_rows} where o.workspace_id = {at}
    and (o.plan_id in (select id from p)) is true and not o.is_resting and o.status <> 'draft' and {o_seen}),
passing as (select id from o where parent_id is null
    union all select o.id from passing join o on o.parent_id = passing.id),
c as materialized (select c.plan_id, c.action_id, c.is_withdrawn from {c_rows}
    where c.workspace_id = {at} and (c.plan_id in (select id from p)) is true),
l as materialized (select l.plan_id, l.action_id,
        l.weight > 0 and (l.objective_id is null or (l.objective_id in (select id from passing)) is true) as passes
    from {l_rows} where l.workspace_id = {at} and (l.plan_id in (select id from p)) is true and l.state = 'active'),
stands as materialized (select c.plan_id, c.action_id from c left join l using (plan_id, action_id)
    where not c.is_withdrawn group by c.plan_id, c.action_id having bool_or(coalesce(l.passes, true))),
claimed as materialized (select action_id from c where not is_withdrawn),
a as materialized (select a.id, a.parent_id, a.status, a.estimate_low, a.estimate_high, {a_seen} as is_seen
    from {a_rows} where a.workspace_id = {at}
    and not a.is_archived and ((a.id in (select action_id from claimed)) is true
        or (a.parent_id in (select action_id from claimed)) is true)),
counted as materialized (
    select a.id, a.is_seen from a join stands s on s.action_id = a.id join p on p.id = s.plan_id
        where a.status = any(p.statuses)
    union
    select a.id, a.is_seen from a join stands s on s.action_id = a.parent_id join p on p.id = s.plan_id
        join a lead on lead.id = a.parent_id and lead.status = any(p.statuses)
        where a.status = any(p.statuses)
        and not exists (select from c own where own.plan_id = s.plan_id and own.action_id = a.id)),
line as materialized (select b.* from {b_rows} where b.workspace_id = {at} and {b_seen}
    and ((b.action_id in (select id from counted where is_seen)) is true or (b.plan_id in (select id from p)) is true
        or (b.objective_id in (select id from passing)) is true))
select json_build_object('groupBy', {asked_for}::json, 'total', (select json_build_object({sums}) from line),
    'groups', (select coalesce(json_agg(g order by {order} g->>'fiscalYear'), '[]') from (
        select {columns} json_build_object({words}, {sums}) as g
        from line group by {by} having {is_grouped}) x),
    'estimates', {estimates},
    'actionCount', (select count(*) from counted where is_seen),
    'isPartial', exists (select from counted where is_seen is not true), 'withheld', {withheld})::text
"""


async def workspace_totals(connection: Connection, reader: Reader, group_by: Sequence[GroupBy]) -> str:
    """The answer as JSON text (`WorkspaceTotals`). Refuses whoever reads no budget (403).

    An action counts once and whole if it counts in one plan at least; its lines count wherever they are declared, in
    all years. Lines of plans and of objectives that pass to their plan are added. Archived plans are left out.
    """
    if not grants_of(reader.actor, "workspaceTotals:read"):
        raise refusal(reader.actor, "workspaceTotals:read")
    chosen = tuple(dict.fromkeys(group_by))
    (sql,) = prepare_statement(reader, ":".join(("workspaceTotals", *chosen)), lambda: (_statement(reader, chosen),))
    found: str = await connection.fetchval(sql, *reader.binds.values)
    return found


def _statement(reader: Reader, chosen: Sequence[GroupBy]) -> str:
    rows = {}
    for alias, name in (("p", "plan"), ("o", "objective"), ("c", "planAction"), ("l", "placement"), ("a", "action"),
                        ("b", "budgetLine")):  # fmt: skip
        rows[f"{alias}_rows"], rows[f"{alias}_seen"] = reader.rows(BY_NAME[name], alias)
    return TOTALS.format(
        **rows, **words_of(chosen), at=reader.binds(reader.actor.workspace_id, "uuid"), statuses=STATUSES,
        sums=sums_of(), estimates=estimates_of_all(reader), withheld=withheld_member(reader),
    )  # fmt: skip
