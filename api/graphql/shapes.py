"""From the annotations of the words to GraphQL types: one translation, for answers and for inputs."""

import dataclasses
import types
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Annotated, Any, Optional, Union, get_args, get_origin, get_type_hints

import strawberry
from pydantic import BaseModel
from pydantic.alias_generators import to_camel
from strawberry.schema.name_converter import NameConverter
from strawberry.types.enum import EnumValue, StrawberryEnumDefinition

from api.domain.resources.base import list_of
from api.domain.schemas import base as words
from api.graphql import scalars


class OneSpelling(NameConverter):
    """Names are given as they stand; a word of an enumeration is spelled as REST spells it."""

    def __init__(self) -> None:
        super().__init__(auto_camel_case=False)

    def from_enum_value(self, enum: StrawberryEnumDefinition, enum_value: EnumValue) -> str:
        value = enum_value.value
        return value if isinstance(value, str) else super().from_enum_value(enum, enum_value)


def shape(annotation: Any, *, is_input: bool = False) -> Any:
    """The GraphQL type of an annotation, as Strawberry reads it."""
    if annotation in (words.Money, words.Amount, words.Sum):
        return scalars.Money
    if annotation in (words.Figure, words.Count, words.Computation):
        return scalars.Figure
    origin = get_origin(annotation)
    if origin is Annotated:
        return shape(get_args(annotation)[0], is_input=is_input)
    if origin is Union or origin is types.UnionType:
        return maybe(_only([a for a in get_args(annotation) if _is_said(a)], is_input))
    if origin is list:
        return list_of(shape(get_args(annotation)[0], is_input=is_input))
    if origin is dict:
        return scalars.Json
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        # Words that GraphQL cannot spell (OAuth scopes have a colon) stay texts; the words still judge them.
        return enumeration(annotation) if all(word.isidentifier() for word in annotation) else str
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return input_of(annotation, f"{annotation.__name__}Input") if is_input else object_of(annotation)
    return scalars.BY_PYTHON_TYPE[annotation]


def _is_said(annotation: Any) -> bool:
    """Whether a member of a union is a type of values: neither null nor the mark of absence."""
    return annotation is not type(None) and getattr(annotation, "__name__", "") != "MISSING"


def _only(members: list[Any], is_input: bool) -> Any:
    shapes = [shape(member, is_input=is_input) for member in members]
    assert all(s == shapes[0] for s in shapes), members
    return shapes[0]


def maybe(kind: Any) -> Any:
    """The same type, or null."""
    return Optional[kind]  # noqa: UP045


def may_be_null(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


@lru_cache(maxsize=256)
def enumeration(closed: type[Enum]) -> Any:
    return strawberry.enum(closed, description=_words(closed))


@lru_cache(maxsize=256)
def object_of(model: type[BaseModel]) -> Any:
    """The type of an object inside a document."""
    hints = get_type_hints(model, include_extras=True)
    fields = {to_camel(name): shape(hints[name]) for name in model.model_fields}
    told = {to_camel(name): info.description for name, info in model.model_fields.items()}
    return make_type(model.__name__, fields, told, description=_words(model))


@lru_cache(maxsize=256)
def input_of(model: type[BaseModel], name: str, meaning: str | None = None) -> Any:
    """The input type of words: what may be left out is optional here, and the words themselves judge the rest."""
    hints = get_type_hints(model, include_extras=True)
    fields: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for field_name, info in model.model_fields.items():
        kind = shape(hints[field_name], is_input=True)
        wire = info.alias or to_camel(field_name)
        fields[wire] = kind if info.is_required() else maybe(kind)
        if not info.is_required():
            defaults[wire] = strawberry.UNSET
    told = {info.alias or to_camel(n): info.description for n, info in model.model_fields.items()}
    return make_type(name, fields, told, defaults, description=_words(model) or meaning, is_input=True)


def make_type(
    name: str,
    fields: dict[str, Any],
    told: dict[str, str | None] | None = None,
    defaults: dict[str, Any] | None = None,
    *,
    description: str | None = None,
    is_input: bool = False,
) -> Any:
    """A Strawberry type from names and types."""
    members: dict[str, Any] = {
        field: strawberry.field(description=(told or {}).get(field), **_default(field, defaults or {}))
        for field in fields
    }
    cls = type(name, (), {"__annotations__": fields, "__module__": __name__, **members})
    decorate = strawberry.input if is_input else strawberry.type
    return decorate(cls, name=name, description=description)


def _default(field: str, defaults: dict[str, Any]) -> dict[str, Any]:
    return {"default": defaults[field]} if field in defaults else {}


def provided_argument(value: Any) -> Any:
    """What was said for an argument; None where it was left out."""
    return None if value is strawberry.UNSET else value


def provided_input(value: Any) -> Any:
    """What was written in an input, as JSON: names that were left out stay out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [provided_input(item) for item in value]
    if dataclasses.is_dataclass(value):
        own = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {name: provided_input(item) for name, item in own.items() if item is not strawberry.UNSET}
    return value


def _words(kind: type) -> str | None:
    doc = kind.__doc__
    inherited = {base.__doc__ for base in kind.__mro__[1:]}
    return None if not doc or doc in inherited else " ".join(doc.split())
