"""Letters on their way: claimed by one instance at a time, tried again for three days, then given up."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

Connection = Any

LEASE = "10 minutes"
"""A claimed letter is nobody else's for so long; one whose sender died is tried again after it."""
BACK_OFF = "least(interval '12 hours', interval '5 minutes' * 2 ^ l.tries)"
LIFE = "3 days"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told on a day: where to, in which language, about which actions."""

    id: UUID
    workspace_id: UUID
    workspace_name: str
    slug: str
    nis: int | None
    email: str
    language: str
    written_on: date
    lines: tuple[dict[str, Any], ...]
    """Each with `kind`, `title`, `action_id` and `concerns_on` (`yyyy-MM-dd` or None)."""


CLAIM = f"""
with mine as (
    select l.workspace_id, l.id from letter l
    where l.sent_at is null and l.given_up_at is null and l.next_try_at <= now()
    order by l.next_try_at limit 1 for update skip locked
), claimed as (
    update letter l set tries = l.tries + 1, next_try_at = now() + interval '{LEASE}' from mine
    where l.workspace_id = mine.workspace_id and l.id = mine.id returning l.*
)
select l.id, l.workspace_id, w.name, w.slug, w.nis, c.email, c.language, l.written_on, (
    select coalesce(json_agg(json_build_object('kind', b.kind, 'title', a.title, 'action_id', a.id,
        'concerns_on', b.concerns_on) order by b.kind, b.concerns_on, a.title), '[]')
    from reminder b join action a on a.workspace_id = b.workspace_id and a.id = b.action_id
    where b.workspace_id = l.workspace_id and b.person_id = l.person_id and b.reminded_on = l.written_on
        and b.read_at is null)::text as lines
from claimed l join workspace w on w.id = l.workspace_id join account c on c.id = l.account_id
where c.disabled_at is null and exists (select from membership m where m.workspace_id = l.workspace_id
    and m.account_id = l.account_id and m.person_id = l.person_id and m.ended_at is null)
"""
"""The oldest letter due, claimed. Whoever left since is written nothing: the row is claimed and not answered."""


async def claim_letter(connection: Connection) -> Letter | None:
    """The next letter to send, now ours for ten minutes; None when none is due or its reader has left."""
    found = await connection.fetchrow(CLAIM)
    if found is None:
        return None
    return Letter(
        id=found["id"], workspace_id=found["workspace_id"], workspace_name=found["name"], slug=found["slug"],
        nis=found["nis"], email=found["email"], language=found["language"], written_on=found["written_on"],
        lines=tuple(orjson.loads(found["lines"])),
    )  # fmt: skip


async def note_sent(connection: Connection, letter: Letter) -> None:
    await connection.execute(
        "update letter set sent_at = now() where workspace_id = $1::uuid and id = $2::uuid",
        letter.workspace_id, letter.id,
    )  # fmt: skip


async def note_failure(connection: Connection, letter: Letter) -> None:
    """Try again later, each time after twice as long; after three days no more."""
    await connection.execute(
        f"update letter l set next_try_at = now() + {BACK_OFF},"
        f" given_up_at = case when l.written_on < current_date - interval '{LIFE}' then now() end"
        " where l.workspace_id = $1::uuid and l.id = $2::uuid",
        letter.workspace_id, letter.id,
    )  # fmt: skip
