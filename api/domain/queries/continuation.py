"""What going on beyond a programming period depends on: a plan, its period, the next one, and their money."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound, invalid
from api.domain.policy import grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.continuation import (
    Amounts,
    Catalogues,
    ContinuationKind,
    Item,
    PlanClaim,
    PlanObjective,
    add_amounts,
    goes_on,
)
from api.domain.rules.money import FIGURES
from api.domain.sql.amounts import amounts_sql
from api.domain.sql.counted_actions import counted_actions_sql
from api.domain.sql.reader import Reader

Connection = Any
Row = dict[str, Any]
PERMISSION = "plan:continuePlan"

_PERIOD = (
    "json_build_object('id', {r}.id, 'code', {r}.code, 'label', coalesce({r}.labels->>'{language}',"
    " {r}.labels->>'fr'), 'startsOn', {r}.starts_on, 'endsOn', {r}.ends_on, 'version', {r}.version,"
    " 'planType', {r}.plan_type_code)"
)

SITUATION = """
with p as materialized (select p.* from {p_rows} where p.id = {plan} and {p_seen}),
next as (select r.* from programming_period r where r.id = {next_period})
select json_build_object(
    'plan', json_build_object('id', p.id, 'version', p.version, 'title', p.title, 'startsOn', p.starts_on,
        'endsOn', p.ends_on, 'withoutPeriodFrom', p.without_period_from, 'isPart', p.origin_plan_id is not null,
        'isContinued', exists (select from plan y where y.workspace_id = p.workspace_id and y.continues_id = p.id
            and y.period_id = (select id from next))),
    'period', (select {period} from programming_period r where r.id = p.period_id),
    'next', (select {next} from next),
    'items', (select coalesce(json_agg(json_build_object('id', i.id, 'period_id', i.period_id,
        'parent_id', i.parent_id, 'kind', i.kind, 'code', i.code, 'version', i.version,
        'label', coalesce(i.labels->>'{language}', i.labels->>'fr')) order by i.rank, i.code, i.id), '[]')
        from period_item i where i.period_id in (p.period_id, (select id from next))),
    'mappings', (select coalesce(json_agg(json_build_array(m.from_item_id, m.to_item_id, m.weight)
        order by b.rank, b.code, m.id), '[]') from period_item_mapping m
        join period_item a on a.id = m.from_item_id and a.period_id = p.period_id
        join period_item b on b.id = m.to_item_id and b.period_id = (select id from next)),
    'objectives', (select coalesce(json_agg(json_build_object('id', o.id, 'title', o.title,
        'item_id', o.period_item_id, 'version', o.version) order by o.position, o.id), '[]') from objective o
        where o.workspace_id = p.workspace_id and o.plan_id = p.id and not o.is_resting),
    'claims', (select coalesce(json_agg(json_build_object('id', c.id, 'action_id', c.action_id, 'version', c.version,
        'title', coalesce(c.label, a.title), 'status', x.status, 'is_archived', x.is_archived,
        'is_seen', a.id is not null, 'action_version', x.version, 'item_id', coalesce(c.period_item_id, (
            select o.period_item_id from placement l join objective o on o.workspace_id = l.workspace_id
            and o.id = l.objective_id where l.workspace_id = c.workspace_id and l.plan_id = c.plan_id
            and l.action_id = c.action_id and l.state = 'active' order by l.is_main desc, l.id limit 1)),
        'right_ids', (select coalesce(json_agg(y.right_id order by y.right_id), '[]') from plan_action_right y
            where y.workspace_id = c.workspace_id and y.plan_action_id = c.id)) order by c.id), '[]')
        from plan_action c join action x on x.workspace_id = c.workspace_id and x.id = c.action_id
        left join lateral (select a.id, a.title from {a_rows} where a.workspace_id = c.workspace_id
            and a.id = c.action_id and {a_seen}) a on true
        where c.workspace_id = p.workspace_id and c.plan_id = p.id and not c.is_withdrawn),
    'placements', (select coalesce(json_agg(json_build_array(l.id, l.version) order by l.id), '[]')
        from placement l where l.workspace_id = p.workspace_id and l.plan_id = p.id)
    )::text from p
"""

LINES = """
with recursive {counted}, {amounts}
select coalesce(json_agg(json_build_object('id', l.id, 'year', l.fiscal_year, 'action', l.action_id,
    'bearer', coalesce(h.claim_id, l.bearer), 'bearerPlan', coalesce(h.plan_id, asked.id), 'nature', l.nature,
    'category', l.category, 'planned', l.planned::text, 'committed', l.committed::text, 'spent', l.spent::text,
    'isDeclared', exists (select from budget_line_plan d where d.workspace_id = b.workspace_id
        and d.budget_line_id = b.id), 'version', b.version) order by l.fiscal_year, l.id), '[]')::text
from line l join budget_line b on b.workspace_id = {at} and b.id = l.id left join chosen h on h.action_id = l.action_id
cross join asked where l.is_here
"""


@dataclass(frozen=True)
class PlanSituation:
    """A plan with a programming period, as preview and command read it."""

    kind: ContinuationKind
    plan: Row
    period: Row
    next_period: Row | None
    catalogues: Catalogues
    claims: Sequence[PlanClaim]
    objectives: Sequence[PlanObjective]
    lines: Sequence[Row]
    content: bytes
    asked_end: date | None

    @property
    def basis(self) -> str:
        """A name of the state of all rows concerned: ids, versions, and what is asked of them."""
        asked = orjson.dumps([self.kind, self.asked_end])
        return hashlib.blake2b(self.content + asked, digest_size=12).hexdigest()

    @property
    def ends_on(self) -> date | None:
        """The last day of the plan afterwards: that of its period, the one asked for, or the eve of the next period."""
        current, period = day_of(self.plan["endsOn"]), date.fromisoformat(self.period["endsOn"])
        if self.kind is ContinuationKind.EXTENSION:
            return max(period, current or period)
        if self.kind is ContinuationKind.NONE_YET:
            return self.asked_end
        assert self.next_period is not None
        eve = date.fromisoformat(self.next_period["startsOn"]) - timedelta(days=1)
        return eve if current is None or current > eve else current

    @property
    def without_period_from(self) -> date | None:
        """The first day on which the plan claims no period afterwards; None when its period covers all of it."""
        end, period = self.ends_on, date.fromisoformat(self.period["endsOn"])
        was = day_of(self.plan["withoutPeriodFrom"])
        is_told = self.kind is ContinuationKind.NONE_YET or was is not None
        return period + timedelta(days=1) if is_told and (end is None or end > period) else None

    def sums(self, starts_on: date | None, ends_on: date | None) -> dict[str, Amounts]:
        """The sums of the years of these dates by what bears them: a claim, an objective, or the plan itself."""
        found: dict[str, Amounts] = {}
        for line in self.lines:
            if (starts_on is None or line["year"] >= starts_on.year) and (
                ends_on is None or line["year"] <= ends_on.year
            ):
                found[line["bearer"]] = add_amounts(found.get(line["bearer"], {}), amounts_of(line))
        return found

    def is_moved(self, line: Row, ending: Collection[str] | None) -> bool:
        """Whether a line goes over to the plan of the next period: of its years, and bound to this plan until now.

        Lines of actions that are declared for no plan in particular count there by themselves.
        """
        if self.next_period is None or self.ends_on is None or line["bearerPlan"] != self.plan["id"]:
            return False
        first = date.fromisoformat(self.next_period["startsOn"]).year
        is_bound = line["action"] is None or (line["isDeclared"] and line["bearer"] in self.going_on(ending))
        return bool(is_bound and line["year"] >= first and line["year"] > self.ends_on.year)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of what bears lines: of the actions by their claims, and of the objectives."""
        seen = {claim.id: claim.title for claim in self.claims if claim.title is not None}
        return seen | {objective.id: objective.title for objective in self.objectives}

    def going_on(self, ending: Collection[str] | None) -> set[str]:
        """The claims whose action the plan of the next period claims."""
        return {claim.id for claim in self.claims if goes_on(claim, ending)}


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def amounts_of(line: Row) -> Amounts:
    """What a line adds to the sums of money."""
    return {
        name: Decimal(line[state]) for (nature, state), name in FIGURES.items() if nature == line["nature"]
    }  # fmt: skip


async def read_situation(
    connection: Connection, reader: Reader, plan_id: UUID, kind: ContinuationKind, period_id: UUID | None,
    ends_on: date | None, where: str,
) -> PlanSituation:  # fmt: skip
    """The plan and all that its going on depends on.

    Refuses: no right to read it (403), plan not visible (404), words that the kind does not take or lacks (400), a plan
    without a period, or that cannot go on so (409).
    """
    if not grants_of(reader.actor, "planContinuation:read"):
        raise refusal(reader.actor, "planContinuation:read")
    _check_words(kind, period_id, ends_on, where)
    asking = Reader(reader.actor, reader.language, reader.base_url)
    sql = _situation_sql(asking, plan_id, period_id)
    found: str | None = await connection.fetchval(sql, *asking.binds.values)
    if found is None:
        raise NotFound("plan", plan_id)
    rows = orjson.loads(found)
    if rows["period"] is None:
        raise Conflict("noPeriod", planId=str(plan_id))
    asking = Reader(reader.actor, reader.language, reader.base_url)
    lines = await connection.fetchval(_lines_sql(asking, plan_id), *asking.binds.values)
    situation = _situation(rows, orjson.loads(lines), kind, ends_on)
    _check_possible(situation, period_id, where)
    return situation


def _situation_sql(reader: Reader, plan_id: UUID, period_id: UUID | None) -> str:
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    return SITUATION.format(
        p_rows=p_rows, p_seen=p_seen, a_rows=a_rows, a_seen=a_seen, plan=reader.binds(plan_id, "uuid"),
        next_period=reader.binds(period_id, "uuid"), language=reader.language,
        period=_PERIOD.format(r="r", language=reader.language),
        next=_PERIOD.format(r="next", language=reader.language),
    )  # fmt: skip


def _lines_sql(reader: Reader, plan_id: UUID) -> str:
    plan_bound = reader.binds.apart(plan_id, "uuid")
    counted, amounts = counted_actions_sql(reader, plan_bound), amounts_sql(reader, plan_bound)
    return LINES.format(counted=counted, amounts=amounts, at=reader.binds(reader.actor.workspace_id, "uuid"))


def _situation(rows: Row, lines: list[Row], kind: ContinuationKind, ends_on: date | None) -> PlanSituation:
    items = {
        i["id"]: Item(i["id"], i["period_id"], i["parent_id"], i["kind"], i["code"], i["label"]) for i in rows["items"]
    }
    mapped: dict[str, dict[str, int]] = {}
    for former, following, weight in rows["mappings"]:
        mapped.setdefault(former, {})[following] = weight
    claims = [
        PlanClaim(
            c["id"], c["action_id"], c["title"], c["status"], c["is_archived"], c["is_seen"], c["item_id"],
            tuple(c["right_ids"]),
        )
        for c in rows["claims"]
    ]  # fmt: skip
    objectives = [PlanObjective(o["id"], o["title"], o["item_id"]) for o in rows["objectives"]]
    return PlanSituation(
        kind, rows["plan"], rows["period"], rows["next"], Catalogues(items, mapped), claims, objectives, lines,
        _content(rows, lines), ends_on,
    )  # fmt: skip


def _content(rows: Row, lines: list[Row]) -> bytes:
    """The ids and versions of all rows concerned, in no language."""
    alone = [rows[name] and (rows[name]["id"], rows[name]["version"]) for name in ("plan", "period", "next")]
    many = [(row["id"], row["version"]) for row in (*rows["items"], *rows["objectives"], *lines)]
    claims = [(c["id"], c["version"], c["action_version"], c["is_seen"]) for c in rows["claims"]]
    return orjson.dumps([alone, many, claims, rows["mappings"], rows["placements"]])


def _check_words(kind: ContinuationKind, period_id: UUID | None, ends_on: date | None, where: str) -> None:
    for name, value, wanted in (
        ("periodId", period_id, ContinuationKind.SUCCESSOR),
        ("endsOn", ends_on, ContinuationKind.NONE_YET),
    ):
        if kind is wanted and value is None:
            raise invalid("required", name, where=where)
        if kind is not wanted and value is not None:
            raise invalid("notForThisKind", name, str(value), where=where)


def _check_possible(situation: PlanSituation, period_id: UUID | None, where: str) -> None:
    plan, period, following = situation.plan, situation.period, situation.next_period
    end, current = date.fromisoformat(period["endsOn"]), day_of(plan["endsOn"])
    if situation.kind is ContinuationKind.EXTENSION:
        is_behind = current is not None and current < end
        if not is_behind and plan["withoutPeriodFrom"] is None:
            raise Conflict("periodNotExtended", endsOn=period["endsOn"])
        if plan["withoutPeriodFrom"] == str(situation.without_period_from) and not is_behind:
            raise Conflict("periodNotExtended", endsOn=period["endsOn"])
    elif situation.kind is ContinuationKind.NONE_YET:
        assert situation.asked_end is not None
        if situation.asked_end <= max(end, current or end):
            raise invalid("outOfRange", "endsOn", str(situation.asked_end), where=where)
    elif following is None or following["planType"] != period["planType"] or following["startsOn"] <= period["endsOn"]:
        raise invalid("notTheNextPeriod", "periodId", str(period_id), where=where)
    elif plan["isPart"]:
        raise Conflict("planFollowsGroup", planId=plan["id"])
    elif plan["isContinued"]:
        raise Conflict("planContinued", periodId=str(period_id))
