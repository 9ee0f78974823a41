"""The transversal view in one statement: a matrix over the actions a reader sees, and the gaps between plans."""

import re
from typing import Any

import orjson

from api.domain.errors import invalid
from api.domain.policy import grants_of, refusal
from api.domain.resources.actions import IS_LATE
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.duplicates import suspect_pairs
from api.domain.schemas.transversal import CELL_KEY, CellActions, ColumnKind, RowKind, Transversal
from api.domain.sql.reader import Reader

Connection = Any
MOST_DUPLICATES = 50
NONE = "none"
"""Names the row or column of the actions that have none."""

CLAIMED_BY = "(select coalesce(json_agg(c.plan_id order by c.plan_id), '[]') from c where c.action_id = a.id)"

HELD_BY = {
    "plan": "select c.action_id, c.plan_id::text as key from c",
    "unit": "select distinct x.action_id, x.unit_id::text as key from action_responsibility x"
    " where x.workspace_id = {w} and x.unit_id is not null",
    "domain": "select x.action_id, x.domain_id::text as key from action_domain x where x.workspace_id = {w}",
    "sdg": "select x.action_id, x.number::text as key from action_sdg x where x.workspace_id = {w}",
    "right": "select distinct c.action_id, x.right_id::text as key from c join plan_action_right x"
    " on x.workspace_id = {w} and x.plan_action_id = c.id",
    "objective": "select distinct l.action_id, l.top_id::text as key from l where l.is_pst",
}
"""Which actions belong to which plan, unit, domain…: (action, key)."""

NAMED = {
    "plan": "select p.id::text as key, p.title as label, p.title as rank from p",
    "unit": "select u.id::text, u.name, u.name from unit u where u.workspace_id = {w} and not u.is_archived",
    "domain": "select d.id::text, d.name, d.name from domain d where d.workspace_id = {w}",
    "sdg": "select s.number::text, {label}, lpad(s.number::text, 2, '0') from sdg s",
    "right": "select s.id::text, {label}, lpad(s.rank::text, 4, '0') || s.code from period_item s"
    " where s.kind = 'right' and s.period_id in (select period_id from p)",
    "objective": "select o.id::text, o.title, o.position from o where o.parent_id is null and o.is_pst",
}

FIGURES = (
    "'count', count(*), 'averageProgress', round(avg(progress))::int,"
    " 'budgetPlanned', coalesce(sum(planned), 0)::numeric(14,2)::text,"
    " 'lateCount', count(*) filter (where is_late),"
    " 'latePercent', round(100.0 * count(*) filter (where is_late) / nullif(count(*), 0))::int"
)


MATRIX = f"""'cells', (select coalesce(json_agg(x.f order by x.row nulls last, x.col nulls last), '[]') from (
        select row, col, json_build_object('row', row, 'column', col, {FIGURES}) as f from d group by row, col) x),
    'rowTotals', (select coalesce(json_agg(x.f order by x.row nulls last), '[]') from (
        select row, json_build_object('id', row, {FIGURES}) as f
        from (select distinct id, progress, is_late, planned, row from d) d group by row) x),
    'columnTotals', (select coalesce(json_agg(x.f order by x.col nulls last), '[]') from (
        select col, json_build_object('id', col, {FIGURES}) as f
        from (select distinct id, progress, is_late, planned, col from d) d group by col) x),
    'total', (select json_build_object({FIGURES}) from a)"""


def _gaps(w: str, language: str) -> str:
    """What the plans leave open, and the plans of each action."""
    return f"""'servesNone', (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title)
        order by o.position, o.id), '[]') from o where o.is_pst and o.parent_id is null and o.status <> 'abandoned'
        and not exists (select from l join c on c.action_id = l.action_id
            and c.plan_id <> o.plan_id where l.top_id = o.id)
        and not exists (select from top join o s on s.id = top.id
            where top.top_id = o.id and s.covers_plan_id is not null)),
    'homeless', (select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title) order by p.title, p.id), '[]')
        from p where p.reference_code is distinct from 'pst'
        and not exists (select from o where o.is_pst and o.covers_plan_id = p.id)
        and not exists (select from c join l on l.action_id = c.action_id and l.is_pst where c.plan_id = p.id)),
    'idleRights', (select coalesce(json_agg(json_build_object('id', s.id,
            'title', coalesce(s.labels->>'{language}', s.labels->>'fr')) order by s.rank, s.code, s.id), '[]')
        from period_item s where s.kind = 'right' and s.period_id in (select period_id from p)
        and not exists (select from plan_action_right x join c on c.id = x.plan_action_id
            where x.workspace_id = {w} and x.right_id = s.id)),
    'claims', (select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title,
            'planIds', {CLAIMED_BY})
        order by a.title, a.id), '[]') from a)"""


class _MatrixParameters:
    """Fills in the workspace and the language of a piece of the statement."""

    def __init__(self, w: str, language: str) -> None:
        self.w, self.label = w, f"coalesce(s.labels->>'{language}', s.labels->>'fr')"

    def __call__(self, sql: str) -> str:
        return sql.replace("{w}", self.w).replace("{label}", self.label)


def _matrix_sql(reader: Reader, rows: RowKind, columns: ColumnKind) -> tuple[str, _MatrixParameters]:
    """The actions that count, the plans and objectives, and which action stands in which row and column (`d`)."""
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    o_rows, o_seen = reader.rows(BY_NAME["objective"], "o")
    w = reader.binds(reader.actor.workspace_id, "uuid")

    provided = _MatrixParameters(w, reader.language)
    crossed = f"""
with recursive p as materialized (select p.*, k.reference_code from {p_rows} join plan_type k
    on k.workspace_id = p.workspace_id and k.id = p.plan_type_id
    where p.workspace_id = {w} and not p.is_archived and {p_seen}),
a as materialized (select a.id, a.title, a.status, a.planned_end,
    case when a.kind <> 'perennial' then a.progress end as progress,
    {IS_LATE.replace("{t}", "a")} as is_late, coalesce((select sum(b.planned) from budget_line b
        where b.workspace_id = a.workspace_id and b.action_id = a.id and b.nature = 'expense'), 0) as planned
    from {a_rows} where a.workspace_id = {w} and not a.is_archived and a.status not in ('draft', 'cancelled')
    and {a_seen}),
c as materialized (select c.id, c.action_id, c.plan_id, p.reference_code from plan_action c join p on p.id = c.plan_id
    where c.workspace_id = {w} and not c.is_withdrawn and c.action_id in (select id from a)),
o as materialized (select o.id, o.parent_id, o.title, o.position, o.status, o.plan_id, o.covers_plan_id,
    p.reference_code = 'pst' as is_pst from {o_rows} join p on p.id = o.plan_id
    where o.workspace_id = {w} and not o.is_resting and {o_seen}),
top as (select id, id as top_id from o where parent_id is null
    union all select o.id, top.top_id from top join o on o.parent_id = top.id),
l as materialized (select distinct l.action_id, o.is_pst, top.top_id from placement l
    join o on o.id = l.objective_id join top on top.id = o.id
    where l.workspace_id = {w} and l.state = 'active' and l.action_id in (select id from a)),
r as ({provided(HELD_BY[rows])}),
k as ({provided(HELD_BY[columns])}),
d as materialized (select a.id, a.progress, a.is_late, a.planned, r.key as row, k.key as col
    from a left join r on r.action_id = a.id left join k on k.action_id = a.id)
"""
    return crossed, provided


def _statement(reader: Reader, rows: RowKind, columns: ColumnKind) -> str:
    crossed, provided = _matrix_sql(reader, rows, columns)
    return f"""{crossed}select json_build_object(
    'rows', (select coalesce(json_agg(json_build_object('id', x.key, 'label', x.label) order by x.rank, x.key), '[]')
        from ({provided(NAMED[rows])}) as x(key, label, rank)),
    'columns', (select coalesce(json_agg(json_build_object('id', x.key, 'label', x.label) order by x.rank, x.key), '[]')
        from ({provided(NAMED[columns])}) as x(key, label, rank)),
    {MATRIX},
    {_gaps(provided.w, reader.language)}    )::text
"""


async def transversal(connection: Connection, reader: Reader, rows: RowKind, columns: ColumnKind) -> Transversal:
    """The matrix and the gaps, over what the reader sees of its workspace; 403 for whoever reads no living plan."""
    if not grants_of(reader.actor, "transversal:read"):
        raise refusal(reader.actor, "transversal:read")
    sql = _statement(reader, rows, columns)
    told = orjson.loads(await connection.fetchval(sql, *reader.binds.values))
    claims = told.pop("claims")
    gaps = {
        "objectives_serving_no_plan": told.pop("servesNone"),
        "plans_without_home": told.pop("homeless"),
        "rights_without_action": told.pop("idleRights"),
        "actions_in_several_plans": [claim for claim in claims if len(claim["planIds"]) > 1],
        "suspected_duplicates": _duplicates(claims),
    }
    for axis, cells in (("rows", "rowTotals"), ("columns", "columnTotals")):
        if any(total["id"] is None for total in told[cells]):
            told[axis].append({"id": None, "label": "–"})
    return Transversal.model_validate({"row_kind": rows, "column_kind": columns, **told, "gaps": gaps})


async def cell_actions(
    connection: Connection, reader: Reader, rows: RowKind, columns: ColumnKind, row: str | None, column: str | None
) -> CellActions:
    """The actions that a cell counts, late ones first; `none` asks for those without row or column, None for all."""
    if not grants_of(reader.actor, "transversal:read"):
        raise refusal(reader.actor, "transversal:read")
    for name, key in (("row", row), ("column", column)):
        if key is not None and re.match(CELL_KEY, key) is None:
            raise invalid("malformed", name, key[:100], where="query")
    crossed, _ = _matrix_sql(reader, rows, columns)
    asked = " and ".join(
        f"d.{name} is null" if key == NONE else f"d.{name} = {reader.binds(key, 'text')}"
        for name, key in (("row", row), ("col", column))
        if key is not None
    )
    sql = f"""{crossed}select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title, 'status', a.status,
    'progress', a.progress, 'plannedEnd', a.planned_end, 'isLate', a.is_late,
    'budgetPlanned', a.planned::numeric(14,2)::text, 'planIds', {CLAIMED_BY})
    order by a.is_late desc, a.title, a.id), '[]')::text
from a where a.id in (select d.id from d where {asked or "true"})"""
    found = orjson.loads(await connection.fetchval(sql, *reader.binds.values))
    return CellActions.model_validate({"row_kind": rows, "column_kind": columns, "actions": found})


def _duplicates(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two actions of one plan are meant to be two: only those without a plan in common are suspected."""
    by_id = {claim["id"]: claim for claim in claims}
    found = []
    for one, other, alike in suspect_pairs({claim["id"]: claim["title"] for claim in claims}):
        if not set(by_id[one]["planIds"]) & set(by_id[other]["planIds"]):
            both = [{"id": each, "title": by_id[each]["title"]} for each in (one, other)]
            found.append({"one": both[0], "other": both[1], "alike": alike})
    return found[:MOST_DUPLICATES]
