"""Where a plan puts an action: claims, positions, and shares that always make a whole."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.group_offers import update_offers
from api.domain.commands.hooks.base import Hooks, add, alter, check_plan_open, place
from api.domain.commands.hooks.periods import check_items, period_of
from api.domain.enumerations.common import PeriodItemKind
from api.domain.errors import Conflict
from api.domain.identifiers import new_id
from api.domain.resources.following import NOT_FOLLOWING
from api.domain.rules.counterparts import FOLLOWED_BY_CLAIM

SIBLINGS = (
    "from placement where workspace_id = $1::uuid and plan_id = $2::uuid"
    " and objective_id is not distinct from $3::uuid and id <> $4::uuid"
)
TWINS = "workspace_id = $1::uuid and plan_id = $2::uuid and action_id = $3::uuid and id <> $4::uuid"


class PlacementRules(Hooks, concept="placement"):
    async def on_create(self, change: ChangeContext) -> None:
        after = change.after
        await check_plan_open(change, after["plan_id"])
        await _claim(change)
        if not await _twins(change):
            if "weight" not in change.provided:
                after["weight"] = 1
            after["is_main"] = True
        elif after["is_main"]:
            await _yield_main(change)
        await _place(change)

    async def on_update(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])
        if change.has_changed("is_main") and change.after["is_main"]:
            await _yield_main(change)
        if change.has_changed("objective_id") or "place_after" in change.provided:
            await _place(change)

    async def on_delete(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])

    async def afterwards(self, change: ChangeContext) -> None:
        if any(change.entity == "planAction" for change in change.changes):
            await update_offers(change, UUID(change.after["action_id"]))
        await _check_shares(change)
        if change.after["state"] == "active" and (change.has_changed("objective_id") or change.has_changed("state")):
            await _check_at_work(change)


class PlanActionRules(Hooks, concept="planAction"):
    async def on_create(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])
        await _check_period(change)

    async def on_update(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])
        await _check_period(change)
        if own := [name for name in FOLLOWED_BY_CLAIM if change.has_changed(name)]:
            await _check_own(change, own)

    async def on_delete(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])

    async def afterwards(self, change: ChangeContext) -> None:
        await update_offers(change, UUID(change.after["action_id"]))


def _keys(change: ChangeContext) -> tuple[UUID | None, UUID, UUID, UUID]:
    after = change.after
    return change.workspace_id, UUID(after["plan_id"]), UUID(after["action_id"]), UUID(after["id"])


async def _place(change: ChangeContext) -> None:
    workspace, plan, _, own = _keys(change)
    objective = change.after["objective_id"]
    await place(change, SIBLINGS, workspace, plan, UUID(objective) if objective else None, own)


async def _check_period(change: ChangeContext) -> None:
    """The action code and the rights are those of the plan's programming period."""
    after = change.after
    code = [after["period_item_id"]] if after["period_item_id"] and change.has_changed("period_item_id") else []
    rights = after["right_ids"] if change.has_changed("right_ids") else []
    if code or rights:
        period = await period_of(change)
        await check_items(change.connection, period, code, (PeriodItemKind.ACTION_CODE,), "periodItemId")
        await check_items(change.connection, period, rights, (PeriodItemKind.RIGHT,), "rightIds")


async def _claim(change: ChangeContext) -> None:
    """Placing an action that the plan does not claim yet claims it; one that was withdrawn returns."""
    workspace, plan, action, _ = _keys(change)
    found = await change.connection.fetchrow(
        "select id, is_withdrawn from plan_action"
        " where workspace_id = $1::uuid and plan_id = $2::uuid and action_id = $3::uuid for update",
        workspace, plan, action,
    )  # fmt: skip
    if found is None:
        words = {
            "id": str(new_id()),
            "workspace_id": str(workspace),
            "plan_id": str(plan),
            "action_id": str(action),
        }
        await add(change, "planAction", words)
    elif found["is_withdrawn"]:
        await _check_own(change, ["is_withdrawn"])
        await alter(change, "planAction", found["id"], {"is_withdrawn": False})


async def _check_own(change: ChangeContext, names: list[str]) -> None:
    """Refuse to change what a claim copies of the claim of a group."""
    is_own = await change.connection.fetchval(
        f"select {NOT_FOLLOWING.sql.replace('{t}', 't')} from (select $1::uuid as workspace_id, $2::uuid as plan_id,"
        " $3::uuid as action_id) t",
        *_keys(change)[:3],
    )
    if not is_own:
        raise Conflict("followsGroup", fields=[change.resource.wire(name) for name in names])


async def _twins(change: ChangeContext) -> bool:
    found: bool = await change.connection.fetchval(
        f"select exists (select from placement where {TWINS} and state = 'active')", *_keys(change)
    )
    return found


async def _yield_main(change: ChangeContext) -> None:
    """One placement of an action is the main one in a plan: the former one becomes secondary."""
    former = await change.connection.fetchval(f"select id from placement where {TWINS} and is_main", *_keys(change))
    if former is not None:
        await alter(change, "placement", former, {"is_main": False})


async def _check_at_work(change: ChangeContext) -> None:
    """Nothing stands actively under an objective that a conversion set to rest."""
    objective = change.after["objective_id"]
    is_resting = await change.connection.fetchval(
        "select is_resting from objective where workspace_id = $1::uuid and id = $2::uuid",
        change.workspace_id,
        UUID(objective) if objective else None,
    )
    if is_resting:
        raise Conflict("objectiveResting", objectiveId=objective)


async def _check_shares(change: ChangeContext) -> None:
    """While an action is placed in a plan, its weights there make a whole: their sum is above zero."""
    workspace, plan, action, _ = _keys(change)
    await change.connection.execute(
        "select from plan_action where workspace_id = $1::uuid and plan_id = $2::uuid and action_id = $3::uuid"
        " for no key update",
        workspace, plan, action,
    )  # fmt: skip
    total = await change.connection.fetchval(
        "select sum(weight) from placement where workspace_id = $1::uuid and plan_id = $2::uuid"
        " and action_id = $3::uuid and state = 'active'",
        workspace, plan, action,
    )  # fmt: skip
    if total == 0:
        raise Conflict("shareTotal", planId=str(plan), actionId=str(action))
