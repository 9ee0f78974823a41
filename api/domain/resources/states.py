"""In which states a row may be changed, moved, shared: what declarations say of a row's state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Guard:
    """A state in which a verb is possible; the refusal otherwise. `{t}` is the row."""

    refusal: str
    sql: str


@dataclass(frozen=True, slots=True)
class SharedOnce:
    """When a row of the workspace reaches more than its own house: the column that says so, and what it says."""

    column: str
    test: str

    def of_row(self, t: str) -> str:
        return f"{t}.{self.column} {self.test}"

    def of_image(self, image: str) -> str:
        return f"{image}->>'{self.column}' {self.test}"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The moves of a document between the words of one field, each with a right of its own."""

    field: str
    answered_as: str
    """The answered field that lists where the reader may move the document now: `next_statuses`."""
    words: type[StrEnum]
    moves: Mapping[Any, tuple[Any, ...]]
    verb: Callable[[Any, Any], str]
    """The right that a move asks for, without the name of the resource."""
    stands_still: str | None = None
    """Where nobody moves a row, whatever the rights: it follows another's moves. `{t}` is the row."""


DRAFT = Guard("notDraft", "{t}.status = 'draft'")
PLAN_OPEN = Guard(
    "planFrozen",
    "not exists (select from plan f where f.workspace_id = {t}.workspace_id and f.id = {t}.plan_id and f.is_closed)",
)
