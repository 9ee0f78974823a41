"""Freezing a plan into a numbered version, and what recorded acts make of it for its readers."""

import hashlib
import json
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.change import Connection, Undertaking
from api.domain.commands.rules.base import Rules, alter
from api.domain.errors import Conflict
from api.domain.queries.numbers import numbers_sql
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME

IN_CONTENT = {
    "plan": "t.id = p.id",
    "objective": "t.plan_id = p.id and t.id in (select id from standing)",
    "action": "t.id in (select action_id from claimed)",
    "planAction": "t.plan_id = p.id and t.action_id in (select action_id from claimed)",
    "placement": "t.plan_id = p.id and t.state = 'active' and t.action_id in (select action_id from claimed)"
    " and (t.objective_id is null or t.objective_id in (select id from standing))",
    "planFinding": "t.plan_id = p.id",
    "finding": "not t.is_archived and t.id in (select f.finding_id from plan_finding f"
    " where f.workspace_id = t.workspace_id and f.plan_id = p.id)",
    "partnership": "t.state <> 'planned' and t.action_id in (select action_id from claimed)",
    "agreement": "t.state in ('signed', 'ended', 'terminated') and t.id in (select x.agreement_id from partnership x"
    " where x.workspace_id = t.workspace_id and x.state <> 'planned'"
    " and x.action_id in (select action_id from claimed))",
    "beneficiaryCount": "t.action_id in (select action_id from claimed)",
    "indicator": "t.objective_id in (select id from standing) or t.action_id in (select action_id from claimed)",
    "followUp": "t.audience in ('council', 'public') and t.action_id in (select action_id from claimed)",
    "actionLink": "t.action_id in (select action_id from claimed)",
    "decision": "t.audience in ('council', 'public') and (t.action_id in (select action_id from claimed)"
    " or t.objective_id in (select id from standing))",
    "attachment": "t.audience in ('council', 'public') and (t.plan_id = p.id"
    " or t.action_id in (select action_id from claimed) or t.objective_id in (select id from standing))",
    "budgetLine": "(t.plan_id = p.id or t.objective_id in (select id from standing)"
    " or t.action_id in (select action_id from claimed)) and (not exists (select from budget_line_plan d"
    " where d.workspace_id = t.workspace_id and d.budget_line_id = t.id) or exists (select from budget_line_plan d"
    " where d.workspace_id = t.workspace_id and d.budget_line_id = t.id and d.plan_id = p.id))",
}
"""Which rows a version of plan `p` holds. Drafts, and what stands under a draft objective, are never part of it."""

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


class PlanVersionRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """Number the version and freeze the content at a journal position that nothing can slip past."""
        workspace, plan = under.workspace_id, UUID(under.after["plan_id"])
        fetch = under.connection.fetchval
        await under.connection.execute(
            "select from plan where workspace_id = $1::uuid and id = $2::uuid for no key update",
            workspace,
            plan,
        )
        position = await fetch(
            "select position from journal_counter where workspace_id = $1::uuid for update", workspace
        )
        content = await frozen_content(under.connection, workspace, plan)
        last = await fetch(
            "select max(number) from plan_version where workspace_id = $1::uuid and plan_id = $2::uuid", workspace, plan
        )
        under.after |= {
            "number": (last or 0) + 1,
            "journal_position": position or 0,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "frozen_at": str(await fetch("select now()")),
        }
        under.aside["content"] = content

    async def afterwards(self, under: Undertaking) -> None:
        if under.before is None:
            await under.connection.execute(
                "insert into plan_version_content (workspace_id, version_id, content) values ($1::uuid, $2::uuid, $3)",
                under.workspace_id, UUID(under.after["id"]), under.aside["content"],
            )  # fmt: skip
            await _keep_files(under)


async def _keep_files(under: Undertaking) -> None:
    """What a version shows stays: also the files of its documents, when the living plan lets them go."""
    content = json.loads(under.aside["content"])
    files = [UUID(each["file_id"]) for each in content["attachment"] if each["file_id"] is not None]
    await under.connection.execute(
        "update file set is_frozen = true where workspace_id = $1::uuid and id = any($2::uuid[])",
        under.workspace_id,
        files,
    )


class ActRules(Rules):
    async def afterwards(self, under: Undertaking) -> None:
        """Show the version to the circles that its acts put it before."""
        version = UUID(under.after["version_id"])
        row = await under.connection.fetchrow(
            "select coalesce(bool_or(kind = 'published'), false), coalesce(bool_or(organ = 'council'"
            " or kind = 'presented'), false) from act where workspace_id = $1::uuid and version_id = $2::uuid",
            under.workspace_id, version,
        )  # fmt: skip
        await alter(under, "planVersion", version, {"is_published": row[0], "is_before_council": row[1]})
        await show(under.connection, under.workspace_id)

    async def on_delete(self, under: Undertaking) -> None:
        if under.after["kind"] == "published":
            raise Conflict("alreadyPublished", versionId=under.after["version_id"])


async def frozen_content(connection: Connection, workspace: UUID | None, plan: UUID) -> str:
    """The canonical JSON of a plan as it stands: sorted names, no spaces, rows in order of id (RFC 8785).

    Objectives, placements and actions keep the number that they have in the plan that day.
    """
    lists = ", ".join(f"'{name}', {_rows(BY_NAME[name], where)}" for name, where in IN_CONTENT.items())
    text: str = await connection.fetchval(
        "with recursive standing as ("
        " select id from objective where workspace_id = $1::uuid and plan_id = $2::uuid and parent_id is null"
        " and status <> 'draft' and not is_resting"
        " union select o.id from standing s join objective o on o.workspace_id = $1::uuid"
        " and o.parent_id = s.id and o.status <> 'draft' and not o.is_resting),"
        " claimed as (select c.action_id from plan_action c join action a on a.workspace_id = c.workspace_id"
        " and a.id = c.action_id where c.workspace_id = $1::uuid and c.plan_id = $2::uuid and not c.is_withdrawn"
        f" and a.status <> 'draft' and not a.is_archived), {numbers_sql('$1::uuid', '$2::uuid')}"
        f" select jsonb_build_object({lists}, {NAMES})::text from plan p"
        " where p.workspace_id = $1::uuid and p.id = $2::uuid",
        workspace, plan,
    )  # fmt: skip
    content: dict[str, Any] = json.loads(text, parse_float=str)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


NUMBERED = ("objective", "placement", "action")
"""What has a number in a plan: the image of a version holds the one it had that day."""


def _rows(resource: Resource, where: str) -> str:
    image, joined = images.image_of(resource, "t"), ""
    if resource.name in NUMBERED:
        image += " || jsonb_build_object('number', nr.number)"
        joined = f" left join {resource.name}_number nr on nr.id = t.id"
    return (
        f"(select coalesce(jsonb_agg({image} order by t.id), '[]')"
        f" from {resource.table.name} t{joined} where t.workspace_id = p.workspace_id and ({where}))"
    )


async def show(connection: Connection, workspace: UUID | None) -> None:
    """Make the shown rows of a workspace say what its versions say: per circle, the latest version it may read."""
    await connection.execute("delete from shown_row where workspace_id = $1::uuid", workspace)
    await connection.execute(
        "insert into shown_row (workspace_id, circle, entity, id, version_id, image)"
        " select distinct on (k.circle, e.entity, r.image->>'id')"
        "  v.workspace_id, k.circle, e.entity, (r.image->>'id')::uuid, v.id, r.image"
        " from (values ('council'), ('public')) as k(circle) join plan_version v on v.is_published"
        "  or k.circle = 'council' and v.is_before_council"
        " join plan_version_content c on c.workspace_id = v.workspace_id and c.version_id = v.id"
        " cross join lateral jsonb_each(c.content::jsonb - 'names') as e(entity, rows)"
        " cross join lateral jsonb_array_elements(e.rows) as r(image)"
        " where v.workspace_id = $1::uuid and not exists (select from plan_version n"
        "  where n.workspace_id = v.workspace_id and n.plan_id = v.plan_id and n.number > v.number"
        "  and (n.is_published or k.circle = 'council' and n.is_before_council))"
        " order by k.circle, e.entity, r.image->>'id', v.frozen_at desc",
        workspace,
    )
