"""A follow-up says how its action stands: it takes that from the action, sets it, or speaks of another day."""

from typing import Any
from uuid import UUID

from api.domain.actor import Membership, Role
from api.domain.commands.change import Image, Undertaking, today
from api.domain.commands.rules.base import Alongside, Rules, reread
from api.domain.errors import Conflict, invalid
from api.domain.meaning import meaningless_in
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.enumerations import Audience, Health
from api.domain.taking_part import TO_PARTNERS

STANDING = ("status", "progress", "health")
SET_ON_NOTE = (*STANDING, "health_reason")
SET_ON_ACTION = (*STANDING, "health_reason", "status_reason")


class FollowUpRules(Rules):
    async def alongside(self, under: Undertaking) -> list[Alongside]:
        """What the note sets on its action, when its author read the version that stands."""
        await _enter_workspace(under)
        version = under.said.get("action_version")
        if version is None and under.said.get("status_reason") is not None:
            raise invalid("required", "actionVersion")  # a note keeps no reason of a move: it would be lost
        words = {name: under.said[name] for name in SET_ON_ACTION if under.said.get(name) is not None}
        if version is None or not words:
            return []
        if under.said.get("noted_on", str(today())) != str(today()):
            raise invalid("onlyOfToday", "notedOn", under.said["noted_on"])
        return [Alongside("action", UUID(under.after["action_id"]), words, version)]

    async def on_create(self, under: Undertaking) -> None:
        under.after["noted_on"] = under.after["noted_on"] or str(today())
        _sign(under)
        action = await _action(under)
        _check_standing(under, action)
        for name in STANDING:
            if under.said.get(name) is None:
                under.after[name] = action[name]
        if under.said.get("health_reason") is None and under.after["health"] == action["health"]:
            under.after["health_reason"] = action["health_reason"]
        _check_meaning(under, action)
        _check_audience(under)

    async def on_update(self, under: Undertaking) -> None:
        own = {str(under.actor.organisation_id), *map(str, under.actor.houses(*Role))}
        if under.after["organisation_id"] not in own and set(under.said) - {"audience"}:
            raise Conflict("writtenByOther", organisationId=under.after["organisation_id"])
        if under.after["health"] == Health.GOOD and under.changed("health") and "health_reason" not in under.said:
            under.after["health_reason"] = None  # it explained the health that the note no longer says
        if any(under.changed(name) for name in ("noted_on", *SET_ON_NOTE)):
            action = await _action(under)
            _check_standing(under, action)
            _check_meaning(under, action)
        _check_audience(under)


async def _enter_workspace(under: Undertaking) -> None:
    """A partner acts in no workspace: its note lives in that of the action."""
    if under.actor.workspace_id is None:
        workspace = await under.connection.fetchval(
            "select workspace_id from action where id = $1::uuid", UUID(under.after["action_id"])
        )
        under.after["workspace_id"] = str(workspace)


async def _action(under: Undertaking) -> Image:
    """The action as it stands, which nobody changes before the note is written."""
    action = UUID(under.after["action_id"])
    await under.connection.execute(
        "select from action where workspace_id = $1::uuid and id = $2::uuid for share", under.workspace_id, action
    )
    return await reread(under, BY_NAME["action"], action)


def _check_standing(under: Undertaking, action: Image) -> None:
    """A note of today does not contradict its action, and none speaks of a day to come."""
    day = under.after["noted_on"]
    if day is not None and day > str(today()):
        raise invalid("notYetCome", "notedOn", day)
    if day != str(today()):
        return
    for name in SET_ON_NOTE:
        said: Any = under.said.get(name)
        if said is not None and said != action[name]:
            raise invalid("contradictsAction", under.resource.wire(name), said, now=action[name])


def _check_meaning(under: Undertaking, action: Image) -> None:
    """Refuse a percentage of what has none, and a reason for a good health."""
    for meaning in meaningless_in({**action, "health": under.after["health"]}):
        value = under.said.get(meaning.field)
        if value is not None and under.changed(meaning.field):
            raise invalid(meaning.refusal, under.resource.wire(meaning.field), value)


def _sign(under: Undertaking) -> None:
    """Who writes: the organisation in whose name, the role, and the person whom the membership names."""
    member = _author(under)
    organisation = under.actor.organisation_id or member.organisation_id
    under.after |= {
        "organisation_id": str(organisation),
        "author_role": member.role,
        "author_person_id": str(member.person_id) if member.person_id else None,
    }


def _author(under: Undertaking) -> Membership:
    """The membership by which the actor writes: one that names a person before one that does not."""
    writing = [m for m in under.actor.memberships if m.role in (Role.PARTNER, Role.ADMINISTRATION, Role.AGENT)]
    return min(writing, key=lambda m: (m.person_id is None, m.role))


def _check_audience(under: Undertaking) -> None:
    """What a partner writes is meant for the partners of the action, or for more."""
    if Role.PARTNER not in under.actor.roles:
        return
    if under.before is None and "audience" not in under.said:
        under.after["audience"] = Audience.PARTNERS
    if under.changed("audience") and under.after["audience"] not in TO_PARTNERS[:1]:
        raise invalid("partnersOnly", "audience", under.after["audience"])
