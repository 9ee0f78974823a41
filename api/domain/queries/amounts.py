"""The money of a plan, cut to the cent among the places of its actions: expressions to stand after `counted_sql`.

- `line(id, …)`: each budget line of the plan, of its objectives and of what it counts; `is_inside` the years of the
  plan, `is_here` unless it is declared for other plans alone;
- `carried(line_id, node, planned, committed, spent)`: the part of a line that stands at a node. Join `above` for the
  objectives that carry it: whatever is summed, children sum to their parents.

Of a covered plan only the actions are taken, as the rule says: its own lines and those of its objectives stay with it.
"""

from api.domain.money import FIGURES
from api.domain.queries.counted import home_of
from api.domain.queries.reader import Reader
from api.domain.resources.catalogue import BY_NAME
from api.domain.visibility import circle_of

AMOUNTS = """
line as materialized (select b.id, b.action_id, coalesce(b.objective_id, b.plan_id) as bearer, b.fiscal_year, b.source,
        b.service, b.nature, b.category, b.funding_scheme, coalesce(b.planned, 0.00) as planned,
        coalesce(b.committed, 0.00) as committed, coalesce(b.spent, 0.00) as spent, {is_here} as is_here,
        b.fiscal_year between coalesce(extract(year from asked.starts_on), 0)
            and coalesce(extract(year from asked.ends_on), 9999) as is_inside
    from asked, {b_rows} where {only} and b.workspace_id = {at} and {b_seen}
    and ((b.action_id in (select action_id from chosen where is_counted)) is true or b.plan_id = asked.id
        or (b.objective_id in (select o.id from o, asked where o.plan_id = asked.id)) is true)),
piece as (select l.id as line_id, p.node, p.place_id, x.state, x.cents,
        (x.cents * p.numerator % p.denominator + p.denominator) % p.denominator as rest,
        p.numerator, p.denominator
    from line l join place p on p.action_id = l.action_id and p.numerator between 1 and p.denominator - 1
    cross join lateral (values ('planned', (l.planned * 100)::bigint), ('committed', (l.committed * 100)::bigint),
        ('spent', (l.spent * 100)::bigint)) as x(state, cents)),
floored as (select *, (cents * numerator - rest) / denominator as part,
        row_number() over (partition by line_id, state order by rest desc, place_id) as rank from piece),
dealt as (select *, cents - sum(part) over (partition by line_id, state) as left_over from floored),
carried as materialized (
    select l.id as line_id, p.node, l.planned, l.committed, l.spent
        from line l join place p on p.action_id = l.action_id and p.numerator = p.denominator
    union all
    select l.id, l.bearer, l.planned, l.committed, l.spent from line l where l.action_id is null
    union all
    select line_id, node, {shared} from dealt group by line_id, node, place_id)"""

STATES = ("planned", "committed", "spent")
_PART = "(part + (rank <= left_over)::int)"


def amounts_sql(reader: Reader, plan_bound: str, only: str = "true") -> str:
    """The common table expressions of the lines, `only` those wanted, and of what each node carries."""
    b_rows, b_seen = reader.rows(BY_NAME["budgetLine"], "b")
    at = home_of(reader, plan_bound)
    shared = ", ".join(f"sum({_PART}) filter (where state = '{state}') * 0.01" for state in STATES)
    return AMOUNTS.format(b_rows=b_rows, b_seen=b_seen, at=at, is_here=_is_here(reader), shared=shared, only=only)


NOTHING = ", ".join(f"'{name}', '0.00'" for name in FIGURES.values())
"""The six sums of no lines."""


def _is_here(reader: Reader) -> str:
    """Whether a line counts in the plan asked about: declared for it, or for none in particular."""
    line = BY_NAME["budgetLine"]
    if circle_of(reader.actor, line) is not None:
        declared = "b.image->'declared_plan_ids'"
        return f"({declared} = '[]' or {declared} ? asked.id::text)"
    declared = "from budget_line_plan d where d.workspace_id = b.workspace_id and d.budget_line_id = b.id"
    return f"(not exists (select {declared}) or exists (select {declared} and d.plan_id = asked.id))"


def sums_of(*conditions: str) -> str:
    """The six sums of rows with `nature` and the three amounts, as members of a JSON object.

    A condition narrows what is summed; sums are exact, with two decimals.
    """
    members = []
    for (nature, state), name in FIGURES.items():
        where = " and ".join((f"nature = '{nature}'", *conditions))
        members.append(f"'{name}', coalesce(sum({state}) filter (where {where}), 0.00)::text")
    return ", ".join(members)
