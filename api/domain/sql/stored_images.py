"""Stored images of rows, in the journal and in versions, as far as their reader reads such rows today."""

from typing import TYPE_CHECKING

from api.domain.policy import grants_of, reads_whole
from api.domain.resources.base import RECORD_FIELDS, ChildList, Resource
from api.domain.resources.catalogue import RESOURCES

if TYPE_CHECKING:
    from api.domain.sql.reader import Reader


def project_any_image(reader: "Reader", image: str, t: str) -> str:
    """The SQL of an image of journal entry `t`, projected as the thing that the entry is about."""
    whens = []
    for thing in RESOURCES:
        if grants_of(reader.actor, f"{thing.name}:read"):
            told = project_image(reader, thing, image, f"{t}.workspace_id")
            whens += [f"when '{thing.name}' then {told}"] if told != image else []
    return f"case {t}.entity {' '.join(whens)} else {image} end" if whens else image


def project_image(reader: "Reader", thing: Resource, image: str, workspace: str) -> str:
    """The SQL of an image of a thing (a `jsonb` value) without the fields that the reader may not read, and without
    the ids of what it may not see. Who reads the thing whole reads fields that it no longer has, too."""
    bare = _own_fields(reader, thing, image)
    for name, part in thing.parts.items():
        if reader.sees(thing, name):
            items = _items(reader, thing, name, part, f"{image}->'{name}'", workspace)
            bare = f"jsonb_set({bare}, '{{{name}}}', {items}, false)" if items else bare
    for name in thing.refs:
        if name in thing.table.c and reader.sees(thing, name):
            condition = reader.may_name(thing, name, f"({image}->>'{name}')::uuid", workspace)
            told = f"case when {condition} then coalesce({image}->'{name}', 'null') else 'null' end"
            bare = f"jsonb_set({bare}, '{{{name}}}', {told}, false)" if condition else bare
    return bare


def _own_fields(reader: "Reader", thing: Resource, image: str) -> str:
    if reads_whole(reader.actor, thing.name):
        return f"({image} - {reader.binds(sorted(thing.hidden), 'text[]')})" if thing.hidden else image
    names = (name for name in (*thing.columns, *thing.parts) if reader.sees(thing, name))
    told = reader.binds(sorted({*names, *RECORD_FIELDS}), "text[]")
    return f"(select jsonb_object_agg(f.key, f.value) from jsonb_each({image}) f where f.key = any({told}))"


def _items(reader: "Reader", thing: Resource, name: str, part: ChildList, items: str, workspace: str) -> str | None:
    """The items of an array, those that may be followed, with the members that are shown; None where that is all."""
    item = "e.x"
    if not part.is_scalar and not reads_whole(reader.actor, thing.name):
        shown = [column for column in part.columns if reader.sees(thing, f"{name}.{column}")]
        members = f"jsonb_each(e.x) m where m.key = any({reader.binds(shown, 'text[]')})"
        item = f"(select coalesce(jsonb_object_agg(m.key, m.value), '{{}}') from {members})"
    condition = reader.may_follow_item(part, workspace)
    if item == "e.x" and condition is None:
        return None
    rows = f"jsonb_array_elements({items}) with ordinality as e(x, n)"
    return f"(select coalesce(jsonb_agg({item} order by e.n), '[]') from {rows} where {condition or 'true'})"
