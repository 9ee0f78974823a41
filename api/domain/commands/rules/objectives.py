"""The tree of objectives: levels descend, no loops, and a move writes one row."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules, check_plan_open, place
from api.domain.commands.rules.periods import check_items, period_of
from api.domain.errors import Conflict, invalid
from api.domain.schemas.enumerations import PeriodItemKind

SIBLINGS = (
    "from objective where workspace_id = $1::uuid and plan_id = $2::uuid"
    " and parent_id is not distinct from $3::uuid and id <> $4::uuid"
)

ALONE = "no key update"
"""How the plan's row is locked by who gives an objective its place: two opposite moves could close a loop."""


class ObjectiveRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"], ALONE)
        await _check_parent(under)
        await _take_strand(under)
        await _check_period_item(under)
        await _place(under)

    async def on_update(self, under: Undertaking) -> None:
        is_moved = under.changed("parent_id") or under.changed("level")
        await check_plan_open(under, under.after["plan_id"], ALONE if is_moved else "share")
        if is_moved:
            await _check_parent(under)
            await _check_children(under)
        if under.changed("period_item_id"):
            await _check_period_item(under)
        if under.changed("parent_id") or "place_after" in under.said:
            await _place(under)

    async def on_delete(self, under: Undertaking) -> None:
        await check_plan_open(under, under.after["plan_id"])


async def _check_period_item(under: Undertaking) -> None:
    """An objective is an axis or a theme of its own plan's period only."""
    item = under.after["period_item_id"]
    if item is not None:
        kinds = (PeriodItemKind.AXIS, PeriodItemKind.THEME)
        await check_items(under.connection, await period_of(under), [item], kinds, "periodItemId")


async def _take_strand(under: Undertaking) -> None:
    """An objective stands in the strand of its parent, unless it says which."""
    if under.after["parent_id"] and "strand_id" not in under.said:
        strand = await under.connection.fetchval(
            "select strand_id from objective where workspace_id = $1::uuid and id = $2::uuid",
            under.workspace_id,
            UUID(under.after["parent_id"]),
        )
        under.after["strand_id"] = str(strand) if strand else None


async def _place(under: Undertaking) -> None:
    parent = under.after["parent_id"]
    await place(
        under,
        SIBLINGS,
        under.workspace_id,
        UUID(under.after["plan_id"]),
        UUID(parent) if parent else None,
        UUID(under.after["id"]),
    )


async def _check_parent(under: Undertaking) -> None:
    """The parent stands in the same plan, on a level above, and not below the objective itself."""
    if under.after["parent_id"] is None:
        return
    ancestors = await under.connection.fetch(
        "with recursive up as ("
        " select id, parent_id, level, plan_id, is_resting from objective"
        " where workspace_id = $1::uuid and id = $2::uuid"
        " union select o.id, o.parent_id, o.level, o.plan_id, o.is_resting from up join objective o"
        " on o.workspace_id = $1::uuid and o.id = up.parent_id) select id, level, plan_id, is_resting from up",
        under.workspace_id,
        UUID(under.after["parent_id"]),
    )
    if str(ancestors[0]["plan_id"]) != under.after["plan_id"]:
        raise invalid("otherPlan", "parentId", under.after["parent_id"])
    if ancestors[0]["is_resting"]:
        raise Conflict("objectiveResting", objectiveId=under.after["parent_id"])
    if any(str(a["id"]) == under.after["id"] for a in ancestors):
        raise Conflict("treeLoop", parentId=under.after["parent_id"])
    if ancestors[0]["level"] >= under.after["level"]:
        raise invalid("levelBelowParent", "level", under.after["level"], parentLevel=ancestors[0]["level"])


async def _check_children(under: Undertaking) -> None:
    highest = await under.connection.fetchval(
        "select min(level) from objective where workspace_id = $1::uuid and parent_id = $2::uuid",
        under.workspace_id,
        UUID(under.after["id"]),
    )
    if highest is not None and highest <= under.after["level"]:
        raise invalid("levelAboveChildren", "level", under.after["level"], childLevel=highest)
