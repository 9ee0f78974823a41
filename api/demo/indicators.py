"""Telling what a demonstration commune follows: indicators, their targets, and a few years of measurements."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.demo.directory import make
from api.demo.sheets import author_of
from api.domain.reference import load_demo

if TYPE_CHECKING:
    from api.demo.commune import CommuneWriter

Told = dict[str, Any]
ASIDE = frozenset({"key", "action", "objective", "contributes_to", "measurements"})


async def write_indicators(writer: "CommuneWriter") -> None:
    """Write what the commune's file of indicators tells; its periods are locked last, when all is measured."""
    entry = load_demo(f"indicators/{writer.entry['workspace']['slug']}")
    made: dict[str, UUID] = {}
    for indicator in entry["indicators"]:
        made[indicator["key"]] = await _indicator(writer, indicator, made)
    for lock in entry["locks"]:
        words = {name: value for name, value in lock.items() if name != "house"}
        house = writer.town.houses[lock["house"]]
        await make(writer.connection, writer.actors[lock["house"]], "measurementLock", organisation_id=house, **words)


async def _indicator(writer: "CommuneWriter", entry: Told, made: dict[str, UUID]) -> UUID:
    house, bearer = _bearer(writer, entry)
    words = {name: value for name, value in entry.items() if name not in ASIDE} | bearer
    totals = [str(made[key]) for key in entry.get("contributes_to", ())]
    indicator = await make(writer.connection, writer.actors[house], "indicator", contributes_to_ids=totals, **words)
    for measurement in entry.get("measurements", ()):
        await _measurement(writer, indicator, bearer.get("action_id"), house, measurement)
    return indicator


def _bearer(writer: "CommuneWriter", entry: Told) -> tuple[str, dict[str, UUID]]:
    """The house that answers for the indicator, and the action or objective that bears it."""
    if "objective" in entry:
        plan = "pcs" if entry["objective"].startswith("pcs") else "pst"
        return str(writer.plans[plan]["organisation"]), {"objective_id": writer.ids["objective"][entry["objective"]]}
    action = next(each for each in writer.entry["actions"] if each["key"] == entry["action"])
    return str(action["organisation"]), {"action_id": writer.ids["action"][entry["action"]]}


async def _measurement(writer: "CommuneWriter", indicator: UUID, action: UUID | None, house: str, entry: Told) -> None:
    """A value, approved unless something else is said, in the name of the house or of a partner."""
    values: Told = {"value": entry.get("value"), "milestone_state": entry.get("milestone")}
    if "share" in entry:
        values["numerator"], values["denominator"] = entry["share"].split("/")
    author = writer.actors[house]
    if "by" in entry:
        assert action is not None, "a partner measures an action"
        author = await author_of(writer, action, entry["by"])
    await make(
        writer.connection, author, "measurement", indicator_id=indicator, measured_on=entry["on"],
        period_starts_on=entry.get("from"), comment=entry.get("comment"),
        state=entry.get("state", "approved"), **values,
    )  # fmt: skip
