"""The rows from which the values of indicators are computed: one statement, whatever the size of the plan."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import NotFound
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.counted_actions import counted_actions_sql
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]

_TODAY = "(now() at time zone 'Europe/Brussels')::date"
_FOLLOWED = """
(select coalesce(json_agg(json_build_object('id', f.id, 'title', f.title, 'action_id', f.action_id,
    'objective_id', f.objective_id, 'kind', f.kind, 'nature', f.nature, 'quantity', f.quantity, 'unit', f.unit,
    'direction', f.direction, 'is_cumulative', f.is_cumulative, 'baseline', f.baseline::text,
    'baseline_on', f.baseline_on, 'expected_on', f.expected_on, 'is_asked', f.is_asked,
    'is_gathering', exists (select from indicator_contribution g where g.workspace_id = f.workspace_id
        and g.total_id = f.id),
    'targets', (select coalesce(json_agg(json_build_array(g.due_by, g.value::text) order by g.due_by), '[]')
        from indicator_target g where g.workspace_id = f.workspace_id and g.indicator_id = f.id)
    ) order by f.position, f.id), '[]') from followed f)
"""
_MEASURED = """
(select coalesce(json_agg(json_build_object('id', m.id, 'indicator_id', m.indicator_id, 'on', m.measured_on,
    'value', m.value::text, 'numerator', m.numerator::text, 'denominator', m.denominator::text,
    'milestone_state', m.milestone_state, 'is_approved', m.state = 'approved')), '[]')
    from {m_rows} where m.workspace_id = {at} and (m.indicator_id in (select id from followed)) is true
    and ({with_others} or m.state = 'approved') and {m_seen})
"""
_OF_PLAN = """
with recursive {counted},
borne as materialized (select i.id from {i_rows} where i.workspace_id = {at} and {i_seen}
    and ((i.action_id in (select action_id from chosen)) is true
        or (i.objective_id in (select o.id from o join asked on asked.id = o.plan_id)) is true)),
linked as (select b.id as indicator_id from borne b
    union select k.indicator_id from linked n join indicator_contribution k
        on k.workspace_id = {at} and k.total_id = n.indicator_id),
followed as materialized (select i.*, i.id in (select id from borne) as is_asked from {i_rows}
    where i.workspace_id = {at} and (i.id in (select indicator_id from linked)) is true and {i_seen})
select json_build_object('id', asked.id, 'today', {today}, 'followed', {followed}, 'measured', {measured},
    'links', (select coalesce(json_agg(json_build_array(k.indicator_id, k.total_id)), '[]')
        from indicator_contribution k where k.workspace_id = {at}
        and (k.total_id in (select id from followed)) is true),
    'objectives', (select coalesce(json_agg(o.id order by o.id), '[]') from o where o.plan_id = asked.id),
    'standing', (select coalesce(json_agg(json_build_array(s.objective_id, s.action_id, s.is_counted)), '[]')
        from standing s where (s.action_id in (select action_id from followed)) is true),
    'above', (select coalesce(json_agg(json_build_array(u.node, u.objective_id)), '[]')
        from above u where (u.node in (select objective_id from followed)) is true)
    )::text from asked
"""
_OF_ACTION = """
with chosen as materialized (select a.id, a.workspace_id from {a_rows} where a.id = {bound} and {a_seen}),
followed as materialized (select i.*, true as is_asked from {i_rows}
    where (i.workspace_id, i.action_id) in (select workspace_id, id from chosen) and {i_seen})
select json_build_object('id', chosen.id, 'today', {today}, 'followed', {followed}, 'measured', {measured}
    )::text from chosen
"""


@dataclass
class Rows:
    """What the statement told: indicators, what counts in which, and their measurements."""

    identifier: str
    today: date
    followed: dict[str, Row]
    measured: dict[str, list[Row]]
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By gathering indicator, those that name it."""
    standing: dict[tuple[str | None, str], bool] = field(default_factory=dict)
    above: set[tuple[str, str | None]] = field(default_factory=set)
    objectives: frozenset[str] = frozenset()
    """Those of the plan that is read."""


async def rows_of_plan(connection: Connection, reader: Reader, plan_id: UUID, *, explain: bool) -> Rows:
    """The indicators of the plan's objectives and actions with all that they gather; NotFound without the plan."""
    return await _rows(connection, reader, _of_plan(reader, plan_id, explain), "plan", plan_id)


async def rows_of_action(connection: Connection, reader: Reader, action_id: UUID, *, explain: bool) -> Rows:
    """The indicators of one action; NotFound without the action."""
    return await _rows(connection, reader, _of_action(reader, action_id, explain), "action", action_id)


def _of_plan(reader: Reader, plan_id: UUID, explain: bool) -> str:
    bound = reader.binds(plan_id, "uuid")
    at = reader.binds(reader.actor.workspace_id, "uuid")
    i_rows, i_seen = reader.rows(BY_NAME["indicator"], "i")
    return _OF_PLAN.format(
        counted=counted_actions_sql(reader, bound), at=at, i_rows=i_rows, i_seen=i_seen, today=_TODAY,
        followed=_FOLLOWED, measured=_measurements_sql(reader, at, explain),
    )  # fmt: skip


def _of_action(reader: Reader, action_id: UUID, explain: bool) -> str:
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    i_rows, i_seen = reader.rows(BY_NAME["indicator"], "i")
    return _OF_ACTION.format(
        bound=reader.binds(action_id, "uuid"), a_rows=a_rows, a_seen=a_seen, i_rows=i_rows, i_seen=i_seen,
        today=_TODAY, followed=_FOLLOWED,
        measured=_measurements_sql(reader, "(select workspace_id from chosen)", explain),
    )  # fmt: skip


def _measurements_sql(reader: Reader, at: str, explain: bool) -> str:
    m_rows, m_seen = reader.rows(BY_NAME["measurement"], "m")
    with_others = "true" if explain else "false"
    return _MEASURED.format(at=at, m_rows=m_rows, m_seen=m_seen, with_others=with_others)


async def _rows(connection: Connection, reader: Reader, sql: str, kind: str, identifier: UUID) -> Rows:
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound(kind, identifier)
    told = orjson.loads(found)
    rows = Rows(
        told["id"], date.fromisoformat(told["today"]), {row["id"]: row for row in told["followed"]}, defaultdict(list)
    )
    for row in told["measured"]:
        rows.measured[row["indicator_id"]].append(row)
    for indicator, total in told.get("links", ()):
        rows.links[total].append(indicator)
    rows.standing = {(objective, action): counts for objective, action, counts in told.get("standing", ())}
    rows.above = {(node, objective) for node, objective in told.get("above", ())}
    rows.objectives = frozenset(told.get("objectives", ()))
    return rows
