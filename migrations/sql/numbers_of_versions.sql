-- Versions frozen before they kept the numbers of their plan get those that follow from their rows, as they were numbered
-- when this was written (`api/domain/queries/numbers.py`); only what is shown is written: contents stay as they are.
update shown_row s set image = s.image || jsonb_build_object('number', t.number)
from (select distinct workspace_id, plan_id, version_id from shown_row) v
cross join lateral (
with recursive frozen as materialized (select c.content::jsonb as content from plan_version_content c
    where c.workspace_id = v.workspace_id and c.version_id = v.version_id),
standing_objective as materialized (select o.id, o.parent_id, o.position, o.level, s.rank as strand,
        coalesce(v.is_numbered, true) as is_numbered, coalesce(v.restarts, true) as restarts,
        coalesce(v.prefix, '') as prefix
    from (select r.* from frozen, jsonb_populate_recordset(null::objective, content->'objective') r) o
    left join (select v.workspace_id as workspace_id, v.plan_id as plan_id, r.* from frozen, jsonb_to_recordset(content->'plan'->0->'levels') as r(level int, is_numbered bool, restarts bool, prefix text)) v on v.workspace_id = o.workspace_id and v.plan_id = o.plan_id and v.level = o.level
    left join (select v.workspace_id as workspace_id, v.plan_id as plan_id, (e.x->>'id')::uuid as id, e.rank from frozen, jsonb_array_elements(content->'plan'->0->'strands') with ordinality as e(x, rank)) s on s.workspace_id = o.workspace_id and s.plan_id = o.plan_id and s.id = o.strand_id
    where o.workspace_id = v.workspace_id and o.plan_id = v.plan_id and o.status <> 'draft' and not o.is_resting and true),
walk as (select o.*, v.plan_id as scope,
        array[lpad(coalesce(o.strand, 999)::text, 3, '0') || o.position || ' ' || o.id] as path
    from standing_objective o where o.parent_id is null
    union all
    select o.*, case when w.is_numbered then w.id else w.scope end, w.path || (o.position || ' ' || o.id)
    from walk w join standing_objective o on o.parent_id = w.id),
spot as materialized (select w.id, case when w.is_numbered then w.id else w.scope end as scope,
        row_number() over (order by (w.path || '~'::text) collate "C") as nth
    from walk w),
counted_objective as (select w.id, w.scope, w.prefix, w.path, row_number() over (
        partition by w.restarts, case when w.restarts then w.scope end, case when not w.restarts then w.level end
        order by w.path collate "C") as counted
    from walk w where w.is_numbered),
twin as (select n.*, row_number() over (partition by n.scope, n.counted order by n.path collate "C") > 1 as is_twin,
        max(n.counted) over (partition by n.scope) as last
    from counted_objective n),
ranked as materialized (select t.id, t.scope, t.prefix, case when t.is_twin
        then t.last + row_number() over (partition by t.scope, t.is_twin order by t.path collate "C")
        else t.counted end as rank
    from twin t),
bare as (select r.id, r.prefix, r.rank::text as number from ranked r where r.scope = v.plan_id
    union all
    select r.id, r.prefix, b.number || '.' || r.rank from bare b join ranked r on r.scope = b.id),
objective_number as materialized (select b.id, b.prefix || b.number as number, b.number as bare from bare b),
numbered_action as materialized (select a.id, a.parent_id from (select r.* from frozen, jsonb_populate_recordset(null::action, content->'action') r) a
    where a.workspace_id = v.workspace_id and a.status <> 'draft' and not a.is_archived and true),
own_claim as materialized (select c.action_id, c.is_withdrawn from (select r.* from frozen, jsonb_populate_recordset(null::plan_action, content->'planAction') r) c
    where c.workspace_id = v.workspace_id and c.plan_id = v.plan_id and true),
taken as materialized (select r.scope, max(r.rank) as last from ranked r group by r.scope),
numbered_placement as materialized (select l.id, l.action_id, l.is_main, l.position, coalesce(s.scope, v.plan_id) as scope,
        s.nth
    from (select r.* from frozen, jsonb_populate_recordset(null::placement, content->'placement') r) l left join spot s on s.id = l.objective_id
    where l.workspace_id = v.workspace_id and l.plan_id = v.plan_id and l.state = 'active' and true
    and (l.objective_id is null or s.id is not null)
    and (l.action_id in (select action_id from own_claim where not is_withdrawn)) is true
    and (l.action_id in (select id from numbered_action)) is true),
placement_number as materialized (select l.id, l.action_id, concat_ws('.', o.bare, coalesce(t.last, 0)
        + row_number() over (partition by l.scope order by l.nth, l.position, l.id)) as number,
        row_number() over (partition by l.action_id order by l.is_main desc, l.nth, l.position, l.id) as nth
    from numbered_placement l left join objective_number o on o.id = l.scope left join taken t on t.scope = l.scope),
placed_action as materialized (select l.action_id as id, l.number from placement_number l where l.nth = 1),
action_number as materialized (select p.id, p.number from placed_action p
    union all
    select a.id, p.number || '.' || row_number() over (partition by p.id order by a.id)
    from numbered_action a join placed_action p on p.id = a.parent_id
    where (a.id in (select action_id from own_claim)) is not true)
    select 'objective' as entity, id, number from objective_number union all
        select 'placement' as entity, id, number from placement_number union all
        select 'action' as entity, id, number from action_number) t
where s.workspace_id = v.workspace_id and s.plan_id = v.plan_id and s.version_id = v.version_id
    and s.entity = t.entity and s.id = t.id and not s.image ? 'number';
