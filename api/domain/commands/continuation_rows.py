"""The plan of the next period, written from that of the former one: objectives, claims, placements, money."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fractional_indexing import generate_key_between

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.batches import images_of, insert_all
from api.domain.commands.context import ChangeContext, Image
from api.domain.commands.hooks.plans import add_period_objectives
from api.domain.enumerations.common import PeriodItemKind, PlacementState
from api.domain.errors import Refusal
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.queries.continuation import PlanSituation
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.continuation import PlanClaim, targets_of

Connection = Any
PLAN, CLAIM, PLACEMENT, LINE = (BY_NAME[name] for name in ("plan", "planAction", "placement", "budgetLine"))
KEPT_OF_CLAIM = ("label", "own_code", "delivery", "phase", "progress_weight")


@dataclass
class NextPlan:
    """The plan of the next period being written, and the changes in their order."""

    connection: Connection
    actor: Actor
    workspace: UUID
    situation: PlanSituation
    assigned: Mapping[str, Collection[str]]
    ending: Collection[str] | None
    changes: list[Change] = field(default_factory=list)
    objectives: dict[str, str] = field(default_factory=dict)
    """The objectives of the new plan by the item that they stand for."""
    id: str = ""

    async def write(self, title: str) -> str:
        """Write all of it, parents before children, and answer the id of the new plan."""
        await self._write_plan(title)
        going = self.situation.going_on(self.ending)
        claims = [claim for claim in self.situation.claims if claim.id in going]
        await self._write_claims(claims)
        await self._write_placements(claims)
        await self._move_lines()
        return self.id

    async def _write_plan(self, title: str) -> None:
        """The new plan is led, built and counted as the former one; its reference and description are its own."""
        following = self.situation.next_period
        assert following is not None
        former_id = str(self.situation.plan["id"])
        former = (await images_of(self.connection, PLAN, self.workspace, [former_id]))[former_id]
        self.id = str(new_id())
        words = former | {
            "id": self.id, "title": title, "continues_id": former_id, "period_id": following["id"], "term_id": None,
            "starts_on": following["startsOn"], "ends_on": following["endsOn"], "without_period_from": None,
            "reference": None, "description": None, "is_closed": False, "is_archived": False,
            "strands": [strand | {"id": str(new_id())} for strand in former["strands"]],
        }  # fmt: skip
        await images.insert(self.connection, PLAN, images.complete_image(PLAN, words))
        after = (await images_of(self.connection, PLAN, self.workspace, [self.id]))[self.id]
        self.changes.append(Change(PLAN.name, None, after))
        change = ChangeContext(self.connection, self.actor, PLAN, {}, None, after)
        await add_period_objectives(change, self._lineage())
        self.changes += change.changes
        self.objectives = {c.image["period_item_id"]: c.image["id"] for c in change.changes}

    def _lineage(self) -> dict[str, str]:
        """The objective of the former plan that alone goes on in an item of the next period."""
        former: dict[str, list[str]] = defaultdict(list)
        for objective in self.situation.objectives:
            for item in self.situation.catalogues.mapped.get(objective.item_id or "", {}):
                former[item].append(objective.id)
        return {item: ids[0] for item, ids in former.items() if len(ids) == 1}

    def _targets(self, claim: PlanClaim) -> dict[str, int]:
        return targets_of(self.situation.catalogues, claim, self.assigned)

    def _code_of(self, claim: PlanClaim) -> str | None:
        """The first item in which the claim goes on that is an action code: a claim names no other kind."""
        items = self.situation.catalogues.items
        codes = (target for target in self._targets(claim) if items[target].kind == PeriodItemKind.ACTION_CODE)
        return next(codes, None)

    async def _write_claims(self, claims: list[PlanClaim]) -> None:
        former = await images_of(self.connection, CLAIM, self.workspace, [claim.id for claim in claims])
        ids = []
        for claim in claims:
            rights = {to for right in claim.right_ids for to in self.situation.catalogues.targets(right)}
            words = {name: former[claim.id][name] for name in KEPT_OF_CLAIM} | {
                "id": str(new_id()), "workspace_id": str(self.workspace), "plan_id": self.id,
                "action_id": claim.action_id, "period_item_id": self._code_of(claim), "right_ids": sorted(rights),
            }  # fmt: skip
            await images.insert(self.connection, CLAIM, images.complete_image(CLAIM, words))
            ids.append(words["id"])
        self.changes += await self._insert_rows(CLAIM, ids)

    async def _insert_rows(self, resource: Resource, ids: list[str]) -> list[Change]:
        after = await images_of(self.connection, resource, self.workspace, ids)
        return [Change(resource.name, None, after[identifier]) for identifier in ids]

    async def _write_placements(self, claims: list[PlanClaim]) -> None:
        """An action stands under the objective of each item in which it goes on, by its weight; at the root if none."""
        last: dict[str | None, str | None] = defaultdict(lambda: None)
        rows = []
        for claim in claims:
            weights: dict[str | None, int] = {}
            for target, weight in self._targets(claim).items():
                objective = self._objective_of(target)
                weights[objective] = weights.get(objective, 0) + weight
            for rank, (objective, weight) in enumerate((weights or {None: 1}).items()):
                last[objective] = generate_key_between(last[objective], None)
                words = {
                    "id": str(new_id()), "workspace_id": str(self.workspace), "plan_id": self.id,
                    "action_id": claim.action_id, "objective_id": objective, "weight": weight, "is_main": rank == 0,
                    "state": PlacementState.ACTIVE, "position": last[objective],
                }  # fmt: skip
                rows.append(images.complete_image(PLACEMENT, words))
        self.changes += await insert_all(self.connection, PLACEMENT, rows)

    def _objective_of(self, item_id: str) -> str | None:
        """The objective that stands for an item, or for what the item stands under."""
        line = self.situation.catalogues.line(item_id)
        return next((self.objectives[item.id] for item in line if item.id in self.objectives), None)

    async def _move_lines(self) -> None:
        """The lines of the years of the new plan that the former one bore, or that were declared for it alone."""
        moved = [line for line in self.situation.lines if self.situation.is_moved(line, self.ending)]
        ids = [str(line["id"]) for line in moved]
        await self.connection.execute(
            "select from budget_line where workspace_id = $1::uuid and id = any($2::uuid[]) order by id for update",
            self.workspace,
            [UUID(identifier) for identifier in ids],
        )
        before = await images_of(self.connection, LINE, self.workspace, ids)
        for line in moved:
            image = before.get(line["id"])
            if image is None or image["version"] != line["version"]:
                raise Refusal("preconditionFailed", currentVersion=None, fields=[])
            await images.update(self.connection, LINE, image, self._line_after(image), image["version"])
        after = await images_of(self.connection, LINE, self.workspace, ids)
        self.changes += [Change(LINE.name, before[identifier], after[identifier]) for identifier in ids]

    def _line_after(self, image: Image) -> Image:
        former = str(self.situation.plan["id"])
        declared = sorted(self.id if plan == former else plan for plan in image["declared_plan_ids"])
        after = image | {"declared_plan_ids": declared}
        if image["action_id"] is not None:
            return after
        item = next((o.item_id for o in self.situation.objectives if o.id == image["objective_id"]), None)
        chosen = {self._objective_of(target) for target in self.situation.catalogues.targets(item)}
        objective = chosen.pop() if len(chosen) == 1 else None
        return after | {"objective_id": objective, "plan_id": None if objective else self.id}
