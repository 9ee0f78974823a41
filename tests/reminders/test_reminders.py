"""People are reminded once of what needs them, at their commune's hour; whoever left is replaced by who is next."""

import asyncio
from datetime import date, timedelta

import httpx
import pytest

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.factories import change, make, make_commune, make_partner, snapshot_of_everything
from tests.reminders.scene import WEDNESDAY, Scene, at, days_later, told


async def test_each_rule_finds_its_actions(client: httpx.AsyncClient, scene: Scene) -> None:
    for kind, days in (("dueSoon", 30), ("late", 5), ("ownerMissing", 0)):
        await scene.rule(kind, days=days)
    await scene.action(title="Bientôt", planned_end=str(days_later(30)))
    await scene.action(title="Plus tard", planned_end=str(days_later(31)))
    await scene.action(title="En retard", planned_end=str(days_later(-6)))
    await scene.action(title="À peine", planned_end=str(days_later(-5)))
    await scene.action(title="Finie", planned_end=str(days_later(-6)), status="completed")
    await scene.action(title="Pérenne", planned_end=str(days_later(-6)), kind="perennial")
    await scene.action(title="Brouillon", planned_end=str(days_later(-6)), status="draft")
    await scene.look()
    assert sorted(await told(client, scene.headers["owner"])) == [
        ("dueSoon", "owner", "Bientôt"), ("late", "owner", "En retard"),
    ]  # fmt: skip
    for name in ("head", "coordinator", "other"):
        assert await told(client, scene.headers[name]) == []


async def test_an_action_without_news_is_stale(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("stale", days=60)
    await scene.action(title="Oubliée")
    async with scene.commune.acting() as (connection, _):
        today = await connection.fetchval("select (now() at time zone 'Europe/Brussels')::date")
    working = next(today + timedelta(n) for n in range(61, 65) if (today + timedelta(n)).weekday() < 5)
    await scene.look(day=next(today + timedelta(n) for n in (60, 59, 58) if (today + timedelta(n)).weekday() < 5))
    assert await told(client, scene.headers["owner"]) == []
    await scene.look(day=working)
    assert await told(client, scene.headers["owner"]) == [("stale", "owner", "Oubliée")]


async def test_a_follow_up_is_news(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("stale", days=60)
    action = await scene.action(title="Suivie")
    async with scene.commune.acting() as (connection, _):
        await connection.execute(
            "update action set updated_at = timestamptz '2026-01-01' where workspace_id = $1 and id = $2",
            scene.commune.workspace_id, action,
        )  # fmt: skip
    await make(scene.commune, "followUp", action_id=action, noted_on="2026-11-20", text="Tout avance.")
    await scene.look(day=date(2027, 1, 19))
    assert await told(client, scene.headers["owner"]) == []
    await scene.look(day=date(2027, 1, 20))
    assert await told(client, scene.headers["owner"]) == [("stale", "owner", "Suivie")]


async def test_a_value_is_expected_a_period_after_the_last_one(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("valueExpected", days=10)
    action = await scene.action(title="Mesurée")
    indicator = await make(scene.commune, "indicator", action_id=action, title="Trajets", frequency="quarterly")
    await make(scene.commune, "measurement", indicator_id=indicator, measured_on="2026-08-31", value="20")
    await make(
        scene.commune, "measurement", indicator_id=indicator, measured_on="2026-11-20", value="25", state="submitted"
    )
    await scene.look(day=date(2027, 3, 2))
    assert await told(client, scene.headers["owner"]) == []
    await scene.look(day=date(2027, 3, 3))
    assert await told(client, scene.headers["owner"]) == [("valueExpected", "owner", "Mesurée")]


async def test_a_milestone_is_expected_until_it_is_done(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("valueExpected", days=0, interval_days=1)
    for title, state in (("Attendue", None), ("Atteinte", "done"), ("En partie", "partly")):
        action = await scene.action(title=title)
        indicator = await make(
            scene.commune, "indicator", action_id=action, title="Permis", nature="milestone", expected_on="2027-03-01"
        )
        if state is not None:
            await make(
                scene.commune, "measurement", indicator_id=indicator, measured_on="2026-11-20", milestone_state=state,
                state="submitted",
            )  # fmt: skip
    await scene.look()
    found = await told(client, scene.headers["owner"])
    assert sorted(title for _, _, title in found) == ["Attendue", "En partie"]


async def test_the_head_of_the_unit_then_the_coordinator_stand_in(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0)
    overdue = str(days_later(-10))
    await scene.action(None, title="Sans titulaire", planned_end=overdue)
    await scene.action(None, unit=None, title="Sans service", planned_end=overdue)
    await scene.look()
    assert await told(client, scene.headers["head"]) == [("late", "headOfUnit", "Sans titulaire")]
    assert await told(client, scene.headers["coordinator"]) == [("late", "coordinator", "Sans service")]


async def test_whoever_left_is_replaced_by_who_is_next(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0)
    await scene.action(title="Orpheline", planned_end=str(days_later(-10)))
    async with scene.commune.acting() as (connection, _):
        membership = await connection.fetchval(
            "select id from membership where workspace_id = $1 and person_id = $2",
            scene.commune.workspace_id, scene.persons["owner"],
        )  # fmt: skip
    await change(scene.commune, "membership", membership, is_ended=True)
    await scene.look()
    assert await told(client, scene.headers["head"]) == [("late", "headOfUnit", "Orpheline")]


async def test_nobody_is_reminded_of_the_same_before_the_interval(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0, interval_days=7)
    await scene.action(title="En retard", planned_end=str(days_later(-10)))
    for day, times in ((0, 1), (1, 1), (6, 1), (7, 2)):
        await scene.look(day=days_later(day))
        assert len(await told(client, scene.headers["owner"])) == times


async def test_a_disabled_rule_and_the_other_house_remind_nobody(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0, is_enabled=False)
    await scene.action(title="En retard", planned_end=str(days_later(-10)))
    await scene.look()
    assert await told(client, scene.headers["owner"]) == []


@pytest.mark.parametrize(
    ("hour", "day", "reminded"),
    [(6, 0, 0), (7, 0, 1), (23, 0, 1), (9, 3, 0), (9, 4, 0), (9, 5, 1)],
    ids=["before the hour", "at the hour", "after it", "on Saturday", "on Sunday", "on Monday"],
)
async def test_reminders_wait_for_the_communes_hour_on_a_working_day(
    client: httpx.AsyncClient, scene: Scene, hour: int, day: int, reminded: int
) -> None:
    await scene.rule("late", days=0)
    await scene.action(title="En retard", planned_end=str(days_later(-10)))
    await scene.look(hour, days_later(day))
    assert len(await told(client, scene.headers["owner"])) == reminded


async def test_a_commune_chooses_its_hour(client: httpx.AsyncClient, scene: Scene) -> None:
    await change(scene.commune, "workspace", scene.commune.workspace_id, reminder_hour=14)
    await scene.rule("late", days=0)
    await scene.action(title="En retard", planned_end=str(days_later(-10)))
    await scene.look(13)
    assert await told(client, scene.headers["owner"]) == []
    await scene.look(14)
    assert len(await told(client, scene.headers["owner"])) == 1


async def test_several_instances_remind_once(
    client: httpx.AsyncClient, database: Database, settings: Settings, scene: Scene
) -> None:
    await scene.rule("late", days=0)
    for number in range(5):
        await scene.action(title=f"En retard {number}", planned_end=str(days_later(-10)))
    clocks = [Schedule(database, settings) for _ in range(6)]
    await asyncio.gather(*(clock.look(at(12)) for clock in clocks))
    assert len(await told(client, scene.headers["owner"])) == 5


async def test_what_was_read_is_unread_no_more_and_others_are_left_alone(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    await scene.rule("late", days=0)
    await scene.action(title="À elle", planned_end=str(days_later(-10)))
    await scene.action("other", title="À lui", planned_end=str(days_later(-10)))
    await scene.look()
    own = (await client.get("/pst/v1/reminders", headers=scene.headers["owner"])).json()
    foreign = (await client.get("/pst/v1/reminders", headers=scene.headers["other"])).json()["items"][0]["id"]
    assert own["unread"] == 1
    said = {"reminderIds": [own["items"][0]["id"], foreign]}
    answer = await client.post("/pst/v1/reminders/read", json=said, headers=scene.headers["owner"])
    assert (answer.status_code, answer.json()) == (200, {"unread": 0})
    assert await told(client, scene.headers["owner"], unread="true") == []
    assert len(await told(client, scene.headers["owner"])) == 1
    assert len(await told(client, scene.headers["other"], unread="true")) == 1
    mutation = "mutation M($ids: [UUID!]!) { readReminders(input: {reminderIds: $ids}) { unread } }"
    variables = {"ids": [foreign]}
    other = await client.post(
        "/graphql", json={"query": mutation, "variables": variables}, headers=scene.headers["other"]
    )
    assert other.json()["data"] == {"readReminders": {"unread": 0}}, other.text


async def test_an_action_out_of_sight_is_not_shown(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0)
    action = await scene.action(title="Passée au CPAS", planned_end=str(days_later(-10)))
    await scene.look()
    async with scene.commune.acting() as (connection, _):
        await connection.execute(
            "update action set organisation_id = $3, audience = 'restricted' where workspace_id = $1 and id = $2",
            scene.commune.workspace_id, action, scene.commune.cpas,
        )  # fmt: skip
    assert await told(client, scene.headers["owner"]) == []
    assert (await client.get("/pst/v1/reminders", headers=scene.headers["owner"])).json()["unread"] == 0


async def test_whoever_is_never_reminded_is_refused(client: httpx.AsyncClient, scene: Scene) -> None:
    commune = scene.commune
    partner = await make_partner(commune.database)
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    for role in ("council", "region", "integrator", "operator", "partner"):
        headers = commune.as_(role, organisation=partner)
        assert (await client.get("/pst/v1/reminders", headers=headers)).status_code == 403
        said = {"reminderIds": [str(partner)]}
        assert (await client.post("/pst/v1/reminders/read", json=said, headers=headers)).status_code == 403
    assert (await client.get("/pst/v1/reminders")).status_code == 401
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_a_membership_ends_on_the_day_that_was_decided(client: httpx.AsyncClient, scene: Scene) -> None:
    commune = scene.commune
    async with commune.acting() as (connection, _):
        membership, tomorrow = await connection.fetchrow(
            "select id, (now() at time zone 'Europe/Brussels')::date + 1 from membership"
            " where workspace_id = $1 and person_id = $2",
            commune.workspace_id, scene.persons["other"],
        )  # fmt: skip
    await change(commune, "membership", membership, ends_on=str(tomorrow))
    await scene.look(day=tomorrow - timedelta(1))
    assert (await client.get("/pst/v1/plans", headers=scene.headers["other"])).status_code == 200
    await scene.look(day=tomorrow)
    assert (await client.get("/pst/v1/plans", headers=scene.headers["other"])).status_code in (401, 403)
    entries = await client.get(
        "/pst/v1/journalEntries", params={"command": "endMemberships"}, headers=commune.as_("administration")
    )
    assert [entry["origin"] for entry in entries.json()["items"]] == ["schedule"]


async def test_other_communes_are_not_touched(client: httpx.AsyncClient, database: Database, scene: Scene) -> None:
    other = await make_commune(database)
    before = await snapshot_of_everything(database, other.workspace_id)
    await scene.rule("late", days=0)
    await scene.action(title="En retard", planned_end=str(WEDNESDAY - timedelta(10)))
    await scene.look()
    assert await snapshot_of_everything(database, other.workspace_id) == before
