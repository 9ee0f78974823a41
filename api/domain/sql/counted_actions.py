"""Which actions count under which objective of a plan, and for which share: what every roll-up is built on.

`counted_sql` writes common table expressions to stand after `with recursive`; a query joins what it needs to them:

- `asked`: the plan asked about, if the reader sees it (one row or none);
- `place(place_id, plan_id, action_id, node, numerator, denominator, is_follower)`: each place where an action counts,
  with the share that stands there. `node` is an objective, or the plan itself for what stands at its root;
- `above(node, objective_id)`: every objective of the asked plan to which a node passes what it holds, itself included;
  a null objective is the plan as a whole;
- `standing(objective_id, action_id, numerator, denominator, status, is_counted, is_follower, claim_id)`: an action
  once per objective and once for the plan, whatever the number of its places beneath. `numerator` may be 0;
- `counted`: the rows of `standing` whose status counts;
- `left_out(objective_id, action_id, reason)`: the actions that are claimed there and yet stand in no row of `standing`:
  archived ones, and those that a draft objective holds back;
- `hidden(is_partial)`: whether an action is left out because this reader does not see it.

The rules (`model.md` §2): only active placements; resting objectives and withdrawn claims are left out; archived
actions too. Nothing passes above a draft objective. A claim without placement stands at the root of its plan, whole.
A sub-action that follows its parent counts while that counts.
A sub-action stands where its parent stands, unless the plan claims it (or withdrew it) on its own. An objective that
covers a plan takes that plan's actions, except those that the asked plan places itself; a plan covered twice counts
where it was covered first. Statuses count as the plan's setting says, and under a covering objective only those that
count in both plans. Rows are of actions and objectives that the reader sees; claims and placements are taken whatever
stands at their other end, so that a share is always of all active placements.
"""

from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.shown_rows import ShownIn
from api.domain.rules.action_statuses import ActionStatus
from api.domain.sql.reader import Reader

NOT_COUNTED = frozenset({ActionStatus.DRAFT, ActionStatus.CANCELLED})
"""The statuses that do not count in a plan that does not say which do."""

_BY_DEFAULT = ", ".join(f"'{status}'" for status in ActionStatus if status not in NOT_COUNTED)
STATUSES = f"coalesce(p.counted_statuses, array[{_BY_DEFAULT}])"
"""The statuses that plan `p` counts."""

_BY_STATUS = "case h.status {} else 'statusNotCounted' end".format(
    " ".join(f"when '{status}' then '{status}'" for status in sorted(NOT_COUNTED))
)
HELD_BACK = (
    "case when h.is_counted then 'draftObjective' when h.has_counted_status then 'parentNotCounted'"
    f" else {_BY_STATUS} end"
)
"""Why an action `h` stands nowhere: its own status, its parent, else the draft objective that it stands beneath."""

MOST_COVERED = 4
"""How many plans may stand one beneath the other through objectives that cover them."""

COUNTED = """
asked as materialized (select p.id, p.starts_on, p.ends_on, p.progress_weighting, {statuses} as statuses
    from {p_rows} where p.id = {plan_bound} and {p_seen}),
reached as (select id as plan_id, null::uuid as via, array[]::text[] as path, array[id] as plans, statuses from asked
    union all
    select p.id, o.id, r.path || ('1 ' || o.id), r.plans || p.id,
        array(select unnest(r.statuses) intersect select unnest({statuses}))
    from reached r join {o_rows} on o.workspace_id = {at} and o.plan_id = r.plan_id and o.covers_plan_id is not null
        and not o.is_resting and {o_seen}
    join {p_rows} on p.workspace_id = {at} and p.id = o.covers_plan_id and p.id <> all(r.plans) and {p_seen}
    where cardinality(r.path) < {most}),
scope as materialized (select distinct on (plan_id) plan_id, via, path, statuses from reached
    order by plan_id, cardinality(path), path),
o as materialized (select o.id, o.plan_id, o.parent_id, o.status from {o_rows}
    where o.workspace_id = {at} and (o.plan_id in (select plan_id from scope)) is true
    and not o.is_resting and {o_seen}),
c as materialized (select c.id, c.plan_id, c.action_id, c.is_withdrawn, c.progress_weight from {c_rows}
    where c.workspace_id = {at} and (c.plan_id in (select plan_id from scope)) is true),
l as materialized (select l.id, l.plan_id, l.action_id, coalesce(l.objective_id, l.plan_id) as node, l.weight,
        sum(l.weight) over (partition by l.plan_id, l.action_id) as whole
    from {l_rows} where l.workspace_id = {at} and (l.plan_id in (select plan_id from scope)) is true
    and l.state = 'active'),
a as materialized (select a.id, a.parent_id, a.status, a.kind, a.progress, a.estimate_low, a.estimate_high
    from {a_rows}
    where a.workspace_id = {at} and not a.is_archived
    and ((a.id in (select action_id from c)) is true or (a.parent_id in (select action_id from c)) is true)
    and {a_seen}),
held as materialized (select a.id as action_id, a.status, c.plan_id, c.id as claim_id, c.action_id as placed_as,
        c.progress_weight, c.action_id <> a.id as is_follower
    from a join c on c.action_id = a.id and not c.is_withdrawn
    union all
    select a.id, a.status, c.plan_id, c.id, c.action_id, c.progress_weight, true
    from a join c on c.action_id = a.parent_id and not c.is_withdrawn
    where not exists (select from c own where own.plan_id = c.plan_id and own.action_id = a.id)),
chosen as materialized (select distinct on (h.action_id) h.*, h.status = any(s.statuses) and (not h.is_follower
        or exists (select 1 from a lead where lead.id = h.placed_as and lead.status = any(s.statuses))) as is_counted,
        h.status = any(s.statuses) as has_counted_status
    from held h join scope s on s.plan_id = h.plan_id
    order by h.action_id, s.path || case when exists (select from l where l.plan_id = h.plan_id
        and l.action_id = h.placed_as) then '0' else '2' end),
place as materialized (select coalesce(l.id, h.claim_id) as place_id, h.plan_id, h.action_id,
        coalesce(l.node, h.plan_id) as node, coalesce(l.weight, 1) as numerator,
        coalesce(l.whole, 1)::int as denominator, h.is_follower
    from chosen h left join l on l.plan_id = h.plan_id and l.action_id = h.placed_as),
node as materialized (select id, plan_id, case when status <> 'draft' then coalesce(parent_id, plan_id) end as next
    from o union all select plan_id, plan_id, via from scope),
upward as (select id as node, id as reached from node
    union all
    select u.node, n.next from upward u join node n on n.id = u.reached join node m on m.id = n.next),
above as materialized (select u.node, nullif(u.reached, n.plan_id) as objective_id
    from upward u join node n on n.id = u.reached join asked on asked.id = n.plan_id),
standing as materialized (select u.objective_id, h.action_id, sum(p.numerator)::int as numerator, p.denominator,
        h.status, h.is_counted, h.has_counted_status, h.is_follower, h.claim_id, h.progress_weight
    from chosen h join place p on p.action_id = h.action_id join above u on u.node = p.node
    group by u.objective_id, h.action_id, p.denominator, h.status, h.is_counted, h.has_counted_status, h.is_follower,
        h.claim_id, h.progress_weight),
counted as (select * from standing where is_counted),
gone as materialized (select distinct on (a.id) a.id as action_id, c.action_id as placed_as, c.plan_id
    from {a_rows} join c on not c.is_withdrawn and (c.action_id = a.id or c.action_id = a.parent_id
        and not exists (select 1 from c own where own.plan_id = c.plan_id and own.action_id = a.id))
    where a.workspace_id = {at} and a.is_archived and {a_seen} order by a.id, c.action_id = a.id desc, c.plan_id),
beneath as (select id as node, id as reached from node
    union all
    select b.node, coalesce(o.parent_id, case when o.id is not null then o.plan_id end, s.via)
    from beneath b left join o on o.id = b.reached left join scope s on s.plan_id = b.reached
    where o.id is not null or s.via is not null),
left_out as materialized (
    select null::uuid as objective_id, g.action_id, 'archived' as reason from gone g
    union all
    select h_o.id, g.action_id, 'archived' from gone g
    join l on l.plan_id = g.plan_id and l.action_id = g.placed_as join beneath b on b.node = l.node
    join o h_o on h_o.id = b.reached join asked on asked.id = h_o.plan_id group by 1, 2
    union all
    select null, h.action_id, {reason} from chosen h
    where not exists (select 1 from standing s where s.objective_id is null and s.action_id = h.action_id)
    union all
    select h_o.id, h.action_id, {reason} from chosen h join place p on p.action_id = h.action_id
    join beneath b on b.node = p.node join o h_o on h_o.id = b.reached join asked on asked.id = h_o.plan_id
    where not exists (select 1 from standing s where s.objective_id = h_o.id and s.action_id = h.action_id)
    group by 1, 2, 3),
hidden as (select exists (select from {a_rows}, asked where a.workspace_id = {at} and not a.is_archived
    and a.status = any(asked.statuses) and {a_seen} is not true
    and ((a.id in (select action_id from c where not is_withdrawn)) is true
        or (a.parent_id in (select action_id from c where not is_withdrawn)) is true)) as is_partial)"""


def counted_actions_sql(reader: Reader, plan_bound: str) -> str:
    """The common table expressions that say what counts in the plan bound there, as this reader may know it."""
    reader = reader.reading(ShownIn(plan=plan_bound, with_counted_only=True))
    rows = {}
    for alias, name in (("p", "plan"), ("o", "objective"), ("c", "planAction"), ("l", "placement"), ("a", "action")):
        rows[f"{alias}_rows"], rows[f"{alias}_seen"] = reader.rows(BY_NAME[name], alias)
    at = home_of(reader, plan_bound)
    return COUNTED.format(plan_bound=plan_bound, at=at, statuses=STATUSES, most=MOST_COVERED, reason=HELD_BACK, **rows)


def home_of(reader: Reader, plan_bound: str) -> str:
    """The workspace of the plan bound there: the reader's own, or for who reads at large that of the plan it sees."""
    if reader.actor.workspace_id is not None:
        return reader.binds(reader.actor.workspace_id, "uuid")
    rows, _ = reader.rows(BY_NAME["plan"], "p")
    return f"(select p.workspace_id from {rows} where p.id = {plan_bound})"
