"""What a group offers its members, kept beside its actions; and the counterparts that follow these."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands.context import ChangeContext, Image
from api.domain.commands.group_rows import CrossWorkspaceWriter
from api.domain.errors import Conflict
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.row_security import open_workspaces
from api.domain.rules.counterparts import FOLLOWED, FOLLOWED_BY_CLAIM, OFFERED, TO_MEMBERS, narrower
from api.lru_cache import LruCache

FOLLOW = "followOrigin"
"""The command as a member's journal tells it: the group changed what its counterpart follows."""

ACTION, CLAIM, OFFER = BY_NAME["action"], BY_NAME["planAction"], BY_NAME["groupAction"]

_GROUPS: LruCache[UUID, bool] = LruCache(10_000)
"""Which workspaces are groups: the kind of one never changes, and none is removed."""

CLAIMED = """
select coalesce(jsonb_agg(jsonb_build_object('plan_id', c.plan_id, 'plan_title', p.title, 'own_code', c.own_code,
    'label', c.label, 'period_item_id', c.period_item_id, 'delivery', c.delivery, 'is_withdrawn', c.is_withdrawn,
    'is_archived', p.is_archived, 'type', k.reference_code, 'period_id', p.period_id, 'term_id', p.term_id,
    'starts_on', p.starts_on, 'ends_on', p.ends_on,
    'right_ids', (select coalesce(jsonb_agg(r.right_id order by r.right_id), '[]') from plan_action_right r
        where r.workspace_id = c.workspace_id and r.plan_action_id = c.id),
    'theme_id', (select o.period_item_id from placement l join objective o
        on o.workspace_id = l.workspace_id and o.id = l.objective_id where l.workspace_id = c.workspace_id
        and l.plan_id = c.plan_id and l.action_id = c.action_id and l.state = 'active'
        order by l.is_main desc, l.id limit 1)) order by c.plan_id), '[]')::text
from plan_action c join plan p on p.workspace_id = c.workspace_id and p.id = c.plan_id
join plan_type k on k.workspace_id = p.workspace_id and k.id = p.plan_type_id
where c.workspace_id = $1::uuid and c.action_id = $2::uuid
"""


async def claims_of(connection: Any, group: UUID, action: UUID) -> list[dict[str, Any]]:
    """The plans of the group that claim or claimed an action, with their codes for it."""
    claims: list[dict[str, Any]] = json.loads(await connection.fetchval(CLAIMED, group, action))
    return claims


async def update_offers(change: ChangeContext, *actions: UUID) -> None:
    """After a change of these actions or of their claims: what a group offers says so, and what follows follows.

    In any other workspace nothing happens.
    """
    workspace = change.workspace_id
    if workspace is None or not await _is_group(change.connection, workspace):
        return
    for action in actions:
        image = await CrossWorkspaceWriter(change, workspace, FOLLOW).image("action", action)
        claims = await claims_of(change.connection, workspace, action)
        await _offer(change, image, claims)
        await _update_counterparts(change, workspace, image, claims)


async def _is_group(connection: Any, workspace: UUID) -> bool:
    known = _GROUPS.get(workspace)
    if known is None:
        known = await connection.fetchval("select kind = 'group' from workspace where id = $1::uuid", workspace)
        if known is not None:
            _GROUPS.put(workspace, known)
    return known is True


async def changes_for_members(
    connection: Any, actor: Actor, workspace: UUID, changes: Sequence[Change]
) -> list[Change]:
    """What follows, for the members of a group, from changes of claims that a command wrote many at a time."""
    actions = sorted({UUID(change.image["action_id"]) for change in changes if change.entity == CLAIM.name})
    change = ChangeContext(connection, actor, ACTION, {}, None, {"workspace_id": str(workspace)})
    await update_offers(change, *actions)
    return change.changes


async def _offer(change: ChangeContext, action: Image, claims: list[dict[str, Any]]) -> None:
    """Lay out what members read of the action; refuses to hide from members what one of them took up (409)."""
    workspace = UUID(action["workspace_id"])
    here = CrossWorkspaceWriter(change, workspace, FOLLOW)
    known = await here.lock_rows("groupAction", "t.id = $2::uuid", UUID(action["id"]))
    living = [c for c in claims if not c["is_withdrawn"] and not c["is_archived"]]
    reaches = action["audience"] in TO_MEMBERS
    if (
        known
        and not reaches
        and await change.connection.fetchval(
            "select exists (select from uptake where workspace_id = $1::uuid and action_id = $2::uuid"
            " and released_at is null)",
            workspace,
            UUID(action["id"]),
        )
    ):
        raise Conflict("takenUp", fields=["audience"])
    is_offered = reaches and action["status"] != "draft" and not action["is_archived"] and bool(living)
    columns = ("plan_id", "plan_title", "own_code", "period_item_id")
    words = {name: action[name] for name in OFFERED} | {
        "is_offered": is_offered,
        "codes": [{column: claim[column] for column in columns} for claim in living],
    }
    if known:
        await here.write(OFFER, known[0], words)
    elif is_offered:
        await here.insert("groupAction", {**words, "id": action["id"]})


async def _update_counterparts(change: ChangeContext, group: UUID, origin: Image, claims: list[dict[str, Any]]) -> None:
    """Copy what is followed to each counterpart; all rows of all members are locked before any counter is.

    The uptakes are read after the offer was locked: whoever takes the action up meanwhile waits for that, or is
    found here.
    """
    action = UUID(origin["id"])
    members = await change.connection.fetch(
        "select member_workspace_id from uptake where workspace_id = $1::uuid and action_id = $2::uuid"
        " and released_at is null order by member_workspace_id",
        group,
        action,
    )
    if not members:
        return
    async with open_workspaces(change.connection, [row[0] for row in members]):
        for row in members:
            there = CrossWorkspaceWriter(change, row[0], FOLLOW)
            living = "t.origin_workspace_id = $2::uuid and t.origin_action_id = $3::uuid and t.released_at is null"
            for counterpart in await there.lock_rows("counterpart", living, group, action):
                own = UUID(counterpart["action_id"])
                (copy,) = await there.lock_rows("action", "t.id = $2::uuid", own)
                audience = narrower(copy["audience"], origin["audience"])
                await there.write(ACTION, copy, {name: origin[name] for name in FOLLOWED} | {"audience": audience})
                await _update_counterpart_claims(there, group, own, {claim["plan_id"]: claim for claim in claims})


async def _update_counterpart_claims(
    there: CrossWorkspaceWriter, group: UUID, action: UUID, claims: dict[str, dict[str, Any]]
) -> None:
    """The member's part of each plan of the group claims the counterpart as that plan claims the action."""
    parts = await there.under.connection.fetch(
        "select id, origin_plan_id from plan where workspace_id = $1::uuid and origin_workspace_id = $2::uuid"
        " and not is_closed order by id",
        there.workspace_id,
        group,
    )
    held = await there.lock_rows(
        "planAction", "t.action_id = $2::uuid and t.plan_id = any($3::uuid[])", action, [part["id"] for part in parts]
    )
    by_plan = {claim["plan_id"]: claim for claim in held}
    for part in parts:
        claim, own = claims.get(str(part["origin_plan_id"])), by_plan.get(str(part["id"]))
        if own is not None:
            await there.write(CLAIM, own, copied_fields_of_claim(claim) if claim else {"is_withdrawn": True})
        elif claim is not None and not claim["is_withdrawn"]:
            words = {"plan_id": str(part["id"]), "action_id": str(action), "own_code": claim["own_code"]}
            await there.insert("planAction", {**words, **copied_fields_of_claim(claim), "id": str(new_id())})


def copied_fields_of_claim(claim: dict[str, Any]) -> dict[str, Any]:
    """What a claim of the member's part copies of the group's claim."""
    return {name: claim[name] for name in FOLLOWED_BY_CLAIM}
