"""What a reader selects of linked documents, as data: the question that one SQL statement can answer.

Selected            what is chosen of one document: leaves, objects of an array, links
├── Leaf            a field, or a constant such as the name of the type
├── Objects         chosen members of the objects of an array (or of one object)
├── One             a linked document
└── Many            a linked list (or, at the root, a list), page by page

`key` is always the name under which the answer is given. Values are not here: an `Ask` holds them, so that
one selection serves every question of the same form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from api.domain.actor import Actor, Role
from api.domain.resources.base import Resource
from api.domain.sql.cursors import CursorKey
from api.domain.sql.links import Link
from api.domain.sql.listing import Listing


@dataclass(frozen=True, slots=True)
class Leaf:
    key: str
    name: str = ""
    constant: str | None = None


@dataclass(frozen=True, slots=True)
class Objects:
    key: str
    name: str
    members: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class One:
    key: str
    link: Link
    selected: "SelectedField"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a connection: nodes, edges, pageInfo, totalCount, or the name of the type."""

    key: str
    kind: str
    members: tuple[Leaf, ...] = ()
    """Of edges: cursor; of pageInfo: whether there are pages beside this one, and its ends; and constants."""
    nodes: tuple[tuple[str, "SelectedField"], ...] = ()
    """Of nodes: one entry; of edges: the documents chosen, each under its key."""


@dataclass(frozen=True, slots=True)
class Many:
    key: str
    link: Link
    ask: int
    pieces: tuple[Piece, ...]


Choice = Leaf | Objects | One | Many


@dataclass(frozen=True, slots=True)
class SelectedField:
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RootOne:
    """One document by its id."""

    key: str
    resource: Resource
    ask: int
    selected: SelectedField


@dataclass(frozen=True, slots=True)
class RootMany:
    """A list of documents; `only` names the one role that may ask for it."""

    key: str
    resource: Resource
    ask: int
    pieces: tuple[Piece, ...]
    only: Role | None = None


@dataclass(frozen=True, slots=True)
class RootTree:
    """The whole tree of a plan: what is chosen of the plan and of each kind of its rows, by the key of the part."""

    key: str
    ask: int
    parts: tuple[tuple[str, str, SelectedField | tuple[Choice, ...]], ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A root field whose answer is known beforehand: the name of the type."""

    key: str
    text: str


Root = RootOne | RootMany | RootTree | Constant


@dataclass(frozen=True, slots=True)
class Ask:
    """The values said at one place of a selection: a listing, or an id."""

    listing: Listing | None = None
    identifier: UUID | None = None

    @property
    def shape(self) -> tuple[object, ...]:
        """What of the values changes the text of the statement."""
        if self.listing is None:
            return ()
        asked = self.listing
        return (*sorted(asked.filters), asked.search is not None and asked.search != "",
                asked.after is not None, *((o.name, o.descending) for o in asked.sort))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One asking of a selection: who asks, and the values at each place."""

    actor: Actor
    asks: tuple[Ask, ...]
    key: CursorKey

    @property
    def shape(self) -> tuple[object, ...]:
        return tuple(ask.shape for ask in self.asks)


CURSORS = ("cursor", "startCursor", "endCursor")


def has_cursors(pieces: tuple[Piece, ...]) -> bool:
    """Whether a connection tells cursors, so that the sort keys must be at hand."""
    return any(m.name in CURSORS for piece in pieces for m in piece.members)


def selections_in(pieces: tuple[Piece, ...]) -> Iterator[SelectedField]:
    for piece in pieces:
        for _, selected in piece.nodes:
            yield selected
