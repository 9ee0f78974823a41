"""A commune with a service, its head, its agent, a coordinator, and the hour at which they are reminded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from api.accounts import ensure_account, ensure_membership
from api.db import Database
from api.domain.actor import Role
from api.sync.schedule import Schedule
from tests.factories import Commune, Headers, make, make_action, make_commune, world_of

WEDNESDAY = date(2027, 3, 10)


def at(hour: int, day: date = WEDNESDAY) -> datetime:
    """That hour in Brussels, in winter."""
    return datetime(day.year, day.month, day.day, hour - 1, 30, tzinfo=UTC)


@dataclass
class Scene:
    """The commune, and its people by what they are: `owner`, `head`, `coordinator`, `other`."""

    commune: Commune
    schedule: Schedule
    persons: dict[str, UUID]
    headers: dict[str, Headers]

    async def look(self, hour: int = 9, day: date = WEDNESDAY) -> None:
        await self.schedule.look(at(hour, day))

    async def rule(self, kind: str, **words: Any) -> UUID:
        return await make(
            self.commune, "reminderRule", organisation_id=self.commune.municipality, **{"kind": kind, **words}
        )

    async def action(self, owner: str | None = "owner", *, unit: str | None = "works", **words: Any) -> UUID:
        answers = []
        if owner is not None:
            answers.append({"kind": "owner", "person_id": self.persons[owner]})
        if unit is not None:
            answers.append({"kind": "managingUnit", "unit_id": self.commune.units[unit]})
        return await make_action(self.commune, responsibilities=answers, **{"status": "inProgress", **words})


async def make_scene(database: Database, schedule: Schedule) -> Scene:
    commune = await make_commune(database)
    scene = Scene(commune, schedule, {}, {})
    for name in ("owner", "head", "coordinator", "other"):
        await _person(scene, name)
    await _office(scene, "head", "headOfUnit", unit_id=commune.units["works"])
    await _office(scene, "coordinator", "pstCoordinator")
    return scene


async def _person(scene: Scene, name: str) -> None:
    commune = scene.commune
    person = scene.persons[name] = await make(
        commune, "person", kind="agent", family_name=name.title(), given_name="Lou"
    )
    async with commune.acting() as (connection, actor):
        account = await ensure_account(connection, actor, f"{name}@{commune.slug}.example", name)
        await ensure_membership(
            connection, actor, commune.workspace_id, account, Role.ADMINISTRATION, commune.municipality,
            person_id=person,
        )  # fmt: skip
    scene.headers[name] = world_of(commune.database).person(account)


async def _office(scene: Scene, name: str, kind: str, **words: Any) -> None:
    commune = scene.commune
    office = await make(commune, "office", kind=kind, title=kind, organisation_id=commune.municipality, **words)
    await make(commune, "officeHolding", office_id=office, person_id=scene.persons[name], starts_on="2020-01-01")


async def told(client: httpx.AsyncClient, headers: Headers, **query: str) -> list[tuple[str, str, str]]:
    """(kind, capacity, title) of what somebody was reminded of, the same through both doors."""
    answer = await client.get("/pst/v1/reminders", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    question = """query Q($unread: Boolean!) { reminders(unread: $unread) { unread
        items { id kind capacity concernsOn remindedOn readAt action { id href title } } } }"""
    variables = {"unread": query.get("unread") == "true"}
    other = await client.post("/graphql", json={"query": question, "variables": variables}, headers=headers)
    assert other.json()["data"]["reminders"] == answer.json(), other.text
    return [(item["kind"], item["capacity"], item["action"]["title"]) for item in answer.json()["items"]]


def days_later(days: int) -> date:
    return WEDNESDAY + timedelta(days=days)
