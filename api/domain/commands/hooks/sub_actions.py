"""A sub-action reaches no farther than the action under which it stands."""

from uuid import UUID

from api.domain.commands.context import ChangeContext
from api.domain.commands.group_offers import update_offers
from api.domain.commands.hooks.base import alter
from api.domain.errors import invalid
from api.domain.rules.counterparts import narrower


async def check_reach(change: ChangeContext) -> None:
    """Give a sub-action the audience of its parent where none is said, or the narrower of both where it moves under it.

    Refuses (`widerThanParent`) an audience said that reaches farther. The parent's row is locked, so that it is not
    narrowed between this look and the commit.
    """
    if change.after["parent_id"] is None or not (change.has_changed("parent_id") or change.has_changed("audience")):
        return
    most: str = await change.connection.fetchval(
        "select audience from action where workspace_id = $1::uuid and id = $2::uuid for share",
        change.workspace_id,
        UUID(change.after["parent_id"]),
    )
    audience = change.after["audience"]
    if "audience" not in change.provided:
        change.after["audience"] = most if change.before is None else narrower(audience, most)
    elif narrower(audience, most) != audience:
        raise invalid("widerThanParent", "audience", audience, most=most)


async def narrow_sub_actions(change: ChangeContext) -> None:
    """Let the sub-actions of an action whose audience was narrowed reach no farther than it does now."""
    if change.before is None or not change.has_changed("audience"):
        return
    most = change.after["audience"]
    rows = await change.connection.fetch(
        "select id, audience from action where workspace_id = $1::uuid and parent_id = $2::uuid order by id",
        change.workspace_id,
        UUID(change.after["id"]),
    )
    wider = [row["id"] for row in rows if narrower(row["audience"], most) != row["audience"]]
    for identifier in wider:
        await alter(change, "action", identifier, {"audience": most})
    if wider:
        await update_offers(change, *wider)
