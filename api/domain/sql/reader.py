"""One statement being written for one reader: who reads, in which language, with which links."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Numeric
from sqlalchemy.sql.type_api import TypeEngine

from api.domain.actor import Actor, Role
from api.domain.parameters import Parameters
from api.domain.policy import covers, grants_of
from api.domain.resources.base import RECORD_FIELDS, ChildList, Lifecycle, Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.rights.references import reference_visibility
from api.domain.rights.shown_rows import LATEST, ShownIn
from api.domain.rights.visibility import NOTHING, RowsAtHand, keys_source, may, reader_group_of, row_source, visible
from api.domain.sql.allowed_operations import additions, unchangeable
from api.domain.sql.stored_images import project_any_image

ALWAYS = (
    RECORD_FIELDS
    | {"href", "permitted", "withheld", "unchangeable"}
    | {r.lifecycle.answered_as for r in RESOURCES if r.lifecycle}
)
FIGURE = (18, 4)
"""The precision and scale of what is measured: any number, with as many decimals as it has."""
_SEES = re.compile(r"\{sees:(\w+):(\w+)\}")


@dataclass
class Reader:
    """The parameters of a statement and the reader whose rights and language shape it."""

    actor: Actor
    language: str
    base_url: str
    binds: Parameters = field(default_factory=Parameters)
    is_personal: bool = False
    """Whether something in the answer is sealed for this principal, so that nobody else may be given it."""
    shown_in: ShownIn = LATEST
    """The plans whose versions are read, where the reader reads versions."""

    def reading(self, shown_in: ShownIn) -> "Reader":
        """The same reader with the same parameters, reading the versions of these plans."""
        return replace(self, shown_in=shown_in)

    def rows(self, resource: Resource, t: str, at_hand: RowsAtHand = NOTHING) -> tuple[str, str]:
        """The FROM item of a resource under alias `t`, and the condition under which its rows are seen."""
        seen = visible(resource, self.actor, self.binds, t, at_hand, self.shown_in)
        return row_source(resource, self.actor, self.binds, t, self.shown_in), seen

    def keys(self, resource: Resource, t: str) -> tuple[str, str]:
        """The same where only what rows are looked up by is asked of a version."""
        return keys_source(resource, self.actor, self.binds, t), visible(resource, self.actor, self.binds, t)

    def sees(self, resource: Resource, name: str) -> bool:
        return name in ALWAYS or covers(self.actor, f"{resource.name}:read", name)

    def withheld(self, resource: Resource) -> list[str]:
        """The wire names of the fields this reader may not see."""
        return sorted(resource.wire(n) for n in resource.answered_fields if not self.sees(resource, n))

    def value(self, resource: Resource, name: str, t: str) -> str:
        """The SQL of one answered field of row `t`; `null` when the reader may not see it."""
        if name == "href":
            door = "pst/v1/public" if Role.PUBLIC in self.actor.roles else "pst/v1"
            return f"{self.binds(f'{self.base_url}/{door}/{resource.plural}/', 'text')} || {t}.id"
        if name == "permitted":
            return self.permitted(resource, t)
        if resource.lifecycle is not None and name == resource.lifecycle.answered_as:
            return self._next(resource, resource.lifecycle, t)
        if name == "unchangeable":
            return unchangeable(self.actor, self.binds, resource, t)
        if name == "withheld":
            return f"to_json({self.binds(self.withheld(resource), 'text[]')})"
        if not self.sees(resource, name):
            return "null"
        if name in resource.parts:
            return self.part(resource, name, t)
        if name in resource.derived:
            return self._derived_value(resource, name, t)
        return self._column(resource, name, t)

    def _column(self, resource: Resource, name: str, t: str) -> str:
        if name in resource.images:
            return project_any_image(self, f"{t}.{name}", t)
        condition = self.may_name(resource, name, f"{t}.{name}", f"{t}.workspace_id")
        if condition is not None:
            return f"case when {condition} then {t}.{name} end"
        return value_as_text(resource.table.c[name].type, f"{t}.{name}")

    def may_name(self, resource: Resource, column: str, value: str, workspace: str) -> str | None:
        """The condition under which the reader is told the id that a column of a row holds: it sees what that names.

        None where it sees whatever can be named, and where the row itself is seen only with what it names.
        """
        target = _may_hide(resource, column)
        return None if target is None else reference_visibility(target, self.actor, self.binds, value, workspace)

    def namable(self, resource: Resource, column: str, ids: str, t: str) -> str:
        """Those of these ids (an array) asked about in a column of row `t` that the reader is told."""
        target = _may_hide(resource, column)
        return ids if target is None else self.followable(target.name, ids, t)

    def _derived_value(self, resource: Resource, name: str, t: str) -> str:
        derived = resource.derived[name]
        reader_group = reader_group_of(self.actor, resource)
        sql = derived.shown if reader_group and derived.shown else derived.sql
        if "{workspace}" in sql:
            sql = sql.replace("{workspace}", self.binds(self.actor.workspace_id, "uuid"))
        sql = _SEES.sub(lambda found: self._sees_row(BY_NAME[found[1]], found[2]), sql)
        return (
            sql.replace("{t}", t).replace("{language}", f"'{self.language}'").replace("{circle}", f"'{reader_group}'")
        )

    def _sees_row(self, resource: Resource, t: str) -> str:
        """The condition under which row `t` of another resource is seen: none is, without a right to read any."""
        if not grants_of(self.actor, f"{resource.name}:read"):
            return "false"
        return visible(resource, self.actor, self.binds, t)

    def _may_follow(self, part: ChildList, column: Callable[[str], str], workspace: str) -> str | None:
        """The condition under which an item of a part of a row of this workspace is told; None where all are."""
        if part.target is not None:
            return reference_visibility(
                BY_NAME[part.target], self.actor, self.binds, column(part.columns[0]), workspace
            )
        whens = []
        for kind in part.kinds:
            told = reference_visibility(BY_NAME[kind], self.actor, self.binds, column("entity_id"), workspace)
            whens += [f"when '{kind}' then {told}"] if told else []
        return f"case {column('entity')} {' '.join(whens)} else true end" if whens else None

    def followable(self, target: str, ids: str, t: str) -> str:
        """Those of these ids (an array) asked about in row `t` that the reader may follow."""
        if reference_visibility(BY_NAME[target], self.actor, Parameters(), "asked.id", "null") is None:
            return ids  # nothing is bound that the statement does not use
        home = self.actor.workspace_id
        workspace = f"{t}.workspace_id" if home is None else self.binds(home, "uuid")
        condition = reference_visibility(BY_NAME[target], self.actor, self.binds, "asked.id", workspace)
        return ids if condition is None else f"array(select asked.id from unnest({ids}) as asked(id) where {condition})"

    def may_follow_item(self, part: ChildList, workspace: str) -> str | None:
        """The condition under which an item `e.x` (JSON) of a part is told; None where all are."""

        def column(name: str) -> str:
            if part.is_scalar:
                return "(e.x #>> '{}')::uuid"
            return f"(e.x->>'{name}')::uuid" if name.endswith("_id") else f"(e.x->>'{name}')"

        return self._may_follow(part, column, workspace)

    def _items_told(self, part: ChildList, items: str, t: str) -> str | None:
        """The array of those of these items (an array of JSON) that the reader may follow; None where it may all."""
        condition = self.may_follow_item(part, f"{t}.workspace_id")
        if condition is None:
            return None
        rows = f"jsonb_array_elements({items}) with ordinality as e(x, n)"
        return f"(select coalesce(json_agg(e.x order by e.n), '[]') from {rows} where {condition})"

    def part(self, resource: Resource, name: str, t: str, members: Mapping[str, str | None] | None = None) -> str:
        """The array of a part as JSON. `members` chooses what its objects have: keys, and columns (None: the
        name of the type); without it all columns under their wire names."""
        part = resource.parts[name]
        chosen = {resource.wire(c): c for c in part.columns} if members is None else members
        shown_columns = {c for c in part.columns if part.is_scalar or self.sees(resource, f"{name}.{c}")}
        if reader_group_of(self.actor, resource) is not None:
            if part.is_scalar:
                return self._items_told(part, f"{t}.image->'{name}'", t) or f"coalesce({t}.image->'{name}', '[]')"
            shown = _object(part, chosen, lambda c: _shown_member(part, c) if c in shown_columns else "null")
            rows = f"jsonb_array_elements({t}.image->'{name}') with ordinality as e(x, n)"
            return f"(select coalesce(json_agg({shown} order by n), '[]') from {rows})"
        shown = f"x.{part.columns[0]}"
        if not part.is_scalar:
            shown = _object(
                part, chosen, lambda c: value_as_text(part.kind(c), f"x.{c}") if c in shown_columns else "null"
            )
        order = part.order or part.columns[0]
        told = self._may_follow(part, lambda column: f"x.{column}", f"{t}.{part.tenant}")
        return (
            f"(select coalesce(json_agg({shown} order by x.{order}), '[]') from {part.table.__tablename__} x"
            f" where {part_of(part, resource, t)}{f' and {told}' if told else ''})"
        )

    def permitted(self, resource: Resource, t: str, is_whole: bool = True) -> str:
        """What may be done with row `t` and, as a whole, added to it; equal conditions are looked at once."""
        words: dict[str, list[str]] = {}
        for verb in ("update", "delete"):
            permission = f"{resource.name}:{verb}"
            if grants_of(self.actor, permission):
                condition = may(permission, resource, self.actor, self.binds, t)
                for guard in resource.guards.get(verb, ()):
                    condition += f" and {guard.sql.replace('{t}', t)}"
                words.setdefault(condition, []).append(f"{verb}{resource.title}")
        for word, others in resource.commands.items():
            permission = f"{resource.name}:{word}"
            if all(grants_of(self.actor, right) for right in (permission, *others)):
                condition = may(permission, resource, self.actor, self.binds, t)
                for guard in resource.guards.get(word, ()):
                    condition += f" and {guard.sql.replace('{t}', t)}"
                words.setdefault(condition, []).append(word)
        for word, condition in additions(self.actor, self.binds, resource, t) if is_whole else ():
            words.setdefault(condition, []).append(word)
        if not words:
            return "'[]'::json"
        told = [f"case when {c} then '{{{','.join(alike)}}}'::text[] else '{{}}' end" for c, alike in words.items()]
        return f"to_json({' || '.join(told)})"

    def _next(self, resource: Resource, lifecycle: Lifecycle, t: str) -> str:
        """Where the reader may move row `t` now."""
        whens = []
        for current, moves in lifecycle.moves.items():
            rights = {move: f"{resource.name}:{lifecycle.verb(current, move)}" for move in moves}
            conditions = {move: self._may_move(resource, right, t) for move, right in rights.items()}
            whens.append(f"when '{current}' then {_those_allowed(conditions)}")
        chosen = f"case {t}.{lifecycle.field} {' '.join(whens)} end"
        if lifecycle.stands_still is not None:
            chosen = f"case when {lifecycle.stands_still.replace('{t}', t)} then '{{}}'::text[] else {chosen} end"
        return f"to_json({chosen})"

    def _may_move(self, resource: Resource, permission: str, t: str) -> str:
        if not grants_of(self.actor, permission):
            return "false"
        return may(permission, resource, self.actor, self.binds, t)

    def document(self, resource: Resource, t: str) -> str:
        """The whole document of row `t` as one JSON value."""
        names = document_fields(resource)
        columns = ", ".join(f'{self.value(resource, n, t)} as "{resource.wire(n)}"' for n in names)
        return f"(select row_to_json(d.*) from (select {columns}) d)"


def _may_hide(resource: Resource, column: str) -> Resource | None:
    """What a column names, where a reader of the row may not see it: a row of the same workspace, on which this one
    does not hang."""
    ref = resource.refs.get(column)
    if ref is None or column in resource.seen_with or not resource.table.c[column].nullable:
        return None
    if not BY_NAME[ref.target].stays_home:
        return None
    return BY_NAME[ref.target]


def document_fields(resource: Resource) -> list[str]:
    """The fields of a document in the order in which they are answered."""
    if resource.is_record:
        return ["id", "href", *resource.answered_fields, "withheld"]
    names = ["id", "href", *resource.answered_fields, "version", "created_at", "updated_at", "permitted"]
    names += [resource.lifecycle.answered_as] if resource.lifecycle else []
    return [*names, *(["unchangeable"] if resource.lists_unchangeable else []), "withheld"]


def value_as_text(kind: TypeEngine[Any], value: str) -> str:
    """The SQL of a value as it is answered: a decimal is a text, money with its cents, an index with its four decimals,
    a figure as short as it is."""
    if not isinstance(kind, Numeric):
        return value
    return f"trim_scale({value})::text" if (kind.precision, kind.scale) == FIGURE else f"{value}::text"


def _shown_member(part: ChildList, column: str) -> str:
    kind = part.kind(column)
    return value_as_text(kind, f"(x->>'{column}')::numeric") if isinstance(kind, Numeric) else f"x->'{column}'"


def _those_allowed(conditions: Mapping[str, str]) -> str:
    """The array of the words whose condition holds; looked at once where all share one condition."""
    possible = {word: condition for word, condition in conditions.items() if condition != "false"}
    if not possible:
        return "'{}'::text[]"
    if len(set(possible.values())) == 1:
        (condition,) = set(possible.values())
        return f"case when {condition} then '{{{','.join(possible)}}}'::text[] else '{{}}'::text[] end"
    cases = ", ".join(f"case when {condition} then '{word}' end" for word, condition in possible.items())
    return f"array_remove(array[{cases}]::text[], null)"


def _object(part: ChildList, members: Mapping[str, str | None], column: Callable[[str], str]) -> str:
    """One object of a part with the members chosen, each under its key."""
    columns = [f'{column(c) if c else _TYPE_NAME.format(part.type.__name__)} as "{k}"' for k, c in members.items()]
    return f"(select row_to_json(d.*) from (select {', '.join(columns)}) d)"


_TYPE_NAME = "'{}'::text"


def part_of(part: ChildList, resource: Resource, t: str) -> str:
    """The condition that joins the rows `x` of a part to their document `t`."""
    own = f"x.{part.owner} = {t}.id"
    if resource.is_tenant and part.owner != "workspace_id":
        return f"x.workspace_id = {t}.workspace_id and {own}"
    return own
