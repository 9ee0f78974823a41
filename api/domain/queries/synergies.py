"""The register of synergies in one statement, from the actions that a reader sees."""

from typing import Any
from uuid import UUID

from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.synergies import Synergies
from api.domain.sql.reader import Reader

Connection = Any

REGISTER = """
select json_build_object(
    'actions', (select coalesce(json_agg(json_build_object('actionId', s.id, 'title', s.title, 'status', s.status,
        'progress', s.progress, 'fullTimeEquivalents', s.full_time_equivalents::text,
        'reasons', array_remove(array[case when s.department = 'both' then 'departmentBoth' end,
            case when s.is_synergy then 'marked' end, case when s.is_joint then 'housesTogether' end], null),
        'planIds', (select coalesce(json_agg(c.plan_id order by c.plan_id), '[]') from plan_action c
            where c.workspace_id = s.workspace_id and c.action_id = s.id and not c.is_withdrawn),
        'organisations', (select coalesce(json_agg(json_build_object('organisationId', g.id, 'name', g.name)
            order by g.name, g.id), '[]') from action_synergy_organisation c join organisation g
            on g.id = c.organisation_id where c.workspace_id = s.workspace_id and c.action_id = s.id),
        'expensesPlanned', (select coalesce(sum(b.planned), 0)::numeric(14,2)::text from budget_line b
            where b.workspace_id = s.workspace_id and b.action_id = s.id and b.nature = 'expense'),
        'expensesSpent', (select coalesce(sum(b.spent), 0)::numeric(14,2)::text from budget_line b
            where b.workspace_id = s.workspace_id and b.action_id = s.id and b.nature = 'expense'),
        'houses', (select json_agg(json_build_object('organisationId', h.id, 'name', h.name,
            'isLead', h.id = s.organisation_id,
            'roles', (select coalesce(json_agg(x.role order by x.role), '[]') from part x
                where x.action_id = s.id and x.organisation_id = h.id),
            'contributions', (select coalesce(json_agg(json_build_object('year', y.year, 'amount', y.amount::text,
                'fullTimeEquivalents', y.fte::text, 'inKind', y.in_kind) order by y.year), '[]')
                from brought y where y.action_id = s.id and y.organisation_id = h.id))
            order by h.id <> s.organisation_id, h.name, h.id) from h
            where h.id = s.organisation_id or s.department = 'both' and h.kind in ('municipality', 'cpas')
            or exists (select from part x where x.action_id = s.id and x.organisation_id = h.id))
        ) order by s.title, s.id), '[]') from s),
    'totals', (select coalesce(json_agg(json_build_object('organisationId', t.id, 'name', t.name, 'year', t.year,
        'actionCount', t.number, 'amount', t.amount::text, 'fullTimeEquivalents', t.fte::text)
        order by t.year, t.name, t.id), '[]') from (select h.id, h.name, y.year, count(*) as number,
        coalesce(sum(y.amount), 0)::numeric(14,2) as amount, coalesce(sum(y.fte), 0)::numeric(8,2) as fte
        from brought y join h on h.id = y.organisation_id where y.action_id in (select id from s)
        group by h.id, h.name, y.year) t)
    )::text"""


def _statement(reader: Reader, plan_id: UUID | None) -> str:
    a_rows, a_seen = reader.rows(BY_NAME["action"], "a")
    w = reader.binds(reader.actor.workspace_id, "uuid")
    of_plan = ""
    if plan_id is not None:
        of_plan = (
            " and exists (select from plan_action c where c.workspace_id = a.workspace_id and c.action_id = a.id"
            f" and not c.is_withdrawn and c.plan_id = {reader.binds(plan_id, 'uuid')})"
        )
    return f"""
with h as materialized (select g.id, g.name, g.kind from workspace_organisation x
    join organisation g on g.id = x.organisation_id where x.workspace_id = {w}),
part as materialized (select x.id, x.action_id, x.organisation_id, x.role from partnership x
    where x.workspace_id = {w} and x.state <> 'planned' and x.organisation_id in (select id from h)),
s as materialized (select * from (select a.*, exists (select from part x where x.action_id = a.id
        and x.organisation_id <> a.organisation_id) as is_joint
    from {a_rows} where a.workspace_id = {w} and not a.is_archived and a.status not in ('draft', 'cancelled')
    and {a_seen}{of_plan}) a where a.department = 'both' or a.is_synergy or a.is_joint),
brought as materialized (select x.action_id, x.organisation_id, y.year, sum(y.amount) as amount,
    sum(y.full_time_equivalents) as fte, array_remove(array_agg(y.in_kind order by x.role), null) as in_kind
    from part x join partnership_contribution y on y.workspace_id = {w} and y.partnership_id = x.id
    group by x.action_id, x.organisation_id, y.year)
{REGISTER}"""


async def synergies(connection: Connection, reader: Reader, plan_id: UUID | None) -> Synergies:
    """Who brings what to the actions that houses share, in the whole workspace or in one plan."""
    if not grants_of(reader.actor, "synergy:read"):
        raise refusal(reader.actor, "synergy:read")
    if plan_id is not None:
        await _require_plan(connection, reader, plan_id)
    asking = Reader(reader.actor, reader.language, reader.base_url)
    sql = _statement(asking, plan_id)
    return Synergies.model_validate_json(await connection.fetchval(sql, *asking.binds.values))


async def _require_plan(connection: Connection, reader: Reader, plan_id: UUID) -> None:
    rows, seen = reader.rows(BY_NAME["plan"], "p")
    sql = f"select exists (select from {rows} where p.id = {reader.binds(plan_id, 'uuid')} and {seen})"
    if not await connection.fetchval(sql, *reader.binds.values):
        raise NotFound("plan", plan_id)
