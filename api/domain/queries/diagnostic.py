"""The diagnostic of a plan: its findings and what answers them in one statement, its report in another."""

from typing import Any
from uuid import UUID

import orjson

from api.domain.enumerations.programming import Requirement
from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.queries.pcs_report import pcs_report
from api.domain.reference import label
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.diagnostic import Facts, checklist
from api.domain.schemas.diagnostic import Diagnostic
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]

FOUND = """
    'findings', (select coalesce(json_agg(json_build_object('id', f.id, 'text', f.text, 'theme', f.theme,
        'foundOn', f.found_on,
        'rightIds', (select coalesce(json_agg(x.right_id order by x.right_id), '[]') from finding_right x
            where x.workspace_id = f.workspace_id and x.finding_id = f.id),
        'objectiveCount', (select count(*) from ans where ans.finding_id = f.id and ans.kind = 'objective'
            and ans.plan_id = f.plan_id),
        'actionCount', (select count(*) from ans where ans.finding_id = f.id and ans.kind = 'action'
            and ans.plan_id = f.plan_id),
        'isAnsweredElsewhere', exists (select from ans where ans.finding_id = f.id
            and ans.plan_id is distinct from f.plan_id)
        ) order by f.position, f.id), '[]') from f),
    'heard', (select coalesce(json_agg(json_build_object('organisationId', h.id, 'name', h.name,
        'findingCount', h.number) order by h.name, h.id), '[]') from (select g.id, g.name, count(*) as number
        from finding_partner x join f on f.workspace_id = x.workspace_id and f.id = x.finding_id
        join organisation g on g.id = x.organisation_id group by g.id, g.name) h),
    'unfounded', (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title)
        order by o.level, o.position, o.id), '[]') from o where o.status in ('open', 'closed')
        and not exists (select from down join objective_finding x on x.workspace_id = o.workspace_id
            and x.objective_id = down.id where down.top_id = o.id)
        and (o.period_item_id is null or exists (select from down join placement l on l.workspace_id = o.workspace_id
            and l.objective_id = down.id and l.state = 'active' where down.top_id = o.id))),"""

ASKED = """
    'rights', (select coalesce(json_agg(json_build_object('id', i.id, 'code', i.code, 'label', {label},
        'findingCount', (select count(*) from finding_right x join f on f.workspace_id = x.workspace_id
            and f.id = x.finding_id where x.right_id = i.id),
        'index', (select json_build_object('edition', n.edition, 'value', n.value::text, 'source', n.source)
            from right_index n where n.right_id = i.id and n.nis = (select w.nis from workspace w
                where w.id = p.workspace_id) order by n.edition desc limit 1)
        ) order by i.rank, i.code, i.id), '[]') from period_item i where i.period_id = p.period_id
        and i.kind = 'right'),
    'asked', (select coalesce(json_object_agg(q.rule, json_build_object('least', q.least,
        'isRequired', q.is_required or q.rule = 'findingsMade' and r.is_diagnostic_required)), '{{}}')
        from period_requirement q join programming_period r on r.id = q.period_id where q.period_id = p.period_id),
    'beyond', (select coalesce(json_agg(json_build_object('kind', b.kind, 'id', b.id, 'title', b.title,
        'endsOn', b.ends_on) order by b.ends_on, b.title, b.id), '[]') from (
        select 'action' as kind, a.id, a.title, a.planned_end as ends_on from a
            where (select period_id from p) is not null and a.plan_id = p.id and a.planned_end > (select ends_on from e)
        union all select 'budgetLine', b.id, coalesce(a.title, o.title, p.title),
            make_date(b.fiscal_year, 12, 31) from budget_line b
            left join a on a.id = b.action_id and a.plan_id = p.id left join o on o.id = b.objective_id
            where b.workspace_id = p.workspace_id and (b.plan_id = p.id or a.id is not null or o.id is not null)
            and b.fiscal_year > (select extract(year from ends_on) from e)) b)
    )::text from p
"""


def _statement(reader: Reader, plan_id: UUID) -> str:
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    f_rows, f_seen = reader.rows(BY_NAME["finding"], "f")
    o_rows, o_seen = reader.rows(BY_NAME["objective"], "o")
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    w = "(select workspace_id from p)"
    label = f"coalesce(i.labels->>'{reader.language}', i.labels->>'fr')"
    return f"""
with recursive p as materialized (select p.* from {p_rows} where p.id = {reader.binds(plan_id, "uuid")} and {p_seen}),
e as (select r.ends_on from programming_period r where r.id = (select period_id from p)),
f as materialized (select f.*, x.plan_id, x.position from plan_finding x join {f_rows}
    on f.workspace_id = x.workspace_id and f.id = x.finding_id
    where x.workspace_id = {w} and x.plan_id = (select id from p) and not f.is_archived and {f_seen}),
v as materialized (select o.* from {o_rows} where o.workspace_id = {w} and not o.is_resting
    and o.status not in ('draft', 'abandoned') and {o_seen}),
o as materialized (select v.* from v where v.plan_id = (select id from p)),
down as (select id, id as top_id from o union all select o.id, down.top_id from down join o on o.parent_id = down.id),
a as materialized (select a.id, a.title, a.planned_end, c.plan_id from {a_rows}
    left join plan_action c on c.workspace_id = a.workspace_id and c.action_id = a.id and not c.is_withdrawn
    where a.workspace_id = {w} and not a.is_archived and a.status not in ('draft', 'cancelled') and {a_seen}),
ans as materialized (select 'objective' as kind, x.finding_id, v.plan_id from objective_finding x
        join v on v.workspace_id = x.workspace_id and v.id = x.objective_id
    union all select 'action', x.finding_id, a.plan_id from action_finding x join a on a.id = x.action_id
        where x.workspace_id = {w})
select json_build_object('plan', json_build_object('id', p.id, 'title', p.title), 'periodId', p.period_id,
    'houses', (select json_agg(x.organisation_id) from workspace_organisation x where x.workspace_id = p.workspace_id),
    {FOUND}{ASKED.format(label=label)}"""


async def diagnostic(connection: Connection, reader: Reader, plan_id: UUID) -> Diagnostic:
    """What the period asks of the plan and whether it is there; findings and objectives that nothing joins."""
    if not grants_of(reader.actor, "diagnostic:read"):
        raise refusal(reader.actor, "diagnostic:read")
    asking = Reader(reader.actor, reader.language, reader.base_url)
    found: str | None = await connection.fetchval(_statement(asking, plan_id), *asking.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    told: Row = orjson.loads(found)
    report: Row = {"actions": [], "agreements": [], "localShares": [], "committee": []}
    if told["periodId"] is not None:
        told_report = await pcs_report(connection, Reader(reader.actor, reader.language, reader.base_url), plan_id)
        report = told_report.model_dump(mode="json", by_alias=True)
    return _diagnostic(told, report, reader.language)


def _diagnostic(told: Row, report: Row, language: str) -> Diagnostic:
    for right in told["rights"]:
        right["actionCount"] = sum(right["id"] in action["rightIds"] for action in report["actions"])
    facts = Facts(
        told["findings"], told["rights"], told["heard"],
        actions=[action | {"id": action["actionId"]} for action in report["actions"]],
        agreements={agreement["id"]: agreement["state"] for agreement in report["agreements"]},
        local_shares=report["localShares"], committee=len(report["committee"]), houses=frozenset(told["houses"]),
    )  # fmt: skip
    lines = checklist(facts, told["asked"]) if told["periodId"] is not None else []
    beyond = [
        {"kind": "agreement", "id": a["id"], "title": a["title"], "endsOn": a["endsOn"]}
        for a in report["agreements"]
        if a["isAfterPeriod"]
    ]
    return Diagnostic.model_validate(
        {
            "plan": told["plan"], "periodId": told["periodId"],
            "checklist": [_with_words(line, language) for line in lines],
            "findings": told["findings"], "rights": told["rights"], "heard": told["heard"],
            "findingsWithoutAnswer": [
                {"id": f["id"], "title": f["text"]}
                for f in told["findings"] if not f["objectiveCount"] and not f["actionCount"]
            ],
            "objectivesWithoutFinding": told["unfounded"], "beyondPeriod": [*beyond, *told["beyond"]],
        }
    )  # fmt: skip


def _with_words(line: Row, language: str) -> Row:
    """The line with its name and its reason in the reader's language."""
    return line | {
        "label": label("requirement", Requirement(line["rule"]), language),
        "why": label("checklistReason", line["reason"], language),
    }
