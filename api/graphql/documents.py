"""Documents as they are used: read, measured and validated once, then remembered by their SHA-256."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from api.domain.errors import Invalid, Issue
from api.graphql import limits
from api.graphql.outline import deciding_variables
from api.graphql.schema import CORE
from api.settings import Settings

REMEMBERED = 500
PERSISTED = 2_000
MOST_ERRORS = 5

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """A bounded store; what was not used for longest is forgotten first."""

    def __init__(self, most: int) -> None:
        self._found: OrderedDict[K, V] = OrderedDict()
        self._most = most

    def get(self, key: K) -> V | None:
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> None:
        self._found[key] = value
        self._found.move_to_end(key)
        if len(self._found) > self._most:
            self._found.popitem(last=False)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document within all limits."""

    digest: str
    node: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    deciding: tuple[str, ...]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation asked for; refuses an unknown name, and no name where there are several."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        found = self.operations.get(name or "")
        if found is None:
            raise Invalid(Issue("referencedResourceNotFound", "body", "operationName", name))
        return found


@dataclass
class Library:
    """The documents that were asked lately, and the texts that were registered under their SHA-256."""

    settings: Settings
    documents: Remembered[str, Document] = field(default_factory=lambda: Remembered(REMEMBERED))
    texts: Remembered[str, str] = field(default_factory=lambda: Remembered(PERSISTED))

    def read(self, text: str) -> Document:
        """The document of a text; refuses what is too much, unreadable or against the schema (400)."""
        digest = digest_of(text)
        known = self.documents.get(digest)
        if known is None:
            known = _read(digest, text, self.settings)
            self.documents.put(digest, known)
        return known


def digest_of(text: str) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as half:
        raise Invalid(Issue("malformed", "body", "query")) from half


def _read(digest: str, text: str, settings: Settings) -> Document:
    limits.check_text(text, settings)
    try:
        node = parse(text, max_tokens=settings.graphql_tokens)
    except GraphQLSyntaxError as unreadable:
        raise invalid_document([unreadable]) from unreadable
    limits.check_document(node, settings)
    errors = validate(CORE, node, specified_rules, max_errors=MOST_ERRORS, hide_suggestions=True)
    if errors:
        raise invalid_document(errors)
    operations = [d for d in node.definitions if isinstance(d, OperationDefinitionNode)]
    named = {operation.name.value if operation.name else "": operation for operation in operations}
    return Document(digest, node, named, deciding_variables(node))


def invalid_document(errors: list[GraphQLError], where: Callable[[GraphQLError], str] | None = None) -> Invalid:
    """One issue per error of graphql-core, with its place in the document."""
    issues = []
    for error in errors[:MOST_ERRORS]:
        place = error.locations[0] if error.locations else None
        places = () if place is None else (("line", place.line), ("column", place.column))
        facts = (("reason", error.message[:300]), *places)
        issues.append(Issue("schemaViolation", "body", where(error) if where else "query", None, facts))
    return Invalid(*issues)
