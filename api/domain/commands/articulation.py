"""Converting the way a PST joins a PCS, in one transaction; only rows of the PST are written.

In a group, what it offers of an action tells the claims of its PST too, and follows them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fractional_indexing import generate_key_between

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.batches import insert_all, update_all
from api.domain.commands.constraints import translate_violations
from api.domain.commands.group_offers import changes_for_members
from api.domain.errors import Conflict, Invalid, Issue, NotFound, Refusal
from api.domain.identifiers import new_id
from api.domain.journal import Change, record, take_counters
from api.domain.policy import grants_of, refusal
from api.domain.queries.articulation import PERMISSION, Pair, pair
from api.domain.queries.articulation_answers import title_of
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.rules.articulation.conversion import plan_conversion
from api.domain.rules.articulation.conversion_rows import Conversion
from api.domain.rules.articulation.detection import remember
from api.domain.schemas.articulation import ConversionRequest
from api.domain.sql.reader import Reader

Connection = Any
OBJECTIVE, PLACEMENT, CLAIM = BY_NAME["objective"], BY_NAME["placement"], BY_NAME["planAction"]
CONVERSION = BY_NAME["articulationConversion"]


async def convert_articulation(
    connection: Connection, actor: Actor, plan_id: UUID, words: ConversionRequest, basis: str
) -> UUID:
    """Do what the preview of this basis told, and answer the id of the conversion.

    Refuses: plan not visible (404), no right (403), a row changed since the preview (412), a closed plan (409),
    an action without a place or a place that is none (400).
    """
    await lock_plan(connection, actor, plan_id)
    found = await pair(connection, Reader(actor, "fr", ""), plan_id, words.with_plan_id, "body")
    current = found.basis(words.to)
    if current != basis:
        raise Refusal("preconditionFailed", currentVersion=current, fields=[])
    conversion = plan_conversion(found.situation, words.to, _assigned_objectives(words))
    if issues := [*conversion.issues, *(Issue("placeMissing", "body", "assignments", a) for a in conversion.unmatched)]:
        raise Invalid(*issues)
    workspace = actor.workspace_id
    assert workspace is not None
    with translate_violations(PLACEMENT):
        writing = _ConversionWriter(connection, workspace, found, conversion)
        await writing.write()
        return await _record_conversion(connection, actor, writing)


async def lock_plan(connection: Connection, actor: Actor, plan_id: UUID, permission: str = PERMISSION) -> None:
    """See the plan, hold the right on it, and lock it with all its rows: nobody changes them until the commit.

    Rows are locked before the plan, as the commands on single rows do.
    """
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(BY_NAME["plan"], "t")
    condition = may(permission, BY_NAME["plan"], actor, reader.binds, "t")
    found = await connection.fetchrow(
        f"select {condition} as is_allowed, t.is_closed from {rows}"
        f" where t.id = {reader.binds(plan_id, 'uuid')} and {seen}",
        *reader.binds.values,
    )
    if found is None:
        raise NotFound("plan", plan_id)
    if not grants_of(actor, permission) or not found["is_allowed"]:
        raise refusal(actor, permission)
    for table in ("objective", "plan_action", "placement"):
        await connection.execute(
            f"select from {table} where workspace_id = $1::uuid and plan_id = $2::uuid order by id for update",
            actor.workspace_id,
            plan_id,
        )
    is_closed = await connection.fetchval(
        "select is_closed from plan where workspace_id = $1::uuid and id = $2::uuid for no key update",
        actor.workspace_id,
        plan_id,
    )
    if is_closed:
        raise Conflict("planFrozen", planId=str(plan_id))


def _assigned_objectives(words: ConversionRequest) -> dict[str, str]:
    assigned: dict[str, str] = {}
    for each in words.assignments:
        action = str(each.action_id)
        if action in assigned:
            raise Invalid(Issue("twice", "body", "assignments", action))
        assigned[action] = str(each.objective_id)
    return assigned


@dataclass
class _ConversionWriter:
    """A conversion being written: the ids of what it makes, and the changes in their order."""

    connection: Connection
    workspace: UUID
    found: Pair
    conversion: Conversion
    ids: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    """What the conversion does to each row, by the row's id."""
    changes: list[Change] = field(default_factory=list)

    async def write(self) -> None:
        """Parents before children and claims before placements; what leaves comes before what takes its place."""
        await self._objectives()
        await self._claims()
        await self._placements()
        await self._update(OBJECTIVE, {o.target: "rested" for o in self.conversion.objectives if o.change == "rested"},
                           {"is_resting": True})  # fmt: skip

    async def _update(self, resource: Any, changed: Mapping[str, str], words: Mapping[str, Any]) -> None:
        self.told |= changed
        self.changes += await update_all(self.connection, resource, self.workspace, dict.fromkeys(changed, words))

    async def _insert(self, resource: Any, rows: list[dict[str, Any]]) -> None:
        self.told |= {row["id"]: "added" for row in rows}
        whole = [images.complete_image(resource, row | {"workspace_id": str(self.workspace)}) for row in rows]
        self.changes += await insert_all(self.connection, resource, whole)

    def id_of(self, target: str | None) -> str | None:
        return None if target is None else self.ids.get(target, target)

    async def _objectives(self) -> None:
        s, rows = self.found.situation, []
        last: dict[str | None, str | None] = defaultdict(lambda: None)
        for known in s.objectives.values():
            last[known.parent_id] = max(last[known.parent_id] or "", known.position)
        for o in self.conversion.objectives:
            if o.change != "added":
                continue
            self.ids[o.target] = str(new_id())
            parent = self.id_of(o.parent)
            last[parent] = generate_key_between(last[parent], None)
            rows.append({
                "id": self.ids[o.target], "plan_id": s.plan_id, "parent_id": parent, "level": o.level,
                "title": title_of(o), "status": "open", "strand_id": s.strand_id, "position": last[parent],
                "period_item_id": o.period_item_id, "covers_plan_id": o.covers_plan_id,
            })  # fmt: skip
        await self._insert(OBJECTIVE, rows)
        revived = {o.target: "revived" for o in self.conversion.objectives if o.change == "revived"}
        await self._update(OBJECTIVE, revived, {"is_resting": False})

    async def _claims(self) -> None:
        s, claims = self.found.situation, self.conversion.claims
        added = [c.action_id for c in claims if c.change == "added"]
        await self._insert(
            CLAIM, [{"id": str(new_id()), "plan_id": s.plan_id, "action_id": action} for action in added]
        )
        for change, is_withdrawn in (("revived", False), ("withdrawn", True)):
            chosen = {c.id: change for c in claims if c.change == change and c.id}
            await self._update(CLAIM, chosen, {"is_withdrawn": is_withdrawn})

    async def _placements(self) -> None:
        s, placements = self.found.situation, self.conversion.placements
        await self._update(PLACEMENT, {c.id: "rested" for c in placements if c.change == "rested" and c.id},
                           {"state": "resting"})  # fmt: skip
        for yields in (True, False):
            chosen = {
                c.id: c for c in placements if c.change in ("changed", "revived") and c.id and c.is_main is not yields
            }
            self.told |= {identifier: c.change for identifier, c in chosen.items()}
            self.changes += await update_all(
                self.connection, PLACEMENT, self.workspace,
                {i: {"state": "active", "weight": c.weight, "is_main": c.is_main} for i, c in chosen.items()},
            )  # fmt: skip
        last: dict[str | None, str | None] = defaultdict(lambda: None)
        for p in s.placements:
            last[p.objective_id] = max(last[p.objective_id] or "", p.position)
        rows = []
        for c in placements:
            if c.change == "added":
                target = self.id_of(c.target)
                last[target] = generate_key_between(last[target], None)
                rows.append({
                    "id": str(new_id()), "plan_id": s.plan_id, "action_id": c.action_id, "objective_id": target,
                    "weight": c.weight, "is_main": c.is_main, "state": "active", "position": last[target],
                })  # fmt: skip
        await self._insert(PLACEMENT, rows)


async def _record_conversion(connection: Connection, actor: Actor, writing: _ConversionWriter) -> UUID:
    """Record the conversion after its rows, at positions of the journal that nothing else can take."""
    s, conversion = writing.found.situation, writing.conversion
    offered = await changes_for_members(connection, actor, writing.workspace, writing.changes)
    position = await take_counters(connection, writing.workspace, offered)
    memory = remember(s, conversion.before, conversion.home)
    image = images.complete_image(
        CONVERSION,
        {
            "id": str(new_id()), "workspace_id": str(actor.workspace_id), "plan_id": s.plan_id,
            "with_plan_id": s.with_id, "from_approach": conversion.before.approach, "to_approach": conversion.to,
            "home_id": writing.id_of(conversion.home), "is_undone": False,
            "first_position": position + 1, "last_position": position + len(writing.changes) + 1,
            "memory": {
                "actions": {a: [list(p) for p in placed] for a, placed in memory.actions.items()},
                "claimed": sorted(memory.claimed), "objectives": sorted(memory.objectives),
            },
            "rows": [
                {"entity": c.entity, "entity_id": c.image["id"], "change": writing.told[c.image["id"]],
                 "row_version": c.image["version"]}
                for c in writing.changes
            ],
        },
    )  # fmt: skip
    await images.insert(connection, CONVERSION, image)
    kept = await connection.fetchval(
        f"select {images.image_of(CONVERSION, 't')}::text from articulation_conversion t"
        " where t.workspace_id = $1::uuid and t.id = $2::uuid",
        actor.workspace_id,
        UUID(image["id"]),
    )
    changes = [*writing.changes, Change(CONVERSION.name, None, images.loads(kept)), *offered]
    await record(connection, actor, "convertArticulation", actor.workspace_id, changes)
    return UUID(image["id"])
