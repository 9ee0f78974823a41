"""The values of indicators, computed at each reading: nothing that is derived is stored."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from api.domain.policy import grants_of, refusal
from api.domain.queries.indicator_rows import Row, Rows, rows_of_action, rows_of_plan
from api.domain.rules import indicators as rules
from api.domain.rules.indicators import AnsweredValue, FollowedIndicator, MeasuredValue, Value, figure
from api.domain.schemas.indicator_values import ActionIndicatorValues, PlanIndicatorValues
from api.domain.sql.reader import Reader

Connection = Any


async def plan_indicator_values(
    connection: Connection, reader: Reader, plan_id: UUID, *, explain: bool = False
) -> PlanIndicatorValues:
    """Every indicator of the plan's objectives and actions, and how many stand how beneath each objective."""
    _require(reader, "planIndicatorValues:read")
    rows = await rows_of_plan(connection, reader, plan_id, explain=explain)
    values = {row["id"]: _value(rows, row, explain=explain) for row in rows.followed.values() if row["is_asked"]}
    return PlanIndicatorValues.model_validate(
        {"plan_id": plan_id, "on": rows.today, "values": list(values.values()), "totals": _totals(rows, values)}
    )


async def action_indicator_values(
    connection: Connection, reader: Reader, action_id: UUID, *, explain: bool = False
) -> ActionIndicatorValues:
    """The indicators of one action."""
    _require(reader, "indicatorValues:read")
    rows = await rows_of_action(connection, reader, action_id, explain=explain)
    values = [_value(rows, row, explain=explain) for row in rows.followed.values()]
    return ActionIndicatorValues.model_validate({"action_id": action_id, "on": rows.today, "values": values})


def _require(reader: Reader, permission: str) -> None:
    if not grants_of(reader.actor, permission):
        raise refusal(reader.actor, permission)


def _gather_indicators(rows: Rows, total: Row) -> tuple[set[str], dict[str, str]]:
    """The indicators that count where this one gathers, each once, and why others that name it do not.

    What does not count at an objective does not count above it either.
    """
    counted: set[str] = set()
    hindered: dict[str, str] = {}
    for below in rows.links.get(total["id"], ()):
        row = rows.followed.get(below)
        if row is None:
            continue
        leaves = {below}
        if row["is_gathering"]:
            leaves, out = _gather_indicators(rows, row)
            hindered |= out
        for leaf in leaves:
            why = _hindrance(rows, rows.followed[leaf], total["objective_id"])
            if why is None:
                counted.add(leaf)
            else:
                hindered[leaf] = why
    return counted, {leaf: why for leaf, why in hindered.items() if leaf not in counted}


def _hindrance(rows: Rows, leaf: Row, objective_id: str) -> str | None:
    """Why an indicator does not count at an objective that gathers it; None when it does.

    An objective of another plan lets everything pass: what counts is asked of the plan that is read.
    """
    if objective_id not in rows.objectives:
        return None
    if leaf["action_id"] is None:
        return None if (leaf["objective_id"], objective_id) in rows.above else "notBelow"
    counts = rows.standing.get((objective_id, leaf["action_id"]))
    return None if counts else "notBelow" if counts is None else "statusNotCounted"


def _value(rows: Rows, row: Row, *, explain: bool) -> Row:
    """One indicator as answered."""
    hindered: dict[str, str] = {}
    leaves = {row["id"]}
    if row["is_gathering"]:
        leaves, hindered = _gather_indicators(rows, row)
    of_leaves = [m for leaf in sorted(leaves) for m in rows.measured.get(leaf, ())]
    measured = [_as_measured(m) for m in of_leaves if m["is_approved"]]
    indicator = _as_followed(row)
    course = rules.points(indicator, measured)
    value = rules.value_on(indicator, measured, date.max)
    if row["is_gathering"] and leaves and not measured:
        value = Value(AnsweredValue(reason="noApprovedValue"))
    judged = _judge(indicator, value, course, rows.today)
    points = [{"on": day, "value": figure(v.figure.value)} for day, v in course]
    explanation = _explanation(rows, row, value, of_leaves, hindered) if explain else None
    names = ("title", "action_id", "objective_id", "kind", "nature", "quantity", "unit", "direction", "is_cumulative",
             "is_gathering")  # fmt: skip
    return {
        "indicator_id": row["id"], **{name: row[name] for name in names}, **judged, "points": points,
        "explanation": explanation,
    }  # fmt: skip


def _judge(indicator: FollowedIndicator, value: Value, course: Sequence[tuple[date, Value]], today: date) -> Row:
    target = rules.target_at(indicator, today)
    pace, pace_reason = rules.pace(indicator, value, today)
    trend, trend_reason = rules.trend(indicator, course)
    return {
        "value": _describe_computed(value.figure), "numerator": figure(value.numerator),
        "denominator": figure(value.denominator), "milestone_state": value.milestone_state, "measured_on": value.on,
        "target": target and {"due_by": target[0], "value": figure(target[1])},
        "achievement": _describe_computed(rules.achievement(indicator, value, target)),
        "is_reached": rules.is_reached(indicator, value, target),
        "expected": _describe_computed(rules.expected_on(indicator, today)),
        "pace": pace, "pace_reason": pace_reason, "trend": trend, "trend_reason": trend_reason,
    }  # fmt: skip


def _describe_computed(answered: AnsweredValue) -> Row:
    return {"value": figure(answered.value), "reason": answered.reason}


def _explanation(rows: Rows, row: Row, value: Value, measured: Iterable[Row], hindered: dict[str, str]) -> Row:
    """What is in the value, what is not, and why."""
    used = {m.id for m in value.inputs}
    inputs: list[Row] = []
    exclusions = [_describe_exclusion(rows, leaf, None, why) for leaf, why in sorted(hindered.items())]
    if row["is_cumulative"] and row["quantity"] != "percentage" and row["baseline"] is not None:
        inputs.append(_input(row, {"value": row["baseline"], "on": row["baseline_on"]}))
    for m in sorted(measured, key=lambda m: (m["on"], m["id"])):
        if m["id"] in used:
            inputs.append(_input(rows.followed[m["indicator_id"]], m))
        else:
            why = "laterValue" if m["is_approved"] else "notApproved"
            exclusions.append(_describe_exclusion(rows, m["indicator_id"], m["id"], why))
    return {"inputs": inputs, "exclusions": exclusions}


def _input(indicator: Row, m: Row) -> Row:
    figures = {name: figure(_exact(m.get(name))) for name in ("value", "numerator", "denominator")}
    return {"indicator_id": indicator["id"], "action_id": indicator["action_id"], "measurement_id": m.get("id"),
            "measured_on": m["on"], "weight": "1", **figures}  # fmt: skip


def _describe_exclusion(rows: Rows, indicator_id: str, measurement_id: str | None, reason: str) -> Row:
    action = rows.followed[indicator_id]["action_id"]
    return {"indicator_id": indicator_id, "action_id": action, "measurement_id": measurement_id, "reason": reason}


def _totals(rows: Rows, values: dict[str, Row]) -> list[Row]:
    """How the indicators at or beneath each objective, and in the plan, stand: each once, of what counts there."""
    beneath: dict[str | None, set[str]] = {None: set(), **{objective: set() for objective in sorted(rows.objectives)}}
    by_action: dict[str, list[str]] = defaultdict(list)
    by_objective: dict[str, list[str]] = defaultdict(list)
    for identifier, value in values.items():
        bearers, parent = (by_action, "action_id") if value["action_id"] else (by_objective, "objective_id")
        bearers[value[parent]].append(identifier)
    for (objective, action), counts in rows.standing.items():
        if counts and objective in beneath:
            beneath[objective].update(by_action[action])
    for node, objective in rows.above:
        if objective in beneath:
            beneath[objective].update(by_objective[node])
    return [_total(objective, [values[i]["pace"] for i in found]) for objective, found in beneath.items()]


def _total(objective: str | None, paces: list[str | None]) -> Row:
    return {
        "objective_id": objective, "count": len(paces), "reached": paces.count("reached"),
        "on_track": paces.count("onTrack"), "behind": paces.count("behind"), "not_computable": paces.count(None),
    }  # fmt: skip


def _as_followed(row: Row) -> FollowedIndicator:
    return FollowedIndicator(
        id=row["id"], nature=row["nature"], quantity=row["quantity"], is_cumulative=row["is_cumulative"],
        is_up=row["direction"] == "up", baseline=_exact(row["baseline"]), baseline_on=_day(row["baseline_on"]),
        expected_on=_day(row["expected_on"]), is_gathering=row["is_gathering"],
        targets=tuple((date.fromisoformat(day), Fraction(value)) for day, value in row["targets"]),
    )  # fmt: skip


def _as_measured(m: Row) -> MeasuredValue:
    return MeasuredValue(
        m["id"], m["indicator_id"], date.fromisoformat(m["on"]), _exact(m["value"]), _exact(m["numerator"]),
        _exact(m["denominator"]), m["milestone_state"],
    )  # fmt: skip


def _exact(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
