"""The content of a version: everything that stands in a plan at that moment, as canonical JSON."""

import json
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.context import Connection
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import IN_VERSIONS
from api.domain.sql.counted_actions import MOST_COVERED
from api.domain.sql.numbers import numbers_sql

STANDING = f"""
with recursive covered as (
    select $2::uuid as plan_id, 0 as depth
    union select o.covers_plan_id, c.depth + 1 from covered c join objective o on o.workspace_id = $1::uuid
        and o.plan_id = c.plan_id and o.covers_plan_id is not null and not o.is_resting and o.status <> 'draft'
    where c.depth < {MOST_COVERED}),
covering as (select distinct plan_id from covered),
standing as (
    select plan_id, id from objective where workspace_id = $1::uuid and plan_id in (select plan_id from covering)
        and parent_id is null and status <> 'draft' and not is_resting
    union select o.plan_id, o.id from standing s join objective o on o.workspace_id = $1::uuid
        and o.parent_id = s.id and o.status <> 'draft' and not o.is_resting),
placed as (
    select plan_id, action_id, bool_or(objective_id is null or objective_id in (select id from standing)) as stands
    from placement where workspace_id = $1::uuid and plan_id in (select plan_id from covering) and state = 'active'
    group by plan_id, action_id),
claim as (select c.plan_id, c.action_id, not c.is_withdrawn and coalesce(p.stands, true) as stands
    from plan_action c left join placed p on p.plan_id = c.plan_id and p.action_id = c.action_id
    where c.workspace_id = $1::uuid and c.plan_id in (select plan_id from covering)),
living as (select id, parent_id from action where workspace_id = $1::uuid and status <> 'draft' and not is_archived),
held as (
    select c.plan_id, a.id as action_id, a.id as placed_as from claim c join living a on a.id = c.action_id
    where c.stands
    union all
    select c.plan_id, a.id, c.action_id from claim c join living lead on lead.id = c.action_id
    join living a on a.parent_id = lead.id
    where c.stands and not exists (select from claim own where own.plan_id = c.plan_id and own.action_id = a.id)),
claimed as (select action_id from held where plan_id = $2::uuid and placed_as = action_id),
stands as (select action_id from held where plan_id = $2::uuid and placed_as in (select action_id from claimed)),
bearing as (select action_id from held union select placed_as from held)"""
"""What stands, in the plan and in those that its objectives cover: `standing` objectives, the actions `held` by a plan
and as what they are placed there (a sub-action stands where its parent does, unless the plan claims it, or gave it up,
on its own; none where its parent is a draft or archived), and of the plan itself what it has `claimed` and all that
`stands` in it. An action whose every active placement is beneath drafts or resting objectives stands nowhere; one
without any stands at the root."""

NAMES = """
    'names', jsonb_build_object(
        'offices', (select coalesce(jsonb_object_agg(o.id, jsonb_build_object('title', o.title, 'holder',
            (select concat_ws(' ', q.given_name, q.family_name) from office_holding h join person q
             on q.workspace_id = h.workspace_id and q.id = h.person_id and q.kind = 'mandatary'
             where h.workspace_id = o.workspace_id and h.office_id = o.id and h.is_current
             order by h.starts_on desc limit 1))), '{}') from office o where o.workspace_id = p.workspace_id),
        'units', (select coalesce(jsonb_object_agg(u.id, u.name), '{}') from unit u
            where u.workspace_id = p.workspace_id),
        'targetGroups', (select coalesce(jsonb_object_agg(g.id, g.name), '{}') from target_group g
            where g.workspace_id = p.workspace_id),
        'domains', (select coalesce(jsonb_object_agg(d.id, d.name), '{}') from domain d
            where d.workspace_id = p.workspace_id))
"""
"""The names of that day: who held which elected office, what services and domains were called."""


async def frozen_content(connection: Connection, workspace: UUID | None, plan: UUID) -> str:
    """The canonical JSON of a plan as it stands: sorted names, no spaces, rows in order of id (RFC 8785).

    Objectives, placements and actions keep the number that they have in the plan that day.
    """
    text: str = await connection.fetchval(
        f"{STANDING}, {numbers_sql('$1::uuid', '$2::uuid')}"
        f" select jsonb_build_object({_lists()}, 'countedOnly', jsonb_build_object({_counted_only_lists()}),"
        f" {NAMES})::text from plan p"
        " where p.workspace_id = $1::uuid and p.id = $2::uuid",
        workspace, plan,
    )  # fmt: skip
    content: dict[str, Any] = json.loads(text, parse_float=str)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _lists() -> str:
    return ", ".join(
        f"'{r.name}', {_rows(r, part.rows, is_numbered=part.is_numbered)}"
        for r in IN_VERSIONS
        if (part := r.in_versions)
    )


def _counted_only_lists() -> str:
    return ", ".join(
        f"'{r.name}', {_rows(r, part.counted_only, is_numbered=False)}"
        for r in IN_VERSIONS
        if (part := r.in_versions) and part.counted_only
    )


def _rows(resource: Resource, where: str, *, is_numbered: bool) -> str:
    image, joined = images.image_of(resource, "t"), ""
    if is_numbered:
        image += " || jsonb_build_object('number', nr.number)"
        joined = f" left join {resource.name}_number nr on nr.id = t.id"
    return (
        f"(select coalesce(jsonb_agg({image} order by t.id), '[]')"
        f" from {resource.table.name} t{joined} where t.workspace_id = p.workspace_id and ({where}))"
    )
