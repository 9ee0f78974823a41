"""Taking up an action of a group in one's own plans, and letting it go again."""

from typing import Any
from uuid import UUID

from api.domain.commands import nested
from api.domain.commands.context import ChangeContext, Image, today
from api.domain.commands.group_offers import claims_of, copied_fields_of_claim
from api.domain.commands.group_release import note_release, release_counterpart
from api.domain.commands.group_rows import CrossWorkspaceWriter
from api.domain.commands.hooks.base import Hooks, alter, reread
from api.domain.errors import Conflict, Invalid, invalid
from api.domain.identifiers import new_id
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.row_security import open_workspaces
from api.domain.rules.counterparts import FOLLOWED
from api.domain.rules.meaningful_fields import meaningless_in

TAKE_UP = "createCounterpart"
RELEASE = "updateCounterpart"
SINCE_CREATION = ("status_reason", "postponements", "planned_end_reason")
"""What moves and postponements leave on an action; creating it does not take them."""
COPIED = tuple(name for name in FOLLOWED if name not in SINCE_CREATION)


class CounterpartRules(Hooks, concept="counterpart"):
    async def on_create(self, change: ChangeContext) -> None:
        """Make the action that follows, its claim in the member's part of the group's plan, and its place."""
        for name in ("objective_id", "own_code"):
            if change.provided.get(name) is not None and change.provided.get("plan_id") is None:
                raise invalid("required", "planId")
        group = await _group_of(change)
        async with open_workspaces(change.connection, [group]):
            claims = await claims_of(change.connection, group, UUID(change.after["origin_action_id"]))
        for claim in _living(claims):  # before the offer is locked: making a plan takes its time
            await _part_of(change, group, claim)
        async with open_workspaces(change.connection, [group]):
            change.aside["member"] = str(await _member_of(change, group))
            origin, claims = await _origin_of(change, group)
        action = await _copy(change, group, origin)
        change.after |= {"action_id": action["id"], "origin_workspace_id": str(group)}
        for claim in _living(claims):
            await _mark(change, group, UUID(action["id"]), claim)
        await _place(change, action["id"])

    async def on_update(self, change: ChangeContext) -> None:
        assert change.before is not None
        is_over = change.before["released_at"] is not None
        if change.provided.get("is_released") is False and is_over:
            raise Conflict("counterpartReleased")
        if change.provided.get("is_released") and not is_over:
            change.after["released_at"] = str(await change.connection.fetchval("select now()::text"))

    async def afterwards(self, change: ChangeContext) -> None:
        """The group learns that its action was taken up, or is no longer; nothing else of the member."""
        group = UUID(change.after["origin_workspace_id"])
        if change.before is None:
            async with open_workspaces(change.connection, [group]):
                await CrossWorkspaceWriter(change, group, TAKE_UP).insert(
                    "uptake",
                    {
                        "id": str(new_id()), "action_id": change.after["origin_action_id"],
                        "organisation_id": change.aside["member"], "taken_up_on": str(today()),
                        "member_workspace_id": change.after["workspace_id"],
                    },
                )  # fmt: skip
        elif change.has_changed("released_at"):
            workspace = change.workspace_id
            assert workspace is not None
            await release_counterpart(CrossWorkspaceWriter(change, workspace, RELEASE), change.after)
            async with open_workspaces(change.connection, [group]):
                await note_release(
                    CrossWorkspaceWriter(change, group, RELEASE), UUID(change.after["origin_action_id"]), workspace
                )


def _living(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [claim for claim in claims if not claim["is_withdrawn"] and not claim["is_archived"]]


def _nothing(change: ChangeContext) -> Invalid:
    """What is not offered to the author does not exist for it."""
    return invalid("referencedResourceNotFound", "originActionId", change.after["origin_action_id"])


async def _group_of(change: ChangeContext) -> UUID:
    found: UUID | None = await change.connection.fetchval(
        "select workspace_id from group_action where id = $1::uuid and workspace_id <> $2::uuid",
        UUID(change.after["origin_action_id"]),
        change.workspace_id,
    )
    if found is None:
        raise _nothing(change)
    return found


async def _member_of(change: ChangeContext, group: UUID) -> UUID:
    """The member through which the author's workspace belongs to the group; it cannot leave before the commit."""
    found = await change.connection.fetch(
        "select m.organisation_id from group_member m join workspace_organisation h"
        " on h.organisation_id = m.organisation_id and h.workspace_id = $2::uuid"
        " where m.group_id = $1::uuid and m.ended_at is null"
        " order by m.organisation_id = $3::uuid desc, m.id for share of m",
        group,
        change.workspace_id,
        UUID(change.after["organisation_id"]),
    )
    if not found:
        raise _nothing(change)
    member: UUID = found[0][0]
    return member


async def _origin_of(change: ChangeContext, group: UUID) -> tuple[Image, list[dict[str, Any]]]:
    """The action with its claims; its offer is locked, so that no change of it can pass unseen before the commit."""
    action = UUID(change.after["origin_action_id"])
    offered = await change.connection.fetchval(
        "select is_offered from group_action where workspace_id = $1::uuid and id = $2::uuid for share", group, action
    )
    if not offered:
        raise _nothing(change)
    image = await CrossWorkspaceWriter(change, group, TAKE_UP).image("action", action)
    return image, await claims_of(change.connection, group, action)


async def _copy(change: ChangeContext, group: UUID, origin: Image) -> Image:
    house = change.after["organisation_id"]
    kind = await change.connection.fetchval("select kind from organisation where id = $1::uuid", UUID(house))
    empty = {meaning.field for meaning in meaningless_in(origin)}
    provided = {name: origin[name] for name in COPIED if name not in empty} | {
        "organisation_id": house,
        "department": "cpas" if kind == "cpas" else "municipality",
        "audience": origin["audience"],
    }
    return await nested.make(
        change, "action", provided,
        **{name: origin[name] for name in SINCE_CREATION},
        origin_workspace_id=str(group), origin_action_id=origin["id"],
    )  # fmt: skip


async def _mark(change: ChangeContext, group: UUID, action: UUID, claim: dict[str, Any]) -> None:
    """Claim the action in the member's part of a plan of the group, under the axis or theme of that plan's claim."""
    part = await _part_of(change, group, claim)
    if part is None:
        return
    words = copied_fields_of_claim(claim) | {"plan_id": part, "action_id": str(action), "own_code": claim["own_code"]}
    words.pop("is_withdrawn")
    made = await nested.make(change, "planAction", words)
    await nested.require(change, BY_NAME["planAction"], "planAction:create", UUID(made["id"]))
    objective = await change.connection.fetchval(
        "with recursive up as (select id, parent_id, 0 as distance from period_item where id = $3::uuid"
        " union all select i.id, i.parent_id, up.distance + 1 from up join period_item i on i.id = up.parent_id)"
        " select o.id from up join objective o on o.period_item_id = up.id where o.workspace_id = $1::uuid"
        " and o.plan_id = $2::uuid and not o.is_resting order by up.distance, o.position limit 1",
        change.workspace_id,
        UUID(part),
        _uuid(claim["period_item_id"] or claim["theme_id"]),
    )
    place = {"plan_id": part, "action_id": str(action), "objective_id": objective and str(objective)}
    await nested.make(change, "placement", place)


async def _part_of(change: ChangeContext, group: UUID, claim: dict[str, Any]) -> str | None:
    """The member's part of a plan of the group: the one it has, or a new one where it knows that kind of plan."""
    found = await _known_part(change, group, claim["plan_id"])
    if found is not None:
        await _reopen(change, found, claim["ends_on"])
    if found is None and claim["type"] is not None:
        await change.connection.execute(
            "select from workspace where id = $1::uuid for no key update", change.workspace_id
        )  # two that take up the first actions of a plan make one part of it
        found = await _known_part(change, group, claim["plan_id"]) or await _new_part(change, group, claim)
    return found


async def _known_part(change: ChangeContext, group: UUID, plan: str) -> str | None:
    found = await change.connection.fetchval(
        "select id from plan where workspace_id = $1::uuid and origin_workspace_id = $2::uuid"
        " and origin_plan_id = $3::uuid",
        change.workspace_id,
        group,
        UUID(plan),
    )
    return found and str(found)


async def _reopen(change: ChangeContext, part: str, ends_on: str | None) -> None:
    """A part that ended when its member left the group goes on with the group's plan, once it takes part again."""
    plan = await reread(change, BY_NAME["plan"], UUID(part))
    if not plan["is_closed"] and plan["ends_on"] is not None and (ends_on is None or plan["ends_on"] < ends_on):
        await alter(change, "plan", UUID(part), {"ends_on": ends_on})


async def _new_part(change: ChangeContext, group: UUID, claim: dict[str, Any]) -> str | None:
    kind = await change.connection.fetchval(
        "select id from plan_type where workspace_id = $1::uuid and reference_code = $2 and not is_archived"
        " order by created_at, id limit 1",
        change.workspace_id,
        claim["type"],
    )
    if kind is None:
        return None
    others = await change.connection.fetch(
        "select organisation_id from workspace_organisation where workspace_id = $1::uuid"
        " and organisation_id <> $2::uuid order by rank",
        change.workspace_id,
        UUID(change.after["organisation_id"]),
    )
    provided = {
        "title": claim["plan_title"], "plan_type_id": str(kind), "organisation_id": change.after["organisation_id"],
        "owners": [str(row[0]) for row in others], "term_id": claim["term_id"], "period_id": claim["period_id"],
        "starts_on": claim["starts_on"], "ends_on": claim["ends_on"],
    }  # fmt: skip
    origin = {"origin_workspace_id": str(group), "origin_plan_id": claim["plan_id"]}
    made = await nested.make(change, "plan", provided, **origin)
    await nested.require(change, BY_NAME["plan"], "plan:create", UUID(made["id"]))
    return str(made["id"])


async def _place(change: ChangeContext, action: str) -> None:
    """Where the member's own plan takes it up, usually its PST."""
    provided = change.provided
    if provided.get("plan_id") is None:
        return
    where = {"plan_id": str(provided["plan_id"]), "action_id": action}
    if provided.get("own_code") is not None:
        claim = await nested.make(change, "planAction", {**where, "own_code": provided["own_code"]})
        await nested.require(change, BY_NAME["planAction"], "planAction:create", UUID(claim["id"]))
    objective = provided.get("objective_id")
    made = await nested.make(change, "placement", {**where, "objective_id": objective and str(objective)})
    await nested.require(change, BY_NAME["placement"], "placement:create", UUID(made["id"]))


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
