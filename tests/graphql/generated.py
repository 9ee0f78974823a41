"""Queries made at random over the whole schema: links to any depth, arguments, aliases, fragments, directives."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME, RESOURCES
from api.domain.sql.links import links_of
from api.domain.sql.reader import document_fields
from api.graphql.arguments import filter_input

Draw = Any
OBJECTS = {"responsibilities": ("kind", "officeId", "unitId", "personId"), "levels": ("level", "label", "meaning"),
           "strands": ("id", "label", "meaning"), "labels": ("fr", "nl")}  # fmt: skip
DEEPEST = 3
PAGE_INFO = ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor", "__typename")


@dataclass
class Made:
    """A query under way: its fragments and variables."""

    draw: Draw
    ids: dict[str, list[str]]
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    keys: int = 0
    aliases: int = 0

    def chance(self, of: int) -> bool:
        return bool(self.draw(st.integers(0, of - 1)) == 0)

    def pick(self, things: Any) -> Any:
        return self.draw(st.sampled_from(list(things)))

    def key(self, name: str) -> str:
        if self.aliases < 25 and self.chance(6):
            self.aliases += 1
            return f"a{self.aliases}: {name}"
        return name

    def directive(self) -> str:
        if not self.chance(12):
            return ""
        word, value = self.pick(("skip", "include")), self.pick(("true", "false"))
        if self.chance(2):
            return f" @{word}(if: {self.variable('Boolean!', value == 'true')})"
        return f" @{word}(if: {value})"

    def variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = value
        self.declared.append(f"${name}: {kind}")
        return f"${name}"

    def provided(self, kind: str, value: Any, literal: str) -> str:
        return self.variable(kind, value) if self.chance(2) else literal


def fields_of(resource: Resource) -> list[str]:
    return [resource.wire(name) for name in document_fields(resource)]


def selection(made: Made, resource: Resource, depth: int) -> str:
    """What is chosen of a document."""
    own = made.draw(st.lists(st.sampled_from(fields_of(resource)), min_size=1, max_size=5, unique=True))
    parts = [_field(made, resource, name) for name in own]
    links = list(links_of(resource).values())
    if depth and links:
        for link in made.draw(st.lists(st.sampled_from(links), max_size=2, unique_by=lambda link: link.name)):
            if link.is_many:
                parts.append(connection(made, link.name, link.target, depth - 1))
            else:
                inner = selection(made, link.target, depth - 1)
                parts.append(f"{made.key(link.name)}{made.directive()} {{ {inner} }}")
    if made.chance(8):
        parts.append(made.key("__typename"))
    words = " ".join(parts)
    if made.chance(8):
        name = f"F{len(made.fragments)}"
        made.fragments.append(f"fragment {name} on {resource.title} {{ {words} }}")
        return f"id ...{name}{made.directive()}"
    if made.chance(10):
        return f"id ... on {resource.title}{made.directive()} {{ {words} }}"
    return f"id {words}"


def _field(made: Made, resource: Resource, name: str) -> str:
    if name in OBJECTS and not _is_plain(resource, name):
        members = made.draw(st.lists(st.sampled_from(OBJECTS[name]), min_size=1, unique=True))
        inner = " ".join(made.key(m) for m in [*members, *(["__typename"] if made.chance(3) else [])])
        return f"{made.key(name)} {{ {inner} }}"
    return made.key(name) + made.directive()


def _is_plain(resource: Resource, name: str) -> bool:
    from api.graphql.outline import _object_name

    return _object_name(resource, name) not in ("Responsibility", "Level", "Strand", "Labels")


def connection(made: Made, name: str, resource: Resource, depth: int) -> str:
    """A list with some of its arguments and pieces."""
    pieces = []
    if not made.chance(5):
        pieces.append(f"{made.key('nodes')} {{ {selection(made, resource, depth)} }}")
    if made.chance(4):
        inner = f"node {{ {selection(made, resource, depth)} }}" if made.chance(2) else ""
        pieces.append(f"edges {{ {made.key('cursor')} {inner} }}")
    if made.chance(2):
        ends = made.draw(st.lists(st.sampled_from(PAGE_INFO), min_size=1, max_size=4, unique=True))
        pieces.append(f"{made.key('pageInfo')} {{ {' '.join(made.key(end) for end in ends)} }}")
    if made.chance(3) or not pieces:
        pieces.append(made.key("totalCount"))
    return f"{made.key(name)}{arguments(made, resource)}{made.directive()} {{ {' '.join(pieces)} }}"


def arguments(made: Made, resource: Resource) -> str:
    said = []
    if made.chance(2):
        first = made.pick((1, 2, 3, 7, 200)) if not made.chance(25) else made.pick((0, 201, -1))
        said.append(f"first: {made.provided('Int!', first, str(first))}")
    if made.chance(4):
        said.append(f"filter: {_filter(made, resource)}")
    if made.chance(4) and resource.sorts:
        word = resource.wire(made.pick(resource.sorts)) + made.pick(("", "Descending"))
        said.append(f"sort: {made.provided(f'[{resource.title}Sort!]', [word], word)}")
    if made.chance(8):
        words = made.pick(("rue", "énergie", "plan", "zz", "l'eau"))
        said.append(f"search: {made.provided('String', words, chr(34) + words + chr(34))}")
    if made.chance(15):
        said.append('after: "WyJhIl0.00000000000000000000000000000000"')
    return f"({', '.join(said)})" if said else ""


def _filter(made: Made, resource: Resource) -> str:
    input_type = filter_input(resource.name)
    name = made.pick(input_type.__annotations__)
    asked = input_type.__annotations__[name]
    kind = str(asked)
    if "bool" in kind:
        values: list[Any] = [made.pick((True, False))]
        literal = f"{{{name}: {str(values[0]).lower()}}}"
    elif "Identifier" in kind:
        pool = [i for ids in made.ids.values() for i in ids]
        values = [made.pick(pool), made.pick(pool)]
        literal = f'{{{name}: ["{values[0]}", "{values[1]}"]}}'
    elif "int" in kind or "LargeInt" in kind:
        values = [made.pick((0, 1, 2, 100))]
        literal = f"{{{name}: {values}}}"
    elif "str" in kind:
        values = ["PST"]
        literal = f'{{{name}: ["PST"]}}'
    else:
        enum = _enum_in(asked)
        values = [made.pick([m.value for m in enum])]
        literal = f"{{{name}: [{values[0]}]}}"
    return made.provided(f"{resource.title}Filter", {name: values}, literal)


def _enum_in(asked: Any) -> Any:
    from enum import Enum
    from typing import get_args

    if isinstance(asked, type) and issubclass(asked, Enum):
        return asked
    for inner in get_args(asked):
        if (found := _enum_in(inner)) is not None:
            return found
    return None


@st.composite
def queries(draw: Draw, ids: dict[str, list[str]]) -> tuple[str, dict[str, Any]]:
    """A query and its variables; ids are those of documents that are there, visible or not."""
    made = Made(draw, ids)
    roots = []
    for i in range(draw(st.integers(1, 2))):
        resource: Resource = made.pick(RESOURCES) if made.chance(3) else BY_NAME[made.pick(COMMON)]
        depth = draw(st.integers(0, DEEPEST))
        if made.chance(3) and ids.get(resource.name):
            identifier = made.pick(ids[resource.name])
            said = made.provided("UUID!", identifier, f'"{identifier}"')
            roots.append(f"r{i}: {resource.name}(id: {said}) {{ {selection(made, resource, depth)} }}")
        else:
            roots.append(_root(made, i, resource, depth))
    if made.chance(4) and ids.get("plan"):
        roots.append(tree(made))
    declared = f"({', '.join(made.declared)})" if made.declared else ""
    return f"query{declared} {{ {' '.join(roots)} }} {' '.join(made.fragments)}", made.variables


def _root(made: Made, i: int, resource: Resource, depth: int) -> str:
    """A list at the root, under a name of its own."""
    words = connection(made, resource.plural, resource, depth)
    has_alias = ":" in words.split("(")[0].split("{")[0]
    return words if has_alias else f"r{i}: {words}"


COMMON = ("action", "plan", "objective", "placement", "planAction", "partnership", "task", "budgetLine")
TREE = {
    "objectives": ("id", "parentId", "level", "title", "number", "sdgs", "permitted"),
    "placements": ("id", "actionId", "weight", "number"),
    "actions": ("id", "title", "status", "planIds", "planLabel", "isLate", "nextStatuses"),
}


def tree(made: Made) -> str:
    parts = []
    for name in made.draw(st.lists(st.sampled_from(("plan", *TREE)), min_size=1, unique=True)):
        if name == "plan":
            parts.append(f"plan {{ {selection(made, BY_NAME['plan'], 1)} }}")
        else:
            chosen = made.draw(st.lists(st.sampled_from(TREE[name]), min_size=1, unique=True))
            parts.append(f"{made.key(name)} {{ {' '.join(made.key(c) for c in chosen)} }}")
    return f'tree: planTree(planId: "{made.pick(made.ids["plan"])}") {{ {" ".join(parts)} }}'
