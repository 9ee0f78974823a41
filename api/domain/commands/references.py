"""What a document names must exist for its author: the invisible and the absent are refused alike.

Who names what is another's asks for the right to add to it, as its declaration says (`Ref.asks`): a sub-action for
the right to make actions like its parent. What it names already and its author does not see is not its author's to
take away either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.domain.actor import Actor
from api.domain.errors import Forbidden, Invalid, Issue
from api.domain.policy import grants_of, refusal
from api.domain.resources.base import OWN, READS, Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.references import reference_visibility
from api.domain.rights.visibility import may
from api.domain.sql.reader import Reader

Connection = Any


@dataclass(frozen=True, slots=True)
class Naming:
    """A field that names a document, and the right on that document which naming it asks for, if any."""

    field: str
    target: str
    identifier: str
    asks: str | None


def _named_documents(resource: Resource, provided: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Naming]:
    """Everything that the words point at; what an array named before asks for no right again."""
    for column, ref in resource.refs.items():
        if provided.get(column):
            is_asked = ref.where is None or provided.get(ref.where[0]) in ref.where[1]
            yield Naming(column, ref.target, str(provided[column]), _right(ref.asks) if is_asked else None)
    for name, part in resource.parts.items():
        known = before.get(name) or ()
        for item in provided.get(name) or ():
            if part.target:
                yield Naming(name, part.target, str(item), None if item in known else _right(part.asks))
            elif name == "responsibilities":
                for kind in ("office", "unit", "person"):
                    if item[f"{kind}_id"]:
                        yield Naming(name, kind, item[f"{kind}_id"], None)


def _right(asks: str | None) -> str | None:
    return None if asks in (OWN, READS) else asks


async def check(
    connection: Connection, actor: Actor, resource: Resource, provided: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """Refuse with one `referencedResourceNotFound` per name that leads to nothing the actor sees; then with
    `missingPermission` and the fields that name what the actor may read but add nothing to."""
    named = list(_named_documents(resource, provided, before))
    if not named:
        return
    reader = Reader(actor, "fr", "")
    questions = [_questions(reader, naming, f"r{i}") for i, naming in enumerate(named)]
    seen, allowed = (", ".join(pair[i] for pair in questions) for i in (0, 1))
    found = await connection.fetchrow(f"select array[{seen}], array[{allowed}]", *reader.binds.values)
    missing = [naming for naming, is_seen in zip(named, found[0], strict=True) if not is_seen]
    if missing:
        raise Invalid(
            *(Issue("referencedResourceNotFound", "body", resource.wire(n.field), n.identifier) for n in missing)
        )
    barred = [naming for naming, is_allowed in zip(named, found[1], strict=True) if not is_allowed]
    if barred:
        asked = barred[0].asks or ""
        raise refusal(actor, asked, sorted({resource.wire(n.field) for n in barred if n.asks == asked}))


def _questions(reader: Reader, naming: Naming, r: str) -> tuple[str, str]:
    """Whether the document named is seen, and whether the right asked is held on it, as SQL."""
    target = BY_NAME[naming.target]
    try:
        rows, seen = reader.rows(target, r)
    except Forbidden:
        return "false", "false"
    identity = f"{r}.id = {reader.binds(naming.identifier, 'uuid')}"
    is_seen = f"exists (select from {rows} where {identity} and {seen})"
    if naming.asks is None:
        return is_seen, "true"
    if not grants_of(reader.actor, naming.asks):
        return is_seen, "false"
    right = may(naming.asks, target, reader.actor, reader.binds, r)
    return is_seen, f"exists (select from {target.table.name} {r} where {identity} and {right})"


async def untold(
    connection: Connection, actor: Actor, resource: Resource, image: Mapping[str, Any], provided: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns said to be null, as they are, where the author is not told what they name: it never means to drop it.

    One statement, and none where the author is told all that these columns name.
    """
    reader = Reader(actor, "fr", "")
    questions: dict[str, str] = {}
    for name in sorted(provided.keys() & resource.refs.keys()):
        if provided[name] is None and image.get(name):
            if Reader(actor, "fr", "").may_name(resource, name, "null", "null") is None:
                continue  # nothing is bound that the statement does not use
            value, workspace = reader.binds(image[name], "uuid"), reader.binds(image.get("workspace_id"), "uuid")
            questions[name] = reader.may_name(resource, name, value, workspace) or "true"
    if not questions:
        return {}
    found = await connection.fetchrow(f"select {', '.join(questions.values())}", *reader.binds.values)
    return {name: image[name] for name, is_told in zip(questions, found, strict=True) if not is_told}


async def hidden_ids(
    connection: Connection, actor: Actor, resource: Resource, image: Mapping[str, Any], provided: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What the arrays said name in this image of a row and is not told to the author, who thus never means to drop it.

    One statement, and none where the author reads all that these arrays can name.
    """
    reader = Reader(actor, "fr", "")
    questions = {}
    for name in sorted(provided.keys() & resource.parts.keys()):
        part = resource.parts[name]
        if part.target is None or not image.get(name):
            continue
        workspace = reader.binds(image.get(part.tenant), "uuid")
        told = reference_visibility(BY_NAME[part.target], actor, reader.binds, "e.id", workspace)
        if told is not None:
            named = reader.binds(image[name], "uuid[]")
            questions[name] = f"array(select e.id::text from unnest({named}) e(id) where not {told})"
    if not questions:
        return {}
    found = await connection.fetchrow(f"select {', '.join(questions.values())}", *reader.binds.values)
    return dict(zip(questions, found, strict=True))
