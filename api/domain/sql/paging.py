"""Pages inside one statement: the rows of a list for all parents at once, their JSON by parent, cursors, counts."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from api.domain.resources.base import Resource
from api.domain.sql.cursors import CursorKey
from api.domain.sql.links import Link
from api.domain.sql.listing import Listing, Page, order_of, page_of, plans_asked
from api.domain.sql.reader import Reader
from api.domain.sql.selection import Ask, Many, Piece, Question, SelectedField
from api.domain.sql.slots import Slot

_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,62}")


ENDS = {"startCursor": "asc", "endCursor": "desc"}
"""The ends of a page, and in which order of its rows they come first."""


class NotCompilable(Exception):
    """The selection cannot be said in one statement; the ordinary way answers it."""


@dataclass(frozen=True, slots=True)
class Level:
    """Rows already read: their resource, the alias under which they are spoken of, and which are on the page."""

    number: int
    resource: Resource
    on_page: str = "true"

    @property
    def t(self) -> str:
        return f"t{self.number}"

    @property
    def rows(self) -> str:
        return f"r{self.number} t{self.number}"


class _ManyKeys(CursorKey):
    """Opens no cursor: it answers slots for the values that the real one will tell."""

    def __init__(self, slots: list[Slot]) -> None:
        self._slots = slots

    def open(self, cursor: str, tag: str) -> list[Any]:
        return self._slots


def name_of(key: str) -> str:
    """An answer's name as an SQL identifier; only what GraphQL calls a name, and no longer than PostgreSQL keeps."""
    if not _NAME.fullmatch(key):
        raise NotCompilable(key)
    return f'"{key}"'


class Paging(ABC):
    """The part of a statement under way that knows levels and pages."""

    def __init__(self, reader: Reader, asks: tuple[Ask, ...]) -> None:
        self.reader = reader
        self.asks = asks
        self.ctes: list[str] = []
        self._count = 0

    @abstractmethod
    def _object(self, level: Level, selected: SelectedField) -> tuple[str, str]:
        """The JSON of a document at this level, and the joins it needs."""

    def _level(self, resource: Resource, on_page: str = "true") -> Level:
        self._count += 1
        return Level(self._count, resource, on_page)

    def _page_level(self, resource: Resource, ask: int) -> Level:
        level = self._level(resource)
        return Level(level.number, resource, f"{level.t}._rank <= {self._limit(ask)}")

    def _id(self, ask: int) -> str:
        return self.reader.binds(Slot(f"id {ask}", lambda q: q.asks[ask].identifier), "uuid")

    def _limit(self, ask: int, more: int = 0) -> str:
        slot = Slot(f"limit {ask} {more}", lambda q: _listing(q.asks[ask]).page_size + more)
        return self.reader.binds(slot, "bigint")

    def _page(self, level: Level, ask: int, within: str) -> Page:
        """The listing said in SQL, with slots for its values."""
        real = _listing(self.asks[ask])
        resource = level.resource

        def tag(q: Question) -> str:
            return _listing(q.asks[ask]).tag(resource, q.actor.principal, within)

        def cursor_slot(i: int) -> Slot:
            def get(q: Question) -> Any:
                return q.key.open(_listing(q.asks[ask]).after or "", tag(q))[i]

            return Slot(f"after {ask} {i}", get)

        key = _ManyKeys([cursor_slot(i) for i in range(len(order_of(self.reader, resource, real)))])
        return page_of(self.reader, resource, _with_slots(real, ask), level.t, key, within)

    def _aggregates(self, level: Level, pieces: tuple[Piece, ...], ask: int, within: str) -> tuple[str, str]:
        """What is gathered of the rows of one page: `n0`, `n1`… the lists, `more`, and the keys of its ends."""
        columns, joins = [], []
        ends = {m.name for piece in pieces if piece.kind == "pageInfo" for m in piece.members}
        if any(piece.kind == "pageInfo" for piece in pieces):
            columns.append(f"bool_or({level.t}._rank > {self._limit(ask)}) as more")
        if ends & ENDS.keys():
            columns.append(f"{self._tag(level, ask, within)} as tag")
        for name, order in ENDS.items():
            if name in ends:
                keys = f"array_agg({level.t}._keys order by {level.t}._rank {order})"
                columns.append(f'({keys} filter (where {level.on_page}))[1] as "{name}"')
        for i, piece in enumerate(pieces):
            if piece.kind not in ("nodes", "edges"):
                continue
            node, join = self._list_json(level, piece, ask, within)
            joins.append(join)
            columns.append(f"json_agg({node} order by {level.t}._rank) filter (where {level.on_page}) as n{i}")
        return ", ".join(columns) or "count(*) as _count", "".join(joins)

    def _list_json(self, level: Level, piece: Piece, ask: int, within: str) -> tuple[str, str]:
        """The JSON of one node or edge of a list, and its joins."""
        if piece.kind == "nodes":
            return self._object(level, piece.nodes[0][1])
        columns, joins = [], []
        for member in piece.members:
            value = f"'{member.constant}'::text" if member.constant is not None else (
                f"seal_cursor({level.t}._keys, {self._tag(level, ask, within)}, {self._pads()})"
            )  # fmt: skip
            columns.append(f"{value} as {name_of(member.key)}")
        for key, selected in piece.nodes:
            node, join = self._object(level, selected)
            columns.append(f"{node} as {name_of(key)}")
            joins.append(join)
        return f"(select row_to_json(d.*) from (select {', '.join(columns)}) d)", "".join(joins)

    def _tag(self, level: Level, ask: int, within: str) -> str:
        resource = level.resource

        def tag(q: Question) -> str:
            return _listing(q.asks[ask]).tag(resource, q.actor.principal, within)

        return self.reader.binds(Slot(f"tag {ask}", tag), "text")

    def _pads(self) -> str:
        inner = self.reader.binds(Slot("inner", lambda q: q.key.inner), "bytea")
        return f"{inner}, {self.reader.binds(Slot('outer', lambda q: q.key.outer), 'bytea')}"

    def _pieces(self, resource: Resource, pieces: tuple[Piece, ...], ask: int, g: str) -> str:
        """The members of a connection, from what was gathered in `g` (null where a parent has no row)."""
        columns = []
        for i, piece in enumerate(pieces):
            match piece.kind:
                case "nodes" | "edges":
                    value = f"coalesce({g}.n{i}, '[]')"
                case "totalCount":
                    value = f"coalesce({g}_total.total, 0)"
                case "pageInfo":
                    value = self._page_info(piece, ask, g)
                case _:
                    value = f"'{resource.title}Connection'::text"
            columns.append(f"{value} as {name_of(piece.key)}")
        return ", ".join(columns)

    def _page_info(self, piece: Piece, ask: int, g: str) -> str:
        is_first = _listing(self.asks[ask]).after is None
        provided = {"hasNextPage": f"coalesce({g}.more, false)", "hasPreviousPage": "false" if is_first else "true"}
        for name in ENDS:
            if any(m.name == name for m in piece.members):
                provided[name] = f'seal_cursor({g}."{name}", {g}.tag, {self._pads()})'
        columns = ", ".join(
            f"{provided[m.name] if m.constant is None else text_of(m.constant)} as {name_of(m.key)}"
            for m in piece.members
        )
        return f"(select row_to_json(d.*) from (select {columns}) d)"

    def _total(self, level: Level, pieces: tuple[Piece, ...], ask: int) -> str:
        """The FROM item that counts a root list, wherever its page begins."""
        if all(piece.kind != "totalCount" for piece in pieces):
            return ""
        rows, seen = self._rows_asked(level.resource, ask, "c")
        where = self._uncut(level.resource, ask, "c")
        return f" cross join (select count(*) as total from {rows} where {seen} and {where}) g{level.number}_total"

    def _totals(self, parent: Level, link: Link, level: Level, many: Many) -> str:
        """The join that counts the documents of each parent."""
        if all(piece.kind != "totalCount" for piece in many.pieces):
            return ""
        counted = Level(level.number, level.resource)
        rows, seen = self._rows_asked(level.resource, many.ask, level.t)
        where = self._uncut(level.resource, many.ask, level.t)
        group = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        name = f"g{level.number}_total"
        self.ctes.append(
            f"{name} as materialized (select {group}, count(*) as total from {rows}"
            f" where {among(link, counted, parent)} and {seen} and {where} group by {group})"
        )
        return join_as(link, name, parent)

    def _rows_asked(self, resource: Resource, ask: int, t: str) -> tuple[str, str]:
        """The FROM item of a list, of the versions of the plans asked, and the condition under which rows are seen."""
        shown_in = plans_asked(self.reader, resource, _with_slots(_listing(self.asks[ask]), ask), self.reader.binds)
        return self.reader.reading(shown_in).rows(resource, t)

    def _uncut(self, resource: Resource, ask: int, t: str) -> str:
        real = _listing(self.asks[ask])
        whole = _with_slots(Listing(real.filters, real.search), ask)
        return page_of(self.reader, resource, whole, t, _ManyKeys([])).where


def text_of(constant: str) -> str:
    return f"'{constant}'::text"


def _listing(ask: Ask) -> Listing:
    assert ask.listing is not None
    return ask.listing


def _with_slots(real: Listing, ask: int) -> Listing:
    """The same listing with slots for its values."""

    def filter_slot(name: str) -> Any:
        return Slot(f"filter {ask} {name}", lambda q: list(_listing(q.asks[ask]).filters[name]))

    return Listing(
        filters={name: filter_slot(name) for name in real.filters},
        search=Slot(f"search {ask}", lambda q: _listing(q.asks[ask]).search) if real.search else None,  # type: ignore[arg-type]
        sort=real.sort,
        after=None if real.after is None else "",
    )


def among(link: Link, level: Level, parent: Level) -> str:
    """Whether a row is linked with one of the parents on the page."""
    own = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
    theirs = ", ".join(f"{parent.t}.{c}" for c in link.source_columns)
    return f"({own}) in (select {theirs} from {parent.rows} where {parent.on_page})"


def join(link: Link, level: Level, parent: Level) -> str:
    return join_as(link, f"g{level.number}", parent)


def join_as(link: Link, name: str, parent: Level) -> str:
    pairs = zip(link.target_columns, link.source_columns, strict=True)
    return f" left join {name} on " + " and ".join(f"{name}.{own} = {parent.t}.{theirs}" for own, theirs in pairs)
