"""A sub-action reaches no farther than the action under which it stands."""

from uuid import UUID

from api.domain.commands.change import Undertaking
from api.domain.commands.group_offers import tell_members
from api.domain.commands.rules.base import alter
from api.domain.errors import invalid
from api.domain.following import narrower


async def check_reach(under: Undertaking) -> None:
    """Give a sub-action the audience of its parent where none is said, or the narrower of both where it moves under it.

    Refuses (`widerThanParent`) an audience said that reaches farther. The parent's row is locked, so that it is not
    narrowed between this look and the commit.
    """
    if under.after["parent_id"] is None or not (under.changed("parent_id") or under.changed("audience")):
        return
    most: str = await under.connection.fetchval(
        "select audience from action where workspace_id = $1::uuid and id = $2::uuid for share",
        under.workspace_id,
        UUID(under.after["parent_id"]),
    )
    audience = under.after["audience"]
    if "audience" not in under.said:
        under.after["audience"] = most if under.before is None else narrower(audience, most)
    elif narrower(audience, most) != audience:
        raise invalid("widerThanParent", "audience", audience, most=most)


async def narrow_sub_actions(under: Undertaking) -> None:
    """Let the sub-actions of an action whose audience was narrowed reach no farther than it does now."""
    if under.before is None or not under.changed("audience"):
        return
    most = under.after["audience"]
    rows = await under.connection.fetch(
        "select id, audience from action where workspace_id = $1::uuid and parent_id = $2::uuid order by id",
        under.workspace_id,
        UUID(under.after["id"]),
    )
    wider = [row["id"] for row in rows if narrower(row["audience"], most) != row["audience"]]
    for identifier in wider:
        await alter(under, "action", identifier, {"audience": most})
    if wider:
        await tell_members(under, *wider)
