"""What an indicator is does not change once it is measured; only like things add up; a locked period stays shut."""

from typing import Any
from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks, place, reread
from api.domain.errors import Conflict, invalid
from api.domain.resources.catalogue import BY_NAME

SIBLINGS = (
    "from indicator where workspace_id = $1::uuid and (action_id = $2::uuid or objective_id = $2::uuid)"
    " and id <> $3::uuid"
)
FIXED_WHEN_MEASURED = ("nature", "quantity", "is_cumulative")
FIXED_WHEN_LINKED = (*FIXED_WHEN_MEASURED, "unit")


class IndicatorRules(Hooks, concept="indicator"):
    async def on_create(self, change: ChangeContext) -> None:
        _check_targets(change)
        await _check_totals(change, change.after["contributes_to_ids"])
        if change.after["action_id"] or change.after["objective_id"]:
            await _place(change)
        else:
            change.after["position"] = ""  # refused by the database, which asks for a bearer

    async def on_update(self, change: ChangeContext) -> None:
        _check_targets(change)
        changed = [name for name in FIXED_WHEN_LINKED if change.has_changed(name)]
        if changed:
            await _check_fixed(change, changed)
        before = change.before or {}
        await _check_totals(change, sorted(set(change.after["contributes_to_ids"]) - set(before["contributes_to_ids"])))
        if "place_after" in change.provided:
            await _place(change)


async def _place(change: ChangeContext) -> None:
    parent = change.after["action_id"] or change.after["objective_id"]
    await place(change, SIBLINGS, change.workspace_id, UUID(parent), UUID(change.after["id"]))


def _check_targets(change: ChangeContext) -> None:
    """Targets stand in the order of their days, one for each, after the baseline."""
    targets = change.after["targets"] = sorted(change.after["targets"], key=lambda target: str(target["due_by"]))
    if targets and change.after["nature"] == "milestone":
        raise invalid("milestoneHasNoFigures", "targets")
    days = [str(target["due_by"]) for target in targets]
    if len(set(days)) < len(days):
        raise invalid("twice", "targets", next(day for day in days if days.count(day) > 1))
    baseline_on = change.after["baseline_on"]
    if days and baseline_on is not None and days[0] <= str(baseline_on):
        raise invalid("targetAfterBaseline", "targets", days[0])


async def _check_fixed(change: ChangeContext, changed: list[str]) -> None:
    """Refuse to make something else of an indicator that is measured, or that adds to another."""
    is_measured, is_linked = await change.connection.fetchrow(
        "select exists (select from measurement where workspace_id = $1::uuid and indicator_id = $2::uuid),"
        " exists (select from indicator_contribution where workspace_id = $1::uuid"
        " and (indicator_id = $2::uuid and total_id = any($3::uuid[]) or total_id = $2::uuid))",
        change.workspace_id, UUID(change.after["id"]), [UUID(total) for total in change.after["contributes_to_ids"]],
    )  # fmt: skip
    fixed = FIXED_WHEN_LINKED if is_linked else FIXED_WHEN_MEASURED if is_measured else ()
    if barred := [change.resource.wire(name) for name in changed if name in fixed]:
        raise Conflict("definitionFixed", fields=barred)


async def _check_totals(change: ChangeContext, totals: list[str]) -> None:
    """An indicator adds to the indicators of objectives that are like it, that nobody measures, and in no circle.

    The indicators named are locked, so that nobody measures or changes them before the commit; and one link is made
    after the other in a workspace, so that no two close a circle that neither sees.
    """
    if totals:
        await change.connection.execute(
            "select from workspace where id = $1::uuid for no key update", change.workspace_id
        )
    for total_id in sorted(map(str, totals)):
        await change.connection.execute(
            "select from indicator where workspace_id = $1::uuid and id = $2::uuid for no key update",
            change.workspace_id, UUID(total_id),
        )  # fmt: skip
        total = await reread(change, BY_NAME["indicator"], UUID(total_id))
        if total["objective_id"] is None:
            raise invalid("totalOfAnObjective", "contributesToIds", total_id)
        _check_alike(change, total)
    if totals and await change.connection.fetchval(HINDERED, *_about(change, totals)):
        raise invalid("totalGathers", "contributesToIds")


HINDERED = """
with recursive above as (
    select unnest($2::uuid[]) as id
    union select c.total_id from above join indicator_contribution c
        on c.workspace_id = $1::uuid and c.indicator_id = above.id)
select exists (select from above where id = $3::uuid)
    or exists (select from measurement where workspace_id = $1::uuid and indicator_id = any($2::uuid[]))
"""


def _about(change: ChangeContext, totals: list[str]) -> tuple[Any, ...]:
    return change.workspace_id, [UUID(str(total)) for total in totals], UUID(change.after["id"])


def _check_alike(change: ChangeContext, total: dict[str, Any]) -> None:
    """Percentages add up by their parts, and what is cumulative by its sum; a level or a head count does not."""
    after = change.after
    adds_up = after["quantity"] == "percentage" or after["is_cumulative"]
    if not adds_up:
        raise invalid("doesNotAddUp", "contributesToIds", total["id"])
    unlike = [name for name in FIXED_WHEN_LINKED if after[name] != total[name]]
    if unlike:
        raise invalid(
            "unlikeTotal", "contributesToIds", total["id"], fields=[change.resource.wire(name) for name in unlike]
        )
