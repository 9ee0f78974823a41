"""How words look on the wire: camelCase names, nothing unknown, merge patches whose absent fields stay absent."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, get_type_hints
from uuid import UUID

from pydantic import MISSING, AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, create_model
from pydantic import Field as PydanticField
from pydantic.alias_generators import to_camel
from sqlmodel import SQLModel


class InputModel(SQLModel):
    """What a caller may say about a thing. Unknown names are refused, never ignored."""

    model_config = ConfigDict(  # type: ignore[assignment]
        alias_generator=to_camel, validate_by_alias=True, validate_by_name=False, extra="forbid"
    )


class Answer(BaseModel):
    """What the API answers: every declared field is always present, null included."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,
        extra="forbid",
        json_schema_serialization_defaults_required=True,
    )


class Explained(Answer):
    """An answer whose members are explained beneath them. Finding these texts is slow, so only where there are some."""

    model_config = ConfigDict(use_attribute_docstrings=True)


_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _without_control_characters(text: str) -> str:
    if _CONTROL_CHARACTER.search(text):
        raise ValueError("control characters are not text")
    return text


def _require_text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("an amount is a string such as '1250.00'")
    return value


def _with_four_decimals(figure: str) -> str:
    """The one spelling under which a figure is kept: `12.5` and `12.50` are the same."""
    return f"{Decimal(figure) + 0:.4f}"


def _require_figure(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a figure is a string such as '12.5'")
    return value


def _require_date(value: Any) -> Any:
    """Only `yyyy-MM-dd`: pydantic would also take seconds since 1970 or a midnight."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("a date is written yyyy-MM-dd")
    return value


Clean = AfterValidator(_without_control_characters)
Title = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True), Clean]
Label = Annotated[str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True), Clean]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True), Clean]
Prefix = Annotated[str, StringConstraints(max_length=40, pattern=r"\S"), Clean, AfterValidator(str.lstrip)]
"""What is written before something else: a space at its end belongs to it."""
LongText = Annotated[str, StringConstraints(max_length=20_000), Clean]
WebAddress = Annotated[
    str, StringConstraints(max_length=2_000, pattern=r"^https://[^\s/?#@:]+(:\d{1,5})?([/?#]\S*)?$"), Clean
]
"""An address on the web: https, a host, nobody's name or password."""
Money = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}\.\d{2}$"), BeforeValidator(_require_text)]
Amount = Annotated[str, StringConstraints(pattern=r"^\d{1,12}\.\d{2}$"), BeforeValidator(_require_text)]
"""Money that is never below zero."""
Sum = Annotated[str, StringConstraints(pattern=r"^-?\d{1,18}\.\d{2}$")]
"""An amount that was added up: it may be longer than what can be entered."""
Factor = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{2}$"), BeforeValidator(_require_text)]
Figure = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$"),
    BeforeValidator(_require_figure),
    AfterValidator(_with_four_decimals),
]
"""A measured quantity: exact, up to four decimals, written as text."""
Count = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$"),
    BeforeValidator(_require_figure),
    AfterValidator(_with_four_decimals),
]
"""A figure that is not negative."""
Computation = Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]{1,4})?$")]
"""A figure that was computed, rounded to four decimals."""
Percent = Annotated[int, PydanticField(strict=True, ge=0, le=100)]
Weight = Annotated[int, PydanticField(strict=True, ge=0, le=10_000)]
Year = Annotated[int, PydanticField(strict=True, ge=1990, le=2100)]
Rank = Annotated[int, PydanticField(strict=True, ge=0, le=10_000)]
Hour = Annotated[int, PydanticField(strict=True, ge=0, le=23)]
MonthsAgo = Annotated[int, PydanticField(ge=1, le=120)]
Version = Annotated[int, PydanticField(strict=True, ge=1, le=2_000_000_000)]
Flag = Annotated[bool, PydanticField(strict=True)]
Nis = Annotated[int, PydanticField(strict=True, ge=10000, le=99999)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), Clean]
Day = Annotated[date, BeforeValidator(_require_date)]


class Labels(InputModel):
    """One text in the four languages of the interface; French is the reference."""

    fr: Label
    nl: Label | None = None
    de: Label | None = None
    en: Label | None = None


def patch_of(
    model: type[InputModel], *, name: str, without: frozenset[str] = frozenset(), **more: Any
) -> type[InputModel]:
    """The merge patch (RFC 7396) of `model`: each field may be absent; null stays as legal as it was."""
    hints = get_type_hints(model, include_extras=True)
    fields: dict[str, Any] = {
        field: (hints[field] | MISSING, PydanticField(MISSING, description=info.description))
        for field, info in model.model_fields.items()
        if field not in without
    }
    patch: type[InputModel] = create_model(name, __base__=InputModel, **fields, **more)
    patch.__doc__ = "A merge patch: absent means unchanged, null means cleared."
    return patch


class Record(Answer):
    """What every answered thing carries besides its own fields; a record never changes."""

    id: UUID
    href: str
    withheld: list[str] = PydanticField(description="The fields that its reader may not see; they are null.")


class Document(Record):
    """What every document carries besides its own fields."""

    version: int
    created_at: datetime
    updated_at: datetime
    permitted: list[str] = PydanticField(
        description="The operations that its reader may do on it now, and what it may add to it (`createTask`)."
    )
