"""Money and progress computed again from plain rows, on the places that `fresh` finds."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from tests.rollups.fresh import Holding, Place, Row, Rows, holdings, stands

NAMES = {
    "expense": {"planned": "expensesPlanned", "committed": "expensesCommitted", "spent": "expensesSpent"},
    "revenue": {"planned": "revenuePlanned", "committed": "revenueCommitted", "spent": "revenueReceived"},
}
ZERO = {name: "0.00" for names in NAMES.values() for name in names.values()}
Sums = dict[str, Decimal]


def parts_of(amount: Decimal, places: list[Place]) -> dict[UUID, Decimal]:
    """The part of each place to the cent: one cent after the other to whoever is furthest below its exact part."""
    cents = int(amount * 100)
    exact = {place.id: place.part * cents for place in places}
    parts = {place: value.numerator // value.denominator for place, value in exact.items()}
    for _ in range(cents - sum(parts.values())):
        poorest = min(exact, key=lambda place: (parts[place] - exact[place], place))
        parts[poorest] += 1
    return {place: Decimal(part) / 100 for place, part in parts.items()}


def money(rows: Rows, plan_id: UUID) -> dict[UUID | None, dict[str, str]]:
    """What each objective of the plan, and the plan (None), come to in the plan's years."""
    sums: dict[UUID | None, Sums] = defaultdict(lambda: defaultdict(Decimal))
    held = holdings(rows, plan_id)
    for line in lines_of(rows, plan_id):
        if line["action_id"] is not None:
            holding = held.get(line["action_id"])
            if holding is not None and holding.is_counted:
                _carry(rows, plan_id, line, holding, sums)
        elif line["plan_id"] == plan_id:
            _add(sums[None], line, lambda amount: amount)
        elif line["objective_id"] is not None:
            own = Place(line["id"], line["objective_id"], Fraction(1))
            if rows.by_id("objective")[line["objective_id"]]["plan_id"] == plan_id:
                _carry(rows, plan_id, line, Holding({}, [own]), sums)
    return {key: ZERO | {name: str(total.quantize(Decimal("0.01"))) for name, total in sums[key].items()}
            for key in [None, *(o["id"] for o in rows.tables["objective"]
                                if o["plan_id"] == plan_id and not o["is_resting"])]}  # fmt: skip


def lines_of(rows: Rows, plan_id: UUID) -> list[Row]:
    """The budget lines in the plan's years that are declared for it or for no plan in particular."""
    plan = rows.by_id("plan")[plan_id]
    declared: dict[UUID, set[UUID]] = defaultdict(set)
    for each in rows.tables["budget_line_plan"]:
        declared[each["budget_line_id"]].add(each["plan_id"])
    return [
        line for line in rows.tables["budget_line"]
        if (plan["starts_on"] is None or line["fiscal_year"] >= plan["starts_on"].year)
        and (plan["ends_on"] is None or line["fiscal_year"] <= plan["ends_on"].year)
        and (not declared[line["id"]] or plan_id in declared[line["id"]])
    ]  # fmt: skip


def _carry(rows: Rows, plan_id: UUID, line: Row, holding: Holding, sums: dict[UUID | None, Sums]) -> None:
    cut = {state: parts_of(line[state], holding.places) for state in NAMES["expense"] if line[state] is not None}
    for place in holding.places:
        for objective in stands(rows, plan_id, holding, place):
            for state, parts in cut.items():
                sums[objective][NAMES[line["nature"]][state]] += parts[place.id]


def _add(sums: Sums, line: Row, part: Any) -> None:
    for state, name in NAMES[line["nature"]].items():
        if line[state] is not None:
            sums[name] += part(line[state])


def workspace_money(rows: Rows) -> dict[str, str]:
    """Every line once: of actions that stand for something in a plan, of plans, of objectives that pass to theirs."""
    sums: Sums = defaultdict(Decimal)
    counted = {
        action for plan in rows.by_id("plan") for action, holding in holdings(rows, plan).items()
        if holding.is_counted and any(place.part > 0 and None in stands(rows, plan, holding, place)
                                      for place in holding.places)
    }  # fmt: skip
    for line in rows.tables["budget_line"]:
        objective = rows.by_id("objective").get(line["objective_id"])
        passes = objective is not None and None in stands(
            rows, objective["plan_id"], Holding({}, []), Place(line["id"], objective["id"], Fraction(1))
        )
        if line["plan_id"] is not None or line["action_id"] in counted or passes:
            _add(sums, line, lambda amount: amount)
    return ZERO | {name: str(total.quantize(Decimal("0.01"))) for name, total in sums.items()}


def progress(rows: Rows, plan_id: UUID) -> dict[UUID | None, tuple[int, int, int]]:
    """Numerator, denominator and number of actions of each figure that counts some."""
    plan = rows.by_id("plan")[plan_id]
    held = holdings(rows, plan_id)
    figures: dict[UUID | None, list[tuple[int, int]]] = defaultdict(list)
    for action_id, holding in held.items():
        action = holding.action
        if not holding.is_counted or action["status"] == "cancelled" or action["kind"] == "perennial":
            continue
        if _speaks_for(held, rows, plan_id, action) or action["progress"] is None:
            continue
        where = {objective for place in holding.places for objective in stands(rows, plan_id, holding, place)}
        for objective in where:
            weight = _weight(rows, plan, plan_id, held, action_id, objective)
            figures[objective].append((weight, action["progress"]))
    return {key: (sum(w * p for w, p in found), sum(w for w, _ in found), len(found)) for key, found in figures.items()}


def _speaks_for(held: dict[UUID, Holding], rows: Rows, plan_id: UUID, action: Row) -> bool:
    """Whether the parent stands at the same places, counts, and so speaks for its sub-action."""
    parent = held.get(action["parent_id"])
    own = held[action["id"]].places
    return parent is not None and parent.is_counted and [p.id for p in parent.places] == [p.id for p in own]


def _weight(
    rows: Rows, plan: Row, plan_id: UUID, held: dict[UUID, Holding], action_id: UUID, objective: UUID | None
) -> int:
    if plan["progress_weighting"] == "explicit":
        return _claimed_weight(rows, held, action_id)
    if plan["progress_weighting"] != "budget":
        return 1
    led = [h for h in held.values() if h.action["id"] == action_id or (
        h.action["parent_id"] == action_id and _speaks_for(held, rows, plan_id, h.action))]  # fmt: skip
    sums: dict[UUID | None, Sums] = defaultdict(lambda: defaultdict(Decimal))
    for holding in led:
        for line in lines_of(rows, plan_id):
            if line["action_id"] == holding.action["id"] and holding.is_counted:
                _carry(rows, plan_id, line, holding, sums)
    return max(int(sums[objective]["expensesPlanned"] * 100), 0)


def _claimed_weight(rows: Rows, held: dict[UUID, Holding], action_id: UUID) -> int:
    """The weight that is said where the action is claimed: by the plan that places it, for it or for its parent."""
    action = held[action_id].action
    first = held[action_id].places[0].id
    placed = next((p for p in rows.tables["placement"] if p["id"] == first), None)
    claims = {c["id"]: c for c in rows.tables["plan_action"]}
    if placed is None:
        claim = claims[first]
    else:
        claim = next(c for c in claims.values()
                     if c["plan_id"] == placed["plan_id"] and c["action_id"] == placed["action_id"])  # fmt: skip
    assert claim["action_id"] in (action_id, action["parent_id"])
    return 1 if claim["progress_weight"] is None else claim["progress_weight"]
