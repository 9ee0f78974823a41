"""What becomes true by date: found due, and done by whichever instance of the service comes first."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.domain.actor import Actor, Membership, Role
from api.domain.commands import images
from api.domain.commands.batches import update_all
from api.domain.commands.context import BRUSSELS, ChangeContext
from api.domain.commands.hooks.groups import GroupMemberRules
from api.domain.commands.shown_rows import show_plan
from api.domain.journal import Change, record
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.working_days import is_working_day

Connection = Any

SCHEDULER = Actor(memberships=(Membership(Role.OPERATOR),), origin="schedule")
"""Who does what a date makes due: the installation itself, in nobody's name."""


async def open_every_workspace(connection: Connection) -> None:
    """Row-level security admits every workspace for the rest of this transaction of the installation's own."""
    await connection.execute(
        "select set_config('app.workspaces', coalesce((select array_agg(id)::text from workspace), '{}'), true)"
    )


async def open_one(connection: Connection, workspace_id: UUID) -> None:
    """Row-level security admits this workspace alone."""
    await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{workspace_id}}}")


async def due_for_reminders(connection: Connection, now: datetime) -> list[UUID]:
    """The workspaces whose hour has come on a working day in Brussels, and whose run of today is not done."""
    here = now.astimezone(BRUSSELS)
    if not is_working_day(here.date()):
        return []
    rows = await connection.fetch(
        "select w.id from workspace w where w.reminder_hour <= $1::int and exists (select from reminder_rule r"
        " where r.workspace_id = w.id and r.is_enabled) and not exists (select from reminder_run x"
        " where x.workspace_id = w.id and x.run_on = $2::date) order by w.id",
        here.hour, here.date(),
    )  # fmt: skip
    return [row["id"] for row in rows]


async def due_memberships(connection: Connection, today: date) -> list[UUID]:
    """The workspaces in which a membership was decided to end by today and still counts."""
    rows = await connection.fetch(
        "select distinct workspace_id from membership where ended_at is null and ends_on <= $1::date", today
    )
    return [row["workspace_id"] for row in rows]


async def end_memberships(connection: Connection, workspace_id: UUID, today: date) -> int:
    """Memberships of an opened workspace end on the day that was decided; each is journaled."""
    membership = BY_NAME["membership"]
    image = images.image_of(membership, "t")
    rows = await connection.fetch(
        f"select {image}::text from membership t where t.workspace_id = $1::uuid and t.ended_at is null"
        " and t.ends_on <= $2::date order by t.id for no key update skip locked",
        workspace_id, today,
    )  # fmt: skip
    changes = []
    for row in rows:
        before = images.loads(row[0])
        after = before | {"ended_at": str(await connection.fetchval("select now()"))}
        await images.update(connection, membership, before, after, before["version"])
        written = await connection.fetchval(
            f"select {image}::text from membership t where t.workspace_id = $1::uuid and t.id = $2::uuid",
            workspace_id, UUID(before["id"]),
        )  # fmt: skip
        changes.append(Change("membership", before, images.loads(written)))
    if changes:
        await record(connection, SCHEDULER, "endMemberships", workspace_id, changes)
    return len(changes)


_TO_TURN = "is_current <> (starts_on <= $1::date and (ends_on is null or ends_on > $1::date))"


async def due_offices(connection: Connection, today: date) -> list[UUID]:
    """The workspaces in which somebody begins or ceases by today to hold an office, and it is not so yet."""
    rows = await connection.fetch(f"select distinct workspace_id from office_holding where {_TO_TURN}", today)
    return [row["workspace_id"] for row in rows]


async def pass_offices_on(connection: Connection, workspace_id: UUID, today: date) -> int:
    """Offices of an opened workspace pass on as was decided: holdings begin and end by today, each journaled."""
    rows = await connection.fetch(
        f"select id, is_current from office_holding where {_TO_TURN} and workspace_id = $2::uuid"
        " order by id for no key update skip locked",
        today, workspace_id,
    )  # fmt: skip
    wanted = {str(row["id"]): {"is_current": not row["is_current"]} for row in rows}
    changes = await update_all(connection, BY_NAME["officeHolding"], workspace_id, wanted)
    if changes:
        await record(connection, SCHEDULER, "passOfficesOn", workspace_id, changes)
    return len(changes)


async def due_acts(connection: Connection, today: date) -> list[UUID]:
    """The workspaces in which an act dated ahead takes effect by today, and has not yet."""
    rows = await connection.fetch(
        "select distinct workspace_id from act where not is_in_effect and decided_on <= $1::date", today
    )
    return [row["workspace_id"] for row in rows]


async def put_acts_in_effect(connection: Connection, workspace_id: UUID, today: date) -> int:
    """Acts of an opened workspace take effect on their day: readers are shown what they open, each is journaled."""
    rows = await connection.fetch(
        "select a.id, v.plan_id from act a join plan_version v on v.workspace_id = a.workspace_id"
        " and v.id = a.version_id where a.workspace_id = $1::uuid and not a.is_in_effect and a.decided_on <= $2::date"
        " order by a.decided_on, a.created_at, a.id for no key update of a skip locked",
        workspace_id, today,
    )  # fmt: skip
    wanted = {str(row["id"]): {"is_in_effect": True} for row in rows}
    change = ChangeContext(connection, SCHEDULER, BY_NAME["act"], {}, None, {"workspace_id": str(workspace_id)})
    change.changes += await update_all(connection, BY_NAME["act"], workspace_id, wanted)
    for plan in sorted({row["plan_id"] for row in rows}):
        await show_plan(change, plan)
    if change.changes:
        await record(connection, SCHEDULER, "takeEffect", workspace_id, change.changes)
    return len(rows)


async def due_group_members(connection: Connection, today: date) -> list[UUID]:
    """The memberships of groups that were decided to end by today and still count."""
    rows = await connection.fetch(
        "select id from group_member where ended_at is null and ends_on <= $1::date order by id", today
    )
    return [row["id"] for row in rows]


async def end_group_member(connection: Connection, identifier: UUID, today: date) -> None:
    """A body leaves its group on the day that was decided, with all that leaving entails; journaled."""
    member = BY_NAME["groupMember"]
    image = images.image_of(member, "t")
    found = await connection.fetchval(
        f"select {image}::text from group_member t where t.id = $1::uuid and t.ended_at is null"
        " and t.ends_on <= $2::date for no key update skip locked",
        identifier, today,
    )  # fmt: skip
    if found is None:
        return
    before = images.loads(found)
    after = before | {"ended_at": str(await connection.fetchval("select now()"))}
    change = ChangeContext(connection, SCHEDULER, member, {}, before, after)
    await images.update(connection, member, before, after, before["version"])
    written = await connection.fetchval(f"select {image}::text from group_member t where t.id = $1::uuid", identifier)
    change.changes.append(Change(member.name, before, images.loads(written)))
    await GroupMemberRules().afterwards(change)
    await record(connection, SCHEDULER, "endGroupMember", None, change.changes)
