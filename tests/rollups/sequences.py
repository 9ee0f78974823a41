"""A commune at work in no particular order: creates, moves, places, shares, changes statuses, copies, deletes."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.db import Connection
from api.demo.directory import make, to_wire
from api.domain.actor import Actor
from api.domain.commands import documents
from api.domain.errors import Refusal
from api.domain.resources.catalogue import BY_NAME

STATUSES = ("draft", "notStarted", "waiting", "inProgress", "suspended", "completed", "cancelled")
COUNTED = (None, ["notStarted", "inProgress", "completed"], ["draft", "cancelled", "inProgress"])
AMOUNTS = ("100.00", "0.01", "-10.00", "33.34", "12345.67", None)
SOURCES = ("wallonia", "municipality", "europe")

Step = tuple[int, int, int, int]
"""What to do, and three numbers that choose to what and how."""


@dataclass
class Work:
    """The state of a commune under way; every step is a command, and a refused one changes nothing."""

    connection: Connection
    actor: Actor
    house: UUID
    plan_types: dict[str, UUID]
    made: dict[str, list[UUID]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    async def start(self) -> None:
        """Two plans of two levels, one covering the other, with an action in each."""
        for kind, years in (("pst", (2024, 2030)), ("pcs", (2026, 2027))):
            await self.make("plan", title=kind, plan_type_id=self.plan_types[kind], organisation_id=self.house,
                            starts_on=f"{years[0]}-12-01", ends_on=f"{years[1]}-12-31",
                            levels=[_level(1), _level(2), _level(3)])  # fmt: skip
        pst, pcs = self.made["plan"]
        for plan in (pst, pcs):
            top = await self.make("objective", plan_id=plan, title="OS", level=1, status="open")
            for _ in range(2):
                await self.make("objective", plan_id=plan, parent_id=top, title="OO", level=2, status="open")
        for n in range(2):
            await self.add_action(n, n, 3)
            await self.place(n, n + 2, 1)
            await self.add_line(n, n, 0)

    async def make(self, kind: str, /, **words: Any) -> UUID:
        found = await make(self.connection, self.actor, kind, **words)
        self.made.setdefault(kind, []).append(found)
        return found

    async def change(self, kind: str, identifier: UUID, /, **words: Any) -> None:
        resource = BY_NAME[kind]
        assert resource.patch is not None
        patch = resource.patch.model_validate(to_wire(words))
        version = await self._version(kind, identifier)
        await documents.update(self.connection, self.actor, resource, identifier, patch, version)

    async def remove(self, kind: str, n: int) -> None:
        identifier = self.any(kind, n)
        await documents.delete(
            self.connection, self.actor, BY_NAME[kind], identifier, await self._version(kind, identifier)
        )
        self.made[kind].remove(identifier)

    async def _version(self, kind: str, identifier: UUID) -> int:
        table = BY_NAME[kind].table.name
        found: int = await self.connection.fetchval(f"select version from {table} where id = $1", identifier)
        return found

    def any(self, kind: str, n: int) -> UUID:
        return self.made[kind][n % len(self.made[kind])]

    async def step(self, step: Step) -> None:
        """Do it, unless it is refused: then nothing changed, and that too is tried."""
        what, *numbers = step
        act = STEPS[what % len(STEPS)]
        try:
            async with self.connection.transaction():
                await act(self, *numbers)
        except (Refusal, ZeroDivisionError):
            self.done["refused"] += 1
        else:
            self.done[act.__name__] += 1

    async def add_action(self, i: int, j: int, k: int) -> None:
        parents = self.made.get("action", [])
        parent = parents[j % len(parents)] if parents and j % 3 == 0 else None
        await self.make(
            "action", title=f"Action {len(parents)}", organisation_id=self.house, status=STATUSES[k % 7],
            kind="perennial" if i % 7 == 0 else "project", progress=None if i % 11 == 0 else (i * 13 + j) % 101,
            parent_id=parent,
        )  # fmt: skip

    async def copy_action(self, i: int, j: int, k: int) -> None:
        """The same words, places and lines again, as another action."""
        origin = self.any("action", i)
        row = await self.connection.fetchrow("select title, status, kind, progress from action where id = $1", origin)
        copy = await self.make("action", organisation_id=self.house, **dict(row))
        for each in await self.connection.fetch(
            "select plan_id, objective_id, weight from placement where action_id = $1 and state = 'active'", origin
        ):
            await self.make("placement", action_id=copy, **dict(each))
        await self._line(j, k, action_id=copy)

    async def add_objective(self, i: int, j: int, k: int) -> None:
        above = self.any("objective", j)
        row = await self.connection.fetchrow("select plan_id, level from objective where id = $1", above)
        words = {"title": "Objectif", "status": "draft" if k % 3 == 0 else "open", "plan_id": row["plan_id"]}
        await self.make("objective", parent_id=above, level=row["level"] + 1, **words)

    async def move_objective(self, i: int, j: int, k: int) -> None:
        status = ("draft", "open", "closed")[k % 3]
        above = {"parent_id": self.any("objective", j)} if k % 2 else {}
        await self.change("objective", self.any("objective", i), status=status, **above)

    async def cover(self, i: int, j: int, k: int) -> None:
        covered = None if k % 4 == 0 else self.any("plan", j)
        await self.change("objective", self.any("objective", i), covers_plan_id=covered)

    async def place(self, i: int, j: int, k: int) -> None:
        """Under an objective, or at the root of a plan."""
        objective = self.any("objective", j)
        plan = await self.connection.fetchval("select plan_id from objective where id = $1", objective)
        words = {"plan_id": plan, "objective_id": objective if k % 5 else None, "weight": k % 4}
        await self.make("placement", action_id=self.any("action", i), **words)

    async def share(self, i: int, j: int, k: int) -> None:
        await self.change("placement", self.any("placement", i), weight=(j + k) % 5)

    async def move_placement(self, i: int, j: int, k: int) -> None:
        words: dict[str, Any] = {"objective_id": self.any("objective", j)} if k % 3 else {"objective_id": None}
        await self.change("placement", self.any("placement", i), **words)

    async def rest(self, i: int, j: int, k: int) -> None:
        await self.change("placement", self.any("placement", i), state="resting" if k % 2 else "active")

    async def claim(self, i: int, j: int, k: int) -> None:
        words = {"progress_weight": j % 4} if k % 2 else {}
        await self.make("planAction", plan_id=self.any("plan", k), action_id=self.any("action", i), **words)

    async def withdraw(self, i: int, j: int, k: int) -> None:
        rows = await self.connection.fetch("select id from plan_action where workspace_id = $1 order by id",
                                           self.actor.workspace_id)  # fmt: skip
        claim = rows[i % len(rows)]["id"]
        await self.change("planAction", claim, is_withdrawn=k % 3 > 0, progress_weight=None if j % 3 == 0 else j % 5)

    async def transition(self, i: int, j: int, k: int) -> None:
        await self.change("action", self.any("action", i), status=STATUSES[j % 7], status_reason="Décidé")

    async def advance(self, i: int, j: int, k: int) -> None:
        await self.change("action", self.any("action", i), progress=j % 101, is_archived=k % 5 == 0)

    async def add_line(self, i: int, j: int, k: int) -> None:
        bearer = ("action", "action", "objective", "plan")[k % 4]
        await self._line(j, k, **{f"{bearer}_id": self.any(bearer, i)})

    async def _line(self, j: int, k: int, **bearer: UUID) -> None:
        declared = [self.any("plan", j)] if k % 3 == 2 else []
        await self.make(
            "budgetLine", fiscal_year=2023 + j % 6, source=SOURCES[j % 3], service="ordinary",
            nature="revenue" if k % 5 == 4 else "expense", planned=AMOUNTS[j % 6], committed=AMOUNTS[k % 6],
            spent=AMOUNTS[(j + k) % 6], declared_plan_ids=declared, **bearer,
        )  # fmt: skip

    async def set_up(self, i: int, j: int, k: int) -> None:
        weighting = (None, "equal", "budget", "explicit")[j % 4]
        await self.change("plan", self.any("plan", i), counted_statuses=COUNTED[k % 3], progress_weighting=weighting)

    async def remove_something(self, i: int, j: int, k: int) -> None:
        await self.remove(("placement", "budgetLine", "action", "objective", "placement")[k % 5], i)


STEPS = (
    Work.add_action, Work.copy_action, Work.add_objective, Work.move_objective, Work.cover, Work.place, Work.place,
    Work.share, Work.share, Work.move_placement, Work.rest, Work.claim, Work.withdraw, Work.transition, Work.advance,
    Work.add_line, Work.set_up, Work.remove_something,
)  # fmt: skip


def _level(level: int) -> dict[str, Any]:
    return {"level": level, "label": f"Niveau {level}", "meaning": "strategic" if level == 1 else "operational"}
