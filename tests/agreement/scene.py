"""Random plans of a commune and its CPAS that share actions, and the nine readers who look at them."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from api.db import Database
from tests.factories import (
    PUBLIC,
    Commune,
    Headers,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    make_plan,
)
from tests.rights.making import make_member, make_partnership

STATUSES = ("notStarted", "waiting", "inProgress", "inProgress", "suspended", "completed", "cancelled", "draft")
AUDIENCES = ("public", "public", "public", "council", "partners", "administration", "college", "restricted")
HOUSES = ("municipality", "municipality", "cpas")
PLANS = ("pst", "pcs")


@dataclass
class Scene:
    """A commune with two plans; `restricted` are the ids and titles that must stay in their house."""

    random: Random
    commune: Commune
    partner: UUID
    houses: dict[UUID, str] = field(default_factory=dict)
    """The house of each action."""
    audiences: dict[UUID, str] = field(default_factory=dict)
    titles: dict[UUID, str] = field(default_factory=dict)
    objectives: dict[str, list[UUID]] = field(default_factory=dict)
    everything: Headers = field(default_factory=dict)
    """Whoever administers both houses."""

    @classmethod
    async def build(cls, database: Database, seed: int) -> "Scene":
        commune = await make_commune(database)
        partner = await make_partner(database)
        scene = cls(Random(seed), commune, partner)
        both = (("administration", "municipality"), ("administration", "cpas"))
        scene.everything = await make_member(commune, "both", *both)
        for kind in PLANS:
            owners = [commune.cpas]
            commune.plans[kind] = await make_plan(commune, kind, owners=owners)
            await scene._grow(kind)
        for number in range(scene.random.randint(5, 8)):
            await scene._act(number)
        await scene._disturb()
        return scene

    def readers(self) -> dict[str, Headers]:
        """The nine readers."""
        commune = self.commune
        return {
            "college": commune.as_("college"),
            "council": commune.as_("council"),
            "administration": commune.as_("administration"),
            "cpas": commune.as_("administration", "cpas"),
            "agent": commune.as_("agent", unit="works"),
            "partner": commune.as_("partner", organisation=self.partner),
            "region": commune.as_("region"),
            "integrator": commune.as_("integrator"),
            "public": PUBLIC,
        }

    async def _grow(self, kind: str) -> None:
        """A tree of objectives, some of them drafts."""
        plan, made = self.commune.plans[kind], self.objectives.setdefault(kind, [])
        for _ in range(self.random.randint(2, 3)):
            status = self.random.choice(["open", "open", "open", "draft"])
            top = await make_objective(self.commune, plan, title="OS", status=status)
            made.append(top)
            for _ in range(self.random.randint(0, 2)):
                status = self.random.choice(["open", "open", "draft"])
                made.append(await make_objective(self.commune, plan, top, title="OO", status=status))

    async def _act(self, number: int) -> None:
        """An action of a house with its money and places, and perhaps sub-actions and a partner."""
        action = await self._make(f"Action {number}", parent=None)
        for kind in PLANS:
            await self._place(action, kind)
        for child in range(self.random.choice([0, 0, 1, 2])):
            await self._make(f"Volet {number}.{child}", parent=action)
        if self.random.random() < 0.4:
            await make_partnership(self.commune, action, self.partner, house=self.houses[action])

    async def _make(self, title: str, parent: UUID | None) -> UUID:
        house = self.random.choice(HOUSES) if parent is None else self.houses[parent]
        title = f"{title} {self.random.getrandbits(64):016x}"
        words: dict[str, Any] = {"title": title, "status": self.random.choice(STATUSES)}
        if parent is None:
            words["audience"] = self.random.choice(AUDIENCES)
        else:
            words["parent_id"] = parent
        action = await make_action(self.commune, house=house, progress=self.random.randint(0, 9) * 10, **words)
        self.houses[action], self.titles[action] = house, title
        self.audiences[action] = words.get("audience") or self.audiences[parent or action]
        await make(
            self.commune, "budgetLine", house=house, action_id=action, fiscal_year=2025, source="municipality",
            service="ordinary", nature="expense", planned=f"{self.random.randint(1, 99_999) / 100:.2f}",
        )  # fmt: skip
        return action

    async def _place(self, action: UUID, kind: str) -> None:
        """The action stands at one or two objectives of the plan, at its root, or is not claimed at all."""
        plan, house = self.commune.plans[kind], self.houses[action]
        where = self.random.choice(["none", "root", "one", "one", "two"])
        if where == "none":
            return
        if where == "root":
            await make_placement(self.commune, action, plan, house=house)
            return
        chosen = self.random.sample(self.objectives[kind], 2 if where == "two" else 1)
        for rank, objective in enumerate(chosen):
            weight = 1 if rank == 0 else self.random.randint(0, 3)
            await make_placement(self.commune, action, plan, objective, house=house, weight=weight)

    async def _disturb(self) -> None:
        """Archive an action, withdraw a claim."""
        for action in list(self.titles):
            if self.random.random() < 0.1:
                await change(self.commune, "action", action, house=self.houses[action], is_archived=True)
        async with self.commune.acting() as (connection, _):
            claims = await connection.fetch(
                "select id, action_id from plan_action where workspace_id = $1 order by id", self.commune.workspace_id
            )
        for claim in claims:
            if self.random.random() < 0.12:
                house = self.houses[claim["action_id"]]
                await change(self.commune, "planAction", claim["id"], house=house, is_withdrawn=True)

    async def edit(self) -> None:
        """What happens after a version was frozen: titles, statuses, money and places move on."""
        for action in self.random.sample(sorted(self.titles), 3):
            house = self.houses[action]
            await make(
                self.commune, "budgetLine", house=house, action_id=action, fiscal_year=2026, source="wallonia",
                service="ordinary", nature="expense", planned="1000.00",
            )  # fmt: skip
        for objective in self.random.sample([*self.objectives["pst"], *self.objectives["pcs"]], 2):
            await change(self.commune, "objective", objective, title=f"Réécrit {self.random.getrandbits(32):x}")
