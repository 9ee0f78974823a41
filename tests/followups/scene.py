"""A commune with an action under way, a partner that may report on it, and what is asked of its follow-ups."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import Commune, Headers, Snapshot, make_action, make_commune, make_partner, snapshot_of_everything
from tests.rights.making import make_partnership

BASE = "/pst/v1"
Words = dict[str, Any]


@dataclass
class Scene:
    commune: Commune
    action: UUID
    partner: UUID

    def headers(self, who: str) -> Headers:
        """`agent` is of the unit that manages the action, `otherAgent` of another one, `cpas` of the other house."""
        commune = self.commune
        match who:
            case "partner":
                return commune.as_("partner", organisation=self.partner)
            case "otherAgent":
                return commune.as_("agent", unit="social")
            case "cpas":
                return commune.as_("administration", "cpas")
            case "cpasCollege":
                return commune.as_("college", "cpas")
        return commune.as_(who)  # an agent is of the first unit, which manages the action

    async def snapshot(self) -> Snapshot:
        return await snapshot_of_everything(self.commune.database, self.commune.workspace_id)


async def make_scene(database: Database) -> Scene:
    commune = await make_commune(database, "grouped")
    action = await make_action(
        commune, commune.plans["pst"], commune.objectives["os1"], unit="works", status="inProgress", progress=20,
        health="atRisk", health_reason="Un seul candidat",
    )  # fmt: skip
    partner = await make_partner(database)
    await make_partnership(commune, action, partner, may_report_progress=True)
    return Scene(commune, action, partner)


async def write(client: httpx.AsyncClient, scene: Scene, who: str, **words: Any) -> httpx.Response:
    said = {"actionId": str(scene.action), "text": "Le chantier avance", **words}
    return await client.post(f"{BASE}/followUps", json=said, headers=scene.headers(who))


async def read_action(client: httpx.AsyncClient, scene: Scene) -> Words:
    answer = await client.get(f"{BASE}/actions/{scene.action}", headers=scene.headers("administration"))
    assert answer.status_code == 200, answer.text
    document: Words = answer.json()
    return document


async def texts(client: httpx.AsyncClient, scene: Scene, who: str, **query: Any) -> set[str]:
    answer = await client.get(f"{BASE}/followUps", params=query, headers=scene.headers(who))
    assert answer.status_code == 200, answer.text
    return {item["text"] for item in answer.json()["items"]}
