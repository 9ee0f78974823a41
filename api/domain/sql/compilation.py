"""A whole selection as one SQL statement that answers its JSON; PostgreSQL does what resolvers would.

Each place of the selection becomes two common table expressions: the rows (`r`), read once for all parents and
limited to a page of each, and their JSON grouped by parent (`g`), which the level above joins. That is twice as
fast as correlated sub-queries (`performance.md` §2), and the rights are those of `Reader`, as everywhere.
"""

import re
from dataclasses import dataclass
from typing import Any

from api.domain.policy import refusal
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.paging import Level, NotCompilable, Paging, among, join, name_of
from api.domain.sql.plan_tree import TreePart, tree_sql
from api.domain.sql.reader import Reader
from api.domain.sql.selection import (
    Constant,
    Leaf,
    Many,
    Objects,
    One,
    Question,
    Root,
    RootMany,
    RootOne,
    RootTree,
    SelectedField,
    has_cursors,
)
from api.domain.sql.slots import fill_slots, mask_actor, unwrap_slots

_PLACE = re.compile(r"\$(\d+)::")


@dataclass(frozen=True, slots=True)
class Statement:
    """One text for every question of a shape: a column of JSON per root field, and what to bind."""

    sql: str
    binds: list[Any]
    keys: tuple[str, ...]

    async def run(self, connection: Any, question: Question) -> list[bytes | None]:
        """The JSON of each root field; None where there is nothing to answer."""
        found = await connection.fetchrow(self.sql, *fill_slots(self.binds, question))
        return list(found)


def compile_statement(roots: tuple[Root, ...], question: Question, language: str, base_url: str) -> Statement:
    """The statement for all questions of this shape. Raises a Refusal where a right to read is missing."""
    reader = Reader(mask_actor(question.actor), language, base_url)
    writing = _StatementWriter(reader, question.asks)
    columns = ", ".join(f"convert_to(({writing.root(root)})::text, 'UTF8')" for root in roots)
    ctes = f"with {', '.join(writing.ctes)} " if writing.ctes else ""
    sql, binds = _drop_unused_parameters(f"{ctes}select {columns}", unwrap_slots(reader.binds.values))
    return Statement(sql, binds, tuple(r.key for r in roots))


def _drop_unused_parameters(sql: str, values: list[Any]) -> tuple[str, list[Any]]:
    """The statement with its placeholders numbered anew: PostgreSQL refuses one that is bound and never used."""
    order: dict[int, int] = {}

    def renumber(found: re.Match[str]) -> str:
        return f"${order.setdefault(int(found[1]), len(order) + 1)}::"

    return _PLACE.sub(renumber, sql), [values[number - 1] for number in order]


class _StatementWriter(Paging):
    """One statement being written."""

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

    def _root_one(self, root: RootOne) -> str:
        level = self._level(root.resource)
        rows, seen = self.reader.rows(root.resource, level.t)
        where = f"{level.t}.id = {self._id(root.ask)}{self._own_workspace(level)} and {seen}"
        self.ctes.append(f"r{level.number} as materialized (select {level.t}.* from {rows} where {where})")
        node, joins = self._object(level, root.selected)
        return f"select {node} from {level.rows}{joins}"

    def _own_workspace(self, level: Level) -> str:
        """The leading key of a tenant table, where the reader acts in one workspace (an index prefix)."""
        workspace = self.reader.actor.workspace_id
        if level.resource.stays_home and workspace is not None:
            return f" and {level.t}.workspace_id = {self.reader.binds(workspace, 'uuid')}"
        return ""

    def _root_many(self, root: RootMany) -> str:
        if root.only is not None and root.only not in self.reader.actor.roles:
            raise refusal(self.reader.actor, f"{root.resource.name}:readAs{root.only.title()}")
        level = self._page_level(root.resource, root.ask)
        asked = self._page(level, root.ask, "")
        rows, seen = self._rows_asked(root.resource, root.ask, level.t)
        keys = f", {asked.keys} as _keys" if has_cursors(root.pieces) else ""
        self.ctes.append(
            f"r{level.number} as materialized (select s.*, row_number() over () as _rank from"
            f" (select {level.t}.*{keys} from {rows} where {seen} and {asked.where} order by {asked.order}"
            f" limit {self._limit(root.ask, 1)}) s)"
        )
        columns, joins = self._aggregates(level, root.pieces, root.ask, "")
        pieces = self._pieces(level.resource, root.pieces, root.ask, f"g{level.number}")
        total = self._total(level, root.pieces, root.ask)
        self.ctes.append(f"g{level.number} as (select {columns} from {level.rows}{joins})")
        return f"select row_to_json(d.*) from (select {pieces} from g{level.number}{total}) d"

    def _root_tree(self, root: RootTree) -> str:
        parts = [self._tree_part(root, key, kind, chosen) for key, kind, chosen in root.parts]
        return tree_sql(self.reader, self._id(root.ask), parts)

    def _tree_part(self, root: RootTree, key: str, kind: str, chosen: Any) -> TreePart:
        name_of(key)
        if isinstance(chosen, SelectedField):
            plan = RootOne(key, BY_NAME["plan"], root.ask, chosen)
            return TreePart(key, kind, sql=f"({self._root_one(plan)})")
        if kind == "__typename":
            return TreePart(key, kind, sql="'PlanTree'::text")
        for leaf in chosen:
            name_of(leaf.key)
        columns = [(leaf.key, f"'{leaf.constant}'" if leaf.constant is not None else leaf.name) for leaf in chosen]
        return TreePart(key, kind, columns)

    def _object(self, level: Level, selected: SelectedField) -> tuple[str, str]:
        """The JSON of a document at this level, and the joins it needs."""
        columns, joins = self._columns(level, selected)
        return f"(select row_to_json(d.*) from (select {columns}) d)", joins

    def _columns(self, level: Level, selected: SelectedField) -> tuple[str, str]:
        columns, joins = [], []
        for choice in selected.choices:
            value, join = self._value(level, choice)
            columns.append(f"{value} as {name_of(choice.key)}")
            joins.append(join)
        return ", ".join(columns), "".join(joins)

    def _value(self, level: Level, choice: Any) -> tuple[str, str]:
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

    def _one(self, parent: Level, one: One) -> tuple[str, str]:
        link = one.link
        if not link.is_told(self.reader):
            self.reader.rows(link.target, "t")  # refused alike, told or not
            return "null::json", ""
        level = self._level(link.target)
        rows, seen = self.reader.rows(link.target, level.t)
        self.ctes.append(
            f"r{level.number} as materialized (select {level.t}.* from {rows}"
            f" where {among(link, level, parent)} and {seen})"
        )
        node, joins = self._object(level, one.selected)
        keys = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        self.ctes.append(f"g{level.number} as materialized (select {keys}, {node} as _node from {level.rows}{joins})")
        return f"g{level.number}._node", join(link, level, parent)

    def _many(self, parent: Level, many: Many) -> tuple[str, str]:
        link = many.link
        link.require_told(self.reader)
        level = self._page_level(link.target, many.ask)
        asked = self._page(level, many.ask, link.within)
        rows, seen = self._rows_asked(link.target, many.ask, level.t)
        keys = f", {asked.keys} as _keys" if has_cursors(many.pieces) else ""
        group = ", ".join(f"{level.t}.{c}" for c in link.target_columns)
        self.ctes.append(
            f"r{level.number} as materialized (select s.* from (select {level.t}.*{keys},"
            f" row_number() over (partition by {group} order by {asked.order}) as _rank from {rows}"
            f" where {among(link, level, parent)} and {seen} and {asked.where}) s"
            f" where s._rank <= {self._limit(many.ask, 1)})"
        )
        columns, joins = self._aggregates(level, many.pieces, many.ask, link.within)
        self.ctes.append(
            f"g{level.number} as materialized (select {group}, {columns} from {level.rows}{joins} group by {group})"
        )
        pieces = self._pieces(level.resource, many.pieces, many.ask, f"g{level.number}")
        total = self._totals(parent, link, level, many)
        return f"(select row_to_json(d.*) from (select {pieces}) d)", join(link, level, parent) + total


__all__ = ["NotCompilable", "Statement", "compile_statement"]
