"""The preview of going on beyond a programming period, in the words of the API."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import invalid
from api.domain.queries.continuation import PlanSituation, Row, amounts_of, day_of, read_situation
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.continuation import (
    Amounts,
    ContinuationKind,
    Item,
    MappedAmounts,
    add_amounts,
    goes_on,
    map_amounts,
    targets_of,
)
from api.domain.schemas.continuation import ContinuationPreview, ContinuationRequest
from api.domain.sql.reader import Reader

Connection = Any
Assigned = Mapping[str, Collection[str]]

BEYOND = """select json_build_object(
    'agreements', (select coalesce(json_agg(json_build_object('agreementId', g.id, 'title', g.title, 'state', g.state,
        'endsOn', g.ends_on) order by g.ends_on, g.title, g.id), '[]') from {g_rows}
        where g.workspace_id = {at} and g.ends_on > {end} and {g_seen} and exists (select from {x_rows}
            join plan_action c on c.workspace_id = x.workspace_id and c.action_id = x.action_id
            and c.plan_id = {plan} and not c.is_withdrawn
            where x.workspace_id = g.workspace_id and x.agreement_id = g.id and {x_seen})),
    'posts', (select coalesce(json_agg(json_build_object('partnershipId', x.id, 'actionId', x.action_id,
        'organisationId', x.organisation_id, 'year', y.year, 'fullTimeEquivalents', y.full_time_equivalents::text)
        order by y.year, x.id), '[]') from {x_rows} join partnership_contribution y
        on y.workspace_id = x.workspace_id and y.partnership_id = x.id and y.full_time_equivalents is not null
        join plan_action c on c.workspace_id = x.workspace_id and c.action_id = x.action_id and c.plan_id = {plan}
        and not c.is_withdrawn where x.workspace_id = {at} and y.year > extract(year from {end}) and {x_seen})
    )::text
"""


async def preview_continuation(
    connection: Connection, reader: Reader, plan_id: UUID, words: ContinuationRequest
) -> ContinuationPreview:
    """What going on so would change; nothing is written. Refuses as `read_situation`, and names that lead nowhere."""
    situation = await read_situation(connection, reader, plan_id, words.kind, words.period_id, words.ends_on, "query")
    assigned = assigned_in(situation, words, "query")
    end = day_of(situation.plan["endsOn"]) or date.fromisoformat(situation.period["endsOn"])
    beyond = await _read_beyond(connection, reader, plan_id, end)
    actions = {claim.action_id: claim.title for claim in situation.claims}
    ending = None if words.ending_ids is None else {str(each) for each in words.ending_ids}
    starts_on = day_of(situation.plan["startsOn"])
    return ContinuationPreview.of(
        {
            "basis": situation.basis, "plan_id": plan_id, "kind": situation.kind,
            "period": _period(situation.period), "next_period": _period(situation.next_period),
            "title": title_of(situation, words), "is_partial": not all(c.is_seen for c in situation.claims),
            "before": _dates(situation, starts_on, day_of(situation.plan["endsOn"]),
                             day_of(situation.plan["withoutPeriodFrom"])),
            "after": _dates(situation, starts_on, situation.ends_on, situation.without_period_from),
            "next": _next(situation, ending),
            "budget_lines": [_line(situation, line, ending) for line in situation.lines if line["year"] > end.year],
            "agreements": beyond["agreements"],
            "posts": [post | {"title": actions[post["actionId"]]} for post in beyond["posts"]],
            "mapping": _mapping(situation, assigned, ending)
            if situation.kind is ContinuationKind.SUCCESSOR else None,
        }
    )  # fmt: skip


def assigned_in(situation: PlanSituation, words: ContinuationRequest, where: str) -> dict[str, list[str]]:
    """The items assigned to claims. Refuses what is no claim of the plan, or no item of the next period (400)."""
    claims = {claim.id for claim in situation.claims if claim.is_seen}
    following = None if situation.next_period is None else situation.next_period["id"]
    items = {i.id for i in situation.catalogues.items.values() if i.period_id == following and i.kind != "right"}
    assigned: dict[str, list[str]] = {}
    for each in words.assignments:
        claim, chosen = str(each.plan_action_id), list(dict.fromkeys(str(i) for i in each.period_item_ids))
        if claim in assigned:
            raise invalid("twice", "assignments", claim, where=where)
        if claim not in claims:
            raise invalid("referencedResourceNotFound", "assignments", claim, where=where)
        if strange := next((i for i in chosen if i not in items), None):
            raise invalid("otherPeriod", "assignments", strange, where=where)
        assigned[claim] = chosen
    if strange := next((str(i) for i in words.ending_ids or () if str(i) not in claims), None):
        raise invalid("referencedResourceNotFound", "endingIds", strange, where=where)
    return assigned


def title_of(situation: PlanSituation, words: ContinuationRequest) -> str | None:
    """The title of the plan of the next period: as said, else that of this one with the code of the period changed."""
    if situation.next_period is None:
        return None
    title, former, following = situation.plan["title"], situation.period["code"], situation.next_period["code"]
    if words.title is not None:
        return words.title
    return title.replace(former, following) if former in title else f"{title[:450]} {following}"


async def _read_beyond(connection: Connection, reader: Reader, plan_id: UUID, end: date) -> Row:
    asking = Reader(reader.actor, reader.language, reader.base_url)
    g_rows, g_seen = asking.rows(BY_NAME["agreement"], "g")
    x_rows, x_seen = asking.rows(BY_NAME["partnership"], "x")
    sql = BEYOND.format(
        g_rows=g_rows, g_seen=g_seen, x_rows=x_rows, x_seen=x_seen, plan=asking.binds(plan_id, "uuid"),
        at=asking.binds(reader.actor.workspace_id, "uuid"), end=asking.binds(end, "date"),
    )  # fmt: skip
    found: Row = orjson.loads(await connection.fetchval(sql, *asking.binds.values))
    return found


def _period(row: Row | None) -> Row | None:
    return None if row is None else {name: row[name] for name in ("id", "code", "label", "startsOn", "endsOn")}


def _dates(situation: PlanSituation, starts_on: date | None, ends_on: date | None, without: date | None) -> Row:
    totals = add_amounts(*situation.sums(starts_on, ends_on).values())
    return {"starts_on": starts_on, "ends_on": ends_on, "without_period_from": without, "totals": _sums(totals)}


def _next(situation: PlanSituation, ending: Collection[str] | None) -> Row | None:
    """The plan of the next period: its years of the actions that go on, and of the lines that go over to it."""
    if situation.next_period is None:
        return None
    starts_on, ends_on = (date.fromisoformat(situation.next_period[n]) for n in ("startsOn", "endsOn"))
    going = situation.going_on(ending)
    lines = [
        line for line in situation.lines
        if starts_on.year <= line["year"] <= ends_on.year
        and (situation.is_moved(line, ending) or not line["isDeclared"])
        and (line["action"] is None or line["bearer"] in going)
    ]  # fmt: skip
    totals = add_amounts(*(amounts_of(line) for line in lines))
    return {"starts_on": starts_on, "ends_on": ends_on, "without_period_from": None, "totals": _sums(totals)}


def _line(situation: PlanSituation, line: Row, ending: Collection[str] | None) -> Row:
    end, following = situation.ends_on, situation.next_period
    is_covered = end is None or line["year"] <= end.year
    if following is not None:
        first, last = (int(following[name][:4]) for name in ("startsOn", "endsOn"))
        is_covered = is_covered or first <= line["year"] <= last
    return {
        "budget_line_id": line["id"], "fiscal_year": line["year"], "action_id": line["action"],
        "title": situation.titles.get(line["bearer"], situation.plan["title"]),
        **{name: line[name] for name in ("nature", "category", "planned", "committed", "spent")},
        "is_covered": is_covered, "is_moved": situation.is_moved(line, ending),
    }  # fmt: skip


def _mapping(situation: PlanSituation, assigned: Assigned, ending: Collection[str] | None) -> Row:
    catalogues = situation.catalogues
    money = situation.sums(day_of(situation.plan["startsOn"]), day_of(situation.plan["endsOn"]))
    targets = {claim.id: targets_of(catalogues, claim, assigned) for claim in situation.claims}
    targets |= {o.id: catalogues.targets(o.item_id) for o in situation.objectives}
    mapped = map_amounts(money, targets)
    seen = [claim for claim in situation.claims if claim.is_seen]
    return {
        "total": _sums(add_amounts(*money.values())), "mapped": _sums(mapped.total),
        "unmapped": _sums(mapped.unmapped),
        "unmapped_claim_ids": [claim.id for claim in seen if not targets[claim.id]],
        "unmapped_objective_ids": [o.id for o in situation.objectives if o.id in money and not targets[o.id]],
        "codes": _codes(situation, money, targets),
        "claims": [
            {
                "plan_action_id": claim.id, "action_id": claim.action_id, "title": claim.title,
                "item": _item(catalogues.items.get(claim.item_id or "")),
                "targets": [_item(catalogues.items[target]) for target in targets[claim.id]],
                "is_going_on": goes_on(claim, ending), "is_assigned": claim.id in assigned,
            }
            for claim in seen
        ],
    }  # fmt: skip


def _codes(
    situation: PlanSituation, money: Mapping[str, Amounts], targets: Mapping[str, Mapping[str, int]]
) -> list[Row]:
    """The items under which something of the plan stands, in the order of the catalogue, then what has none."""
    items = situation.catalogues.items
    bearers: dict[str | None, list[str]] = {}
    standing = [(c.id, c.item_id) for c in situation.claims] + [(o.id, o.item_id) for o in situation.objectives]
    for parent, item_id in standing:
        bearers.setdefault(item_id if item_id in items else None, []).append(parent)
    known = {i for ids in bearers.values() for i in ids}
    bearers.setdefault(None, []).extend(b for b in money if b not in known)
    counted = {claim.id for claim in situation.claims if claim.is_seen}
    rows = []
    for item_id in (*(i for i in items if i in bearers), None):
        own = {b: money.get(b, {}) for b in bearers[item_id]}
        count = sum(b in counted for b in own)
        if count == 0 and not any(own.values()):
            continue
        divided = map_amounts({b: add_amounts(m) for b, m in own.items()}, targets)
        rows.append(
            {
                "item": _item(items.get(item_id or "")), "action_count": count,
                "amounts": _sums(add_amounts(*own.values())), "targets": _targets(situation, item_id, divided),
            }
        )  # fmt: skip
    return rows


def _targets(situation: PlanSituation, item_id: str | None, divided: MappedAmounts) -> list[Row]:
    weights = situation.catalogues.targets(item_id)
    chosen = [*weights, *(i for i in divided.by_item if i not in weights)]
    return [
        {
            "item": _item(situation.catalogues.items[target]), "weight": weights.get(target, 1),
            "amounts": _sums(add_amounts(divided.by_item.get(target, {}))),
        }
        for target in chosen
    ]  # fmt: skip


def _item(item: Item | None) -> Row | None:
    return None if item is None else {"id": item.id, "kind": item.kind, "code": item.code, "label": item.label}


def _sums(amounts: Amounts) -> dict[str, str]:
    return {name: f"{amount:.2f}" for name, amount in amounts.items()}
