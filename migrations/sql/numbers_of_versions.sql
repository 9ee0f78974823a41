-- Versions frozen before they kept the numbers of their plan get those that follow from their rows, as they were numbered
-- when this was written (`api/domain/queries/numbers.py`); only what is shown is written: contents stay as they are.
--
-- All versions are numbered at once, from tables made for it: what they held is known to the planner before it joins
-- them. A statement that read each content as it went took minutes for a dozen communes.
create unlogged table numbering_version as
select row_number() over () as version, v.workspace_id, v.plan_id, v.version_id, c.content->'plan'->0->'levels' as levels,
    c.content->'plan'->0->'strands' as strands, c.content->'objective' as objectives, c.content->'action' as actions,
    c.content->'planAction' as claims, c.content->'placement' as placements
from (select distinct workspace_id, plan_id, version_id from shown_row
    where entity in ('objective', 'placement', 'action') and not image ? 'number') v
cross join lateral (select content::jsonb from plan_version_content f
    where f.workspace_id = v.workspace_id and f.version_id = v.version_id offset 0) c;
analyze numbering_version;

create unlogged table numbering_objective as
select v.version, v.plan_id, o.id, o.parent_id, o.position, o.level, s.rank as strand,
    coalesce(l.is_numbered, true) as is_numbered, coalesce(l.restarts, true) as restarts, coalesce(l.prefix, '') as prefix
from numbering_version v
cross join lateral jsonb_to_recordset(v.objectives) as o(workspace_id uuid, plan_id uuid, id uuid, parent_id uuid,
    position text collate "C", level int, strand_id uuid, status text, is_resting bool)
left join lateral (select r.* from jsonb_to_recordset(v.levels) as r(level int, is_numbered bool, restarts bool,
    prefix text)) l on l.level = o.level
left join lateral (select (e.x->>'id')::uuid as id, e.rank
    from jsonb_array_elements(v.strands) with ordinality as e(x, rank)) s on s.id = o.strand_id
where o.workspace_id = v.workspace_id and o.plan_id = v.plan_id and o.status <> 'draft' and not o.is_resting;
create index on numbering_objective (version, parent_id);
analyze numbering_objective;

create unlogged table numbering_action as
select v.version, a.id, a.parent_id from numbering_version v
cross join lateral jsonb_to_recordset(v.actions) as a(workspace_id uuid, id uuid, parent_id uuid, status text,
    is_archived bool)
where a.workspace_id = v.workspace_id and a.status <> 'draft' and not a.is_archived;
analyze numbering_action;

create unlogged table numbering_claim as
select v.version, c.action_id, c.is_withdrawn from numbering_version v
cross join lateral jsonb_to_recordset(v.claims) as c(workspace_id uuid, plan_id uuid, action_id uuid, is_withdrawn bool)
where c.workspace_id = v.workspace_id and c.plan_id = v.plan_id;
analyze numbering_claim;

create unlogged table numbering_placement as
select v.version, v.plan_id, l.id, l.action_id, l.objective_id, l.is_main, l.position from numbering_version v
cross join lateral jsonb_to_recordset(v.placements) as l(workspace_id uuid, plan_id uuid, id uuid, action_id uuid,
    objective_id uuid, is_main bool, position text collate "C", state text)
where l.workspace_id = v.workspace_id and l.plan_id = v.plan_id and l.state = 'active';
analyze numbering_placement;

-- Objectives in the order in which they are read, and the nearest numbered one above each.
create unlogged table numbering_walk as
with recursive walk as (select o.*, o.plan_id as scope,
        array[lpad(coalesce(o.strand, 999)::text, 3, '0') || o.position || ' ' || o.id] as path
    from numbering_objective o where o.parent_id is null
    union all
    select o.*, case when w.is_numbered then w.id else w.scope end, w.path || (o.position || ' ' || o.id)
    from walk w join numbering_objective o on o.version = w.version and o.parent_id = w.id)
select w.* from walk w;
analyze numbering_walk;

create unlogged table numbering_rank as
with counted_objective as (select w.version, w.plan_id, w.id, w.scope, w.prefix, w.path, row_number() over (
        partition by w.version, w.restarts, case when w.restarts then w.scope end,
            case when not w.restarts then w.level end
        order by w.path collate "C") as counted
    from numbering_walk w where w.is_numbered),
twin as (select n.*,
        row_number() over (partition by n.version, n.scope, n.counted order by n.path collate "C") > 1 as is_twin,
        max(n.counted) over (partition by n.version, n.scope) as last
    from counted_objective n)
select t.version, t.plan_id, t.id, t.scope, t.prefix, case when t.is_twin
    then t.last + row_number() over (partition by t.version, t.scope, t.is_twin order by t.path collate "C")
    else t.counted end as rank
from twin t;
create index on numbering_rank (version, scope);
analyze numbering_rank;

create unlogged table numbering_number as
with recursive bare as (select r.version, r.id, r.prefix, r.rank::text as number from numbering_rank r
        where r.scope = r.plan_id
    union all
    select r.version, r.id, r.prefix, b.number || '.' || r.rank
    from bare b join numbering_rank r on r.version = b.version and r.scope = b.id)
select b.version, 'objective' as entity, b.id, null::uuid as action_id, b.prefix || b.number as number, b.number as bare,
    1::bigint as nth
from bare b;
analyze numbering_number;

insert into numbering_number (version, entity, id, action_id, number, nth)
with spot as (select w.version, w.id, case when w.is_numbered then w.id else w.scope end as scope,
        row_number() over (partition by w.version order by (w.path || '~'::text) collate "C") as nth
    from numbering_walk w),
taken as (select r.version, r.scope, max(r.rank) as last from numbering_rank r group by r.version, r.scope),
standing as (select l.version, l.id, l.action_id, l.is_main, l.position, coalesce(s.scope, l.plan_id) as scope, s.nth
    from numbering_placement l left join spot s on s.version = l.version and s.id = l.objective_id
    where (l.objective_id is null or s.id is not null)
    and exists (select from numbering_claim c
        where c.version = l.version and c.action_id = l.action_id and not c.is_withdrawn)
    and exists (select from numbering_action a where a.version = l.version and a.id = l.action_id))
select l.version, 'placement', l.id, l.action_id, concat_ws('.', o.bare, coalesce(t.last, 0) + row_number() over (
        partition by l.version, l.scope order by l.nth, l.position, l.id)),
    row_number() over (partition by l.version, l.action_id order by l.is_main desc, l.nth, l.position, l.id)
from standing l
left join numbering_number o on o.version = l.version and o.id = l.scope
left join taken t on t.version = l.version and t.scope = l.scope;
analyze numbering_number;

insert into numbering_number (version, entity, id, number)
with placed_action as (select n.version, n.action_id as id, n.number from numbering_number n
    where n.entity = 'placement' and n.nth = 1)
select p.version, 'action', p.id, p.number from placed_action p
union all
select a.version, 'action', a.id, p.number || '.' || row_number() over (partition by a.version, p.id order by a.id)
from numbering_action a join placed_action p on p.version = a.version and p.id = a.parent_id
where not exists (select from numbering_claim c where c.version = a.version and c.action_id = a.id);
analyze numbering_number;

update shown_row s set image = s.image || jsonb_build_object('number', n.number)
from numbering_version v join numbering_number n on n.version = v.version
where s.workspace_id = v.workspace_id and s.plan_id = v.plan_id and s.version_id = v.version_id
    and s.entity = n.entity and s.id = n.id and not s.image ? 'number';

drop table numbering_version, numbering_objective, numbering_action, numbering_claim, numbering_placement, numbering_walk,
    numbering_rank, numbering_number;
