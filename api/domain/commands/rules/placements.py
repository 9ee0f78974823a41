"""Where a plan puts an action: claims, positions, and shares that always make a whole."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.group_offers import tell_members
from api.domain.commands.rules.base import Rules, add, alter, check_plan_open, place
from api.domain.commands.rules.periods import check_items, period_of
from api.domain.errors import Conflict
from api.domain.following import FOLLOWED_BY_CLAIM
from api.domain.identifiers import new_id
from api.domain.resources.following import NOT_FOLLOWING
from api.domain.schemas.enumerations import PeriodItemKind

SIBLINGS = (
    "from placement where workspace_id = $1::uuid and plan_id = $2::uuid"
    " and objective_id is not distinct from $3::uuid and id <> $4::uuid"
)
TWINS = "workspace_id = $1::uuid and plan_id = $2::uuid and action_id = $3::uuid and id <> $4::uuid"


class PlacementRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        after = under.after
        await check_plan_open(under, after["plan_id"])
        await _claim(under)
        if not await _twins(under):
            if "weight" not in under.said:
                after["weight"] = 1
            after["is_main"] = True
        elif after["is_main"]:
            await _yield_main(under)
        await _place(under)

    async def on_update(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])
        if under.changed("is_main") and under.after["is_main"]:
            await _yield_main(under)
        if under.changed("objective_id") or "place_after" in under.said:
            await _place(under)

    async def on_delete(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])

    async def afterwards(self, under: Undertaking) -> None:
        if any(change.entity == "planAction" for change in under.changes):
            await tell_members(under, UUID(under.after["action_id"]))
        await _check_shares(under)
        if under.after["state"] == "active" and (under.changed("objective_id") or under.changed("state")):
            await _check_at_work(under)


class PlanActionRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])
        await _check_period(under)

    async def on_update(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])
        await _check_period(under)
        if own := [name for name in FOLLOWED_BY_CLAIM if under.changed(name)]:
            await _check_own(under, own)

    async def on_delete(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])

    async def afterwards(self, under: Undertaking) -> None:
        await tell_members(under, UUID(under.after["action_id"]))


def _keys(under: Undertaking) -> tuple[UUID | None, UUID, UUID, UUID]:
    after = under.after
    return under.workspace_id, UUID(after["plan_id"]), UUID(after["action_id"]), UUID(after["id"])


async def _place(under: Undertaking) -> None:
    workspace, plan, _, own = _keys(under)
    objective = under.after["objective_id"]
    await place(under, SIBLINGS, workspace, plan, UUID(objective) if objective else None, own)


async def _check_period(under: Undertaking) -> None:
    """The action code and the rights are those of the plan's programming period."""
    after = under.after
    code = [after["period_item_id"]] if after["period_item_id"] and under.changed("period_item_id") else []
    rights = after["right_ids"] if under.changed("right_ids") else []
    if code or rights:
        period = await period_of(under)
        await check_items(under.connection, period, code, (PeriodItemKind.ACTION_CODE,), "periodItemId")
        await check_items(under.connection, period, rights, (PeriodItemKind.RIGHT,), "rightIds")


async def _claim(under: Undertaking) -> None:
    """Placing an action that the plan does not claim yet claims it; one that was withdrawn returns."""
    workspace, plan, action, _ = _keys(under)
    found = await under.connection.fetchrow(
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
        await add(under, "planAction", words)
    elif found["is_withdrawn"]:
        await _check_own(under, ["is_withdrawn"])
        await alter(under, "planAction", found["id"], {"is_withdrawn": False})


async def _check_own(under: Undertaking, names: list[str]) -> None:
    """Refuse to change what a claim copies of the claim of a group."""
    is_own = await under.connection.fetchval(
        f"select {NOT_FOLLOWING.sql.replace('{t}', 't')} from (select $1::uuid as workspace_id, $2::uuid as plan_id,"
        " $3::uuid as action_id) t",
        *_keys(under)[:3],
    )
    if not is_own:
        raise Conflict("followsGroup", fields=[under.resource.wire(name) for name in names])


async def _twins(under: Undertaking) -> bool:
    found: bool = await under.connection.fetchval(
        f"select exists (select from placement where {TWINS} and state = 'active')", *_keys(under)
    )
    return found


async def _yield_main(under: Undertaking) -> None:
    """One placement of an action is the main one in a plan: the former one becomes secondary."""
    former = await under.connection.fetchval(f"select id from placement where {TWINS} and is_main", *_keys(under))
    if former is not None:
        await alter(under, "placement", former, {"is_main": False})


async def _check_at_work(under: Undertaking) -> None:
    """Nothing stands actively under an objective that a conversion set to rest."""
    objective = under.after["objective_id"]
    is_resting = await under.connection.fetchval(
        "select is_resting from objective where workspace_id = $1::uuid and id = $2::uuid",
        under.workspace_id,
        UUID(objective) if objective else None,
    )
    if is_resting:
        raise Conflict("objectiveResting", objectiveId=objective)


async def _check_shares(under: Undertaking) -> None:
    """While an action is placed in a plan, its weights there make a whole: their sum is above zero."""
    workspace, plan, action, _ = _keys(under)
    await under.connection.execute(
        "select from plan_action where workspace_id = $1::uuid and plan_id = $2::uuid and action_id = $3::uuid"
        " for no key update",
        workspace, plan, action,
    )  # fmt: skip
    total = await under.connection.fetchval(
        "select sum(weight) from placement where workspace_id = $1::uuid and plan_id = $2::uuid"
        " and action_id = $3::uuid and state = 'active'",
        workspace, plan, action,
    )  # fmt: skip
    if total == 0:
        raise Conflict("shareTotal", planId=str(plan), actionId=str(action))
