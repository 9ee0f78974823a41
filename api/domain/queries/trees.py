"""The whole tree of a plan in one statement: the plan, its objectives, its placements, each action once."""

from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.queries.prepared import prepared
from api.domain.queries.reader import Reader
from api.domain.resources.catalogue import BY_NAME
from api.domain.resources.trees import ACTION, OBJECTIVE, PLACEMENT

Connection = Any


def tree_statement(reader: Reader, plan_id: UUID) -> str:
    """One statement that answers the tree as JSON text, null when the plan is not visible."""
    plan_bound = reader.binds.apart(plan_id, "uuid")
    (sql,) = prepared(reader, "tree", lambda: (_tree(reader, plan_bound),))
    return sql


def _tree(reader: Reader, plan_bound: str) -> str:
    """The statement of the tree of the plan bound there.

    Numbers are computed from positions: within their parent, or through the plan where a level does not restart;
    a level that is not numbered adds nothing to the numbers below it.
    """
    plan, objective, action = BY_NAME["plan"], BY_NAME["objective"], BY_NAME["action"]
    placement, claim = BY_NAME["placement"], BY_NAME["planAction"]
    p_rows, p_seen = reader.rows(plan, "p")
    o_rows, o_seen = reader.rows(objective, "o")
    l_rows, l_seen = reader.rows(placement, "l")
    a_rows, a_seen = reader.rows(action, "a")
    c_rows, c_seen = reader.rows(claim, "c")
    has_numbers = reader.sees(objective, "position")
    number = "n.number" if has_numbers else "null"
    return f"""
with recursive p as materialized (select p.* from {p_rows} where p.id = {plan_bound} and {p_seen}),
levels as (select (x->>'level')::int as level, (x->>'isNumbered')::bool as is_numbered,
    (x->>'restarts')::bool as restarts, x->>'prefix' as prefix
    from p, json_array_elements({reader.value(plan, "levels", "p")}::json) x),
o as materialized (select o.*, row_number() over (partition by o.level,
        case when coalesce(v.restarts, true) then o.parent_id end order by o.position, o.id) as rank
    from {o_rows} left join levels v on v.level = o.level
    where o.workspace_id = (select workspace_id from p) and o.plan_id = {plan_bound}
    and exists (select from p) and {o_seen}),
n as (
    select o.id, case when coalesce(v.is_numbered, true) then coalesce(v.prefix, '') || o.rank end as number, 1 as depth
    from o left join levels v on v.level = o.level where o.parent_id is null or o.parent_id not in (select id from o)
    union all
    select o.id, case when coalesce(v.is_numbered, true)
        then coalesce(v.prefix, '') || concat_ws('.', n.number, o.rank::text) else n.number end, n.depth + 1
    from n join o on o.parent_id = n.id left join levels v on v.level = o.level),
l as materialized (select l.*, row_number() over (partition by l.objective_id order by l.position, l.id) as rank
    from {l_rows} where l.workspace_id = (select workspace_id from p) and l.plan_id = {plan_bound}
    and l.state = 'active' and exists (select from p) and {l_seen}),
c as materialized (select c.* from {c_rows} where c.workspace_id = (select workspace_id from p)
    and c.plan_id = {plan_bound} and not c.is_withdrawn and exists (select from p) and {c_seen}),
a as materialized (select a.* from {a_rows} where a.workspace_id = (select workspace_id from p)
    and a.id in (select action_id from c) and {a_seen}),
marks as (select c.action_id, json_agg(c.plan_id order by c.plan_id) as plan_ids
    from {c_rows} where c.workspace_id = (select workspace_id from p) and not c.is_withdrawn
    and c.action_id in (select id from a) and {c_seen} group by c.action_id)
select (select row_to_json(t) from (select
    {reader.document(plan, "p")} as "plan",
    (select coalesce(json_agg((select row_to_json(d) from (select {_columns(reader, "objective", OBJECTIVE, "o")},
        {number} as "number") d) order by n.depth, o.position, o.id), '[]')
        from o left join n on n.id = o.id) as "objectives",
    (select coalesce(json_agg((select row_to_json(d) from (select {_columns(reader, "placement", PLACEMENT, "l")},
        concat_ws('.', {number}, l.rank::text) as "number") d) order by l.position, l.id), '[]')
        from l left join n on n.id = l.objective_id where l.action_id in (select id from a)) as "placements",
    (select coalesce(json_agg((select row_to_json(d) from (select {_columns(reader, "action", ACTION, "a")},
        coalesce(m.plan_ids, '[]') as "planIds", c.label as "planLabel", c.own_code as "ownCode",
        c.period_item_id as "periodItemId") d) order by a.id), '[]')
        from a join c on c.action_id = a.id left join marks m on m.action_id = a.id) as "actions"
    ) t)::text from p
"""


def _columns(reader: Reader, name: str, fields: tuple[str, ...], t: str) -> str:
    resource = BY_NAME[name]
    return ", ".join(f'{reader.value(resource, f, t)} as "{resource.wire(f)}"' for f in fields)


async def plan_tree(connection: Connection, reader: Reader, plan_id: UUID) -> str:
    """The tree as JSON text; NotFound when the plan does not exist or is not visible."""
    sql = tree_statement(reader, plan_id)
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    return found
