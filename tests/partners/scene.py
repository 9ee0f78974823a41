"""Two communes that work with one partner organisation, and what it is told of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import Commune, Headers, make, make_action, make_commune, make_objective, make_partner, make_plan
from tests.rights.making import make_partnership

BASE = "/pst/v1"


@dataclass
class Scene:
    """Two communes that work with one partner, and another partner that takes part too."""

    communes: list[Commune]
    partner: UUID
    other: UUID
    seen: dict[str, UUID] = field(default_factory=dict)
    """The action of each commune in which the partner takes part."""
    hidden: dict[str, UUID] = field(default_factory=dict)
    plans: list[UUID] = field(default_factory=list)
    objectives: list[tuple[UUID, UUID, UUID]] = field(default_factory=list)
    """Above the action: the strategic and the operational objective; then one beside them."""

    @property
    def headers(self) -> Headers:
        return self.communes[0].as_("partner", organisation=self.partner)


async def make_scene(database: Database) -> Scene:
    """Both communes filled alike."""
    communes = [await make_commune(database), await make_commune(database)]
    scene = Scene(communes, await make_partner(database), await make_partner(database))
    for commune in communes:
        await _fill(scene, commune)
    return scene


async def _fill(scene: Scene, commune: Commune) -> None:
    plan = await make_plan(commune, description="Pour nous seuls")
    above = await make_objective(commune, plan, title="Au-dessus", finding="Constat", priority=2)
    below = await make_objective(commune, plan, above, title="Dessous")
    beside = await make_objective(commune, plan, title="À côté")
    scene.plans.append(plan)
    scene.objectives.append((above, below, beside))
    words: dict[str, Any] = {
        "internal_note": "Entre nous",
        "estimate": "Cher",
        "estimate_low": "900.00",
        "estimate_high": "1000.00",
        "priority": 3,
        "full_time_equivalents": "1.50",
    }
    action = await make_action(commune, plan, below, title="Navette", unit="works", **words)
    await make_partnership(commune, action, scene.partner, "proposed")
    await make_partnership(commune, action, scene.other, "agreed", role="pilot")
    await make(commune, "budgetLine", action_id=action, fiscal_year=2026, source="other", service="ordinary")
    await make(commune, "task", action_id=action, title="Ligne")
    scene.seen[str(commune.nis)] = action
    cases: list[tuple[str, str, dict[str, Any]]] = [
        ("planned", "planned", {}), ("ended", "ended", {}), ("draft", "agreed", {"status": "draft"}),
        ("narrow", "agreed", {"audience": "administration"}),
    ]  # fmt: skip
    for name, state, more in cases:
        hidden = await make_action(commune, plan, beside, title=f"Cachée {name}", **more)
        await make_partnership(commune, hidden, scene.partner, state)
        scene.hidden[f"{commune.nis} {name}"] = hidden
    scene.hidden[f"{commune.nis} none"] = await make_action(commune, plan, beside, title="Cachée sans part")


async def ids(client: httpx.AsyncClient, headers: Headers, path: str, **query: str) -> set[str]:
    """Every id of a list, whose total is told too."""
    answer = await client.get(f"{BASE}/{path}", params={"pageSize": "200", "total": "true", **query}, headers=headers)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["total"] == len(page["items"])
    return {item["id"] for item in page["items"]}
