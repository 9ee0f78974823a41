"""The whole tree of a plan in one statement: the plan, its objectives, its placements, each action once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.resources.trees import ACTION, OBJECTIVE, PLACEMENT
from api.domain.rights.shown_rows import ShownIn
from api.domain.rights.visibility import reader_group_of
from api.domain.sql.numbers import numbers_sql
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any


def tree_statement(reader: Reader, plan_id: UUID) -> str:
    """One statement that answers the tree as JSON text, null when the plan is not visible."""
    plan_bound = reader.binds.apart(plan_id, "uuid")
    (sql,) = prepare_statement(
        reader, "tree", lambda: (f"select ({tree_sql(reader, plan_bound, _whole(reader))})::text",)
    )
    return sql


Columns = Sequence[tuple[str, str]]
"""What is answered of each row: names and fields; of a field in quotes, the text itself."""


@dataclass(frozen=True, slots=True)
class TreePart:
    """A member of a tree: one of its lists with what is answered of each row, or a value as SQL."""

    key: str
    kind: str
    columns: Columns = ()
    sql: str | None = None


def _whole(reader: Reader) -> list[TreePart]:
    """The tree as REST answers it."""

    def list_part(kind: str, name: str, fields: tuple[str, ...], *more: str) -> TreePart:
        wire = BY_NAME[name].wire
        return TreePart(kind, kind, [(wire(field), field) for field in (*fields, *more)])

    return [
        TreePart("plan", "plan", sql=reader.document(BY_NAME["plan"], "p")),
        list_part("objectives", "objective", OBJECTIVE, "number"),
        list_part("placements", "placement", PLACEMENT, "number"),
        list_part("actions", "action", ACTION, "number", "plan_ids", "plan_label", "own_code", "period_item_id"),
    ]


TREE = """
with recursive p as materialized (select p.* from {p_rows} where p.id = {plan_bound} and {p_seen}),
seen as materialized (select o.* from {o_rows} where o.workspace_id = {at} and o.plan_id = {plan_bound}
    and exists (select from p) and {o_seen}),
o as materialized (select o.* from seen o where o.is_resting is not true),
n as (
    select o.id, 1 as depth from o where o.parent_id is null or o.parent_id not in (select id from o)
    union all
    select o.id, n.depth + 1 from n join o on o.parent_id = n.id),
c as materialized (select c.* from {c_rows} where c.workspace_id = {at}
    and c.plan_id = {plan_bound} and not c.is_withdrawn and exists (select from p) and {c_seen}),
own as materialized (select c.action_id, c.is_withdrawn from {c_rows} where c.workspace_id = {at}
    and c.plan_id = {plan_bound} and exists (select from p)),
a as materialized (select a.* from {a_rows} where a.workspace_id = {at}
    and ((a.id in (select action_id from c)) is true
        or (a.parent_id in (select action_id from own where not is_withdrawn)) is true
        and (a.id in (select action_id from own)) is not true) and {a_seen}),
l as materialized (select l.* from {l_rows} where l.workspace_id = {at} and l.plan_id = {plan_bound}
    and l.state = 'active' and (l.action_id in (select id from a)) is true and {l_seen}),
marks as materialized (select c.action_id, json_agg(c.plan_id order by c.plan_id) as plan_ids
    from {m_rows} where c.workspace_id = {at} and not c.is_withdrawn
    and (c.action_id in (select id from a)) is true and {m_seen} group by c.action_id){numbers}
select (select row_to_json(t.*) from (select {members}) t) from p
"""


def tree_sql(reader: Reader, plan_bound: str, parts: Sequence[TreePart]) -> str:
    """The statement of these parts of the tree of the plan bound there; it answers JSON.

    A sub-action that the plan neither claims nor withdrew on its own is there with the action that it belongs to.
    Numbers are those of the whole plan (`numbers.py`), or of the version that is shown.
    """
    plan, objective, action = BY_NAME["plan"], BY_NAME["objective"], BY_NAME["action"]
    placement, claim = BY_NAME["placement"], BY_NAME["planAction"]
    m_rows, m_seen = reader.rows(claim, "c", {"action": None})
    reader = reader.reading(ShownIn(plan=plan_bound))
    p_rows, p_seen = reader.rows(plan, "p")
    o_rows, o_seen = reader.rows(objective, "o")
    l_rows, l_seen = reader.rows(placement, "l", {"action": "a", "objective": "seen"})
    a_rows, a_seen = reader.rows(action, "a")
    c_rows, c_seen = reader.rows(claim, "c", {"action": None})
    # The planner must know how many rows to expect, or it joins hundreds in nested loops. So the workspace is said
    # as the rights say it, and `(… in …) is true` keeps a set a hash to look into: never a join of guessed size.
    home = reader.actor.workspace_id
    at = "(select workspace_id from p)" if home is None else reader.binds(home, "uuid")
    numbers = ""
    if any(_asks(part, "number") and not _is_shown(reader, part.kind) for part in parts):
        numbers = "," + numbers_sql(at, plan_bound, "exists (select from p)")
    members = ", ".join(f'{_member(reader, part)} as "{part.key}"' for part in parts)
    return TREE.format(
        at=at, members=members, plan_bound=plan_bound, numbers=numbers,
        p_rows=p_rows, p_seen=p_seen, o_rows=o_rows, o_seen=o_seen, l_rows=l_rows, l_seen=l_seen,
        a_rows=a_rows, a_seen=a_seen, c_rows=c_rows, c_seen=c_seen, m_rows=m_rows, m_seen=m_seen,
    )  # fmt: skip


def _member(reader: Reader, part: TreePart) -> str:
    """A list of the tree, each row with the columns asked."""
    if part.sql is not None:
        return part.sql
    name, t, joins, order = LISTS[part.kind]
    more = {"number": f"{t}.image->>'number'" if _is_shown(reader, part.kind) else "x.number"}
    more |= CLAIMED if part.kind == "actions" else {}
    columns = ", ".join(f'{_value(reader, BY_NAME[name], f, t, more)} as "{key}"' for key, f in part.columns)
    # What costs a join is joined only where it is answered.
    if _asks(part, "number") and not _is_shown(reader, part.kind):
        joins += f" left join {name}_number x on x.id = {t}.id"
    if _asks(part, "plan_ids"):
        joins += " left join marks m on m.action_id = a.id"
    rows = f"select coalesce(json_agg((select row_to_json(d.*) from (select {columns}) d) order by {order}), '[]')"
    return f"({rows} from {t}{joins})"


LISTS = {
    "objectives": ("objective", "o", " left join n on n.id = o.id", "n.depth, o.position, o.id"),
    "placements": ("placement", "l", "", "l.position, l.id"),
    "actions": ("action", "a", " left join c on c.action_id = a.id", "a.id"),
}
"""Of each list: its concept, its rows, what they are always joined to, their order."""

CLAIMED = {
    "plan_ids": "coalesce(m.plan_ids, '[]')",
    "plan_label": "c.label",
    "own_code": "c.own_code",
    "period_item_id": "c.period_item_id",
}
"""What the tree tells of an action from the plan's claim; a sub-action that follows its action has none."""


def _is_shown(reader: Reader, kind: str) -> bool:
    """Whether the reader reads these rows as a version froze them, number included."""
    return kind in LISTS and reader_group_of(reader.actor, BY_NAME[LISTS[kind][0]]) is not None


def _asks(part: TreePart, name: str) -> bool:
    return any(field == name for _, field in part.columns)


def _value(reader: Reader, resource: Resource, name: str, t: str, more: Mapping[str, str]) -> str:
    """The SQL of a field of a row. What may be added is told by the document alone: for each row it would cost as much
    as all the rest of a tree."""
    if name.startswith("'"):
        return f"{name}::text"
    if name == "permitted":
        return reader.permitted(resource, t, is_whole=False)
    return more[name] if name in more else reader.value(resource, name, t)


async def plan_tree(connection: Connection, reader: Reader, plan_id: UUID) -> str:
    """The tree as JSON text; NotFound when the plan does not exist or is not visible."""
    sql = tree_statement(reader, plan_id)
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    return found
