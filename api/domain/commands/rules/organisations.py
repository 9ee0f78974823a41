"""The shared directory: one body has one entry, kept by whoever entered it until its own members do. And people,
who leave."""

from uuid import UUID

from api.domain.commands.change import Undertaking, today
from api.domain.commands.rules.administrators import end_memberships_of, refuse_foreign_units
from api.domain.commands.rules.base import Rules
from api.domain.errors import invalid


class OrganisationRules(Rules):
    async def known(self, under: Undertaking) -> UUID | None:
        """Entering a body whose enterprise number is known answers the entry that is there (`model.md` §1)."""
        number = under.after["enterprise_number"]
        if number is None:
            return None
        found: UUID | None = await under.connection.fetchval(
            "select id from organisation where enterprise_number = $1", number
        )
        return found

    async def on_create(self, under: Undertaking) -> None:
        if under.actor.workspace_id is not None:
            under.after["steward_workspace_id"] = str(under.actor.workspace_id)


class PersonRules(Rules):
    """That somebody left is said on the day or later: what is seen never waits for a date to come."""

    async def on_create(self, under: Undertaking) -> None:
        _check_day(under)

    async def on_update(self, under: Undertaking) -> None:
        _check_day(under)
        if under.said.get("ends_memberships"):
            if under.after["left_on"] is None:
                raise invalid("onlyOnceLeft", "endsMemberships", value=True)
            await end_memberships_of(under)


class OfficeRules(Rules):
    """Whoever heads a service approves what it measures: the charge is of a house that its author administers."""

    async def on_create(self, under: Undertaking) -> None:
        await refuse_foreign_units(under, "unit_id")

    async def on_update(self, under: Undertaking) -> None:
        await refuse_foreign_units(under, "unit_id")


class OfficeHoldingRules(Rules):
    """A holding counts from its first day until the day on which the office passes on (`model.md` §3)."""

    async def on_create(self, under: Undertaking) -> None:
        _count(under)

    async def on_update(self, under: Undertaking) -> None:
        _count(under)


def _count(under: Undertaking) -> None:
    under.after["is_current"] = is_current(under.after["starts_on"], under.after["ends_on"])


def is_current(starts_on: str, ends_on: str | None) -> bool:
    """Whether a holding with these days counts today."""
    return starts_on <= str(today()) and (ends_on is None or ends_on > str(today()))


def _check_day(under: Undertaking) -> None:
    left_on = under.after["left_on"]
    if left_on is not None and under.changed("left_on") and left_on > str(today()):
        raise invalid("notYetCome", "leftOn", left_on)
