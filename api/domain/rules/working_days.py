"""The days on which a Walloon administration works. Its holidays, with sources, are in `reference/holidays.json`."""

from datetime import date, timedelta
from functools import lru_cache

from api.domain.reference import items

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether administrations work: not at the weekend, nor on a legal holiday or a day of their own."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The holidays of a year, legal and of the administrations."""
    easter = easter_sunday(year)
    return frozenset(
        date(year, each["month"], each["day"]) if "month" in each else easter + timedelta(days=each["after_easter"])
        for each in items("holidays")
    )


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the rule that J.-M. Oudin published in 1940."""
    century = year // 100
    golden = year % 19
    k = (century - 17) // 25
    epact = (century - century // 4 - (century - k) // 3 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
