"""From a GraphQL operation to the selection it asks for: fragments written out, fields of one name merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values

from api.domain.actor import Role
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.sql.links import links_of
from api.domain.sql.reader import document_fields
from api.domain.sql.selection import (
    CURSORS,
    Ask,
    Choice,
    Constant,
    Leaf,
    Many,
    Objects,
    One,
    Piece,
    Root,
    RootMany,
    RootOne,
    RootTree,
    SelectedField,
)
from api.graphql.arguments import listing_of
from api.graphql.estimates import Chosen, estimate_fields
from api.graphql.introspection import TELLING, IntrospectionQuestion, find_introspection
from api.graphql.schema import CORE

LISTS: dict[str, tuple[Resource, Role | None]] = {r.plural: (r, None) for r in RESOURCES} | {
    "partnerActions": (BY_NAME["action"], Role.PARTNER)
}
_FIELDS: dict[str, dict[str, str]] = {r.name: {r.wire(n): n for n in document_fields(r)} for r in RESOURCES}
_MUTATED: dict[str, Resource] = {f"{verb}{r.title}": r for r in RESOURCES for verb in ("create", "update")}
_MUTATED |= dict.fromkeys(("convertArticulation", "undoArticulationConversion"), BY_NAME["articulationConversion"])
_MUTATED |= dict.fromkeys(("continuePlan", "undoPlanContinuation"), BY_NAME["planContinuation"])
_MUTATED |= dict.fromkeys(("amendProgrammingPeriod", "undoPeriodAmendment"), BY_NAME["periodAmendment"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where values are said: the field and its arguments; a listing of `resource`, or an id."""

    definition: GraphQLField
    node: FieldNode
    resource: Resource | None
    identifier: str = "id"

    def ask(self, variables: VariableValues) -> Ask:
        """The values said here. Raises what the ordinary way also raises: a refusal, or a GraphQL error."""
        provided = get_argument_values(self.definition, self.node, variables, hide_suggestions=True)
        if self.resource is None:
            return Ask(identifier=provided[self.identifier])
        return Ask(listing_of(self.resource, provided))


@dataclass(frozen=True, slots=True)
class Schema:
    """What an operation asks of the schema: how often as a whole, how many fields, and whether for nothing else."""

    times: int
    fields: int
    asked: tuple[IntrospectionQuestion, ...] | None
    """The selection; None where other things are asked beside."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The selection of one operation. `is_whole` is false where a root field is answered the ordinary way only."""

    roots: tuple[Root, ...]
    places: tuple[Place, ...]
    is_whole: bool
    beside: int
    """How many fields the answers of the other root fields may hold: no page size bounds them, so it is estimated."""
    schema: Schema | None = None
    """What it asks of the schema itself."""


def outline_of(document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues) -> Outline:
    """What an operation asks for, with these values of its @skip and @include."""
    writing = _Writing(document, variables)
    name = "Mutation" if operation.operation.value == "mutation" else "Query"
    chosen = writing.collect_fields([operation.selection_set], name)
    roots = {key: writing.root(key, nodes) for key, nodes in chosen.items()}
    known = tuple(root for root in roots.values() if root is not None)
    beside = sum(estimate_fields(writing.below, name, nodes) for key, nodes in chosen.items() if roots[key] is None)
    is_whole = len(known) == len(roots) and name == "Query"
    return Outline(known, tuple(writing.places), is_whole, beside, _schema(writing, chosen, name))


def _schema(writing: "_Writing", chosen: Chosen, name: str) -> Schema | None:
    names = {key: nodes[0].name.value for key, nodes in chosen.items()}
    asked = {key: nodes for key, nodes in chosen.items() if names[key] in TELLING}
    if not asked:
        return None
    fields = sum(estimate_fields(writing.below, name, nodes) for nodes in asked.values())
    is_alone = all(each in (*TELLING, "__typename") for each in names.values())
    alone = find_introspection(writing.below, chosen, name) if is_alone else None
    return Schema(sum(each == "__schema" for each in names.values()), fields, alone)


def deciding_variables(document: DocumentNode) -> tuple[str, ...]:
    """The variables on which @skip and @include depend: with the same values the outline is the same."""
    from graphql import Visitor, visit
    from graphql.language import DirectiveNode, VariableNode

    names: set[str] = set()

    class Directives(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            for argument in node.arguments or ():
                if isinstance(argument.value, VariableNode):
                    names.add(argument.value.name.value)

    visit(document, Directives())
    return tuple(sorted(names))


@dataclass
class _Writing:
    document: DocumentNode
    variables: VariableValues
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fragments = {d.name.value: d for d in self.document.definitions if isinstance(d, FragmentDefinitionNode)}

    def collect_fields(self, sets: Iterable[SelectionSetNode], type_name: str) -> Chosen:
        """The fields chosen under each name, in the order in which they are answered."""
        chosen: Chosen = {}
        spread: set[str] = set()
        for selections in sets:
            self._collect(selections, type_name, chosen, spread)
        return chosen

    def _collect(self, selections: SelectionSetNode, type_name: str, chosen: Chosen, spread: set[str]) -> None:
        for node in selections.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                chosen.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or node.type_condition.name.value == type_name:
                    self._collect(node.selection_set, type_name, chosen, spread)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if fragment.type_condition.name.value == type_name:
                    self._collect(fragment.selection_set, type_name, chosen, spread)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"] is True:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (include and include["if"] is False)

    def below(self, nodes: list[FieldNode], type_name: str) -> Chosen:
        return self.collect_fields([n.selection_set for n in nodes if n.selection_set], type_name)

    def _place(self, type_name: str, node: FieldNode, resource: Resource | None, identifier: str = "id") -> int:
        parent = CORE.type_map[type_name]
        assert isinstance(parent, GraphQLObjectType)
        self.places.append(Place(parent.fields[node.name.value], node, resource, identifier))
        return len(self.places) - 1

    def root(self, key: str, nodes: list[FieldNode]) -> Root | None:
        name = nodes[0].name.value
        if name == "__typename":
            return Constant(key, "Query")
        if name in LISTS:
            resource, only = LISTS[name]
            ask = self._place("Query", nodes[0], resource)
            return RootMany(key, resource, ask, self._pieces(resource, nodes), only)
        if name == "planTree":
            return RootTree(key, self._place("Query", nodes[0], None, "planId"), self._tree(nodes))
        if name in _MUTATED:
            return RootOne(key, _MUTATED[name], -1, self._select_fields(_MUTATED[name], nodes))
        if name in BY_NAME:
            ask = self._place("Query", nodes[0], None)
            return RootOne(key, BY_NAME[name], ask, self._select_fields(BY_NAME[name], nodes))
        return None

    def _select_fields(self, resource: Resource, nodes: list[FieldNode]) -> SelectedField:
        chosen = self.below(nodes, resource.title)
        return SelectedField(tuple(self._choice(resource, key, found) for key, found in chosen.items()))

    def _choice(self, resource: Resource, key: str, nodes: list[FieldNode]) -> Choice:
        name = nodes[0].name.value
        links = links_of(resource)
        if name == "__typename":
            return Leaf(key, constant=resource.title)
        if name in links:
            link = links[name]
            if not link.is_many:
                return One(key, link, self._select_fields(link.target, nodes))
            ask = self._place(resource.title, nodes[0], link.target)
            return Many(key, link, ask, self._pieces(link.target, nodes))
        own = _FIELDS[resource.name][name]
        if nodes[0].selection_set is None:
            return Leaf(key, own)
        return Objects(key, own, self._members(nodes, _object_name(resource, name)))

    def _members(self, nodes: list[FieldNode], type_name: str) -> tuple[Leaf, ...]:
        """Members of an object inside a document; their names are columns there."""
        chosen = self.below(nodes, type_name)
        return tuple(_leaf(key, found[0].name.value, type_name) for key, found in chosen.items())

    def _pieces(self, resource: Resource, nodes: list[FieldNode]) -> tuple[Piece, ...]:
        chosen = self.below(nodes, f"{resource.title}Connection")
        return tuple(self._piece(resource, key, found) for key, found in chosen.items())

    def _piece(self, resource: Resource, key: str, nodes: list[FieldNode]) -> Piece:
        kind = nodes[0].name.value
        match kind:
            case "nodes":
                return Piece(key, kind, nodes=(("", self._select_fields(resource, nodes)),))
            case "pageInfo":
                chosen = self.below(nodes, "PageInfo")
                return Piece(key, kind, tuple(_leaf(k, n[0].name.value, "PageInfo") for k, n in chosen.items()))
            case "edges":
                return self._edges(resource, key, nodes)
        return Piece(key, kind)

    def _edges(self, resource: Resource, key: str, nodes: list[FieldNode]) -> Piece:
        title = f"{resource.title}Edge"
        chosen = self.below(nodes, title)
        members = tuple(_leaf(k, n[0].name.value, title) for k, n in chosen.items() if n[0].name.value != "node")
        inner = tuple((k, self._select_fields(resource, n)) for k, n in chosen.items() if n[0].name.value == "node")
        return Piece(key, "edges", members, inner)

    def _tree(self, nodes: list[FieldNode]) -> tuple[tuple[str, str, Any], ...]:
        parts: list[tuple[str, str, Any]] = []
        for key, found in self.below(nodes, "PlanTree").items():
            kind = found[0].name.value
            if kind == "plan":
                parts.append((key, kind, self._select_fields(BY_NAME["plan"], found)))
            elif kind == "__typename":
                parts.append((key, kind, (Leaf(key, constant="PlanTree"),)))
            else:
                title = f"Tree{kind[0].upper()}{kind[1:-1]}"
                chosen = self.below(found, title)
                parts.append((key, kind, tuple(_leaf(k, n[0].name.value, title) for k, n in chosen.items())))
        return tuple(parts)


def _object_name(resource: Resource, name: str) -> str:
    """The name of the type of the objects in a field."""
    from graphql import get_named_type

    parent = CORE.type_map[resource.title]
    assert isinstance(parent, GraphQLObjectType)
    named: Any = get_named_type(parent.fields[name].type)
    return str(named.name)


def _leaf(key: str, name: str, type_name: str) -> Leaf:
    return Leaf(key, constant=type_name) if name == "__typename" else Leaf(key, _column(name))


def _column(name: str) -> str:
    """`unitId` → `unit_id`; the members of a connection keep their names."""
    if name in (*CURSORS, "hasNextPage", "hasPreviousPage"):
        return name
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def decide_variables(variables: VariableValues, names: Iterable[str]) -> tuple[Any, ...]:
    values: Mapping[str, Any] = variables.coerced
    return tuple(values.get(name) for name in names)
