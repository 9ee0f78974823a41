"""A recurring action has one edition a year, and stays recurring while it has one."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks
from api.domain.enumerations.common import ActionKind, EditionStatus
from api.domain.errors import Conflict


class EditionRules(Hooks, concept="edition"):
    async def on_create(self, change: ChangeContext) -> None:
        """The action is locked, so that its kind is not changed before this edition is there."""
        kind = await change.connection.fetchval(
            "select kind from action where workspace_id = $1::uuid and id = $2::uuid for share",
            change.workspace_id,
            UUID(change.after["action_id"]),
        )
        if kind != ActionKind.RECURRING:
            raise Conflict("notRecurring")
        _finish(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("status"):
            _finish(change)


def _finish(change: ChangeContext) -> None:
    if change.after["status"] == EditionStatus.HELD and "progress" not in change.provided:
        change.after["progress"] = 100


async def check_without_editions(change: ChangeContext) -> None:
    """Refuse with `hasEditions` when the action under way has some, naming their years."""
    years = await change.connection.fetchval(
        "select array_agg(year order by year) from edition where workspace_id = $1::uuid and action_id = $2::uuid",
        change.workspace_id,
        UUID(change.after["id"]),
    )
    if years:
        raise Conflict("hasEditions", years=years)
