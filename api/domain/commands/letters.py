"""Letters on their way: claimed by one instance at a time, tried again for three days, then given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.queries.reminder_triggers import See, candidates, choose_recipients

Connection = Any

LEASE = "10 minutes"
"""A claimed letter is nobody else's for so long; one whose sender died is tried again after it."""
BACK_OFF = "least(interval '12 hours', interval '5 minutes' * 2 ^ l.tries)"
MOST_TRIES = 12
"""With what is waited between them, nearly three days."""
LIFE = "3 days"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is due, now ours: to whom, and of which day. What it says is judged when it leaves."""

    id: UUID
    workspace_id: UUID
    person_id: UUID
    account_id: UUID
    written_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a letter tells: an action, why it needs its reader, and the date at stake."""

    kind: str
    title: str
    action_id: UUID
    concerns_on: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told on a day: where to, in which language, about which actions."""

    id: UUID
    workspace_name: str
    slug: str
    nis: int | None
    email: str
    language: str
    lines: tuple[Line, ...]


CLAIM = f"""
with mine as (
    select l.workspace_id, l.id from letter l
    where l.sent_at is null and l.given_up_at is null and l.next_try_at <= now()
    order by l.next_try_at limit 1 for update skip locked
)
update letter l set tries = l.tries + 1, next_try_at = now() + interval '{LEASE}' from mine
where l.workspace_id = mine.workspace_id and l.id = mine.id
returning l.id, l.workspace_id, l.person_id, l.account_id, l.written_on
"""


async def claim_letter(connection: Connection) -> Waiting | None:
    """The oldest letter due, now ours for ten minutes; None when none is due."""
    found = await connection.fetchrow(CLAIM)
    return None if found is None else Waiting(**found)


async def compose_letter(connection: Connection, waiting: Waiting, see: See) -> Letter | None:
    """The letter as it is to be sent now; None when it has nothing to say to its reader any more.

    Everything is judged again, as of the day it was written for: whether the occasion is still one, whether its
    reader is still the one to be told, and whether that reader sees the action. What was read meanwhile is left out.
    """
    lines = await _lines(connection, waiting, see)
    found = await connection.fetchrow(
        "select w.name, w.slug, w.nis, c.email, c.language from workspace w, account c"
        " where w.id = $1::uuid and c.id = $2::uuid and c.disabled_at is null",
        waiting.workspace_id, waiting.account_id,
    )  # fmt: skip
    if found is None or not lines:
        return None
    return Letter(waiting.id, found["name"], found["slug"], found["nis"], found["email"], found["language"], lines)


async def _lines(connection: Connection, waiting: Waiting, see: See) -> tuple[Line, ...]:
    reminded = await connection.fetch(
        "select b.kind, b.action_id, a.title from reminder b"
        " join action a on a.workspace_id = b.workspace_id and a.id = b.action_id"
        " where b.workspace_id = $1::uuid and b.person_id = $2::uuid and b.reminded_on = $3::date"
        " and b.read_at is null",
        waiting.workspace_id, waiting.person_id, waiting.written_on,
    )  # fmt: skip
    if not reminded:
        return ()
    titles = {(row["kind"], row["action_id"]): row["title"] for row in reminded}
    actions = sorted({row["action_id"] for row in reminded})
    rows: Sequence[Any] = await candidates(connection, waiting.workspace_id, waiting.written_on, actions)
    lines = {
        (row["kind"], row["action_id"]): Line(
            row["kind"], titles[row["kind"], row["action_id"]], row["action_id"], row["concerns_on"]
        )
        for row in await choose_recipients(rows, see)
        if (row["person_id"], row["account_id"]) == (waiting.person_id, waiting.account_id)
        and (row["kind"], row["action_id"]) in titles
    }
    return tuple(sorted(lines.values(), key=lambda line: (line.kind, line.concerns_on or date.max, line.title)))


async def note_sent(connection: Connection, waiting: Waiting) -> None:
    await connection.execute(
        "update letter set sent_at = now() where workspace_id = $1::uuid and id = $2::uuid",
        waiting.workspace_id, waiting.id,
    )  # fmt: skip


async def drop_letter(connection: Connection, waiting: Waiting) -> None:
    """It has nothing to say any more, or nobody to say it to: it is never sent."""
    await connection.execute(
        "update letter set given_up_at = now() where workspace_id = $1::uuid and id = $2::uuid",
        waiting.workspace_id, waiting.id,
    )  # fmt: skip


async def note_failure(connection: Connection, waiting: Waiting) -> None:
    """Try again later, each time after twice as long; after three days or as many tries as fit in them no more."""
    await connection.execute(
        f"update letter l set next_try_at = now() + {BACK_OFF},"
        f" given_up_at = case when l.written_on < current_date - interval '{LIFE}' or l.tries >= {MOST_TRIES}"
        " then now() end where l.workspace_id = $1::uuid and l.id = $2::uuid",
        waiting.workspace_id, waiting.id,
    )  # fmt: skip
