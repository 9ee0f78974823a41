"""The span that a date with a precision stands for: a month, a quarter, a semester, a year, a term of office."""

from datetime import date, timedelta
from typing import Any

from api.domain.enumerations.common import DatePrecision

MONTHS = {
    DatePrecision.MONTH: 1, DatePrecision.QUARTER: 3, DatePrecision.SEMESTER: 6, DatePrecision.YEAR: 12,
}  # fmt: skip
"""How many months a span of the calendar has; they begin with the year."""


async def span_of(connection: Any, day: date, precision: str | None) -> tuple[date, date] | None:
    """The first and the last day of the span in which a day lies; None where the day is the answer itself.

    A term is the one of the municipalities that holds the day; a day outside the terms that are known stays as it is.
    """
    if precision == DatePrecision.TERM:
        found = await connection.fetchrow(
            "select starts_on, ends_on from term where $1::date between starts_on and ends_on"
            " order by starts_on desc limit 1",
            day,
        )
        return None if found is None else (found["starts_on"], found["ends_on"])
    months = MONTHS.get(DatePrecision(precision)) if precision is not None else None
    if months is None:
        return None
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    year, month = divmod(first.month - 1 + months, 12)
    if first.year + year > date.max.year:
        return first, date.max
    return first, date(first.year + year, month + 1, 1) - timedelta(days=1)
