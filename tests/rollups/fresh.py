"""Every roll-up computed again from plain rows, place by place, without a line of the product's SQL or rules."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from api.accounts import open_workspace
from api.db import Connection
from tests.factories import Commune

Row = dict[str, Any]
LIVING = {"notStarted", "waiting", "inProgress", "suspended", "completed"}
TABLES = ("plan", "objective", "plan_action", "placement", "action", "budget_line", "budget_line_plan")


@dataclass
class Place:
    """One place of an action: where it stands, and which part of it."""

    id: UUID
    objective: UUID | None
    part: Fraction


@dataclass
class Holding:
    """An action in a plan, with its places; `path` is the covering objectives that lead to it."""

    action: Row
    places: list[Place]
    path: tuple[UUID, ...] = ()
    is_counted: bool = True


@dataclass
class Rows:
    """The plain rows of a workspace, by table."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def by_id(self, table: str) -> dict[UUID, Row]:
        return {row["id"]: row for row in self.tables[table]}


async def rows_of(commune: Commune) -> Rows:
    async with commune.database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        return await rows_in(connection, commune.workspace_id)


async def rows_in(connection: Connection, workspace: UUID) -> Rows:
    rows = Rows()
    for table in TABLES:
        found = await connection.fetch(f"select * from {table} where workspace_id = $1", workspace)
        rows.tables[table] = [dict(row) for row in found]
    return rows


def statuses_of(plan: Row) -> set[str]:
    return set(plan["counted_statuses"] or LIVING)


def holdings(rows: Rows, plan_id: UUID, above: tuple[UUID, ...] = ()) -> dict[UUID, Holding]:
    """What a plan holds: its own placed actions, then what it covers, then what it claims without a place."""
    plan = rows.by_id("plan")[plan_id]
    own = _claimed(rows, plan_id)
    found = {action: holding for action, holding in own.items() if holding.places}
    covering = [o for o in rows.tables["objective"] if o["plan_id"] == plan_id and not o["is_resting"]]
    for objective in sorted(covering, key=lambda o: o["id"]):
        covered = objective["covers_plan_id"]
        if covered is None or covered in (*above, plan_id):
            continue
        for action, held in holdings(rows, covered, (*above, plan_id)).items():
            found.setdefault(action, Holding(held.action, held.places, (objective["id"], *held.path), held.is_counted))
    for action, holding in own.items():
        if not holding.places:
            claim = _claim_of(rows, plan_id, holding.action)
            found.setdefault(action, Holding(holding.action, [Place(claim["id"], None, Fraction(1))]))
    claims = {c["action_id"] for c in rows.tables["plan_action"] if c["plan_id"] == plan_id}
    for action, holding in found.items():
        statuses = {holding.action["status"]}
        if action not in claims and holding.action["parent_id"] is not None and not holding.path:
            parent = rows.by_id("action").get(holding.action["parent_id"])
            statuses.add("archived" if parent is None or parent["is_archived"] else parent["status"])
        holding.is_counted = holding.is_counted and statuses <= statuses_of(plan)
    return found


def _claim_of(rows: Rows, plan_id: UUID, action: Row) -> Row:
    claims = {c["action_id"]: c for c in rows.tables["plan_action"] if c["plan_id"] == plan_id}
    return claims.get(action["id"]) or claims[action["parent_id"]]


def _claimed(rows: Rows, plan_id: UUID) -> dict[UUID, Holding]:
    """The actions that the plan claims, and the sub-actions that follow one it claims."""
    claims = {c["action_id"]: c for c in rows.tables["plan_action"] if c["plan_id"] == plan_id}
    found = {}
    for action in rows.tables["action"]:
        placed_as = action["id"] if action["id"] in claims else action["parent_id"]
        claim = claims.get(placed_as)
        if claim is None or claim["is_withdrawn"] or action["is_archived"]:
            continue
        active = [p for p in rows.tables["placement"] if p["plan_id"] == plan_id and p["action_id"] == placed_as
                  and p["state"] == "active"]  # fmt: skip
        whole = sum(p["weight"] for p in active)
        places = [Place(p["id"], p["objective_id"], Fraction(p["weight"], whole)) for p in active]
        found[action["id"]] = Holding(action, places)
    return found


def stands(rows: Rows, plan_id: UUID, holding: Holding, place: Place) -> Iterator[UUID | None]:
    """The objectives of the plan above a place, then None for the plan, as far as nothing is draft or resting."""
    objectives = rows.by_id("objective")
    starts = [place.objective, *reversed(holding.path)]
    for start in starts:
        current = start
        while current is not None:
            objective = objectives[current]
            if objective["is_resting"]:
                return
            if objective["plan_id"] == plan_id:
                yield current
            if objective["status"] == "draft":
                return
            current = objective["parent_id"]
    yield None


def counted(rows: Rows, plan_id: UUID) -> dict[tuple[UUID | None, UUID], Fraction]:
    """The share of each counted action under each objective of the plan, and in the plan (None)."""
    found: dict[tuple[UUID | None, UUID], Fraction] = defaultdict(Fraction)
    for action, holding in holdings(rows, plan_id).items():
        if holding.is_counted:
            for place in holding.places:
                for objective in stands(rows, plan_id, holding, place):
                    found[objective, action] += place.part
    return dict(found)
