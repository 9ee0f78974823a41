"""What a document names must exist for its author: the invisible and the absent are refused alike."""

from typing import Any

from api.domain.actor import Actor
from api.domain.errors import Forbidden, Invalid, Issue
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
