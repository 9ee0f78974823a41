"""Reminding people of what needs them, once a day and workspace, whichever instance of the service does it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.identifiers import new_id
from api.domain.queries.reminder_triggers import See, candidates, choose_recipients
from api.domain.queries.reminders import persons_of, unread_of

Connection = Any


async def remind(connection: Connection, workspace_id: UUID, today: date, see: See, *, by_letter: bool) -> int | None:
    """Write today's reminders of an opened workspace; None when another instance did, or does, this day's run.

    Each is written to people who see the action, by `see`. The run's row is the claim: a second instance waits for
    the first one's commit and then finds it. One letter a person is left to be sent where letters are sent at all.
    """
    claimed = await connection.fetchval(
        "insert into reminder_run (workspace_id, run_on, reminded) values ($1::uuid, $2::date, 0)"
        " on conflict do nothing returning true",
        workspace_id, today,
    )  # fmt: skip
    if not claimed:
        return None
    rows = await choose_recipients(await candidates(connection, workspace_id, today), see)
    found = list(
        {(row["kind"], row["action_id"], row["person_id"]): row for row in rows if not row["is_recent"]}.values()
    )
    await connection.executemany(
        "insert into reminder (workspace_id, id, person_id, kind, capacity, action_id, concerns_on, reminded_on)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        [
            (workspace_id, new_id(), row["person_id"], row["kind"], row["capacity"], row["action_id"],
             row["concerns_on"], today)
            for row in found
        ],
    )  # fmt: skip
    if by_letter:
        accounts = {row["person_id"]: row["account_id"] for row in found}
        await connection.executemany(
            "insert into letter (workspace_id, id, person_id, account_id, written_on, tries)"
            " values ($1, $2, $3, $4, $5, 0) on conflict do nothing",
            [(workspace_id, new_id(), person, account, today) for person, account in sorted(accounts.items())],
        )
    await connection.execute(
        "update reminder_run set reminded = $3 where workspace_id = $1::uuid and run_on = $2::date",
        workspace_id, today, len(found),
    )  # fmt: skip
    return len(found)


async def read_reminders(connection: Connection, actor: Actor, reminder_ids: Sequence[UUID]) -> int:
    """The reader has read these of its own reminders; answers how many are left. Others' are left alone.

    Refuses (403) whoever is reminded of nothing.
    """
    persons = persons_of(actor)
    await connection.execute(
        "update reminder set read_at = now() where workspace_id = $1::uuid and person_id = any($2::uuid[])"
        " and id = any($3::uuid[]) and read_at is null",
        actor.workspace_id, persons, list(reminder_ids),
    )  # fmt: skip
    return await unread_of(connection, actor)
