"""What a document may ask of the service, checked before anything is spent on it.

In order, each bounded by the one before: characters, tokens and brackets (one pass of a regular expression,
before any parser recurses), then aliases and repetitions, fragments, depth and size (one pass over the parsed
document, each fragment measured once however often it is spread), and last the cost of the answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    BREAK,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)

from api.domain.errors import Refusal
from api.domain.sql.selection import Ask, Many, One, Piece, Root, RootMany, RootOne, RootTree, SelectedField
from api.settings import Settings

CHARACTERS_PER_TOKEN = 32
LONGEST_NAME = 256
BRACKETS = 60
FRAGMENTS = 50
FIELDS = 5_000
SELECTIONS = 300
"""Selections with their fragments written out. Each link is a join: PostgreSQL plans some hundred and fifty of them
in a fifth of a second, and ten times as many in more than five."""
VALUES = 5_000
INTROSPECTION_DEPTH = 20
TOLD_ALONE, TOLD_BESIDE = 120_000, 2_000
"""Fields of the schema that one answer tells: the usual question asks for some seventy thousand. Beside other things,
as many as keep nobody waiting."""
ROWS_OF_A_TREE = 200

# A text without its end is one token: whatever follows is looked at once, not again from each quotation mark.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?'
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|\#[^\n]*"
    r"|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|\.\.\.|[^\s,\ufeff]",
    re.DOTALL,
)


def too_much(limit: str, maximum: int, **more: Any) -> Refusal:
    """The refusal that names a limit."""
    return Refusal("queryTooCostly", limit=limit, maximum=maximum, **more)


def check_text(text: str, settings: Settings) -> None:
    """Refuse a document by its text alone: too long, too many tokens, a name too long, brackets too deep."""
    most = settings.graphql_tokens
    if len(text) > most * CHARACTERS_PER_TOKEN:
        raise too_much("characters", most * CHARACTERS_PER_TOKEN)
    count = depth = 0
    for found in _TOKEN.finditer(text):
        first = text[found.start()]
        if first == "#":
            continue
        count += 1
        if count > most:
            raise too_much("tokens", most)
        if first in "{[(":
            depth += 1
            if depth > BRACKETS:
                raise too_much("depth", settings.graphql_depth)
        elif first in "}])":
            depth -= 1
        elif found.end() - found.start() > LONGEST_NAME and first.isidentifier():
            raise too_much("name", LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Measure:
    """How deep a selection goes, and how many fields and selections it holds with its fragments written out."""

    depth: int = 0
    fields: int = 0
    selections: int = 0


class _Measuring:
    """Measures a document, each fragment once."""

    def __init__(self, document: DocumentNode, aliases: int) -> None:
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._known: dict[str, Measure] = {}
        self._open: set[str] = set()
        self._most_aliases = aliases
        self._aliases = 0

    def of(self, selections: SelectionSetNode | None) -> Measure:
        whole = Measure()
        seen: set[str] = set()
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                self._count_alias(node, seen)
                own = self.of(node.selection_set)
                own = Measure(own.depth + 1, own.fields + 1, own.selections + (node.selection_set is not None))
            elif isinstance(node, InlineFragmentNode):
                own = self.of(node.selection_set)
            else:
                assert isinstance(node, FragmentSpreadNode)
                own = self._fragment(node.name.value)
            whole = Measure(max(whole.depth, own.depth), whole.fields + own.fields, whole.selections + own.selections)
        return whole

    def _count_alias(self, node: FieldNode, seen: set[str]) -> None:
        """A field said twice costs validation as much as an alias, so it counts as one."""
        key = node.alias.value if node.alias else node.name.value
        if node.alias or key in seen:
            self._aliases += 1
            if self._aliases > self._most_aliases:
                raise too_much("aliases", self._most_aliases)
        seen.add(key)

    def _fragment(self, name: str) -> Measure:
        if name in self._open or name not in self._fragments:
            return Measure()  # a cycle or an unknown name: validation says so
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self.of(self._fragments[name].selection_set)
            self._open.discard(name)
        return self._known[name]


def check_document(document: DocumentNode, settings: Settings) -> int:
    """How many fields the operations of a document hold at most; refuses aliases, fragments, depth and size."""
    fragments = sum(isinstance(d, FragmentDefinitionNode) for d in document.definitions)
    if fragments > FRAGMENTS:
        raise too_much("fragments", FRAGMENTS)
    measuring = _Measuring(document, settings.graphql_aliases)
    most = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            measure = measuring.of(definition.selection_set)
            introspects = asks_for_schema(definition.selection_set)
            deepest = INTROSPECTION_DEPTH if introspects else settings.graphql_depth
            if measure.depth > deepest and not _is_of_introspection(definition):
                raise too_much("depth", settings.graphql_depth)
            if measure.fields > FIELDS:
                raise too_much("fields", FIELDS)
            if measure.selections > SELECTIONS:
                raise too_much("selections", SELECTIONS)
            most = max(most, measure.fields)
    return most


def check_variables(provided: dict[str, Any]) -> None:
    """Refuse more values than any list of ours takes, before each is looked at."""
    count, pending = 0, [provided]
    while pending:
        value: Any = pending.pop()
        if isinstance(value, dict | list):
            count += len(value)
            if count > VALUES:
                raise too_much("variables", VALUES)
            pending += value.values() if isinstance(value, dict) else value


def asks_for_schema(selections: SelectionSetNode) -> bool:
    """Whether a root selection asks only for the schema itself."""
    names = [n.name.value for n in selections.selections if isinstance(n, FieldNode)]
    return bool(names) and len(names) == len(selections.selections) and all(
        name in ("__schema", "__type", "__typename") for name in names
    )  # fmt: skip


def tells_schema(document: DocumentNode) -> bool:
    """Whether any selection of the document asks for the schema: beside other fields, or in a fragment."""
    found = False

    class Fields(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> Any:
            nonlocal found
            found = found or node.name.value in ("__schema", "__type")
            return BREAK if found else None

    visit(document, Fields())
    return found


def _is_of_introspection(definition: Any) -> bool:
    """Fragments on the types of introspection are measured where they are spread."""
    return isinstance(definition, FragmentDefinitionNode) and definition.type_condition.name.value.startswith("__")


def check_schema(times: int, fields: int, *, is_alone: bool) -> None:
    """Refuse to tell the whole schema twice in one answer, too much of it, or much of it beside other things."""
    if times > 1:
        raise too_much("introspection", 1)
    most = TOLD_ALONE if is_alone else TOLD_BESIDE
    if fields > most:
        raise too_much("introspection", most, cost=fields)


def cost_of(roots: tuple[Root, ...], asks: tuple[Ask, ...]) -> int:
    """The most fields an answer can hold: a list costs its page size times what is chosen of each document."""
    return sum(_root_cost(root, asks) for root in roots)


def _root_cost(root: Root, asks: tuple[Ask, ...]) -> int:
    match root:
        case RootOne():
            return 1 + _selected_cost(root.selected, asks)
        case RootMany():
            return 1 + _pieces_cost(root.pieces, root.ask, asks)
        case RootTree():
            return 1 + sum(_part_cost(kind, chosen, asks) for _, kind, chosen in root.parts)
    return 1


def _part_cost(kind: str, chosen: Any, asks: tuple[Ask, ...]) -> int:
    return _selected_cost(chosen, asks) if kind == "plan" else ROWS_OF_A_TREE * (1 + len(chosen))


def _selected_cost(selected: SelectedField, asks: tuple[Ask, ...]) -> int:
    return sum(_choice_costs(selected, asks))


def _choice_costs(selected: SelectedField, asks: tuple[Ask, ...]) -> Iterator[int]:
    for choice in selected.choices:
        match choice:
            case One():
                yield 1 + _selected_cost(choice.selected, asks)
            case Many():
                yield 1 + _pieces_cost(choice.pieces, choice.ask, asks)
            case _:
                yield 1


def _pieces_cost(pieces: tuple[Piece, ...], ask: int, asks: tuple[Ask, ...]) -> int:
    listing = asks[ask].listing
    size = listing.page_size if listing is not None else 1
    total = 0
    for piece in pieces:
        each = sum(1 + _selected_cost(selected, asks) for _, selected in piece.nodes)
        if piece.kind == "edges":
            each += 1 + len(piece.members)
        total += 1 + (size * each if piece.kind in ("nodes", "edges") else len(piece.members))
    return total
