"""The quality of a plan in one statement: what each check finds, a score per objective and plan, and what to do."""

from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.queries.quality_checks import CONDITIONS, vague_words
from api.domain.reference import load
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.quality import APPLIES_TO, Check, Score, Thing
from api.domain.schemas.quality import PlanQuality
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]

QUALITY = """
with recursive k as materialized (select p.id, p.ends_on, p.period_id,
        (select max(v.level) from plan_level v where v.workspace_id = {at} and v.plan_id = p.id) as deepest
    from {p_rows} where p.workspace_id = {at} and p.id = {plan_bound} and {p_seen}),
o as materialized (select o.*, o.level < k.deepest as is_above from k, {o_rows} where o.workspace_id = {at}
    and o.plan_id = {plan_bound} and not o.is_resting and o.status in ('draft', 'open') and {o_seen}),
c as materialized (select c.id, c.action_id from k, {c_rows} where c.workspace_id = {at}
    and c.plan_id = {plan_bound} and not c.is_withdrawn),
l as materialized (select l.action_id, l.objective_id from k, {l_rows} where l.workspace_id = {at}
    and l.plan_id = {plan_bound} and l.state = 'active' and l.objective_id is not null
    and (l.action_id in (select action_id from c)) is true),
a as materialized (select a.* from {a_rows} where a.workspace_id = {at} and (a.id in (select action_id from c)) is true
    and not a.is_archived and a.status not in ('completed', 'cancelled') and {a_seen}),
upward as (select id as node, id as objective_id from o
    union all select u.node, o.id from upward u join o below on below.id = u.objective_id
    join o on o.id = below.parent_id),
checked as materialized (
    select 'action' as thing, t.id, x.code, x.is_amiss from k, a t cross join lateral (values {on_actions})
        as x(code, is_amiss) where x.is_amiss is not null
    union all
    select 'objective', t.id, x.code, x.is_amiss from k, o t cross join lateral (values {on_objectives})
        as x(code, is_amiss) where x.is_amiss is not null
    union all
    select 'right', t.id, x.code, x.is_amiss from k join period_item t on t.period_id = k.period_id
        and t.kind = 'right' cross join lateral (values {on_rights}) as x(code, is_amiss)),
found as materialized (select thing, id, count(*) as checked, count(*) filter (where not is_amiss) as passed,
        json_agg(code order by code) filter (where is_amiss) as codes
    from checked group by thing, id),
beneath as (select objective_id, 'objective' as thing, node as id from upward
    union select u.objective_id, 'action', l.action_id from upward u join l on l.objective_id = u.node),
scored as (select b.objective_id, sum(f.passed) as passed, sum(f.checked) as checked
    from beneath b join found f on f.thing = b.thing and f.id = b.id group by b.objective_id)
select json_build_object(
    'total', (select json_build_array(coalesce(sum(passed), 0), coalesce(sum(checked), 0)) from found),
    'objectives', (select coalesce(json_agg(json_build_array(o.id, coalesce(s.passed, 0), coalesce(s.checked, 0))
        order by o.id), '[]') from o left join scored s on s.objective_id = o.id),
    'checks', (select coalesce(json_object_agg(code, n), '{{}}') from (select code,
        json_build_array(count(*) filter (where not is_amiss), count(*)) as n from checked group by code) x),
    'worklist', (select coalesce(json_agg(json_build_object('thing', f.thing, 'id', f.id, 'title', x.title,
            'checks', f.codes) order by json_array_length(f.codes) desc, x.title, f.id), '[]')
        from found f join (select id, title from a union all select id, title from o union all
            select i.id, {label} from period_item i where i.period_id = (select period_id from k)) x on x.id = f.id
        where f.codes is not null),
    'isPartial', exists (select from {a_rows} where a.workspace_id = {at} and not a.is_archived
        and (a.id in (select action_id from c)) is true and a.status not in ('completed', 'cancelled')
        and {a_seen} is not true))::text from k
"""


async def plan_quality(connection: Connection, reader: Reader, plan_id: UUID) -> PlanQuality:
    """What could be better in a plan, as advice. Refuses whoever reads no living plan (403), a plan not visible (404).

    Looked at: objectives that are draft or open, actions that the plan claims and that are not over, the rights of
    the plan's programming period.
    """
    if not grants_of(reader.actor, "quality:read"):
        raise refusal(reader.actor, "quality:read")
    plan_bound = reader.binds.apart(plan_id, "uuid")
    (sql,) = prepare_statement(reader, "quality", lambda: (_statement(reader, plan_bound),))
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    return _answer(plan_id, reader.language, orjson.loads(found))


def _statement(reader: Reader, plan_bound: str) -> str:
    rows = {}
    for alias, name in (("p", "plan"), ("o", "objective"), ("c", "planAction"), ("l", "placement"), ("a", "action")):
        rows[f"{alias}_rows"], rows[f"{alias}_seen"] = reader.rows(BY_NAME[name], alias)
    at, vague = reader.binds(reader.actor.workspace_id, "uuid"), reader.binds(vague_words(), "text")
    label = f"coalesce(i.labels->>'{reader.language}', i.labels->>'fr')"

    def on(thing: Thing) -> str:
        provided = {check: CONDITIONS[check] for check in Check if APPLIES_TO[check] is thing}
        filled = {
            c: sql.replace("{t}", "t").replace("{at}", at).replace("{vague}", vague) for c, sql in provided.items()
        }
        return ", ".join(f"('{check}', {sql})" for check, sql in filled.items())

    return QUALITY.format(
        **rows, at=at, plan_bound=plan_bound, label=label, on_actions=on(Thing.ACTION),
        on_objectives=on(Thing.OBJECTIVE), on_rights=on(Thing.RIGHT),
    )  # fmt: skip


def _answer(plan_id: UUID, language: str, told: Row) -> PlanQuality:
    words = load("quality")["checks"]
    checks = [
        {
            "code": check, "applies_to": APPLIES_TO[check], "explanation": words[check]["explanation"][language],
            "advice": words[check]["advice"][language], **_score(*told["checks"].get(check, (0, 0))),
        }
        for check in Check
    ]  # fmt: skip
    return PlanQuality.model_validate(
        {
            "plan_id": plan_id, "total": _score(*told["total"]), "checks": checks, "worklist": told["worklist"],
            "objectives": [{"objective_id": each, **_score(*score)} for each, *score in told["objectives"]],
            "is_partial": told["isPartial"],
        }
    )  # fmt: skip


def _score(passed: int, checked: int) -> Row:
    return {"passed": passed, "checked": checked, "percent": Score(passed, checked).percent}
