"""A whole selection as one SQL statement that answers its JSON; PostgreSQL does what resolvers would.

Each place of the selection becomes two common table expressions: the rows (`r`), read once for all parents and
limited to a page of each, and their JSON grouped by parent (`g`), which the level above joins. That is twice as
fast as correlated sub-queries (`performance.md` §2), and the rights are those of `Reader`, as everywhere.
"""

import re
from dataclasses import dataclass
from typing import Any

from api.domain.errors import NotFound
from api.domain.policy import refusal
from api.domain.queries.cursors import CursorKey
from api.domain.queries.links import Link
from api.domain.queries.listing import Listing, Page, order_of, page_of
from api.domain.queries.reader import Reader
from api.domain.queries.selection import (
    Ask,
    Constant,
    Leaf,
    Many,
    Objects,
    One,
    Piece,
    Question,
    Root,
    RootMany,
    RootOne,
    RootTree,
    Selected,
    has_cursors,
)
from api.domain.queries.slots import Slot, filled, masked, unwrapped
from api.domain.queries.trees import TreePart, tree_sql
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME

_PLACE = re.compile(r"\$(\d+)::")
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,62}")


class NotCompilable(Exception):
    """The selection cannot be said in one statement; the ordinary way answers it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One text for every question of a shape: a column of JSON per root field, and what to bind."""

    sql: str
    binds: list[Any]
    keys: tuple[str, ...]

    async def run(self, connection: Any, question: Question) -> list[str | None]:
        """The JSON text of each root field; None where there is nothing to answer."""
        found = await connection.fetchrow(self.sql, *filled(self.binds, question))
        return list(found)


def compiled(roots: tuple[Root, ...], question: Question, language: str, base_url: str) -> Statement:
    """The statement for all questions of this shape. Raises a Refusal where a right to read is missing."""
    reader = Reader(masked(question.actor), language, base_url)
    writing = _Writing(reader, question.asks)
    columns = ", ".join(f"({writing.root(root)})::text" for root in roots)
    ctes = f"with {', '.join(writing.ctes)} " if writing.ctes else ""
    sql, binds = _used(f"{ctes}select {columns}", unwrapped(reader.binds.values))
    return Statement(sql, binds, tuple(r.key for r in roots))


def _used(sql: str, values: list[Any]) -> tuple[str, list[Any]]:
    """The statement with its placeholders numbered anew: PostgreSQL refuses one that is bound and never used."""
    order: dict[int, int] = {}

    def renumbered(found: re.Match[str]) -> str:
        return f"${order.setdefault(int(found[1]), len(order) + 1)}::"

    return _PLACE.sub(renumbered, sql), [values[number - 1] for number in order]


@dataclass(frozen=True, slots=True)
class _Level:
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


class _Writing:
    """One statement being written."""

    def __init__(self, reader: Reader, asks: tuple[Ask, ...]) -> None:
        self.reader = reader
        self.asks = asks
        self.ctes: list[str] = []
        self._count = 0

    def root(self, root: Root) -> str:
        name_of(root.key)
        match root:
            case Constant():
                return f"to_json('{root.text}'::text)"
            case RootOne():
                return self._root_one(root)
            case RootMany():
                return self._root_many(root)
            case RootTree():
                return self._root_tree(root)

    def _level(self, resource: Resource, on_page: str = "true") -> _Level:
        self._count += 1
        return _Level(self._count, resource, on_page)

    def _root_one(self, root: RootOne) -> str:
        level = self._level(root.resource)
        rows, seen = self.reader.rows(root.resource, level.t)
        where = f"{level.t}.id = {self._id(root.ask)}{self._own_workspace(level)} and {seen}"
        self.ctes.append(f"r{level.number} as materialized (select {level.t}.* from {rows} where {where})")
        node, joins = self._object(level, root.selected)
        return f"select {node} from {level.rows}{joins}"

    def _own_workspace(self, level: _Level) -> str:
        """The leading key of a tenant table, where the reader acts in one workspace (an index prefix)."""
        workspace = self.reader.actor.workspace_id
        if level.resource.is_tenant and workspace is not None:
            return f" and {level.t}.workspace_id = {self.reader.binds(workspace, 'uuid')}"
        return ""

    def _root_many(self, root: RootMany) -> str:
        if root.only is not None and root.only not in self.reader.actor.roles:
            raise refusal(self.reader.actor, f"{root.resource.name}:readAs{root.only.title()}")
        level = self._paged(root.resource, root.ask)
        asked = self._page(level, root.ask, "")
        rows, seen = self.reader.rows(root.resource, level.t)
        keys = f", {asked.keys} as _keys" if has_cursors(root.pieces) else ""
        self.ctes.append(
            f"r{level.number} as materialized (select s.*, row_number() over () as _rank from"
            f" (select {level.t}.*{keys} from {rows} where {seen} and {asked.where} order by {asked.order}"
            f" limit {self._limit(root.ask, 1)}) s)"
        )
        columns, joins = self._aggregates(level, root.pieces, root.ask, "")
        pieces = self._pieces(level.resource, root.pieces, f"g{level.number}")
        total = self._total(level, root.pieces, root.ask)
        self.ctes.append(f"g{level.number} as (select {columns} from {level.rows}{joins})")
        return f"select row_to_json(d) from (select {pieces} from g{level.number}{total}) d"

    def _root_tree(self, root: RootTree) -> str:
        parts = [self._tree_part(root, key, kind, chosen) for key, kind, chosen in root.parts]
        return f"select ({tree_sql(self.reader, self._id(root.ask), parts)})::json"

    def _tree_part(self, root: RootTree, key: str, kind: str, chosen: Any) -> TreePart:
        name_of(key)
        if isinstance(chosen, Selected):
            plan = RootOne(key, BY_NAME["plan"], root.ask, chosen)
            return TreePart(key, kind, sql=f"({self._root_one(plan)})")
        if kind == "__typename":
            return TreePart(key, kind, sql="'PlanTree'::text")
        for leaf in chosen:
            name_of(leaf.key)
        columns = [(leaf.key, f"'{leaf.constant}'" if leaf.constant is not None else leaf.name) for leaf in chosen]
        return TreePart(key, kind, columns)

    def _paged(self, resource: Resource, ask: int) -> _Level:
        level = self._level(resource)
        return _Level(level.number, resource, f"{level.t}._rank <= {self._limit(ask)}")

    def _id(self, ask: int) -> str:
        return self.reader.binds(Slot(f"id {ask}", lambda q: q.asks[ask].identifier), "uuid")

    def _limit(self, ask: int, more: int = 0) -> str:
        slot = Slot(f"limit {ask} {more}", lambda q: _listing(q.asks[ask]).page_size + more)
        return self.reader.binds(slot, "bigint")

    def _page(self, level: _Level, ask: int, within: str) -> Page:
        """The listing said in SQL, with slots for its values."""
        real = _listing(self.asks[ask])
        resource = level.resource

        def tag(q: Question) -> str:
            return _listing(q.asks[ask]).tag(resource, q.actor.principal, within)

        def opened(i: int) -> Slot:
            def get(q: Question) -> Any:
                return q.key.open(_listing(q.asks[ask]).after or "", tag(q))[i]

            return Slot(f"after {ask} {i}", get)

        key = _ManyKeys([opened(i) for i in range(len(order_of(resource, real)))])
        asked = page_of(self.reader, resource, _slotted(real, ask), level.t, key, within)
        return asked

    def _object(self, level: _Level, selected: Selected) -> tuple[str, str]:
        """The JSON of a document at this level, and the joins it needs."""
        columns, joins = self._columns(level, selected)
        return f"(select row_to_json(d) from (select {columns}) d)", joins

    def _columns(self, level: _Level, selected: Selected) -> tuple[str, str]:
        columns, joins = [], []
        for choice in selected.choices:
            value, join = self._value(level, choice)
            columns.append(f"{value} as {name_of(choice.key)}")
            joins.append(join)
        return ", ".join(columns), "".join(joins)

    def _value(self, level: _Level, choice: Any) -> tuple[str, str]:
        match choice:
            case Leaf():
                return self._leaf(level.resource, choice, level.t), ""
            case Objects():
                return self._objects(level.resource, choice, level.t), ""
            case One():
                return self._one(level, choice)
            case Many():
                return self._many(level, choice)
        raise NotCompilable(str(choice))

    def _leaf(self, resource: Resource, leaf: Leaf, t: str) -> str:
        if leaf.constant is not None:
            return f"'{leaf.constant}'::text"
        return self.reader.value(resource, leaf.name, t)

    def _objects(self, resource: Resource, objects: Objects, t: str) -> str:
        if not self.reader.sees(resource, objects.name):
            return "null"
        members = {m.key: None if m.constant is not None else m.name for m in objects.members}
        for key in members:
            name_of(key)
        if objects.name in resource.parts:
            return self.reader.part(resource, objects.name, t, members)
        value = self.reader.value(resource, objects.name, t)
        pairs = [
            f"'{m.key}', " + (f"{value}->'{m.name}'" if m.constant is None else f"'{m.constant}'::text")
            for m in objects.members
        ]
        return f"case when {value} is not null then json_build_object({', '.join(pairs)}) end"

    def _one(self, parent: _Level, one: One) -> tuple[str, str]:
        link = one.link
        if not link.is_told(self.reader):
            self.reader.rows(link.target, "t")  # refused alike, told or not
            return "null::json", ""
        level = self._level(link.target)
        rows, seen = self.reader.rows(link.target, level.t)
        self.ctes.append(
            f"r{level.number} as materialized (select {level.t}.* from {rows}"
            f" where {_among(link, level, parent)} and {seen})"
        )
        node, joins = self._object(level, one.selected)
        keys = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        self.ctes.append(f"g{level.number} as materialized (select {keys}, {node} as _node from {level.rows}{joins})")
        return f"g{level.number}._node", _join(link, level, parent)

    def _many(self, parent: _Level, many: Many) -> tuple[str, str]:
        link = many.link
        link.require_told(self.reader)
        level = self._paged(link.target, many.ask)
        asked = self._page(level, many.ask, link.within)
        rows, seen = self.reader.rows(link.target, level.t)
        keys = f", {asked.keys} as _keys" if has_cursors(many.pieces) else ""
        group = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        among = _among(link, level, parent)
        self.ctes.append(
            f"r{level.number} as materialized (select s.* from (select {level.t}.*{keys},"
            f" row_number() over (partition by {group} order by {asked.order}) as _rank from {rows}"
            f" where {among} and {seen} and {asked.where}) s where s._rank <= {self._limit(many.ask, 1)})"
        )
        columns, joins = self._aggregates(level, many.pieces, many.ask, link.within)
        self.ctes.append(
            f"g{level.number} as materialized (select {group}, {columns} from {level.rows}{joins} group by {group})"
        )
        pieces = self._pieces(level.resource, many.pieces, f"g{level.number}")
        total = self._totals(parent, link, level, many)
        return f"(select row_to_json(d) from (select {pieces}) d)", _join(link, level, parent) + total

    def _aggregates(self, level: _Level, pieces: tuple[Piece, ...], ask: int, within: str) -> tuple[str, str]:
        """What is gathered of the rows of one page: `n0`, `n1`… the lists, `more`, and the keys of the last row."""
        columns, joins = [], []
        if any(piece.kind == "pageInfo" for piece in pieces):
            columns.append(f"bool_or({level.t}._rank > {self._limit(ask)}) as more")
            if has_cursors(pieces):
                columns.append(
                    f"(array_agg({level.t}._keys order by {level.t}._rank desc) filter (where {level.on_page}))[1] as last"
                )
                columns.append(f"{self._tag(level, ask, within)} as tag")
        for i, piece in enumerate(pieces):
            if piece.kind not in ("nodes", "edges"):
                continue
            node, join = self._listed(level, piece, ask, within)
            joins.append(join)
            columns.append(f"json_agg({node} order by {level.t}._rank) filter (where {level.on_page}) as n{i}")
        return ", ".join(columns) or "count(*) as _count", "".join(joins)

    def _listed(self, level: _Level, piece: Piece, ask: int, within: str) -> tuple[str, str]:
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
        return f"(select row_to_json(d) from (select {', '.join(columns)}) d)", "".join(joins)

    def _tag(self, level: _Level, ask: int, within: str) -> str:
        resource = level.resource

        def tag(q: Question) -> str:
            return _listing(q.asks[ask]).tag(resource, q.actor.principal, within)

        return self.reader.binds(Slot(f"tag {ask}", tag), "text")

    def _pads(self) -> str:
        inner = self.reader.binds(Slot("inner", lambda q: q.key.inner), "bytea")
        return f"{inner}, {self.reader.binds(Slot('outer', lambda q: q.key.outer), 'bytea')}"

    def _pieces(self, resource: Resource, pieces: tuple[Piece, ...], g: str) -> str:
        """The members of a connection, from what was gathered in `g` (null where a parent has no row)."""
        columns = []
        for i, piece in enumerate(pieces):
            match piece.kind:
                case "nodes" | "edges":
                    value = f"coalesce({g}.n{i}, '[]')"
                case "totalCount":
                    value = f"coalesce({g}_total.total, 0)"
                case "pageInfo":
                    value = self._page_info(piece, g)
                case _:
                    value = f"'{resource.title}Connection'::text"
            columns.append(f"{value} as {name_of(piece.key)}")
        return ", ".join(columns)

    def _page_info(self, piece: Piece, g: str) -> str:
        said = {"hasNextPage": f"coalesce({g}.more, false)"}
        if any(m.name == "endCursor" for m in piece.members):
            said["endCursor"] = f"seal_cursor({g}.last, {g}.tag, {self._pads()})"
        columns = ", ".join(
            f"{said[m.name] if m.constant is None else _text(m.constant)} as {name_of(m.key)}" for m in piece.members
        )
        return f"(select row_to_json(d) from (select {columns}) d)"

    def _total(self, level: _Level, pieces: tuple[Piece, ...], ask: int) -> str:
        """The FROM item that counts a root list, wherever its page begins."""
        if all(piece.kind != "totalCount" for piece in pieces):
            return ""
        rows, seen = self.reader.rows(level.resource, "c")
        where = self._uncut(level.resource, ask, "c")
        return f" cross join (select count(*) as total from {rows} where {seen} and {where}) g{level.number}_total"

    def _totals(self, parent: _Level, link: Link, level: _Level, many: Many) -> str:
        """The join that counts the documents of each parent."""
        if all(piece.kind != "totalCount" for piece in many.pieces):
            return ""
        counted = _Level(level.number, level.resource)
        rows, seen = self.reader.rows(level.resource, level.t)
        where = self._uncut(level.resource, many.ask, level.t)
        group = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        name = f"g{level.number}_total"
        self.ctes.append(
            f"{name} as materialized (select {group}, count(*) as total from {rows}"
            f" where {_among(link, counted, parent)} and {seen} and {where} group by {group})"
        )
        return _join_as(link, name, parent)

    def _uncut(self, resource: Resource, ask: int, t: str) -> str:
        real = _listing(self.asks[ask])
        whole = _slotted(Listing(real.filters, real.search), ask)
        return page_of(self.reader, resource, whole, t, _ManyKeys([])).where


def _text(constant: str) -> str:
    return f"'{constant}'::text"


def _listing(ask: Ask) -> Listing:
    assert ask.listing is not None
    return ask.listing


def _slotted(real: Listing, ask: int) -> Listing:
    """The same listing with slots for its values."""

    def filter_slot(name: str) -> Any:
        return Slot(f"filter {ask} {name}", lambda q: list(_listing(q.asks[ask]).filters[name]))

    return Listing(
        filters={name: filter_slot(name) for name in real.filters},
        search=Slot(f"search {ask}", lambda q: _listing(q.asks[ask]).search) if real.search else None,  # type: ignore[arg-type]
        sort=real.sort,
        after=None if real.after is None else "",
    )


def _among(link: Link, level: _Level, parent: _Level) -> str:
    """Whether a row is linked with one of the parents on the page."""
    own = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
    theirs = ", ".join(f"{parent.t}.{c}" for c in link.source_columns)
    return f"({own}) in (select {theirs} from {parent.rows} where {parent.on_page})"


def _join(link: Link, level: _Level, parent: _Level) -> str:
    return _join_as(link, f"g{level.number}", parent)


def _join_as(link: Link, name: str, parent: _Level) -> str:
    pairs = zip(link.target_columns, link.source_columns, strict=True)
    return f" left join {name} on " + " and ".join(f"{name}.{own} = {parent.t}.{theirs}" for own, theirs in pairs)


__all__ = ["NotCompilable", "NotFound", "Statement", "compiled"]
