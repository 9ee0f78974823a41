"""The items of a DPC: two levels, sections and what they hold, in the order of the declaration."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.hooks.base import Hooks, place
from api.domain.errors import invalid

SIBLINGS = "from dpc_item where workspace_id = $1::uuid and dpc_id = $2::uuid and id <> $3::uuid"


class DpcItemRules(Hooks, concept="dpcItem"):
    async def on_create(self, change: ChangeContext) -> None:
        await _check_parent(change)
        await _place(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("parent_id"):
            await _check_parent(change)
        if "place_after" in change.provided:
            await _place(change)


async def _place(change: ChangeContext) -> None:
    await place(change, SIBLINGS, change.workspace_id, UUID(change.after["dpc_id"]), UUID(change.after["id"]))


async def _check_parent(change: ChangeContext) -> None:
    """An item stands in a section of its own declaration; a section stands in none."""
    parent = change.after["parent_id"]
    if parent is None:
        return
    is_section = await change.connection.fetchval(
        "select is_section from dpc_item where workspace_id = $1::uuid and dpc_id = $2::uuid and id = $3::uuid",
        change.workspace_id, UUID(change.after["dpc_id"]), UUID(parent),
    )  # fmt: skip
    if change.after["is_section"] or not is_section:
        raise invalid("notASection", "parentId", parent)
