"""Plans with gathered indicators, and what they are told to be worth, through both doors."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from api.demo.directory import make as make_document
from tests.factories import Commune, make, make_action, make_commune, make_objective, make_plan

BASE = "/pst/v1"
Words = dict[str, Any]

VALUES = """
query ($plan: UUID!) { planIndicatorValues(planId: $plan, explain: true) { planId on
  values { indicatorId title actionId objectiveId kind nature quantity unit direction isCumulative isGathering
    value { value reason } numerator denominator milestoneState measuredOn target { dueBy value }
    achievement { value reason } isReached expected { value reason } pace paceReason trend trendReason
    points { on value }
    explanation { inputs { indicatorId actionId measurementId measuredOn value numerator denominator weight }
      exclusions { indicatorId actionId measurementId reason } } }
  totals { objectiveId count reached onTrack behind notComputable } } }
"""


@dataclass
class Town:
    """A PST with one strategic objective over two operational ones, each with an indicator that gathers."""

    commune: Commune
    plan: UUID
    above: UUID
    below: tuple[UUID, UUID]
    totals: dict[UUID, UUID] = field(default_factory=dict)
    """By objective, its indicator."""
    words: Words = field(default_factory=dict)

    async def follow(self, action: UUID, *objectives: UUID, **words: Any) -> UUID:
        """An indicator of the action that adds to those of these objectives."""
        total_ids = [str(self.totals[o]) for o in objectives]
        given = {"action_id": action, "title": "Part", "contributes_to_ids": total_ids, **self.words, **words}
        return await make_indicator(self.commune, **given)

    async def measure(self, indicator: UUID, *said: Any, on: str = "2026-01-31", state: str = "approved") -> UUID:
        """A value, or numerator and denominator."""
        names = ("numerator", "denominator") if len(said) == 2 else ("value",)
        values = dict(zip(names, map(str, said), strict=True))
        return await make(self.commune, "measurement", indicator_id=indicator, measured_on=on, state=state, **values)


async def make_indicator(commune: Commune, **words: Any) -> UUID:
    """Like `make`, for words among which there is a `unit`."""
    async with commune.acting() as (connection, actor):
        return await make_document(connection, actor, "indicator", **words)


async def make_town(database: Database, **words: Any) -> Town:
    """Percentages, unless the words of the indicators say something else."""
    commune = await make_commune(database)
    plan = await make_plan(commune)
    above = await make_objective(commune, plan, title="OS")
    below = (await make_objective(commune, plan, above), await make_objective(commune, plan, above))
    town = Town(commune, plan, above, below, words=words or {"quantity": "percentage", "unit": "%"})
    town.totals[above] = await make_indicator(commune, objective_id=above, title="Total", **town.words)
    for objective in below:
        contributes = [str(town.totals[above])]
        town.totals[objective] = await make_indicator(
            commune, objective_id=objective, title="Total", contributes_to_ids=contributes, **town.words
        )
    return town


async def values_of(client: httpx.AsyncClient, town: Town) -> dict[str, Words]:
    """Every value of the plan by indicator, explained; GraphQL says the same as REST."""
    headers = town.commune.as_("administration")
    answer = await client.get(f"{BASE}/plans/{town.plan}/indicatorValues?explain=true", headers=headers)
    assert answer.status_code == 200, answer.text
    said = {"query": VALUES, "variables": {"plan": str(town.plan)}}
    twin = await client.post("/graphql", json=said, headers=headers)
    assert twin.json() == {"data": {"planIndicatorValues": answer.json()}} | (
        {"extensions": twin.json()["extensions"]} if "extensions" in twin.json() else {}
    )
    return {value["indicatorId"]: value for value in answer.json()["values"]}


async def totals(client: httpx.AsyncClient, town: Town) -> list[str | None]:
    """The gathered value of the strategic objective, then of each operational one; the reason where there is none."""
    found = await values_of(client, town)
    told = [found[str(town.totals[objective])]["value"] for objective in (town.above, *town.below)]
    return [value["value"] or value["reason"] for value in told]


async def placed(town: Town, objective: UUID, **words: Any) -> UUID:
    return await make_action(town.commune, town.plan, objective, **words)
