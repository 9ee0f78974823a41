"""An office is held from the first day that was decided until the day on which it passes on, and rights follow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from api.domain.commands.context import BRUSSELS, today
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.factories import Commune, change, make, make_action, make_commune, make_plan
from tests.plans.asking import Desk

OFFICE = "query ($id: UUID!) { office(id: $id) { holderName holdings { nodes { isCurrent } } } }"
ACTION = "query ($id: UUID!) { action(id: $id) { title } }"
YESTERDAY, TODAY, TOMORROW = (today() + timedelta(days) for days in (-1, 0, 1))


@dataclass
class Scene:
    """An office of the commune, and a draft for which its holder answers: the agent of `works`, if it holds it."""

    commune: Commune
    client: httpx.AsyncClient
    schedule: Schedule
    office: UUID
    draft: UUID

    async def held(self, starts_on: date, ends_on: date | None, person: str = "works") -> UUID:
        return await make(
            self.commune, "officeHolding", office_id=self.office, person_id=self.commune.persons[person],
            starts_on=str(starts_on), ends_on=ends_on and str(ends_on),
        )  # fmt: skip

    async def asked(self, role: str, query: str, identifier: UUID) -> dict[str, Any] | None:
        words = {"query": query, "variables": {"id": str(identifier)}}
        answer = await self.client.post("/graphql", json=words, headers=self.commune.as_(role))
        (found,) = answer.json()["data"].values()
        return found and dict(found)

    async def is_holder(self) -> bool:
        """Whether the agent answers for the draft, hence sees it, and is named as the holder: told alike by all."""
        headers = self.commune.as_("agent")
        seen = (await self.client.get(f"/pst/v1/actions/{self.draft}", headers=headers)).status_code == 200
        assert (await self.asked("agent", ACTION, self.draft) is not None) is seen
        named = await Desk(self.client, self.commune, headers).read(f"offices/{self.office}")
        assert (named["holderName"] == "Ana Works") is seen
        twin = await self.asked("agent", OFFICE, self.office)
        assert twin is not None
        assert twin["holderName"] == named["holderName"]
        return bool(seen)

    async def look(self, day: date) -> None:
        """The service's clock strikes noon on that day."""
        await self.schedule.look(datetime(day.year, day.month, day.day, 12, tzinfo=BRUSSELS).astimezone(UTC))


@pytest.fixture
async def scene(client: httpx.AsyncClient, database: Database, settings: Settings) -> Scene:
    commune = await make_commune(database)
    office = await make(commune, "office", kind="other", title="Coordination", organisation_id=commune.municipality)
    answers = [{"kind": "lead", "office_id": office}]
    draft = await make_action(commune, status="draft", responsibilities=answers)
    return Scene(commune, client, Schedule(database, settings), office, draft)


async def test_a_known_end_to_come_takes_nothing_away_before_that_day(scene: Scene) -> None:
    await scene.held(YESTERDAY, TOMORROW)
    assert await scene.is_holder()
    await scene.look(TODAY)
    assert await scene.is_holder()
    await scene.look(TOMORROW)
    assert not await scene.is_holder()


async def test_a_first_day_to_come_gives_nothing_before_that_day(scene: Scene) -> None:
    await scene.held(TOMORROW, None)
    assert not await scene.is_holder()
    await scene.look(TODAY)
    assert not await scene.is_holder()
    await scene.look(TOMORROW)
    assert await scene.is_holder()


async def test_the_office_passes_on_in_one_command_that_the_journal_tells(scene: Scene) -> None:
    holdings = [await scene.held(YESTERDAY, TOMORROW), await scene.held(TOMORROW, None, "social")]
    await scene.look(TOMORROW)
    await scene.look(TOMORROW)
    desk = Desk(scene.client, scene.commune, scene.commune.as_("administration"))
    assert (await desk.read(f"offices/{scene.office}"))["holderName"] == "Ana Social"
    entries = (await desk.read("journalEntries?command=passOfficesOn"))["items"]
    told = {e["entityId"]: (e["before"]["is_current"], e["after"]["is_current"], e["origin"]) for e in entries}
    assert told == {str(holdings[0]): (True, False, "schedule"), str(holdings[1]): (False, True, "schedule")}
    found = await desk.read(f"officeHoldings?isCurrent=true&officeId={scene.office}")
    assert [row["id"] for row in found["items"]] == [str(holdings[1])]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [(YESTERDAY, None, True), (TODAY, None, True), (YESTERDAY, TODAY, False), (YESTERDAY, YESTERDAY, False)],
)
async def test_days_that_have_come_count_as_soon_as_they_are_said(
    scene: Scene, starts_on: date, ends_on: date | None, holds: bool
) -> None:
    holding = await scene.held(starts_on, ends_on)
    assert await scene.is_holder() is holds
    await change(scene.commune, "officeHolding", holding, ends_on=str(TODAY))
    assert not await scene.is_holder()
    await change(scene.commune, "officeHolding", holding, ends_on=None)
    assert await scene.is_holder()


async def test_a_version_names_who_holds_the_office_on_the_day_it_is_frozen(scene: Scene) -> None:
    commune = scene.commune
    await make(
        commune, "officeHolding", office_id=scene.office, person_id=commune.persons["mayor"],
        starts_on=str(YESTERDAY), ends_on=str(TOMORROW),
    )  # fmt: skip
    version = await make(commune, "planVersion", plan_id=await make_plan(commune))
    desk = Desk(scene.client, commune, commune.as_("administration"))
    names = (await desk.read(f"planVersions/{version}/content"))["names"]
    assert names["offices"][str(scene.office)]["holder"] == "Jo Mayor"


async def test_who_holds_an_office_until_a_day_to_come_is_no_owner_who_left(scene: Scene) -> None:
    await scene.held(YESTERDAY, TOMORROW)
    desk = Desk(scene.client, scene.commune, scene.commune.as_("administration"))
    for day, missing in ((TODAY, False), (TOMORROW, True)):
        await scene.look(day)
        found = await desk.read("actions?missing=owner")
        assert (str(scene.draft) in {row["id"] for row in found["items"]}) is missing
