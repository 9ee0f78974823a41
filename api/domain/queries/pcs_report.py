"""The report of a PCS from the records of the workspace, in one statement."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound
from api.domain.pcs_report import amounts, local_shares
from api.domain.policy import held, refusal
from api.domain.queries.reader import Reader
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.pcs_report import PcsReport

Connection = Any
Row = dict[str, Any]


ANSWERED = """    'actions', (select coalesce(json_agg(json_build_object('actionId', c.action_id, 'title', c.title,
        'item', c.period_item_id, 'delivery', c.delivery, 'status', c.status, 'progress', c.progress,
        'theme', (select o.period_item_id from placement l join objective o
            on o.workspace_id = l.workspace_id and o.id = l.objective_id where l.workspace_id = c.workspace_id
            and l.plan_id = c.plan_id and l.action_id = c.action_id and l.state = 'active'
            order by l.is_main desc, l.id limit 1),
        'rightIds', (select coalesce(json_agg(x.right_id order by x.right_id), '[]') from plan_action_right x
            where x.workspace_id = c.workspace_id and x.plan_action_id = c.id),
        'partners', (select coalesce(json_agg(json_build_object('organisationId', x.organisation_id, 'name', g.name,
            'role', x.role, 'state', x.state) order by g.name, x.role), '[]')
            from partnership x join organisation g on g.id = x.organisation_id
            where x.workspace_id = c.workspace_id and x.action_id = c.action_id and x.state <> 'planned')
        ) order by c.title, c.action_id), '[]') from c),
    'lines', (select coalesce(json_agg(json_build_object('action', b.action_id, 'fiscal_year', b.fiscal_year,
        'source', b.source, 'nature', b.nature, 'planned', b.planned::text, 'committed', b.committed::text,
        'spent', b.spent::text)), '[]') from budget_line b where b.workspace_id = p.workspace_id
        and (b.plan_id = p.id or b.action_id in (select action_id from c) or b.objective_id in (select o.id
            from objective o where o.workspace_id = p.workspace_id and o.plan_id = p.id and o.status <> 'draft'))
        and b.fiscal_year between coalesce(extract(year from p.starts_on), 0) and coalesce(extract(year from p.ends_on),
            9999)
        and (not exists (select from budget_line_plan d where d.workspace_id = b.workspace_id
            and d.budget_line_id = b.id) or exists (select from budget_line_plan d
            where d.workspace_id = b.workspace_id and d.budget_line_id = b.id and d.plan_id = p.id)))
    )::text from p
"""


def _statement(reader: Reader, plan_id: UUID) -> str:
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    return f"""
with p as materialized (select p.* from {p_rows} where p.id = {reader.binds(plan_id, "uuid")} and {p_seen}),
c as materialized (select c.*, coalesce(c.label, a.title) as title, a.status, a.progress
    from plan_action c join {a_rows} on a.workspace_id = c.workspace_id and a.id = c.action_id
    where c.workspace_id = (select workspace_id from p) and c.plan_id = (select id from p) and not c.is_withdrawn
    and not a.is_archived and a.status not in ('draft', 'cancelled') and {a_seen})
select json_build_object(
    'plan', json_build_object('id', p.id, 'title', p.title),
    'period', (select json_build_object('id', r.id, 'code', r.code, 'startsOn', r.starts_on, 'endsOn', r.ends_on,
        'localSharePercent', r.local_share_percent, 'isDiagnosticRequired', r.is_diagnostic_required)
        from programming_period r where r.id = p.period_id),
    'items', (select coalesce(json_agg(json_build_object('id', i.id, 'parent', i.parent_id, 'kind', i.kind,
        'code', i.code, 'label', coalesce(i.labels->>'{reader.language}', i.labels->>'fr'))
        order by i.rank, i.code, i.id), '[]') from period_item i where i.period_id = p.period_id),
{ANSWERED}"""


async def pcs_report(connection: Connection, reader: Reader, plan_id: UUID) -> PcsReport:
    """Per axis, theme, right and code: actions, partners, money. Refuses a plan without a programming period (409)."""
    if not held(reader.actor, "pcsReport:read"):
        raise refusal(reader.actor, "pcsReport:read")
    sql = _statement(reader, plan_id)
    found: str | None = await connection.fetchval(sql, *reader.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    told = orjson.loads(found)
    if told["period"] is None:
        raise Conflict("noPeriod", planId=str(plan_id))
    return _report(told)


def _report(told: Row) -> PcsReport:
    items = {item["id"]: item for item in told["items"]}
    lines = told["lines"]
    actions = [_action(row, items, lines) for row in told["actions"]]
    grouped = {
        name: [_line(item, [a for a in actions if item["id"] in _of(a, kind)], lines)
               for item in told["items"] if item["kind"] == kind]
        for name, kind in (("axes", "axis"), ("themes", "theme"), ("rights", "right"), ("codes", "actionCode"))
    }  # fmt: skip
    grouped["codes"] = [line for line in grouped["codes"] if line["actionCount"]]
    answered = [{k: v for k, v in action.items() if k not in ("item", "theme", "codeId")} for action in actions]
    return PcsReport.model_validate(
        {
            "plan": told["plan"], "period": told["period"], "actions": answered, **grouped,
            "total": amounts(lines), "localShares": local_shares(lines, told["period"]["localSharePercent"]),
        }
    )  # fmt: skip


def _of(action: Row, kind: str) -> list[str | None]:
    match kind:
        case "axis":
            return [action["axisId"]]
        case "theme":
            return [action["themeId"]]
        case "right":
            return list(action["rightIds"])
    return [action["codeId"]]


def _action(row: Row, items: dict[str, Row], lines: Iterable[Row]) -> Row:
    above: dict[str, Row] = {}
    item = items.get(row["item"] or row["theme"] or "")
    while item is not None:
        above[item["kind"]] = item
        item = items.get(item["parent"] or "")
    ids = {kind: above[kind]["id"] if kind in above else None for kind in ("axis", "theme", "actionCode")}
    own = [line for line in lines if line["action"] == row["actionId"]]
    return {
        **row, "axisId": ids["axis"], "themeId": ids["theme"], "codeId": ids["actionCode"],
        "code": above["actionCode"]["code"] if "actionCode" in above else None, **amounts(own),
    }  # fmt: skip


def _line(item: Row, actions: list[Row], lines: Iterable[Row]) -> Row:
    chosen = {action["actionId"] for action in actions}
    partners = {partner["organisationId"] for action in actions for partner in action["partners"]}
    return {
        "id": item["id"], "code": item["code"], "label": item["label"], "actionCount": len(chosen),
        "partnerCount": len(partners), **amounts(line for line in lines if line["action"] in chosen),
    }  # fmt: skip
