"""The report of a PCS from the records of the workspace, in one statement."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound
from api.domain.policy import grants_of, refusal
from api.domain.resources.actions import IS_LATE
from api.domain.resources.agreements import ALERT_ON
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.pcs_report import amounts, kind_of, local_shares
from api.domain.schemas.pcs_report import PcsReport
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]

PERIOD = """
    'period', (select json_build_object('id', r.id, 'code', r.code, 'startsOn', r.starts_on, 'endsOn', r.ends_on,
        'endCertainty', r.end_certainty, 'endSource', r.end_source, 'withoutPeriodFrom', p.without_period_from,
        'localSharePercent', r.local_share_percent, 'isDiagnosticRequired', r.is_diagnostic_required)
        from programming_period r where r.id = p.period_id),
    'kinds', (select coalesce(json_agg(json_build_object('rank', k.rank, 'code', k.code, 'label', k.label,
        'source', k.source, 'scheme', k.funding_scheme, 'countsAs', k.counts_as) order by k.rank), '[]')
        from period_revenue_kind k where k.period_id = p.period_id),
    'carriers', (select json_agg(json_build_object('organisationId', g.id, 'name', g.name, 'kind', g.kind,
        'isLead', g.id = p.organisation_id) order by g.id <> p.organisation_id, g.name, g.id) from organisation g
        where g.id = p.organisation_id or g.id in (select w.organisation_id from plan_owner w
            where w.workspace_id = p.workspace_id and w.plan_id = p.id)),
    'accountingFunctions', (select coalesce(json_agg(json_build_object('organisationKind', f.organisation_kind,
        'code', f.code, 'label', f.label, 'revenueCode', f.revenue_code) order by f.rank), '[]')
        from period_accounting_function f where f.period_id = p.period_id),
    'committee', (select coalesce(json_agg(json_build_object('organisationId', m.organisation_id, 'name', g.name,
        'role', m.role) order by m.rank), '[]') from plan_committee_member m
        left join organisation g on g.id = m.organisation_id
        where m.workspace_id = p.workspace_id and m.plan_id = p.id),"""

ANSWERED = """
    'actions', (select coalesce(json_agg(json_build_object('actionId', c.action_id, 'title', c.title,
        'item', c.period_item_id, 'delivery', c.delivery, 'status', c.status, 'progress', c.progress,
        'isLate', c.is_late, 'health', c.health, 'healthReason', c.health_reason, 'statusRemark', c.status_remark,
        'theme', (select o.period_item_id from placement l join objective o
            on o.workspace_id = l.workspace_id and o.id = l.objective_id where l.workspace_id = c.workspace_id
            and l.plan_id = c.plan_id and l.action_id = c.action_id and l.state = 'active'
            order by l.is_main desc, l.id limit 1),
        'rightIds', (select coalesce(json_agg(x.right_id order by x.right_id), '[]') from plan_action_right x
            where x.workspace_id = c.workspace_id and x.plan_action_id = c.id),
        'targetGroups', (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name, g.id),
            '[]') from action_target_group x join target_group g on g.workspace_id = x.workspace_id
            and g.id = x.target_group_id where x.workspace_id = c.workspace_id and x.action_id = c.action_id),
        'partners', (select coalesce(json_agg(json_build_object('organisationId', x.organisation_id, 'name', g.name,
            'role', x.role, 'state', x.state, 'agreementId', (select a.id from a where a.id = x.agreement_id))
            order by g.name, x.role), '[]')
            from partnership x join organisation g on g.id = x.organisation_id
            where x.workspace_id = c.workspace_id and x.action_id = c.action_id and x.state <> 'planned'),
        'beneficiaries', (select coalesce(json_agg(json_build_object('year', x.year, 'counted', x.counted,
            'number', x.number) order by x.year, x.counted desc), '[]') from beneficiary_count x
            where x.workspace_id = c.workspace_id and x.action_id = c.action_id)
        ) order by c.title, c.action_id), '[]') from c),
    'lines', (select coalesce(json_agg(json_build_object('action', b.action_id, 'fiscal_year', b.fiscal_year,
        'item', (select o.period_item_id from objective o where o.workspace_id = b.workspace_id
            and o.id = b.objective_id),
        'source', b.source, 'nature', b.nature, 'category', b.category, 'funding_scheme', b.funding_scheme,
        'planned', b.planned::text, 'committed', b.committed::text,
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


def _agreements() -> str:
    """The agreements that the reader sees and that partnerships of the counted actions name."""
    alert = ALERT_ON.replace("{t}", "a")
    return f"""
    'agreements', (select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title, 'state', a.state,
        'startsOn', a.starts_on, 'endsOn', a.ends_on, 'renewalAlertOn', {alert},
        'isAfterPeriod', coalesce(a.ends_on > (select r.ends_on from programming_period r where r.id = p.period_id),
            false),
        'parties', (select coalesce(json_agg(g.name order by g.name), '[]') from agreement_party y
            join organisation g on g.id = y.organisation_id
            where y.workspace_id = a.workspace_id and y.agreement_id = a.id),
        'amounts', (select coalesce(json_agg(json_build_object('year', y.year, 'amount', y.amount::text,
            'inKind', y.in_kind) order by y.year), '[]') from agreement_year y
            where y.workspace_id = a.workspace_id and y.agreement_id = a.id)
        ) order by a.ends_on, a.title, a.id), '[]') from a),"""


def _statement(reader: Reader, plan_id: UUID) -> str:
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    c_rows, c_seen = reader.rows(BY_NAME["action"], "t")
    a_rows, a_seen = reader.rows(BY_NAME["agreement"], "a")
    return f"""
with p as materialized (select p.* from {p_rows} where p.id = {reader.binds(plan_id, "uuid")} and {p_seen}),
c as materialized (select c.*, coalesce(c.label, t.title) as title, t.status, t.progress, t.health, t.health_reason,
    t.status_remark, {IS_LATE.replace("{t}", "t")} as is_late
    from plan_action c join {c_rows} on t.workspace_id = c.workspace_id and t.id = c.action_id
    where c.workspace_id = (select workspace_id from p) and c.plan_id = (select id from p) and not c.is_withdrawn
    and not t.is_archived and t.status not in ('draft', 'cancelled') and {c_seen}),
a as materialized (select a.* from {a_rows} where a.workspace_id = (select workspace_id from p) and {a_seen}
    and exists (select from partnership x where x.workspace_id = a.workspace_id and x.agreement_id = a.id
        and x.state <> 'planned' and x.action_id in (select action_id from c)))
select json_build_object(
    'plan', json_build_object('id', p.id, 'title', p.title),{PERIOD}
    'items', (select coalesce(json_agg(json_build_object('id', i.id, 'parent', i.parent_id, 'kind', i.kind,
        'code', i.code, 'label', coalesce(i.labels->>'{reader.language}', i.labels->>'fr'))
        order by i.rank, i.code, i.id), '[]') from period_item i where i.period_id = p.period_id),{_agreements()}
{ANSWERED}"""


async def pcs_report(connection: Connection, reader: Reader, plan_id: UUID) -> PcsReport:
    """Per axis, theme, right and code: actions, partners, beneficiaries, money, progress.

    Refuses a plan without a programming period (409).
    """
    if not grants_of(reader.actor, "pcsReport:read"):
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
    lines = [
        line | {"kind": kind_of(line, told["kinds"]), "above": {i["id"] for i in _above(items, line["item"]).values()}}
        for line in told["lines"]
    ]
    actions = [_action(row, items, lines) for row in told["actions"]]
    grouped = {
        name: [_line(item, [a for a in actions if item["id"] in _of(a, kind)], lines)
               for item in told["items"] if item["kind"] == kind]
        for name, kind in (("axes", "axis"), ("themes", "theme"), ("rights", "right"), ("codes", "actionCode"))
    }  # fmt: skip
    grouped["codes"] = [line for line in grouped["codes"] if line["actionCount"]]
    years = sorted({line["fiscal_year"] for line in lines})
    kinds = {carrier["kind"] for carrier in told["carriers"]}
    functions = [f for f in told["accountingFunctions"] if f["organisationKind"] in kinds]
    same = {name: told[name] for name in ("plan", "period", "carriers", "committee", "agreements")}
    return PcsReport.model_validate(
        {
            **same, **grouped, "accountingFunctions": functions,
            "actions": [{k: v for k, v in a.items() if k not in ("item", "theme", "codeId")} for a in actions],
            "beneficiaries": _sum_beneficiaries(actions), "total": amounts(lines),
            "years": [{"fiscalYear": y, **amounts(li for li in lines if li["fiscal_year"] == y)} for y in years],
            "localShares": local_shares(lines, told["period"]["localSharePercent"]),
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


def _above(items: dict[str, Row], identifier: str | None) -> dict[str, Row]:
    """An item of the period and what it stands under, by kind."""
    above: dict[str, Row] = {}
    item = items.get(identifier or "")
    while item is not None:
        above[item["kind"]] = item
        item = items.get(item["parent"] or "")
    return above


def _action(row: Row, items: dict[str, Row], lines: Iterable[Row]) -> Row:
    above = _above(items, row["item"] or row["theme"])
    ids = {kind: above[kind]["id"] if kind in above else None for kind in ("axis", "theme", "actionCode")}
    own = [line for line in lines if line["action"] == row["actionId"]]
    return {
        **row, "axisId": ids["axis"], "themeId": ids["theme"], "codeId": ids["actionCode"],
        "code": above["actionCode"]["code"] if "actionCode" in above else None, **amounts(own),
    }  # fmt: skip


def _line(item: Row, actions: list[Row], lines: Iterable[Row]) -> Row:
    chosen = {action["actionId"] for action in actions}
    partners = {partner["organisationId"] for action in actions for partner in action["partners"]}
    progress = [action["progress"] for action in actions if action["progress"] is not None]
    return {
        "id": item["id"], "code": item["code"], "label": item["label"], "actionCount": len(chosen),
        "completedCount": sum(action["status"] == "completed" for action in actions),
        "lateCount": sum(action["isLate"] for action in actions),
        "averageProgress": round(sum(progress) / len(progress)) if progress else None,
        "partnerCount": len(partners), "beneficiaries": _sum_beneficiaries(actions),
        **amounts(line for line in lines if line["action"] in chosen or item["id"] in line["above"]),
    }  # fmt: skip


def _sum_beneficiaries(actions: list[Row]) -> list[Row]:
    """Persons and attendances of each year, each summed over the actions, never together."""
    sums: dict[tuple[int, str], int] = {}
    for action in actions:
        for count in action["beneficiaries"]:
            key = (count["year"], count["counted"])
            sums[key] = sums.get(key, 0) + count["number"]
    ordered = sorted(sums.items(), key=lambda pair: (pair[0][0], pair[0][1] != "persons"))
    return [{"year": year, "counted": counted, "number": number} for (year, counted), number in ordered]
