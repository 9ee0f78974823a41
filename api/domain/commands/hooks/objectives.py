"""The tree of objectives: levels descend, no loops, and a move writes one row."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks, check_plan_open, place
from api.domain.commands.hooks.periods import check_items, period_of
from api.domain.enumerations.common import PeriodItemKind
from api.domain.errors import Conflict, invalid

SIBLINGS = (
    "from objective where workspace_id = $1::uuid and plan_id = $2::uuid"
    " and parent_id is not distinct from $3::uuid and id <> $4::uuid"
)

ALONE = "no key update"
"""How the plan's row is locked by who gives an objective its place: two opposite moves could close a loop."""


class ObjectiveRules(Hooks, concept="objective"):
    async def on_create(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"], ALONE)
        await _check_parent(change)
        await _take_strand(change)
        await _check_period_item(change)
        await _place(change)

    async def on_update(self, change: ChangeContext) -> None:
        is_moved = change.has_changed("parent_id") or change.has_changed("level")
        await check_plan_open(change, change.after["plan_id"], ALONE if is_moved else "share")
        if is_moved:
            await _check_parent(change)
            await _check_children(change)
        if change.has_changed("period_item_id"):
            await _check_period_item(change)
        if change.has_changed("parent_id") or "place_after" in change.provided:
            await _place(change)

    async def on_delete(self, change: ChangeContext) -> None:
        await check_plan_open(change, change.after["plan_id"])


async def _check_period_item(change: ChangeContext) -> None:
    """An objective is an axis or a theme of its own plan's period only."""
    item = change.after["period_item_id"]
    if item is not None:
        kinds = (PeriodItemKind.AXIS, PeriodItemKind.THEME)
        await check_items(change.connection, await period_of(change), [item], kinds, "periodItemId")


async def _take_strand(change: ChangeContext) -> None:
    """An objective stands in the strand of its parent, unless it says which."""
    if change.after["parent_id"] and "strand_id" not in change.provided:
        strand = await change.connection.fetchval(
            "select strand_id from objective where workspace_id = $1::uuid and id = $2::uuid",
            change.workspace_id,
            UUID(change.after["parent_id"]),
        )
        change.after["strand_id"] = str(strand) if strand else None


async def _place(change: ChangeContext) -> None:
    parent = change.after["parent_id"]
    await place(
        change,
        SIBLINGS,
        change.workspace_id,
        UUID(change.after["plan_id"]),
        UUID(parent) if parent else None,
        UUID(change.after["id"]),
    )


async def _check_parent(change: ChangeContext) -> None:
    """The parent stands in the same plan, on a level above, and not below the objective itself."""
    if change.after["parent_id"] is None:
        return
    ancestors = await change.connection.fetch(
        "with recursive up as ("
        " select id, parent_id, level, plan_id, is_resting from objective"
        " where workspace_id = $1::uuid and id = $2::uuid"
        " union select o.id, o.parent_id, o.level, o.plan_id, o.is_resting from up join objective o"
        " on o.workspace_id = $1::uuid and o.id = up.parent_id) select id, level, plan_id, is_resting from up",
        change.workspace_id,
        UUID(change.after["parent_id"]),
    )
    if str(ancestors[0]["plan_id"]) != change.after["plan_id"]:
        raise invalid("otherPlan", "parentId", change.after["parent_id"])
    if ancestors[0]["is_resting"]:
        raise Conflict("objectiveResting", objectiveId=change.after["parent_id"])
    if any(str(a["id"]) == change.after["id"] for a in ancestors):
        raise Conflict("treeLoop", parentId=change.after["parent_id"])
    if ancestors[0]["level"] >= change.after["level"]:
        raise invalid("levelBelowParent", "level", change.after["level"], parentLevel=ancestors[0]["level"])


async def _check_children(change: ChangeContext) -> None:
    highest = await change.connection.fetchval(
        "select min(level) from objective where workspace_id = $1::uuid and parent_id = $2::uuid",
        change.workspace_id,
        UUID(change.after["id"]),
    )
    if highest is not None and highest <= change.after["level"]:
        raise invalid("levelAboveChildren", "level", change.after["level"], childLevel=highest)
