"""A plan takes up findings in an order of its own, while it is open."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules, check_plan_open, place

SIBLINGS = "from plan_finding where workspace_id = $1::uuid and plan_id = $2::uuid and id <> $3::uuid"


class PlanFindingRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])
        await _place(under)

    async def on_update(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])
        if "place_after" in under.said:
            await _place(under)

    async def on_delete(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])


async def _place(under: Undertaking) -> None:
    await place(under, SIBLINGS, under.workspace_id, UUID(under.after["plan_id"]), UUID(under.after["id"]))
