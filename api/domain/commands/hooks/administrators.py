"""Each house, and each partner organisation, keeps an administrator for every day to come; and nobody gives rights
that reach beyond the houses it administers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.hooks.base import alter
from api.domain.errors import Conflict, Forbidden
from api.domain.resources.catalogue import BY_NAME
from api.domain.resources.organisations import HOUSES_OF_PERSON

Connection = Any


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a membership counts: from the first, until the day of its end, which is not one of them."""

    first: date
    end: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


def first_day_lost(span: Span, others: Iterable[Span]) -> date | None:
    """The first day of a span that none of the others covers; None when they cover it all."""
    rest, day = list(others), span.first
    while span.end is None or day < span.end:
        covering = [other for other in rest if other.holds(day)]
        if not covering:
            return day
        if any(other.end is None for other in covering):
            return None
        day = max(other.end for other in covering if other.end is not None)
    return None


async def keep_an_administrator(change: ChangeContext) -> None:
    """Refuse with `lastAdministrator` a change of a membership that leaves a house without one on some day to come.

    The workspace's row is locked: two administrators who leave at one time do so one after the other.
    """
    before, after = change.before, change.after
    assert before is not None
    if not before["is_administrator"]:
        return
    workspace, own = UUID(before["workspace_id"]), UUID(before["id"])
    await change.connection.execute("select from workspace where id = $1::uuid for no key update", workspace)
    rows = await change.connection.fetch(_OF_WORKSPACE, workspace)
    if own not in [row["id"] for row in rows]:
        return  # it is of a disabled account, which administers nothing
    for house in await _houses_reached(change.connection, before):
        others = [_span(row) for row in rows if row["id"] != own and _reaches(row, house)]
        stays = [_span(after)] if _administers(after, house) else []
        _refuse_gap(_span(before), [*others, *stays], house)


async def keep_an_administrator_of_organisation(change: ChangeContext) -> None:
    """The same of the members of a partner organisation, whose memberships have no days."""
    before, after = change.before, change.after
    assert before is not None
    if not before["is_administrator"] or (after["is_administrator"] and after["ended_at"] is None):
        return
    organisation, own = UUID(before["organisation_id"]), UUID(before["id"])
    await change.connection.execute("select from organisation where id = $1::uuid for no key update", organisation)
    if not await change.connection.fetchval(
        f"select exists ({_OF_ORGANISATION} and m.id <> $2::uuid)", organisation, own
    ):
        raise Conflict("lastAdministrator", organisationId=str(organisation), day=str(today()))


_OF_WORKSPACE = (
    "select m.id, m.workspace_id, m.organisation_id, m.administers_all_houses, m.starts_on, m.ends_on"
    " from membership m join account a on a.id = m.account_id"
    " where m.is_administrator and m.ended_at is null and a.disabled_at is null and a.stands_for_id is null"
    " and m.workspace_id = $1::uuid"
)
_OF_ORGANISATION = (
    "select from organisation_member m join account a on a.id = m.account_id"
    " where m.is_administrator and m.ended_at is null and a.disabled_at is null and a.stands_for_id is null"
    " and m.organisation_id = $1::uuid"
)


async def _houses_reached(connection: Connection, member: Any) -> list[UUID]:
    """The houses that a membership administers."""
    if not member["administers_all_houses"]:
        return [UUID(str(member["organisation_id"]))]
    rows = await connection.fetch(
        "select organisation_id from workspace_organisation where workspace_id = $1::uuid order by rank",
        UUID(str(member["workspace_id"])),
    )
    return [row["organisation_id"] for row in rows]


def _administers(image: Image, house: UUID) -> bool:
    return bool(image["is_administrator"]) and image["ended_at"] is None and _reaches(image, house)


def _reaches(member: Any, house: UUID) -> bool:
    return bool(member["administers_all_houses"]) or str(member["organisation_id"]) == str(house)


def _span(row: Any) -> Span:
    """The days of a row or image, none of them past."""
    first, end = (
        date.fromisoformat(day) if isinstance(day, str) else day for day in (row["starts_on"], row["ends_on"])
    )
    return Span(max(first or today(), today()), end)


def _refuse_gap(lost: Span, kept: list[Span], house: UUID) -> None:
    day = first_day_lost(lost, kept)
    if day is not None:
        raise Conflict("lastAdministrator", organisationId=str(house), day=str(day))


def houses_administered(actor: Actor) -> list[UUID] | None:
    """The houses for which the actor holds the administrator grant; None when it holds it for all."""
    granted = [member for member in actor.memberships if member.is_administrator]
    if any(member.administers_all_houses for member in granted):
        return None
    return sorted({member.organisation_id for member in granted if member.organisation_id is not None})


async def refuse_foreign_units(change: ChangeContext, field: str) -> None:
    """Refuse (403) the right over a service of a house that the author does not administer, unless it was there."""
    houses, provided = houses_administered(change.actor), change.after[field]
    kept = (change.before or {}).get(field)
    new = set(provided if isinstance(provided, list) else [provided]) - set(kept if isinstance(kept, list) else [kept])
    if houses is None or change.actor.workspace_id is None or not new - {None}:
        return
    is_beyond = await change.connection.fetchval(
        "select exists (select from unit where workspace_id = $1::uuid and id = any($2::uuid[])"
        " and organisation_id <> all($3::uuid[]))",
        change.actor.workspace_id, [UUID(unit) for unit in new if unit is not None], houses,
    )  # fmt: skip
    if is_beyond:
        raise _beyond(change, field)


async def refuse_foreign_person(change: ChangeContext) -> None:
    """Refuse (403) to let an account act as a person of a house that the author does not administer, as which that
    account does not act yet: its holder would answer for what the person answers for."""
    houses, person = houses_administered(change.actor), change.after["person_id"]
    if houses is None or person is None or not change.has_changed("person_id"):
        return
    is_beyond = await change.connection.fetchval(
        f"select exists (select from person y, lateral ({HOUSES_OF_PERSON.format(t='y')}) h(house)"
        " where y.workspace_id = $1::uuid and y.id = $2::uuid and h.house <> all($3::uuid[]))"
        " and not exists (select from membership m where m.workspace_id = $1::uuid and m.person_id = $2::uuid"
        " and m.account_id = $4::uuid and m.ended_at is null)",
        change.workspace_id, UUID(person), houses, UUID(change.after["account_id"]),
    )  # fmt: skip
    if is_beyond:
        raise _beyond(change, "person_id")


def _beyond(change: ChangeContext, field: str) -> Forbidden:
    verb = "create" if change.before is None else "update"
    return Forbidden(f"{change.resource.name}:{verb}", [change.resource.wire(field)])


async def end_memberships_of(change: ChangeContext) -> None:
    """End today every membership of a person who left, each journaled with the command.

    Refuses (403) when one of them is of a house that the author does not administer, and (409) what would leave a house
    without administrator.
    """
    membership = BY_NAME["membership"]
    rows = await change.connection.fetch(
        f"select {images.image_of(membership, 't')}::text from membership t where t.workspace_id = $1::uuid"
        " and t.person_id = $2::uuid and t.ended_at is null order by t.id for no key update",
        change.workspace_id, UUID(change.after["id"]),
    )  # fmt: skip
    houses = houses_administered(change.actor)
    for row in rows:
        before = images.loads(row[0])
        is_own = houses is None or (UUID(before["organisation_id"]) in houses and not before["administers_all_houses"])
        if not is_own:
            raise Forbidden("membership:update", ["endsMemberships"])
        now = await change.connection.fetchval("select now()::text")
        ends_on = min(before["ends_on"] or str(today()), str(today()))
        words = {"ended_at": now, "ends_on": ends_on}
        await keep_an_administrator(
            ChangeContext(change.connection, change.actor, membership, {}, before, before | words)
        )
        await alter(change, "membership", UUID(before["id"]), words)
