"""Plants fields that nobody listed on every concept, before anything is built of the declarations (`pytest -p`).

Each concept gets a column, a flag, a derived field, an array, a member in each array of objects, and ways to sort,
filter and search by them. What they hold is `SECRET`.
"""

from typing import Any
from uuid import UUID

from pydantic import create_model
from sqlalchemy import Boolean, Column, Text
from sqlmodel import Field, SQLModel

from api.domain.resources.base import ChildList, Derived, Filter, Resource
from api.domain.resources.catalogue import RESOURCES

WORD = "vertrouwelijk"
SECRET = f"{WORD}-4711"
PLANTED = ("planted", "planted_flag", "planted_derived", "planted_list")
FILLS_ITSELF = "create function {name}() returns trigger language plpgsql as $$ begin {body} return new; end $$"
INSERT_ITEM = (
    f"insert into planted_item values (new.id, (to_jsonb(new)->>'workspace_id')::uuid, '{SECRET}')"
    " on conflict do nothing;"
)
TABLES: set[str] = set()
"""The tables that have the column, also those of arrays."""


class PlantedItem(SQLModel, table=True):
    """The rows of the array that every concept gets."""

    __tablename__ = "planted_item"
    owner_id: UUID = Field(primary_key=True)
    workspace_id: UUID | None = None
    word: str = Field(primary_key=True)


def _plant_column(model: type[SQLModel], name: str, kind: Any, annotation: Any) -> None:
    table: Any = model.__table__  # type: ignore[attr-defined]
    if name not in table.c:
        column: Any = Column(kind, nullable=True)
        column.name = column.key = name  # as a declared column gets it: a plain text
        table.append_column(column)
        model.__annotations__[name] = annotation
    TABLES.add(table.name)


def _planted_part(part: ChildList) -> ChildList:
    """The array with one more member of its objects."""
    _plant_column(part.table, "planted", Text(), str | None)
    more: Any = {"planted": (str | None, None)}
    kind = create_model(part.type.__name__, __base__=part.type, **more)
    return ChildList(
        part.table, part.owner, (*part.columns, "planted"), kind, part.target, part.order, part.kinds, part.tenant
    )


def _plant(resource: Resource) -> None:
    _plant_column(resource.table_model, "planted", Text(), str | None)
    _plant_column(resource.table_model, "planted_flag", Boolean(), bool | None)
    parts = {name: part if part.is_scalar else _planted_part(part) for name, part in resource.parts.items()}
    parts["planted_list"] = ChildList(PlantedItem, "owner_id", ("word",), str)
    told = f"'{SECRET}'::text"
    asked = Filter("{t}.planted = any({v})", "text[]", str, "{t}.planted = any({v})", field="planted")
    planted = {
        "parts": parts,
        "derived": {**resource.derived, "planted_derived": Derived(told, str | None, shown=told)},
        "filters": {**resource.filters, "planted_asked": asked},
        "sorts": (*resource.sorts, "planted"),
        "search": (*resource.search, "planted"),
        "default_sort": ("planted", *resource.default_sort),
    }
    for name, value in planted.items():
        object.__setattr__(resource, name, value)


for _resource in RESOURCES:
    _plant(_resource)


def statements() -> list[str]:
    """What makes the database agree: columns that fill themselves, and the rows of the arrays."""
    out = [
        "create table planted_item (owner_id uuid, workspace_id uuid, word text, primary key (owner_id, word))",
        "grant all on planted_item to public",
        FILLS_ITSELF.format(name="plant", body=f"new.planted := '{SECRET}';"),
        FILLS_ITSELF.format(name="plant_items", body=f"{INSERT_ITEM} new.planted_flag := true;"),
    ]
    own = {resource.table.name for resource in RESOURCES}
    for table in sorted(TABLES):
        out.append(f"alter table \"{table}\" add column planted text default '{SECRET}'")
        out.append(f'create trigger plant before insert or update on "{table}" for each row execute function plant()')
        if table in own:
            out.append(f'alter table "{table}" add column planted_flag bool default true')
            out.append(
                f'create trigger plant_items before insert on "{table}" for each row execute function plant_items()'
            )
            workspace = "(to_jsonb(t)->>'workspace_id')::uuid"
            out.append(f"insert into planted_item select t.id, {workspace}, '{SECRET}' from \"{table}\" t")
    return out
