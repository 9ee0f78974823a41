"""The money of a plan, cut to the cent among the places of its actions: expressions to stand after `counted_sql`.

- `line(id, …)`: each budget line of the plan, of its objectives and of what it counts; `is_inside` the years of the
  plan, `is_here` unless it is declared for other plans alone;
- `every_line`: the same beside those of actions that do not count;
- `carried(line_id, node, planned, committed, spent)`: the part of a line that stands at a node. Join `above` for the
  objectives that carry it: whatever is summed, children sum to their parents.

Of a covered plan only the actions are taken, as the rule says: its own lines and those of its objectives stay with it.
"""

from collections.abc import Sequence

from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.shown_rows import ShownIn
from api.domain.rights.visibility import reader_group_of
from api.domain.rules.money import FIGURES
from api.domain.sql.counted_actions import home_of
from api.domain.sql.reader import Reader

AMOUNTS = """
every_line as materialized (select b.id, b.action_id, coalesce(b.objective_id, b.plan_id) as bearer,
        b.fiscal_year, b.source, b.service, b.nature, b.category, b.funding_scheme,
        coalesce(b.planned, 0.00) as planned,
        coalesce(b.committed, 0.00) as committed, coalesce(b.spent, 0.00) as spent, {is_here} as is_here,
        b.fiscal_year between coalesce(extract(year from asked.starts_on), 0)
            and coalesce(extract(year from asked.ends_on), 9999) as is_inside
    from asked, {b_rows} where {only} and b.workspace_id = {at} and {b_seen}
    and ((b.action_id in (select action_id from chosen)) is true
        or (b.action_id in (select action_id from gone)) is true
        or b.plan_id = asked.id or (b.objective_id in (select o.id from o, asked where o.plan_id = asked.id)) is true)),
line as materialized (select * from every_line
    where action_id is null or (action_id in (select action_id from chosen where is_counted)) is true),
{parts},
carried as materialized (select id as line_id, node, planned, committed, spent from line_part
    union all
    select l.id, l.bearer, l.planned, l.committed, l.spent from line l where l.action_id is null)"""

PARTS = """
{whole}_piece as (select w.id, p.node, p.place_id, x.state, x.cents,
        (x.cents * p.numerator % p.denominator + p.denominator) % p.denominator as rest,
        p.numerator, p.denominator
    from {whole} w join place p on p.action_id = w.action_id and p.numerator between 1 and p.denominator - 1
    cross join lateral (values {cents}) as x(state, cents)),
{whole}_floored as (select *, (cents * numerator - rest) / denominator as part,
        row_number() over (partition by id, state order by rest desc, place_id) as rank from {whole}_piece),
{whole}_dealt as (select *, cents - sum(part) over (partition by id, state) as left_over from {whole}_floored),
{whole}_part as (
    select w.id, p.node, {amounts}
        from {whole} w join place p on p.action_id = w.action_id and p.numerator = p.denominator
    union all
    select id, node, {shared} from {whole}_dealt group by id, node, place_id)"""

STATES = ("planned", "committed", "spent")
_PART = "(part + (rank <= left_over)::int)"


def amounts_sql(reader: Reader, plan_bound: str, only: str = "true") -> str:
    """The common table expressions of the lines, `only` those wanted, and of what each node carries."""
    reader = reader.reading(ShownIn(plan=plan_bound, with_counted_only=True))
    b_rows, b_seen = reader.rows(BY_NAME["budgetLine"], "b")
    at = home_of(reader, plan_bound)
    parts = parts_sql("line", STATES)
    return AMOUNTS.format(b_rows=b_rows, b_seen=b_seen, at=at, is_here=_is_here(reader), parts=parts, only=only)


def parts_sql(whole: str, columns: Sequence[str]) -> str:
    """The expressions that end in `<whole>_part(id, node, …)`: what of each amount stands at the nodes of an action.

    `whole` is an expression with `id`, `action_id` and these columns of euro, none of them null.
    """
    return PARTS.format(
        whole=whole,
        cents=", ".join(f"('{column}', (w.{column} * 100)::bigint)" for column in columns),
        amounts=", ".join(f"w.{column}" for column in columns),
        shared=", ".join(f"sum({_PART}) filter (where state = '{column}') * 0.01 as {column}" for column in columns),
    )


NOTHING = ", ".join(f"'{name}', '0.00'" for name in FIGURES.values())
"""The six sums of no lines."""


def _is_here(reader: Reader) -> str:
    """Whether a line counts in the plan asked about: declared for it, or for none in particular."""
    line = BY_NAME["budgetLine"]
    if reader_group_of(reader.actor, line) is not None:
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
