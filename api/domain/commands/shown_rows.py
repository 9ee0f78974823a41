"""Which version of a plan each reader group is shown, and its content as rows to read.

The version shown is the one put before the group last: by the date of the act that opens it, then in the order in
which acts were recorded. A withdrawal closes the publications of its version that come before it; what another version
of the plan still publishes is then shown again. Acts dated ahead count from their day on.
"""

from typing import Any
from uuid import UUID

from api.domain.commands.context import ChangeContext, Connection
from api.domain.commands.hooks.base import alter
from api.domain.resources.catalogue import BY_NAME, SHOWN
from api.domain.resources.catalogue import NUMBERED as NUMBERED_CONCEPTS
from api.domain.sql.numbers import frozen_numbers_sql

_LOCK = 7_250_031
"""The second half of the key of the lock under which the shown rows of a workspace are written."""

ACTED = """
with acted as (select a.*, v.plan_id, row_number() over (order by a.decided_on, a.created_at, a.id) as nth
    from act a join plan_version v on v.workspace_id = a.workspace_id and v.id = a.version_id
    where a.workspace_id = $1::uuid and v.plan_id = $2::uuid and a.is_in_effect),
closed as (select version_id, max(nth) as nth from acted where kind = 'withdrawn' group by version_id),
opened as (select a.version_id,
        max(a.nth) filter (where a.kind = 'published' and a.nth > coalesce(c.nth, 0)) as public_nth,
        max(a.nth) filter (where a.kind = 'published' and a.nth > coalesce(c.nth, 0)
            or a.kind = 'presented' or a.organ = 'council' and a.kind <> 'withdrawn') as council_nth,
        bool_or(a.kind = 'presented' or a.organ = 'council' and a.kind <> 'withdrawn') as is_before_council
    from acted a left join closed c on c.version_id = a.version_id group by a.version_id)"""
"""The acts in effect on the versions of a plan, in their order, and the last one that opens each to a reader group."""

MARKS = f"""{ACTED}
select v.id, o.public_nth is not null as is_published, coalesce(o.is_before_council, false) as is_before_council,
    coalesce(o.council_nth = (select max(council_nth) from opened), false) as is_shown_to_council,
    coalesce(o.public_nth = (select max(public_nth) from opened), false) as is_shown_to_public
from plan_version v left join opened o on o.version_id = v.id
where v.workspace_id = $1::uuid and v.plan_id = $2::uuid order by v.number"""

SHOWN_NOW = f"""{ACTED}
select k.circle, o.version_id, a.decided_on, a.created_at
from (values ('council'), ('public')) as k(circle)
left join opened o on case k.circle when 'council' then o.council_nth = (select max(council_nth) from opened)
    else o.public_nth = (select max(public_nth) from opened) end
left join acted a on a.nth = case k.circle when 'council' then o.council_nth else o.public_nth end
where not exists (select from shown_row s where s.workspace_id = $1::uuid and s.circle = k.circle
    and s.plan_id = $2::uuid and s.entity = 'plan' and s.id = $2::uuid and s.version_id = o.version_id
    and s.shown_on = a.decided_on and s.recorded_at = a.created_at)"""
"""The reader groups whose rows of the plan say another version, or another act, than is shown to them now."""

LAID_OUT = """
insert into shown_row (workspace_id, circle, plan_id, entity, id, version_id, shown_on, recorded_at, is_latest,
    is_counted_only, audience, action_id, objective_id, parent_id, title_key, plain, words, image)
select $1::uuid, $3::text, $2::uuid, e.entity, x.id, $4::uuid, $5::date, $6::timestamptz,
    not e.is_counted_only and not exists (select from shown_row n where n.workspace_id = $1::uuid
        and n.circle = $3::text and n.entity = e.entity and n.id = x.id and n.is_latest
        and (n.shown_on, n.recorded_at, n.plan_id) > ($5::date, $6::timestamptz, $2::uuid)),
    e.is_counted_only, r.image->>'audience', (r.image->>'action_id')::uuid, (r.image->>'objective_id')::uuid,
    (r.image->>'parent_id')::uuid, sort_text({title}), sort_text({text}),
    setweight(search_words(coalesce({title}, '')), 'A') || search_words(coalesce({more}, '')), r.image
from plan_version_content c
cross join lateral (
    select o.key as entity, o.value as rows, false as is_counted_only
        from jsonb_each(c.content::jsonb - '{{names,countedOnly}}'::text[]) o
    union all
    select o.key, o.value, true from jsonb_each(coalesce(c.content::jsonb->'countedOnly', '{{}}')) o) e
cross join lateral jsonb_array_elements(e.rows) as r(image)
cross join lateral (select (r.image->>'id')::uuid as id) x
where c.workspace_id = $1::uuid and c.version_id = $4::uuid and e.entity = any($7::text[])"""

_TOLD = " union all ".join(f"select '{name}' as entity, id, number from {name}_number" for name in NUMBERED_CONCEPTS)
NUMBERED = f"""
with recursive frozen as materialized (select c.content::jsonb as content from plan_version_content c
    where c.workspace_id = $1::uuid and c.version_id = $4::uuid),
{frozen_numbers_sql("$1::uuid", "$2::uuid")},
told as ({_TOLD})
update shown_row s set image = s.image || jsonb_build_object('number', t.number) from told t
where s.workspace_id = $1::uuid and s.circle = $3::text and s.plan_id = $2::uuid and s.version_id = $4::uuid
    and s.entity = t.entity and s.id = t.id and not s.image ? 'number'"""
"""Versions frozen before numbers were kept in them get those that follow from their rows."""

LATEST = """
update shown_row s set is_latest = x.is_latest from (
    select n.plan_id, n.entity, n.id, row_number() over (partition by n.entity, n.id
        order by n.shown_on desc, n.recorded_at desc, n.plan_id desc) = 1 as is_latest
    from shown_row n where n.workspace_id = $1::uuid and n.circle = $2::text and not n.is_counted_only) x
where s.workspace_id = $1::uuid and s.circle = $2::text and s.plan_id = x.plan_id and s.entity = x.entity
    and s.id = x.id and s.is_latest <> x.is_latest"""


async def lock_shown(connection: Connection, workspace: UUID | None) -> None:
    """Wait until nobody else decides what a reader group of this workspace is shown; held until the commit."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1::text, $2))", str(workspace), _LOCK)


async def show_plan(change: ChangeContext, plan: UUID) -> None:
    """Mark the versions of a plan as the acts in effect say, and lay out anew the rows of the groups whose version
    changes: those of this plan, and no other's."""
    connection, workspace = change.connection, change.workspace_id
    await lock_shown(connection, workspace)
    for row in await connection.fetch(MARKS, workspace, plan):
        marks: dict[str, Any] = dict(row)
        await alter(change, "planVersion", marks.pop("id"), marks)
    for reader_group, version, shown_on, recorded_at in await connection.fetch(SHOWN_NOW, workspace, plan):
        gone = await connection.execute(
            "delete from shown_row where workspace_id = $1::uuid and circle = $2 and plan_id = $3::uuid",
            workspace, reader_group, plan,
        )  # fmt: skip
        if version is not None:
            await connection.execute(
                LAID_OUT.format(
                    title=_plain_text(slice(1)), text=_plain_text(slice(None)), more=_plain_text(slice(1, None))
                ),
                workspace, plan, reader_group, version, shown_on, recorded_at, sorted(SHOWN),
            )  # fmt: skip
            await connection.execute(NUMBERED, workspace, plan, reader_group, version)
        if version is not None or gone != "DELETE 0":
            await connection.execute(LATEST, workspace, reader_group)


def _plain_text(which: slice) -> str:
    """The words of an image by which it is found, as SQL: these of its searched columns."""
    whens = []
    for name in sorted(SHOWN):
        columns = [f"r.image->>'{column}'" for column in BY_NAME[name].search[which]]
        if columns:
            whens.append(f"when '{name}' then concat_ws(' ', {', '.join(columns)})")
    return f"case e.entity {' '.join(whens)} end"
