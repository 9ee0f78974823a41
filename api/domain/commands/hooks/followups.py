"""A follow-up says how its action stands: it takes that from the action, sets it, or speaks of another day."""

from typing import Any
from uuid import UUID

from api.domain.actor import Membership, Role
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.hooks.base import Alongside, Hooks, reread
from api.domain.enumerations.common import Audience, Health
from api.domain.errors import Conflict, invalid
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.partners import TO_PARTNERS
from api.domain.rules.meaningful_fields import meaningless_in

STANDING = ("status", "progress", "health")
SET_ON_NOTE = (*STANDING, "health_reason")
SET_ON_ACTION = (*STANDING, "health_reason", "status_reason")


class FollowUpRules(Hooks, concept="followUp"):
    async def alongside(self, change: ChangeContext) -> list[Alongside]:
        """What the note sets on its action, when its author read the version that stands."""
        await _enter_workspace(change)
        version = change.provided.get("action_version")
        if version is None and change.provided.get("status_reason") is not None:
            raise invalid("required", "actionVersion")  # a note keeps no reason of a move: it would be lost
        words = {name: change.provided[name] for name in SET_ON_ACTION if change.provided.get(name) is not None}
        if version is None or not words:
            return []
        if change.provided.get("noted_on", str(today())) != str(today()):
            raise invalid("onlyOfToday", "notedOn", change.provided["noted_on"])
        return [Alongside("action", UUID(change.after["action_id"]), words, version)]

    async def on_create(self, change: ChangeContext) -> None:
        change.after["noted_on"] = change.after["noted_on"] or str(today())
        _sign(change)
        action = await _action(change)
        _check_standing(change, action)
        for name in STANDING:
            if change.provided.get(name) is None:
                change.after[name] = action[name]
        if change.provided.get("health_reason") is None and change.after["health"] == action["health"]:
            change.after["health_reason"] = action["health_reason"]
        _check_meaning(change, action)
        _check_audience(change)

    async def on_update(self, change: ChangeContext) -> None:
        own = {str(change.actor.organisation_id), *map(str, change.actor.houses(*Role))}
        if change.after["organisation_id"] not in own and set(change.provided) - {"audience"}:
            raise Conflict("writtenByOther", organisationId=change.after["organisation_id"])
        if (
            change.after["health"] == Health.GOOD
            and change.has_changed("health")
            and "health_reason" not in change.provided
        ):
            change.after["health_reason"] = None  # it explained the health that the note no longer says
        if any(change.has_changed(name) for name in ("noted_on", *SET_ON_NOTE)):
            action = await _action(change)
            _check_standing(change, action)
            _check_meaning(change, action)
        _check_audience(change)


async def _enter_workspace(change: ChangeContext) -> None:
    """A partner acts in no workspace: its note lives in that of the action."""
    if change.actor.workspace_id is None:
        workspace = await change.connection.fetchval(
            "select workspace_id from action where id = $1::uuid", UUID(change.after["action_id"])
        )
        change.after["workspace_id"] = str(workspace)


async def _action(change: ChangeContext) -> Image:
    """The action as it stands, which nobody changes before the note is written."""
    action = UUID(change.after["action_id"])
    await change.connection.execute(
        "select from action where workspace_id = $1::uuid and id = $2::uuid for share", change.workspace_id, action
    )
    return await reread(change, BY_NAME["action"], action)


def _check_standing(change: ChangeContext, action: Image) -> None:
    """A note of today does not contradict its action, and none speaks of a day to come."""
    day = change.after["noted_on"]
    if day is not None and day > str(today()):
        raise invalid("notYetCome", "notedOn", day)
    if day != str(today()):
        return
    for name in SET_ON_NOTE:
        provided: Any = change.provided.get(name)
        if provided is not None and provided != action[name]:
            raise invalid("contradictsAction", change.resource.wire(name), provided, now=action[name])


def _check_meaning(change: ChangeContext, action: Image) -> None:
    """Refuse a percentage of what has none, and a reason for a good health."""
    for meaning in meaningless_in({**action, "health": change.after["health"]}):
        value = change.provided.get(meaning.field)
        if value is not None and change.has_changed(meaning.field):
            raise invalid(meaning.refusal, change.resource.wire(meaning.field), value)


def _sign(change: ChangeContext) -> None:
    """Who writes: the organisation in whose name, the role, and the person whom the membership names."""
    member = _author(change)
    organisation = change.actor.organisation_id or member.organisation_id
    change.after |= {
        "organisation_id": str(organisation),
        "author_role": member.role,
        "author_person_id": str(member.person_id) if member.person_id else None,
    }


def _author(change: ChangeContext) -> Membership:
    """The membership by which the actor writes: one that names a person before one that does not."""
    writing = [m for m in change.actor.memberships if m.role in (Role.PARTNER, Role.ADMINISTRATION, Role.AGENT)]
    return min(writing, key=lambda m: (m.person_id is None, m.role))


def _check_audience(change: ChangeContext) -> None:
    """What a partner writes is meant for the partners of the action, or for more."""
    if Role.PARTNER not in change.actor.roles:
        return
    if change.before is None and "audience" not in change.provided:
        change.after["audience"] = Audience.PARTNERS
    if change.has_changed("audience") and change.after["audience"] not in TO_PARTNERS[:1]:
        raise invalid("partnersOnly", "audience", change.after["audience"])
