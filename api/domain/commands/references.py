"""What a document names must exist for its author: the invisible and the absent are refused alike.

What it names already and its author does not see is not its author's to take away either.
"""

from collections.abc import Mapping
from typing import Any

from api.domain.actor import Actor
from api.domain.errors import Forbidden, Invalid, Issue
from api.domain.followed import followed
from api.domain.queries.reader import Reader
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME

Connection = Any


def _named(resource: Resource, said: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(field, resource named, identifier) for everything the words point at."""
    out = []
    for column, ref in resource.refs.items():
        if said.get(column):
            out.append((column, ref.target, str(said[column])))
    for name, part in resource.parts.items():
        for item in said.get(name) or []:
            if part.target:
                out.append((name, part.target, str(item)))
            elif name == "responsibilities":
                out += [(name, kind, item[f"{kind}_id"]) for kind in ("office", "unit", "person") if item[f"{kind}_id"]]
    return out


async def check(connection: Connection, actor: Actor, resource: Resource, said: dict[str, Any]) -> None:
    """Refuse with one `referencedResourceNotFound` per name that leads to nothing the actor sees."""
    named = _named(resource, said)
    if not named:
        return
    reader = Reader(actor, "fr", "")
    questions = []
    for i, (_, target_name, identifier) in enumerate(named):
        target = BY_NAME[target_name]
        try:
            rows, seen = reader.rows(target, f"r{i}")
        except Forbidden:
            questions.append("false")
            continue
        questions.append(f"exists (select from {rows} where r{i}.id = {reader.binds(identifier, 'uuid')} and {seen})")
    found = await connection.fetchval(f"select array[{', '.join(questions)}]", *reader.binds.values)
    missing = [n for n, is_there in zip(named, found, strict=True) if not is_there]
    if missing:
        raise Invalid(
            *(Issue("referencedResourceNotFound", "body", resource.wire(name), value) for name, _, value in missing)
        )


async def hidden(
    connection: Connection, actor: Actor, resource: Resource, image: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What the arrays said name in this image of a row and is not told to the author, who thus never means to drop it.

    One statement, and none where the author reads all that these arrays can name.
    """
    reader = Reader(actor, "fr", "")
    questions = {}
    for name in sorted(said.keys() & resource.parts.keys()):
        part = resource.parts[name]
        if part.target is None or not image.get(name):
            continue
        workspace = reader.binds(image.get(part.tenant), "uuid")
        told = followed(BY_NAME[part.target], actor, reader.binds, "e.id", workspace)
        if told is not None:
            named = reader.binds(image[name], "uuid[]")
            questions[name] = f"array(select e.id::text from unnest({named}) e(id) where not {told})"
    if not questions:
        return {}
    found = await connection.fetchrow(f"select {', '.join(questions.values())}", *reader.binds.values)
    return dict(zip(questions, found, strict=True))
