"""A PCS that three communes carry together in a group, and a fourth commune that is no member."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import Commune, Headers, make_commune, make_objective, make_plan
from tests.gatherings import items_of, make_group, make_offer

BASE = "/pst/v1"
ABSENT = "01a2075f-0000-7000-8000-000000000000"


@dataclass
class Scene:
    """The group is a `Commune` whose houses are its members: the first one is called `municipality`."""

    client: httpx.AsyncClient
    database: Database
    group: Commune
    communes: list[Commune]
    stranger: Commune
    pcs: UUID
    psts: dict[UUID, UUID] = field(default_factory=dict)
    """By workspace: its PST."""
    objectives: dict[UUID, UUID] = field(default_factory=dict)
    """By workspace: an operational objective of its PST."""
    items: dict[str, UUID] = field(default_factory=dict)
    """Period items of the PCS by code."""

    async def action(self, **words: Any) -> UUID:
        """An action of the group, claimed by its PCS under the code 7.4.01."""
        return await make_offer(self.group, **words)

    async def take_up(
        self, commune: Commune, action: object, headers: Headers | None = None, **words: Any
    ) -> httpx.Response:
        """The commune takes up the action of the group in its PST."""
        said = {
            "originActionId": str(action), "organisationId": str(commune.municipality),
            "planId": str(self.psts[commune.workspace_id]),
            "objectiveId": str(self.objectives[commune.workspace_id]), **words,
        }  # fmt: skip
        return await self.client.post(
            f"{BASE}/counterparts", json=said, headers=headers or commune.as_("administration")
        )

    async def taken(self, commune: Commune, action: object, **words: Any) -> dict[str, Any]:
        """The counterpart's action, as its commune reads it."""
        answer = await self.take_up(commune, action, **words)
        assert answer.status_code == 201, answer.text
        return await self.read(commune, f"actions/{answer.json()['actionId']}")

    async def read(self, who: Commune, path: str, role: str = "administration") -> dict[str, Any]:
        answer = await self.client.get(f"{BASE}/{path}", headers=who.as_(role))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def patch(
        self, who: Commune, path: str, version: int | None = None, headers: Headers | None = None, **words: Any
    ) -> httpx.Response:
        by = headers or who.as_("administration")
        if version is None:
            version = (await self.client.get(f"{BASE}/{path}", headers=by)).json()["version"]
        return await self.client.patch(f"{BASE}/{path}", json=words, headers={**by, "If-Match": f'"{version}"'})

    async def change(self, who: Commune, path: str, **words: Any) -> dict[str, Any]:
        answer = await self.patch(who, path, **words)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def make_scene(client: httpx.AsyncClient, database: Database) -> Scene:
    """Three members, each with a PST of its own; the group with its PCS 2020-2025."""
    communes = [await make_commune(database) for _ in range(3)]
    stranger = await make_commune(database)
    group = await make_group(database, communes)
    scene = Scene(client, database, group, communes, stranger, group.plans["pcs"], items=await items_of(group))
    for commune in (*communes, stranger):
        pst = scene.psts[commune.workspace_id] = await make_plan(commune)
        above = await make_objective(commune, pst, title="Cohésion")
        scene.objectives[commune.workspace_id] = await make_objective(commune, pst, above, title="Rompre l’isolement")
    return scene
