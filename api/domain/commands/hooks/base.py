"""The moments at which a concept's rules are asked, and what several concepts share."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from fractional_indexing import generate_key_between

from api.domain.commands import images
from api.domain.commands.context import ChangeContext, Image
from api.domain.errors import Conflict, invalid
from api.domain.journal import Change
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME


@dataclass(frozen=True, slots=True)
class Alongside:
    """A change of another document that belongs to the same command; it asks for its own right and version."""

    resource: str
    identifier: UUID
    provided: dict[str, Any]
    expected_version: int


class Hooks:
    """Rules complete or refuse an undertaking; the default asks nothing."""

    declared: ClassVar[dict[str, "Hooks"]] = {}
    """The rules of each concept that has some, by its name."""

    fields_of_move: frozenset[str] = frozenset()
    """The fields that belong to a move with a right of its own."""

    def __init_subclass__(cls, concept: str) -> None:
        """Rules name the concept that they are of; a concept has them once."""
        if concept not in BY_NAME or concept in cls.declared:
            raise TypeError(f"{cls.__name__}: there is no concept {concept}, or it has its rules already")
        cls.declared[concept] = cls()

    def permission(self, before: Image, provided: dict[str, Any]) -> str | None:
        """The right a change asks for, when it is not simply the right to update."""
        return None

    async def find_existing(self, change: ChangeContext) -> UUID | None:
        """The document that is already what is asked for: creating answers it instead of making a second."""
        return None

    async def alongside(self, change: ChangeContext) -> list[Alongside]:
        """What creating also changes elsewhere, before the rules of the creation itself are asked."""
        return []

    async def on_create(self, change: ChangeContext) -> None: ...
    async def on_update(self, change: ChangeContext) -> None: ...
    async def on_delete(self, change: ChangeContext) -> None: ...
    async def afterwards(self, change: ChangeContext) -> None: ...


async def check_plan_open(change: ChangeContext, plan_id: str | None, lock: str = "share") -> None:
    """Refuse with `planFrozen` when the plan was closed at the end of its term.

    The plan's row is locked, so that it cannot be closed between this look and the commit. Whoever needs it for
    themselves says so here: two who share it and then both want more would wait for each other.
    """
    if plan_id is None:
        return
    is_closed = await change.connection.fetchval(
        f"select is_closed from plan where workspace_id = $1::uuid and id = $2::uuid for {lock}",
        change.workspace_id,
        UUID(plan_id),
    )
    if is_closed:
        raise Conflict("planFrozen", planId=plan_id)


async def place(change: ChangeContext, siblings: str, *values: Any) -> None:
    """Set `position` from `placeAfter`: after that sibling, first when null, last when not said.

    `siblings` is the FROM and WHERE of the rows among which it stands, without the row itself.
    """
    fetch = change.connection.fetchval
    if "place_after" not in change.provided:
        before = await fetch(f"select max(position) {siblings}", *values)
        following = None
    elif change.provided["place_after"] is None:
        before = None
        following = await fetch(f"select min(position) {siblings}", *values)
    else:
        n = len(values)
        before = await fetch(
            f"select position {siblings} and id = ${n + 1}::uuid", *values, UUID(change.provided["place_after"])
        )
        if before is None:
            raise invalid("referencedResourceNotFound", "placeAfter", change.provided["place_after"])
        following = await fetch(f"select min(position) {siblings} and position > ${n + 1}", *values, before)
    change.after["position"] = generate_key_between(before, following)


async def add(change: ChangeContext, name: str, words: dict[str, Any]) -> Image:
    """Write another document in the same command, and journal it with the rest."""
    resource = BY_NAME[name]
    await images.insert(change.connection, resource, images.complete_image(resource, words))
    after = await reread(change, resource, UUID(words["id"]))
    change.changes.append(Change(name, None, after))
    return after


async def reread(change: ChangeContext, resource: Resource, identifier: UUID) -> Image:
    found: str = await change.connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t"
        " where t.workspace_id = $1::uuid and t.id = $2::uuid",
        change.workspace_id,
        identifier,
    )
    return images.loads(found)


async def alter(change: ChangeContext, name: str, identifier: UUID, words: dict[str, Any]) -> None:
    """Change another document in the same command, and journal it with the rest."""
    resource = BY_NAME[name]
    before = await reread(change, resource, identifier)
    after = before | words
    if after != before:
        await images.update(change.connection, resource, before, after, before["version"])
        change.changes.append(Change(name, before, await reread(change, resource, identifier)))
