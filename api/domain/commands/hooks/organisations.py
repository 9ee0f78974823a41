"""The shared directory: one body has one entry, kept by whoever entered it until its own members do. And people,
who leave."""

from uuid import UUID

from api.domain.commands.context import ChangeContext, today
from api.domain.commands.hooks.administrators import end_memberships_of, refuse_foreign_units
from api.domain.commands.hooks.base import Hooks
from api.domain.errors import invalid


class OrganisationRules(Hooks, concept="organisation"):
    async def find_existing(self, change: ChangeContext) -> UUID | None:
        """Entering a body whose enterprise number is known answers the entry that is there (`model.md` §1)."""
        number = change.after["enterprise_number"]
        if number is None:
            return None
        found: UUID | None = await change.connection.fetchval(
            "select id from organisation where enterprise_number = $1", number
        )
        return found

    async def on_create(self, change: ChangeContext) -> None:
        if change.actor.workspace_id is not None:
            change.after["steward_workspace_id"] = str(change.actor.workspace_id)


class PersonRules(Hooks, concept="person"):
    """That somebody left is said on the day or later: what is seen never waits for a date to come."""

    async def on_create(self, change: ChangeContext) -> None:
        _check_day(change)

    async def on_update(self, change: ChangeContext) -> None:
        _check_day(change)
        if change.provided.get("ends_memberships"):
            if change.after["left_on"] is None:
                raise invalid("onlyOnceLeft", "endsMemberships", value=True)
            await end_memberships_of(change)


class OfficeRules(Hooks, concept="office"):
    """Whoever heads a service approves what it measures: the charge is of a house that its author administers."""

    async def on_create(self, change: ChangeContext) -> None:
        await refuse_foreign_units(change, "unit_id")

    async def on_update(self, change: ChangeContext) -> None:
        await refuse_foreign_units(change, "unit_id")


class OfficeHoldingRules(Hooks, concept="officeHolding"):
    """A holding counts from its first day until the day on which the office passes on (`model.md` §3)."""

    async def on_create(self, change: ChangeContext) -> None:
        _count(change)

    async def on_update(self, change: ChangeContext) -> None:
        _count(change)


def _count(change: ChangeContext) -> None:
    change.after["is_current"] = is_current(change.after["starts_on"], change.after["ends_on"])


def is_current(starts_on: str, ends_on: str | None) -> bool:
    """Whether a holding with these days counts today."""
    return starts_on <= str(today()) and (ends_on is None or ends_on > str(today()))


def _check_day(change: ChangeContext) -> None:
    left_on = change.after["left_on"]
    if left_on is not None and change.has_changed("left_on") and left_on > str(today()):
        raise invalid("notYetCome", "leftOn", left_on)
