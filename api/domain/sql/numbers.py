"""The numbers of a plan's objectives, placements and actions: one per thing, whoever reads it.

Numbers are computed over the whole plan, in the order in which it is read, and so are the same for every reader. The
statement looks at no right and gives out nothing but ids and numbers: whoever uses it joins it to rows that are seen.

The rules (`docs/decisions/0029-one-number-for-everybody.md`):
- *Reading order*: strands in their order, then objectives by position, each followed by what stands beneath it:
  first its objectives, then its actions. What stands in no strand comes after, what stands at the root comes last.
- *No number*: a draft, a resting objective, an archived action, whatever stands beneath one, and a level that is not
  numbered. They shift no other.
- A level that restarts counts on within the nearest numbered objective above; one that does not, through the plan.
  Two things never get the same number: where levels are mixed, the later one counts on after the last.
- Actions count on after the objectives beside which they stand (OO 1.1, OO 1.2, then action 1.3).
- The prefix of a level stands before its own numbers only, as it was written: « OS 2 », « OO 2.1 », « 2.1.1 ».
- An action has the number of its main placement (else of its first one that has a number); a sub-action that the plan
  does not claim on its own is numbered beneath its action.
"""

NUMBERS = """
standing_objective as materialized (select o.id, o.parent_id, o.position, o.level, s.rank as strand,
        coalesce(v.is_numbered, true) as is_numbered, coalesce(v.restarts, true) as restarts,
        coalesce(v.prefix, '') as prefix
    from {objectives} o
    left join {levels} v on v.workspace_id = o.workspace_id and v.plan_id = o.plan_id and v.level = o.level
    left join {strands} s on s.workspace_id = o.workspace_id and s.plan_id = o.plan_id and s.id = o.strand_id
    where o.workspace_id = {at} and o.plan_id = {plan} and o.status <> 'draft' and not o.is_resting and {given}),
walk as (select o.*, {plan} as scope,
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
bare as (select r.id, r.prefix, r.rank::text as number from ranked r where r.scope = {plan}
    union all
    select r.id, r.prefix, b.number || '.' || r.rank from bare b join ranked r on r.scope = b.id),
objective_number as materialized (select b.id, b.prefix || b.number as number, b.number as bare from bare b),
numbered_action as materialized (select a.id, a.parent_id from {actions} a
    where a.workspace_id = {at} and a.status <> 'draft' and not a.is_archived and {given}),
own_claim as materialized (select c.action_id, c.is_withdrawn from {claims} c
    where c.workspace_id = {at} and c.plan_id = {plan} and {given}),
taken as materialized (select r.scope, max(r.rank) as last from ranked r group by r.scope),
numbered_placement as materialized (select l.id, l.action_id, l.is_main, l.position, coalesce(s.scope, {plan}) as scope,
        s.nth
    from {placements} l left join spot s on s.id = l.objective_id
    where l.workspace_id = {at} and l.plan_id = {plan} and l.state = 'active' and {given}
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
    where (a.id in (select action_id from own_claim)) is not true)"""
"""Common table expressions to stand after `with recursive`: `objective_number`, `placement_number` and
`action_number`, each with `id` and `number`; what has no number is not in them."""


LIVING = {
    "objectives": "objective",
    "levels": "plan_level",
    "strands": "plan_strand",
    "actions": "action",
    "claims": "plan_action",
    "placements": "placement",
}

FROZEN = {
    "objectives": "(select r.* from frozen, jsonb_populate_recordset(null::objective, content->'objective') r)",
    "levels": "(select {at} as workspace_id, {plan} as plan_id, r.* from frozen, jsonb_to_recordset("
    "content->'plan'->0->'levels') as r(level int, is_numbered bool, restarts bool, prefix text))",
    "strands": "(select {at} as workspace_id, {plan} as plan_id, (e.x->>'id')::uuid as id, e.rank from frozen,"
    " jsonb_array_elements(content->'plan'->0->'strands') with ordinality as e(x, rank))",
    "actions": "(select r.* from frozen, jsonb_populate_recordset(null::action, content->'action') r)",
    "claims": "(select r.* from frozen, jsonb_populate_recordset(null::plan_action, content->'planAction') r)",
    "placements": "(select r.* from frozen, jsonb_populate_recordset(null::placement, content->'placement') r)",
}


def numbers_sql(at: str, plan: str, given: str = "true") -> str:
    """The numbers of one living plan, as common table expressions.

    `at` is the workspace, `plan` the plan's id, both as SQL; nothing is read unless the condition `given` holds.
    """
    return NUMBERS.format(at=at, plan=plan, given=given, **LIVING)


def frozen_numbers_sql(at: str, plan: str) -> str:
    """The numbers of a plan as a version froze it, as common table expressions.

    Another one must stand before: `frozen`, one row with the version's `content` as jsonb.
    """
    rows = {name: sql.format(at=at, plan=plan) for name, sql in FROZEN.items()}
    return NUMBERS.format(at=at, plan=plan, given="true", **rows)
