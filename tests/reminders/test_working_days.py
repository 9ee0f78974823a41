"""The days on which administrations work: holidays move with Easter, and are none of them."""

from datetime import date

import httpx
import pytest

from api.domain.rules.working_days import easter_sunday, holidays, is_working_day
from tests.reminders.scene import Scene, told

EASTERS = ("2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2076-04-19")


@pytest.mark.parametrize("day", EASTERS)
def test_easter_falls_where_the_calendar_says(day: str) -> None:
    assert str(easter_sunday(int(day[:4]))) == day


def test_the_holidays_of_a_year_are_those_of_the_walloon_administrations() -> None:
    assert sorted(str(day) for day in holidays(2027)) == [
        "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-17", "2027-07-21", "2027-08-15",
        "2027-09-27", "2027-11-01", "2027-11-02", "2027-11-11", "2027-11-15", "2027-12-25", "2027-12-26",
    ]  # fmt: skip


def test_weekends_and_holidays_are_no_working_days() -> None:
    worked = [day for day in range(1, 32) if is_working_day(date(2027, 5, day))]
    assert 6 not in worked  # Ascension
    assert 17 not in worked  # Whit Monday
    assert len(worked) == 31 - 10 - 2


async def test_nobody_is_reminded_on_easter_monday(client: httpx.AsyncClient, scene: Scene) -> None:
    await scene.rule("late", days=0)
    await scene.action(title="En retard", planned_end="2027-03-20")
    await scene.look(day=date(2027, 3, 29))
    assert await told(client, scene.headers["owner"]) == []
    await scene.look(day=date(2027, 3, 30))
    assert await told(client, scene.headers["owner"]) == [("late", "owner", "En retard")]
