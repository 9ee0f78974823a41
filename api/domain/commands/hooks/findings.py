"""A plan takes up findings in an order of its own, while it is open."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks, check_plan_open, place

SIBLINGS = "from plan_finding where workspace_id = $1::uuid and plan_id = $2::uuid and id <> $3::uuid"


class PlanFindingRules(Hooks, concept="planFinding"):
    async def on_create(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])
        await _place(change)

    async def on_update(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])
        if "place_after" in change.provided:
            await _place(change)

    async def on_delete(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])


async def _place(change: ChangeContext) -> None:
    await place(change, SIBLINGS, change.workspace_id, UUID(change.after["plan_id"]), UUID(change.after["id"]))
