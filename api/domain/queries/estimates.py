"""What actions are estimated to cost before they have expense lines: told beside their money, never added to it.

An action carries an estimate when it says a low or a high figure; one figure alone stands for both. As soon as the
action has an expense line, of whatever year, declared in whatever plan, its lines tell what it costs and the estimate
is left out. A sub-action has its own. Who may not read the estimate of an action reads none here, and is told so.

Cut by shares are the low figure and what the high one adds to it (`span`), each to the cent: cut apart, the low part of
a place could come out a cent above its high one. Both still sum to what the action says.
"""

from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.amounts import parts_sql
from api.domain.sql.reader import Reader

_LOW = "coalesce(a.estimate_low, a.estimate_high)"
LOW_AND_SPAN = f"{_LOW} as low, coalesce(a.estimate_high, a.estimate_low) - {_LOW} as span"
IS_ESTIMATED = "num_nonnulls(a.estimate_low, a.estimate_high) > 0"
WITHOUT_EXPENSE = "not exists (select from line l where l.action_id = a.id and l.nature = 'expense')"

ESTIMATES = """
estimated as materialized (select a.id, a.id as action_id, {low_and_span} from a where {is_estimated}
    and (a.id in (select action_id from chosen where is_counted)) is true and {without_expense}),
{parts},
estimate as materialized (select v.objective_id, {told} as estimates
    from estimated_part e join above v on v.node = e.node group by v.objective_id)"""

WITHHELD = "estimate as (select null::uuid as objective_id, null::json as estimates where false)"

TOLD = (
    "json_build_object('low', coalesce(sum(e.low), 0.00)::text, 'high', coalesce(sum(e.low + e.span), 0.00)::text,"
    " 'actionCount', count(distinct e.id))"
)
NONE = """'{"low": "0.00", "high": "0.00", "actionCount": 0}'::json"""


def can_read_estimates(reader: Reader) -> bool:
    return all(reader.sees(BY_NAME["action"], name) for name in ("estimate_low", "estimate_high"))


def withheld_member(reader: Reader) -> str:
    """The member of the answer that this reader gets as null, named as documents name theirs."""
    return "'[]'::json" if can_read_estimates(reader) else """'["estimates"]'::json"""


def estimates_sql(reader: Reader) -> str:
    """`estimate(objective_id, estimates)`, to stand after what counts and its money: each action by its shares."""
    if not can_read_estimates(reader):
        return WITHHELD
    return ESTIMATES.format(
        low_and_span=LOW_AND_SPAN, is_estimated=IS_ESTIMATED, without_expense=WITHOUT_EXPENSE, told=TOLD,
        parts=parts_sql("estimated", ("low", "span")),
    )  # fmt: skip


def no_estimates(reader: Reader) -> str:
    """What is told where no action is estimated: nothing at all to who may not know it."""
    return NONE if can_read_estimates(reader) else "null::json"


def estimates_of_all(reader: Reader) -> str:
    """The estimates of the actions of `counted(id)` among `a` and beside `line`, each whole, as one value."""
    if not can_read_estimates(reader):
        return "null::json"
    return (
        f"(select {TOLD} from (select a.id, {LOW_AND_SPAN} from a where {IS_ESTIMATED} and {WITHOUT_EXPENSE}"
        " and (a.id in (select id from counted where is_seen)) is true) e)"
    )
