"""Telling what a demonstration commune follows: indicators, their targets, and a few years of measurements."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.demo_directory import make
from api.demo_sheets import author_of
from api.domain.reference import load_demo

if TYPE_CHECKING:
    from api.demo_commune import Telling

Told = dict[str, Any]
ASIDE = frozenset({"key", "action", "objective", "contributes_to", "measurements"})


async def tell_indicators(telling: "Telling") -> None:
    """Write what the commune's file of indicators tells; its periods are locked last, when all is measured."""
    told = load_demo(f"indicators/{telling.told['workspace']['slug']}")
    made: dict[str, UUID] = {}
    for indicator in told["indicators"]:
        made[indicator["key"]] = await _indicator(telling, indicator, made)
    for lock in told["locks"]:
        words = {name: value for name, value in lock.items() if name != "house"}
        house = telling.town.houses[lock["house"]]
        await make(telling.connection, telling.actors[lock["house"]], "measurementLock", organisation_id=house, **words)


async def _indicator(telling: "Telling", told: Told, made: dict[str, UUID]) -> UUID:
    house, bearer = _bearer(telling, told)
    words = {name: value for name, value in told.items() if name not in ASIDE} | bearer
    totals = [str(made[key]) for key in told.get("contributes_to", ())]
    indicator = await make(telling.connection, telling.actors[house], "indicator", contributes_to_ids=totals, **words)
    for measurement in told.get("measurements", ()):
        await _measurement(telling, indicator, bearer.get("action_id"), house, measurement)
    return indicator


def _bearer(telling: "Telling", told: Told) -> tuple[str, dict[str, UUID]]:
    """The house that answers for the indicator, and the action or objective that bears it."""
    if "objective" in told:
        plan = "pcs" if told["objective"].startswith("pcs") else "pst"
        return str(telling.plans[plan]["organisation"]), {"objective_id": telling.ids["objective"][told["objective"]]}
    action = next(each for each in telling.told["actions"] if each["key"] == told["action"])
    return str(action["organisation"]), {"action_id": telling.ids["action"][told["action"]]}


async def _measurement(telling: "Telling", indicator: UUID, action: UUID | None, house: str, told: Told) -> None:
    """A value, approved unless something else is said, in the name of the house or of a partner."""
    values: Told = {"value": told.get("value"), "milestone_state": told.get("milestone")}
    if "share" in told:
        values["numerator"], values["denominator"] = told["share"].split("/")
    author = telling.actors[house]
    if "by" in told:
        assert action is not None, "a partner measures an action"
        author = await author_of(telling, action, told["by"])
    await make(
        telling.connection, author, "measurement", indicator_id=indicator, measured_on=told["on"],
        period_starts_on=told.get("from"), comment=told.get("comment"), state=told.get("state", "approved"), **values,
    )  # fmt: skip
