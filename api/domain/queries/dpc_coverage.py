"""The coverage of a DPC by the objectives that a reader sees, in one statement."""

from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import NotFound
from api.domain.policy import grants_of, refusal
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.dpc_coverage import DpcCoverage
from api.domain.sql.reader import Reader

Connection = Any

COVERAGE = """
select json_build_object('dpcId', d.id, 'title', d.title, 'adoptedOn', d.adopted_on,
    'items', (select coalesce(json_agg(json_build_object('id', i.id, 'ownCode', i.own_code, 'text', i.text,
        'section', s.text, 'isDropped', i.is_dropped,
        'objectives', (select coalesce(json_agg(json_build_object('id', v.id, 'title', v.title, 'planId', v.plan_id)
            order by v.title, v.id), '[]') from objective_dpc_item x join v on v.id = x.objective_id
            where x.workspace_id = i.workspace_id and x.dpc_item_id in (i.id, i.parent_id)))
        order by s.position nulls first, i.position, i.id), '[]')
        from dpc_item i left join dpc_item s on s.workspace_id = i.workspace_id and s.id = i.parent_id
        where i.workspace_id = d.workspace_id and i.dpc_id = d.id and not i.is_section),
    'objectivesWithoutItem', (select coalesce(json_agg(json_build_object('id', v.id, 'title', v.title,
        'planId', v.plan_id) order by v.level, v.position, v.id), '[]') from v
        where v.plan_id in (select p.id from p where p.organisation_id = d.organisation_id
            and p.term_id is not distinct from d.term_id)
        and v.id not in (select id from line))
    )::text from d
"""


def _statement(reader: Reader, dpc_id: UUID) -> str:
    d_rows, d_seen = reader.rows(BY_NAME["dpc"], "d")
    p_rows, p_seen = reader.rows(BY_NAME["plan"], "p")
    o_rows, o_seen = reader.rows(BY_NAME["objective"], "o")
    return f"""
with recursive d as materialized (select d.* from {d_rows} where d.id = {reader.binds(dpc_id, "uuid")} and {d_seen}),
p as materialized (select p.* from {p_rows} join plan_type k on k.workspace_id = p.workspace_id
    and k.id = p.plan_type_id and k.reference_code = 'pst'
    where p.workspace_id = (select workspace_id from d) and not p.is_archived and {p_seen}),
v as materialized (select o.* from {o_rows} where o.workspace_id = (select workspace_id from d) and not o.is_resting
    and o.status not in ('draft', 'abandoned') and {o_seen}),
named as materialized (select distinct v.id, v.parent_id from v join objective_dpc_item x
    on x.workspace_id = v.workspace_id and x.objective_id = v.id join dpc_item i
    on i.workspace_id = x.workspace_id and i.id = x.dpc_item_id and i.dpc_id = (select id from d)),
above as (select id, parent_id from named union select v.id, v.parent_id from above join v on v.id = above.parent_id),
below as (select id from named union select v.id from below join v on v.parent_id = below.id),
line as materialized (select id from above union select id from below)
{COVERAGE}"""


async def dpc_coverage(connection: Connection, reader: Reader, dpc_id: UUID) -> DpcCoverage:
    """Which commitments have objectives, and which objectives of the PST come from no commitment."""
    if not grants_of(reader.actor, "dpc:readCoverage"):
        raise refusal(reader.actor, "dpc:readCoverage")
    found: str | None = await connection.fetchval(_statement(reader, dpc_id), *reader.binds.values)
    if found is None:
        raise NotFound("dpc", dpc_id)
    told = orjson.loads(found)
    standing = [item for item in told["items"] if not item["isDropped"]]
    bare = [item["id"] for item in standing if not item["objectives"]]
    told |= {
        "itemCount": len(standing), "coveredCount": len(standing) - len(bare), "itemsWithoutObjective": bare,
    }  # fmt: skip
    return DpcCoverage.model_validate(told)
