"""An action with an indicator, and everybody who may have to do with its measurements."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from api.accounts import ensure_account, ensure_membership
from api.db import Database
from api.domain.actor import Role
from tests.factories import (
    Commune,
    Headers,
    change,
    make,
    make_action,
    make_commune,
    make_partner,
    snapshot_of_everything,
    world_of,
)
from tests.rights.making import make_as_partner, make_partnership

BASE = "/pst/v1"
Words = dict[str, Any]


@dataclass
class Scene:
    """A commune with an action that the unit `works` manages and in which a partner may report."""

    commune: Commune
    partner: UUID
    action: UUID
    headers: dict[str, Headers] = field(default_factory=dict)
    """`admn` of the commune, `cpas` of the other house, `coll`, `agnt` of the unit, `head` of the unit, `other`: an
    agent of another unit, `prtn`: a partner that may report."""


async def make_scene(database: Database) -> Scene:
    commune = await make_commune(database)
    partner = await make_partner(database)
    action = await make_action(commune, unit="works", title="Navette")
    await make_partnership(commune, action, partner, may_report_progress=True)
    return Scene(commune, partner, action, {
        "coll": commune.as_("college"), "coun": commune.as_("council"), "admn": commune.as_("administration"),
        "cpas": commune.as_("administration", "cpas"), "agnt": commune.as_("agent", unit="works"),
        "head": await make_head(commune, "works"), "other": commune.as_("agent", unit="social"),
        "prtn": commune.as_("partner", organisation=partner), "regn": commune.as_("region"),
    })  # fmt: skip


async def make_head(commune: Commune, unit: str) -> Headers:
    """An agent who holds the office of head of that unit, and no other right."""
    person = await make(commune, "person", kind="agent", family_name="Chef", given_name="Luc")
    office = await make(
        commune, "office", kind="headOfUnit", title="Chef de service", organisation_id=commune.municipality,
        unit_id=commune.units[unit],
    )  # fmt: skip
    await make(commune, "officeHolding", office_id=office, person_id=person, starts_on="2024-12-02")
    async with commune.acting() as (connection, actor):
        account = await ensure_account(connection, actor, f"head-{unit}@{commune.slug}.example", "Luc Chef")
        await ensure_membership(
            connection, actor, commune.workspace_id, account, Role.AGENT, commune.municipality, person_id=person
        )
    return world_of(commune.database).person(account)


async def make_indicator(scene: Scene, **words: Any) -> UUID:
    return await make(scene.commune, "indicator", **{"action_id": scene.action, "title": "Trajets", **words})


async def make_measurement(scene: Scene, indicator: UUID, state: str = "draft", **words: Any) -> UUID:
    """In that state, by the partner unless it is approved at once."""
    said: Words = {"indicator_id": indicator, "measured_on": "2026-01-31", "value": "12", **words}
    if state == "approved":
        return await make(scene.commune, "measurement", **said, state="approved")
    measurement = await make_as_partner(
        scene.commune, scene.partner, "measurement", **said, state="draft" if state == "draft" else "submitted"
    )
    if state == "returned":
        await change(scene.commune, "measurement", measurement, state="returned", state_reason="À vérifier")
    return measurement


async def read(client: httpx.AsyncClient, scene: Scene, path: str, caller: str) -> Words | None:
    answer = await client.get(f"{BASE}/{path}", headers=scene.headers[caller])
    assert answer.status_code in (200, 403, 404), answer.text
    return answer.json() if answer.status_code == 200 else None


async def patch(
    client: httpx.AsyncClient, scene: Scene, path: str, caller: str, words: Words, version: int = 1
) -> httpx.Response:
    headers = {**scene.headers[caller], "If-Match": f'"{version}"'}
    return await client.patch(f"{BASE}/{path}", json=words, headers=headers)


async def ask(client: httpx.AsyncClient, scene: Scene, caller: str, query: str, **variables: Any) -> Words:
    """What GraphQL answers."""
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=scene.headers[caller])
    found: Words = answer.json()
    return found


async def refused(client: httpx.AsyncClient, scene: Scene, path: str, words: Words, caller: str = "admn") -> Words:
    """The problem that a creation is answered with, by both doors alike; nothing has changed."""
    before = await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id)
    answer = await client.post(f"{BASE}/{path}", json=words, headers=scene.headers[caller])
    assert answer.status_code in (400, 409), answer.text
    title = path[0].upper() + path[1:-1]
    query = f"mutation ($words: {title}Create!) {{ create{title}(input: $words) {{ id }} }}"
    twin = (await ask(client, scene, caller, query, words=words))["errors"][0]["extensions"]
    problem: Words = answer.json()
    assert twin["type"] == problem["type"]
    assert [i["name"] for i in twin.get("issues", [])] == [i["name"] for i in problem.get("issues", [])]
    assert await snapshot_of_everything(scene.commune.database, scene.commune.workspace_id) == before
    return problem


def issue(problem: Words) -> tuple[str, str]:
    (found,) = problem["issues"]
    return found["type"].rpartition(":")[2], found["name"]
