"""A recurring action has one edition a year, and stays recurring while it has one."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules
from api.domain.errors import Conflict
from api.domain.schemas.enumerations import ActionKind, EditionStatus


class EditionRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """The action is locked, so that its kind is not changed before this edition is there."""
        kind = await under.connection.fetchval(
            "select kind from action where workspace_id = $1::uuid and id = $2::uuid for share",
            under.workspace_id,
            UUID(under.after["action_id"]),
        )
        if kind != ActionKind.RECURRING:
            raise Conflict("notRecurring")
        _finish(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("status"):
            _finish(under)


def _finish(under: Undertaking) -> None:
    if under.after["status"] == EditionStatus.HELD and "progress" not in under.said:
        under.after["progress"] = 100


async def check_without_editions(under: Undertaking) -> None:
    """Refuse with `hasEditions` when the action under way has some, naming their years."""
    years = await under.connection.fetchval(
        "select array_agg(year order by year) from edition where workspace_id = $1::uuid and action_id = $2::uuid",
        under.workspace_id,
        UUID(under.after["id"]),
    )
    if years:
        raise Conflict("hasEditions", years=years)
