"""One statement being written for one reader: who reads, in which language, with which links."""

from dataclasses import dataclass, field

from sqlalchemy import Numeric

from api.domain.actor import Actor
from api.domain.lifecycle import MOVES, verb_of
from api.domain.policy import covers, held
from api.domain.resources.base import KEPT, Part, Resource
from api.domain.statement import Binds
from api.domain.visibility import circle_of, may, source, visible

ALWAYS = KEPT | {"href", "permitted", "withheld", "next_statuses"}


@dataclass
class Reader:
    """The parameters of a statement and the reader whose rights and language shape it."""

    actor: Actor
    language: str
    base_url: str
    binds: Binds = field(default_factory=Binds)

    def rows(self, resource: Resource, t: str) -> tuple[str, str]:
        """The FROM item of a resource under alias `t`, and the condition under which its rows are seen."""
        return source(resource, self.actor, self.binds, t), visible(resource, self.actor, self.binds, t)

    def sees(self, resource: Resource, name: str) -> bool:
        return name in ALWAYS or covers(self.actor, f"{resource.name}:read", name)

    def withheld(self, resource: Resource) -> list[str]:
        """The wire names of the fields this reader may not see."""
        return sorted(resource.wire(n) for n in resource.answered if not self.sees(resource, n))

    def value(self, resource: Resource, name: str, t: str) -> str:
        """The SQL of one answered field of row `t`; `null` when the reader may not see it."""
        if name == "href":
            return f"{self.binds(f'{self.base_url}/pst/v1/{resource.plural}/', 'text')} || {t}.id"
        if name == "permitted":
            return self._permitted(resource, t)
        if name == "next_statuses":
            return self._next_statuses(resource, t)
        if name == "withheld":
            return f"to_json({self.binds(self.withheld(resource), 'text[]')})"
        if not self.sees(resource, name):
            return "null"
        if name in resource.parts:
            return self._part(resource, name, t)
        if name in resource.derived:
            return self._derived(resource, name, t)
        column = resource.table.c[name]
        return f"{t}.{name}::text" if isinstance(column.type, Numeric) else f"{t}.{name}"

    def _derived(self, resource: Resource, name: str, t: str) -> str:
        derived = resource.derived[name]
        circle = circle_of(self.actor, resource)
        sql = derived.shown if circle and derived.shown else derived.sql
        if "{workspace}" in sql:
            sql = sql.replace("{workspace}", self.binds(self.actor.workspace_id, "uuid"))
        return sql.replace("{t}", t).replace("{language}", f"'{self.language}'").replace("{circle}", f"'{circle}'")

    def _part(self, resource: Resource, name: str, t: str) -> str:
        part = resource.parts[name]
        if circle_of(self.actor, resource) is not None:
            if part.is_scalar:
                return f"{t}.image->'{name}'"
            pairs = ", ".join(f"'{resource.wire(c)}', x->'{c}'" for c in part.columns)
            rows = f"jsonb_array_elements({t}.image->'{name}') with ordinality as e(x, n)"
            return f"(select coalesce(json_agg(json_build_object({pairs}) order by n), '[]') from {rows})"
        shown = (
            f"x.{part.columns[0]}"
            if part.is_scalar
            else "json_build_object(" + ", ".join(f"'{resource.wire(c)}', x.{c}" for c in part.columns) + ")"
        )
        order = part.order or part.columns[0]
        return (
            f"(select coalesce(json_agg({shown} order by x.{order}), '[]') from {part.table.__tablename__} x"
            f" where {part_of(part, resource, t)})"
        )

    def _permitted(self, resource: Resource, t: str) -> str:
        cases = []
        for verb in ("update", "delete"):
            permission = f"{resource.name}:{verb}"
            if held(self.actor, permission):
                condition = may(permission, resource, self.actor, self.binds, t)
                for guard in resource.guards.get(verb, ()):
                    condition += f" and {guard.sql.replace('{t}', t)}"
                cases.append(f"case when {condition} then '{verb}{resource.title}' end")
        if not cases:
            return "'[]'::json"
        return f"to_json(array_remove(array[{', '.join(cases)}], null))"

    def _next_statuses(self, resource: Resource, t: str) -> str:
        whens = []
        for current, moves in MOVES.items():
            cases = [
                f"case when {condition} then '{move}' end"
                for move in moves
                if (condition := self._may_move(resource, f"action:{verb_of(current, move)}", t)) != "false"
            ]
            array = f"array_remove(array[{', '.join(cases)}]::text[], null)" if cases else "'{}'::text[]"
            whens.append(f"when '{current}' then {array}")
        return f"to_json(case {t}.status {' '.join(whens)} end)"

    def _may_move(self, resource: Resource, permission: str, t: str) -> str:
        if not held(self.actor, permission):
            return "false"
        return may(permission, resource, self.actor, self.binds, t)

    def document(self, resource: Resource, t: str) -> str:
        """The whole document of row `t` as one JSON value."""
        names = document_fields(resource)
        columns = ", ".join(f'{self.value(resource, n, t)} as "{resource.wire(n)}"' for n in names)
        return f"(select row_to_json(d) from (select {columns}) d)"


def document_fields(resource: Resource) -> list[str]:
    """The fields of a document in the order in which they are answered."""
    if resource.is_record:
        return ["id", "href", *resource.answered, "withheld"]
    names = ["id", "href", *resource.answered, "version", "created_at", "updated_at", "permitted"]
    return [*names, *(["next_statuses"] if resource.name == "action" else []), "withheld"]


def part_of(part: Part, resource: Resource, t: str) -> str:
    """The condition that joins the rows `x` of a part to their document `t`."""
    own = f"x.{part.owner} = {t}.id"
    if resource.is_tenant and part.owner != "workspace_id":
        return f"x.workspace_id = {t}.workspace_id and {own}"
    return own
