"""The state of one command: its actor, the image before and after, and the changes made so far."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from api.domain.actor import Actor
from api.domain.journal import Change
from api.domain.resources.base import Resource

Connection = Any
Image = dict[str, Any]
BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass
class ChangeContext:
    """A command on one document. Hooks read `provided` and `before`, and may complete `after`.

    `provided` holds only what the caller wrote; `changes` grows with every row written, in order.
    """

    connection: Connection
    actor: Actor
    resource: Resource
    provided: dict[str, Any]
    before: Image | None
    after: Image
    changes: list[Change] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    """What a rule prepared before the write and needs after it."""

    @property
    def workspace_id(self) -> UUID | None:
        found = self.after.get("workspace_id")
        return UUID(found) if found else None

    def has_changed(self, name: str) -> bool:
        return self.before is None or self.before.get(name) != self.after.get(name)


def today() -> date:
    """Today in Brussels, where the communes' days begin."""
    return datetime.now(BRUSSELS).date()
