"""Places in a statement whose values come later, so that one text serves every reader of the same rights.

The rules of policy and visibility are asked with an actor whose ids are such places: what they write is then
true of any actor of the same shape, and the ids are filled in for each question.
"""

from collections.abc import Callable, Iterator
from typing import Any

from api.domain.actor import Actor, Membership
from api.domain.sql.cursors import CursorKey
from api.domain.sql.selection import Question

Get = Callable[[Question], Any]
_NO_CURSORS = CursorKey(b"")


class Slot:
    """Stands where a value will be bound; in a list it stands for all its values."""

    __slots__ = ("get", "name")

    def __init__(self, name: str, get: Get) -> None:
        self.name = name
        self.get = get

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __iter__(self) -> Iterator["Slot"]:
        yield self


def fill_slots(values: list[Any], question: Question) -> list[Any]:
    """The values of a statement, each slot replaced by what the question says."""
    return [value.get(question) if isinstance(value, Slot) else value for value in values]


def fill_slots_for(values: list[Any], actor: Actor) -> list[Any]:
    """The values of a statement that depends on nothing but who asks."""
    return fill_slots(values, Question(actor, (), _NO_CURSORS))


def unwrap_slots(values: list[Any]) -> list[Any]:
    """The same values, where a list made of one slot is that slot."""
    return [v[0] if isinstance(v, list) and len(v) == 1 and isinstance(v[0], Slot) else v for v in values]


def shape_of(actor: Actor) -> tuple[object, ...]:
    """What of an actor changes the text of a statement; everything else is a value."""
    members = tuple(
        (m.role, m.organisation_id is None, m.person_id is None, m.plans is None, m.is_administrator,
         m.administers_all_houses)
        for m in actor.memberships
    )  # fmt: skip
    return members, actor.scopes, actor.workspace_id is None, actor.organisation_id is None


def mask_actor(actor: Actor) -> Actor:
    """The same rights with slots for ids."""
    return Actor(
        memberships=tuple(_masked_membership(i, m) for i, m in enumerate(actor.memberships)),
        workspace_id=_slot("workspace", lambda q: q.actor.workspace_id, actor.workspace_id),
        organisation_id=_slot("organisation", lambda q: q.actor.organisation_id, actor.organisation_id),
        scopes=actor.scopes,
    )


def _masked_membership(i: int, member: Membership) -> Membership:
    def own(name: str, value: Any) -> Any:
        def get(q: Question) -> Any:
            found = getattr(q.actor.memberships[i], name)
            return sorted(found) if isinstance(found, frozenset) else found

        return _slot(f"{name} of {i}", get, value)

    return Membership(
        role=member.role,
        organisation_id=own("organisation_id", member.organisation_id),
        person_id=own("person_id", member.person_id),
        units=own("units", member.units),
        plans=own("plans", member.plans),
        is_administrator=member.is_administrator,
        administers_all_houses=member.administers_all_houses,
    )


def _slot(name: str, get: Get, value: Any) -> Any:
    return None if value is None else Slot(name, get)
