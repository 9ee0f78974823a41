"""Who is to be reminded of what today: the occasions that a house's rules find, and the person each is for."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.resources.actions import LACKS, Lacking
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.action_statuses import OVER
from api.domain.schemas.reminders import Capacity, ReminderKind
from api.domain.sql.reader import Reader

Connection = Any
Row = Any
See = Callable[[UUID, Sequence[UUID]], Awaitable[set[UUID]]]
"""Which of these actions an account sees, by its rights in the workspace as they are now."""

_OVER = ", ".join(f"'{status}'" for status in sorted(OVER))

_NEWS = (
    "greatest((a.updated_at at time zone 'Europe/Brussels')::date, (select max(x.noted_on) from follow_up x"
    " where x.workspace_id = a.workspace_id and x.action_id = a.id))"
)
"""The day of the last change or follow-up."""

_EXPECTED = """(select min(case when i.nature = 'milestone' then i.expected_on else
        (coalesce((select max(x.measured_on) from measurement x where x.workspace_id = i.workspace_id
            and x.indicator_id = i.id and x.state in ('submitted', 'approved')), i.baseline_on,
            (i.created_at at time zone 'Europe/Brussels')::date)
        + case i.frequency when 'monthly' then interval '1 month' when 'quarterly' then interval '3 months'
            when 'halfYearly' then interval '6 months' when 'yearly' then interval '1 year' end)::date end)
    from indicator i where i.workspace_id = a.workspace_id and i.action_id = a.id
    and not exists (select from measurement x where x.workspace_id = i.workspace_id and x.indicator_id = i.id
        and x.milestone_state = 'done' and x.state in ('submitted', 'approved')))"""
"""The first day on which a value was or is expected of one of the action's indicators: a period of its frequency
after its last value, or the day of a milestone that is not done. What was submitted has been given."""

OCCASIONS: dict[ReminderKind, tuple[str, str]] = {
    ReminderKind.DUE_SOON: (
        "a.kind <> 'perennial' and a.planned_end between {today} and {today} + r.days",
        "a.planned_end",
    ),
    ReminderKind.LATE: ("a.kind <> 'perennial' and a.planned_end < {today} - r.days", "a.planned_end"),
    ReminderKind.VALUE_EXPECTED: (f"{_EXPECTED} < {{today}} - r.days", _EXPECTED),
    ReminderKind.STALE: (f"{_NEWS} < {{today}} - r.days", _NEWS),
    ReminderKind.OWNER_MISSING: (LACKS[Lacking.OWNER].replace("{t}", "a"), "null::date"),
}
"""When a rule `r` finds an action `a`, and the date at stake. Only living actions are looked at."""

HELD = "(h.ends_on is null or h.ends_on > {today}) and h.starts_on <= {today}"

RECIPIENTS: dict[Capacity, str] = {
    Capacity.OWNER: f"""
        select x.action_id, coalesce(x.person_id, h.person_id) from action_responsibility x
        left join office_holding h on h.workspace_id = x.workspace_id and h.office_id = x.office_id and {HELD}
        where x.workspace_id = {{w}} and x.kind in ('owner', 'lead')""",
    Capacity.HEAD_OF_UNIT: f"""
        select x.action_id, h.person_id from action_responsibility x
        join office f on f.workspace_id = x.workspace_id and f.unit_id = x.unit_id and f.kind = 'headOfUnit'
        join office_holding h on h.workspace_id = f.workspace_id and h.office_id = f.id and {HELD}
        where x.workspace_id = {{w}} and x.unit_id is not null""",
    Capacity.COORDINATOR: f"""
        select a.id, h.person_id from action a
        join office f on f.workspace_id = a.workspace_id and f.organisation_id = a.organisation_id
            and f.kind = 'pstCoordinator'
        join office_holding h on h.workspace_id = f.workspace_id and h.office_id = f.id and {HELD}
        where a.workspace_id = {{w}}""",
}
"""Who answers for an action in each capacity: (action, person). Offices mean those who hold them today."""


def reminder_triggers_sql(w: str, today: str, actions: str | None = None) -> str:
    """The statement of a day's occasions of a workspace, among these actions or all: one row a person who may be told,
    kind and action, with the rank of the capacity and whether the rule's interval since the last time is not over.

    Only people who can sign in are candidates, so an action whose people have left reaches the head of its unit, then
    the coordinator: whoever asks takes the first rank in which somebody sees the action.
    """
    among = "" if actions is None else f" and a.id = any({actions})"
    found = " union all ".join(
        f"select a.id as action_id, a.organisation_id, r.kind, r.interval_days, {on} as concerns_on from action a"
        f" join reminder_rule r on r.workspace_id = a.workspace_id and r.organisation_id = a.organisation_id"
        f" and r.kind = '{kind}' and r.is_enabled where a.workspace_id = {w} and not a.is_archived{among}"
        f" and a.status not in ('draft', {_OVER}) and {condition}"
        for kind, (condition, on) in OCCASIONS.items()
    )
    capacities = " union ".join(
        f"select {rank} as rank, '{capacity}' as capacity, p.action_id, p.person_id"
        f" from ({sql}) as p(action_id, person_id)"
        for rank, (capacity, sql) in enumerate(RECIPIENTS.items())
    )
    return f"""
with found as materialized ({found}),
reachable as materialized (select m.person_id, min(m.account_id::text)::uuid as account_id from membership m
    join account c on c.id = m.account_id and c.disabled_at is null and c.stands_for_id is null
    join person y on y.workspace_id = m.workspace_id and y.id = m.person_id and y.left_on is null
    where m.workspace_id = {w} and m.ended_at is null and m.person_id is not null and m.role <> 'council'
    group by m.person_id)
select f.kind, f.action_id, f.concerns_on, n.person_id, n.capacity, n.rank, e.account_id,
    exists (select from reminder b where b.workspace_id = {w} and b.person_id = n.person_id
        and b.kind = f.kind and b.action_id = f.action_id and b.reminded_on > {today} - f.interval_days) as is_recent
from found f join ({capacities}) n on n.action_id = f.action_id
join reachable e on e.person_id = n.person_id
order by f.kind, f.action_id, n.rank, n.person_id
""".replace("{w}", w).replace("{today}", today)


async def candidates(
    connection: Connection, workspace_id: UUID, day: date, actions: Sequence[UUID] | None = None
) -> Sequence[Row]:
    """What `occasions_sql` tells of a day, in an opened workspace."""
    if actions is None:
        return await connection.fetch(reminder_triggers_sql("$1::uuid", "$2::date"), workspace_id, day)  # type: ignore[no-any-return]
    sql = reminder_triggers_sql("$1::uuid", "$2::date", "$3::uuid[]")
    return await connection.fetch(sql, workspace_id, day, list(actions))  # type: ignore[no-any-return]


async def choose_recipients(rows: Sequence[Row], see: See) -> list[Row]:
    """Of these candidates the people to be told: for each kind and action those of the first capacity in which
    somebody sees the action. What nobody among them sees is told to nobody."""
    asked: dict[UUID, set[UUID]] = {}
    for row in rows:
        asked.setdefault(row["account_id"], set()).add(row["action_id"])
    seen = {account: await see(account, sorted(actions)) for account, actions in sorted(asked.items())}
    found: list[Row] = []
    for _, same in groupby(rows, key=lambda row: (row["kind"], row["action_id"])):
        for _, ranked in groupby(same, key=lambda row: row["rank"]):
            told = [row for row in ranked if row["action_id"] in seen[row["account_id"]]]
            if told:
                found += told
                break
    return found


async def actions_seen(connection: Connection, actor: Actor, actions: Sequence[UUID]) -> set[UUID]:
    """Those of these actions that the actor sees."""
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(BY_NAME["action"], "a")
    ids = reader.binds(list(actions), "uuid[]")
    found = await connection.fetch(f"select a.id from {rows} where a.id = any({ids}) and {seen}", *reader.binds.values)
    return {row[0] for row in found}
