"""Scalars in their wire spelling: PostgreSQL and pydantic say the values, GraphQL only carries them."""

from datetime import date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

Identifier = NewType("Identifier", str)
Money = NewType("Money", str)
Figure = NewType("Figure", str)
Day = NewType("Day", str)
Instant = NewType("Instant", str)
LargeInt = NewType("LargeInt", int)
Json = NewType("Json", object)


def _as_it_is(value: Any) -> Any:
    return value


def _identifier(value: Any) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise ValueError("an id is a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057")
    return UUID(value)


def _text(value: Any) -> str:
    """Any text: what it must look like is said once, by the schema that validates the whole input."""
    if not isinstance(value, str):
        raise ValueError("must be written as a text")
    return value


def _large(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError("must be a whole number below 2^63")
    return value


def _scalar(name: str, description: str, parse: Any, rfc: int | None = None) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, serialize=_as_it_is, parse_value=parse,
        specified_by_url=None if rfc is None else f"https://www.rfc-editor.org/rfc/rfc{rfc}",
    )  # fmt: skip


SCALARS: dict[object, ScalarDefinition] = {
    Identifier: _scalar("UUID", "An identifier: a UUID in lower case.", _identifier, 9562),
    Money: _scalar("Money", "An amount in euro, written with two decimals: `1250.00`.", _text),
    Figure: _scalar("Figure", "A measured quantity, exact to four decimals, written as text: `12.5`.", _text),
    Day: _scalar("Date", "A day, written `yyyy-MM-dd`.", _text, 3339),
    Instant: _scalar("DateTime", "An instant, written as RFC 3339 with an offset.", _text, 3339),
    LargeInt: _scalar("BigInt", "A whole number that may be larger than 32 bits.", _large),
    Json: _scalar("JSON", "A JSON value whose form is told elsewhere.", _as_it_is),
}
BY_PYTHON_TYPE: dict[type, Any] = {
    UUID: Identifier,
    datetime: Instant,
    date: Day,
    bool: bool,
    int: int,
    str: str,
}
