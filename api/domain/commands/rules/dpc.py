"""The items of a DPC: two levels, sections and what they hold, in the order of the declaration."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.rules.base import Rules, place
from api.domain.errors import invalid

SIBLINGS = "from dpc_item where workspace_id = $1::uuid and dpc_id = $2::uuid and id <> $3::uuid"


class DpcItemRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await _check_parent(under)
        await _place(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("parent_id"):
            await _check_parent(under)
        if "place_after" in under.said:
            await _place(under)


async def _place(under: Undertaking) -> None:
    await place(under, SIBLINGS, under.workspace_id, UUID(under.after["dpc_id"]), UUID(under.after["id"]))


async def _check_parent(under: Undertaking) -> None:
    """An item stands in a section of its own declaration; a section stands in none."""
    parent = under.after["parent_id"]
    if parent is None:
        return
    is_section = await under.connection.fetchval(
        "select is_section from dpc_item where workspace_id = $1::uuid and dpc_id = $2::uuid and id = $3::uuid",
        under.workspace_id, UUID(under.after["dpc_id"]), UUID(parent),
    )  # fmt: skip
    if under.after["is_section"] or not is_section:
        raise invalid("notASection", "parentId", parent)
