"""What another end of a programming period would concern: numbers over all workspaces, plans of the reader's own."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Conflict, NotFound, invalid
from api.domain.policy import grants_of
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.row_security import open_workspaces
from api.domain.schemas.amendments import AmendmentPreview
from api.domain.sql.reader import Reader

Connection = Any
PERMISSION = "programmingPeriod:amendEnd"

CONCERNED = """
with p as materialized (select p.workspace_id, p.id, p.version, p.ends_on from plan p
    where p.period_id = $1::uuid and not p.is_archived),
c as materialized (select c.workspace_id, c.plan_id, c.action_id from plan_action c
    join p on p.workspace_id = c.workspace_id and p.id = c.plan_id where not c.is_withdrawn),
x as materialized (select distinct x.workspace_id, x.id, x.agreement_id from partnership x
    join c on c.workspace_id = x.workspace_id and c.action_id = x.action_id)
select json_build_object('workspaces', (select count(distinct workspace_id) from p), 'plans', (select count(*) from p),
    'plansBefore', (select count(*) from p where p.ends_on < $2::date),
    'plansBeyond', (select count(*) from p where p.ends_on > $2::date),
    'budgetLinesBeyond', (select count(*) from budget_line b where b.fiscal_year > extract(year from $2::date)
        and (exists (select from p where p.workspace_id = b.workspace_id and p.id = b.plan_id)
        or exists (select from c where c.workspace_id = b.workspace_id and c.action_id = b.action_id)
        or exists (select from objective o join p on p.workspace_id = o.workspace_id and p.id = o.plan_id
            where o.workspace_id = b.workspace_id and o.id = b.objective_id))),
    'agreementsBeyond', (select count(*) from agreement g where g.state <> 'draft' and g.ends_on > $2::date
        and exists (select from x where x.workspace_id = g.workspace_id and x.agreement_id = g.id)),
    'postsBeyond', (select count(*) from partnership_contribution y join x on x.workspace_id = y.workspace_id
        and x.id = y.partnership_id where y.full_time_equivalents is not null
        and y.year > extract(year from $2::date)))::text as counts,
    (select coalesce(string_agg(p.id || '.' || p.version, ' ' order by p.id), '') from p) as versions
"""


async def preview_amendment(
    connection: Connection, reader: Reader, period_id: UUID, ends_on: date, where: str = "query"
) -> AmendmentPreview:
    """What that end would concern. Refuses an unknown period (404), an end before its start (400)."""
    period = await connection.fetchrow(
        "select starts_on, ends_on, version from programming_period where id = $1::uuid", period_id
    )
    if period is None:
        raise NotFound("programmingPeriod", period_id)
    if ends_on <= period["starts_on"]:
        raise invalid("endsAfterStart", "endsOn", str(ends_on), where=where)
    counts, versions = None, ""
    if grants_of(reader.actor, PERMISSION):
        found = await count_concerned(connection, period_id, ends_on)
        counts, versions = orjson.loads(found["counts"]), found["versions"]
    state = orjson.dumps([str(period_id), period["version"], str(ends_on), counts, versions])
    return AmendmentPreview.model_validate(
        {
            "basis": hashlib.blake2b(state, digest_size=12).hexdigest(), "period_id": period_id,
            "ends_on": period["ends_on"], "new_ends_on": ends_on, "concerned": counts,
            "plans": await _own_plans(connection, reader, period_id, ends_on),
        }
    )  # fmt: skip


async def count_concerned(connection: Connection, period_id: UUID, ends_on: date) -> Any:
    """The numbers over all workspaces, and the versions of the plans that they are about."""
    every = await connection.fetch("select id from workspace order by id")
    async with open_workspaces(connection, [row[0] for row in every]):
        return await connection.fetchrow(CONCERNED, period_id, ends_on)


async def workspaces_concerned(connection: Connection, period_id: UUID) -> list[UUID]:
    """The workspaces that have a plan of the period."""
    every = await connection.fetch("select id from workspace order by id")
    async with open_workspaces(connection, [row[0] for row in every]):
        found = await connection.fetch(
            "select distinct workspace_id from plan where period_id = $1::uuid and not is_archived order by 1",
            period_id,
        )
    return [row[0] for row in found]


async def check_nobody_went_on(connection: Connection, period_id: UUID, since: str, former_ends_on: date) -> None:
    """Refuse where plans went on up to an end that an undo would take back; how many is told, not which."""
    every = await connection.fetch("select id from workspace order by id")
    async with open_workspaces(connection, [row[0] for row in every]):
        count = await connection.fetchval(
            "select count(*) from plan_continuation where period_id = $1::uuid and not is_undone"
            " and ends_on > $2::date and created_at >= $3::text::timestamptz and kind = 'extension'",
            period_id, former_ends_on, since,
        )  # fmt: skip
    if count:
        raise Conflict("plansWentOn", count=count)


async def _own_plans(connection: Connection, reader: Reader, period_id: UUID, ends_on: date) -> list[dict[str, Any]]:
    if reader.actor.workspace_id is None or not grants_of(reader.actor, "planContinuation:read"):
        return []
    asking = Reader(reader.actor, reader.language, reader.base_url)
    rows, seen = asking.rows(BY_NAME["plan"], "p")
    found = await connection.fetch(
        f"select p.id, p.title, p.ends_on from {rows} where p.period_id = {asking.binds(period_id, 'uuid')}"
        f" and p.workspace_id = {asking.binds(reader.actor.workspace_id, 'uuid')} and not p.is_archived and {seen}"
        " order by p.title, p.id",
        *asking.binds.values,
    )
    return [
        {"plan_id": row["id"], "title": row["title"], "ends_on": row["ends_on"],
         "is_beyond": row["ends_on"] is None or row["ends_on"] > ends_on}
        for row in found
    ]  # fmt: skip
