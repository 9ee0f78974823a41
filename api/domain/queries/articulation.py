"""The rows on which the articulation of a PST with the PCS of its workspace depends, in one statement."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound, invalid
from api.domain.policy import grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.rules.articulation.detection import (
    Approach,
    Claim,
    Objective,
    PcsAction,
    RememberedForm,
    Situation,
    StandingPlacement,
)
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A PST and one PCS: the situation, how each plan is called, and the text of all that it was read from."""

    situation: Situation
    plan: Row
    with_plan: Row
    content: bytes

    def basis(self, to: str) -> str:
        """A name of the state of all rows concerned: ids, versions, and what is asked of them."""
        return hashlib.blake2b(self.content + to.encode(), digest_size=12).hexdigest()


PERMISSION = "articulation:convert"

ANSWERED = """select json_build_object(
    'plan', json_build_object('id', p.id, 'title', p.title, 'version', p.version, 'type', p.reference_code),
    'levels', (select coalesce(json_agg(json_build_array(x.level, x.meaning) order by x.level), '[]')
        from plan_level x where x.workspace_id = p.workspace_id and x.plan_id = p.id),
    'strand', (select x.id from plan_strand x where x.workspace_id = p.workspace_id and x.plan_id = p.id
        and x.meaning = 'external' order by x.rank limit 1),
    'objectives', (select coalesce(json_agg(json_build_object('id', o.id, 'parent_id', o.parent_id,
        'level', o.level, 'title', o.title, 'position', o.position, 'version', o.version,
        'is_resting', o.is_resting, 'strand_id', o.strand_id, 'covers_plan_id', o.covers_plan_id,
        'period_item_id', o.period_item_id, 'status', o.status,
        'domain_ids', (select coalesce(json_agg(x.domain_id order by x.domain_id), '[]') from objective_domain x
            where x.workspace_id = o.workspace_id and x.objective_id = o.id),
        'has_money', exists (select from budget_line x where x.workspace_id = o.workspace_id
            and x.objective_id = o.id)) order by o.id), '[]')
        from objective o where o.workspace_id = p.workspace_id and o.plan_id = p.id),
    'placements', (select coalesce(json_agg(json_build_object('id', l.id, 'action_id', l.action_id,
        'objective_id', l.objective_id, 'is_active', l.state = 'active', 'weight', l.weight, 'is_main', l.is_main,
        'position', l.position, 'version', l.version) order by l.id), '[]')
        from placement l where l.workspace_id = p.workspace_id and l.plan_id = p.id),
    'partners', (select coalesce(json_agg(json_build_object('id', w.id, 'title', w.title, 'version', w.version,
        'isPart', w.origin_plan_id is not null,
        'items', (select coalesce(json_agg(json_build_object('id', i.id, 'parent_id', i.parent_id, 'kind', i.kind,
            'code', i.code, 'label', i.labels->>'fr') order by i.id), '[]')
            from period_item i where i.period_id = w.period_id and i.kind <> 'right'),
        'actions', (select coalesce(json_agg(json_build_object('id', c.action_id, 'title', c.title,
            'version', c.action_version, 'claim_version', c.version, 'item_id', c.period_item_id,
            'theme_id', (select o.period_item_id from placement l join objective o
                on o.workspace_id = l.workspace_id and o.id = l.objective_id where l.workspace_id = c.workspace_id
                and l.plan_id = c.plan_id and l.action_id = c.action_id and l.state = 'active'
                order by l.is_main desc, l.id limit 1),
            'domain_ids', (select coalesce(json_agg(x.domain_id order by x.domain_id), '[]') from action_domain x
                where x.workspace_id = c.workspace_id and x.action_id = c.action_id),
            'claim', (select json_build_object('id', x.id, 'is_withdrawn', x.is_withdrawn, 'version', x.version)
                from plan_action x where x.workspace_id = c.workspace_id and x.plan_id = p.id
                and x.action_id = c.action_id)) order by c.action_id), '[]')
            from c where c.plan_id = w.id),
        'memories', (select coalesce(json_agg(json_build_object('from', v.from_approach, 'home_id', v.home_id,
            'memory', v.memory) order by v.last_position desc), '[]') from articulation_conversion v
            where v.workspace_id = w.workspace_id and v.plan_id = p.id and v.with_plan_id = w.id
            and not v.is_undone)) order by w.origin_plan_id is not null,
            w.title, w.id), '[]') from w),
    'mayConvert', not p.is_closed and {may_convert}
    )::text from p
"""


FOLLOWS = """(a.parent_id is not null
    and not exists (select from plan_action x where x.workspace_id = c.workspace_id
        and x.plan_id = (select id from p) and x.action_id = a.id)
    and exists (select from plan_action y join action b on b.workspace_id = y.workspace_id and b.id = y.action_id
        where y.workspace_id = c.workspace_id and y.action_id = a.parent_id and not y.is_withdrawn
        and (y.plan_id = (select id from p) or y.plan_id = c.plan_id and not b.is_archived)))"""
"""Whether a sub-action stands in the PST with its action and so moves with it: it is no row of a conversion."""


def _statement(reader: Reader, plan_id: UUID, with_id: UUID | None) -> str:
    plan, action = BY_NAME["plan"], BY_NAME["action"]
    p_rows, p_seen = reader.rows(plan, "p")
    w_rows, w_seen = reader.rows(plan, "w")
    a_rows, a_seen = reader.rows(action, "a")
    may_convert = (
        may(PERMISSION, plan, reader.actor, reader.binds, "p") if grants_of(reader.actor, PERMISSION) else "false"
    )
    chosen = "" if with_id is None else f" and w.id = {reader.binds(with_id, 'uuid')}"
    return f"""
with p as materialized (select p.*, k.reference_code from {p_rows} join plan_type k
    on k.workspace_id = p.workspace_id and k.id = p.plan_type_id
    where p.id = {reader.binds(plan_id, "uuid")} and {p_seen}),
w as materialized (select w.* from {w_rows} join plan_type k
    on k.workspace_id = w.workspace_id and k.id = w.plan_type_id and k.reference_code = 'pcs'
    where w.workspace_id = (select workspace_id from p) and not w.is_archived and {w_seen}{chosen}),
c as materialized (select c.*, a.title, a.version as action_version from plan_action c join {a_rows}
    on a.workspace_id = c.workspace_id and a.id = c.action_id
    where c.workspace_id = (select workspace_id from p) and c.plan_id in (select id from w)
    and not c.is_withdrawn and not a.is_archived and {a_seen} and not {FOLLOWS})
{ANSWERED.replace("{may_convert}", may_convert)}"""


async def pairs(
    connection: Connection, reader: Reader, plan_id: UUID, with_id: UUID | None = None
) -> tuple[Row, list[Pair]]:
    """The PST, and the pairs it makes with each PCS of its workspace, as far as the reader sees their actions.

    The PST says whether its reader may convert; that is no part of what a conversion depends on.

    Refuses: no right (403), plan not visible (404), not a PST (409).
    """
    if not grants_of(reader.actor, "articulation:read"):
        raise refusal(reader.actor, "articulation:read")
    sql = _statement(reader, plan_id, with_id)
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    told = orjson.loads(found)
    if told["plan"]["type"] != "pst":
        raise Conflict("notAPst", planId=str(plan_id))
    plan = {**told["plan"], "mayConvert": told.pop("mayConvert")}
    return plan, [_pair(told, partner) for partner in told["partners"]]


async def pair(connection: Connection, reader: Reader, plan_id: UUID, with_id: UUID | None, where: str) -> Pair:
    """The PST with one PCS: the one named, the only one, or the only one that is no part of a group's.

    Refuses to choose (400).
    """
    _, found = await pairs(connection, reader, plan_id, with_id)
    name = "with" if where == "query" else "withPlanId"
    if not found:
        raise invalid("referencedResourceNotFound", name, with_id and str(with_id), where=where)
    if len(found) > 1:
        found = [one for one in found if not one.with_plan["isPart"]]
    if len(found) != 1:
        raise invalid("required", name, where=where)
    return found[0]


def _pair(told: Row, partner: Row) -> Pair:
    levels = {meaning: level for level, meaning in reversed(told["levels"])}
    strategic = levels.get("strategic", 1)
    deeper = [level for level, _ in told["levels"] if level > strategic]
    items = {item["id"]: item for item in partner["items"]}
    situation = Situation(
        plan_id=told["plan"]["id"],
        with_id=partner["id"],
        objectives={o["id"]: Objective(**{**o, "domain_ids": frozenset(o["domain_ids"])}) for o in told["objectives"]},
        placements=tuple(StandingPlacement(**placed) for placed in told["placements"]),
        actions={a["id"]: _action(a, items) for a in partner["actions"]},
        axes={i["id"]: (i["code"], i["label"]) for i in partner["items"] if i["kind"] == "axis"},
        memories=tuple(_memory(m) for m in partner["memories"]),
        strategic_level=strategic,
        operational_level=levels.get("operational", deeper[0] if deeper else None),
        strand_id=told["strand"],
    )
    content = orjson.dumps({**told, "partners": [partner]})
    return Pair(situation, told["plan"], partner, content)


def _action(row: Row, items: dict[str, Row]) -> PcsAction:
    line = []
    item = items.get(row["item_id"] or row["theme_id"] or "")
    while item is not None:
        line.append(item)
        item = items.get(item["parent_id"] or "")
    return PcsAction(
        id=row["id"],
        title=row["title"],
        axis_id=next((i["id"] for i in line if i["kind"] == "axis"), None),
        theme=next((i["label"] for i in line if i["kind"] != "actionCode"), None),
        domain_ids=frozenset(row["domain_ids"]),
        claim=Claim(**row["claim"]) if row["claim"] else None,
    )


def _memory(row: Row) -> RememberedForm:
    memory = row["memory"]
    return RememberedForm(
        Approach(row["from"]),
        row["home_id"],
        {action: tuple((p[0], p[1], p[2]) for p in placed) for action, placed in memory["actions"].items()},
        frozenset(memory["claimed"]),
        frozenset(memory["objectives"]),
    )
