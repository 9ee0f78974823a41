"""Documents as they are used: read, measured and validated once, then remembered by their SHA-256."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from api.domain.errors import Invalid, Issue, Refusal
from api.graphql import limits
from api.graphql.introspection import Introspection
from api.graphql.manifest import Unusable, read_manifest
from api.graphql.outline import deciding_variables
from api.graphql.schema import CORE
from api.lru_cache import LruCache
from api.settings import Settings

MOST_READ = 1_000_000
"""Characters of the documents that are kept read; a parsed document takes some fifty times its text."""
CHARACTERS_PER_FIELD = 2
MOST_REGISTERED = 4_000_000
"""Characters of the texts registered under their SHA-256."""
MOST_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document within all limits."""

    digest: str
    weight: int
    """Characters of the text, and as many as its fields take once its fragments are written out."""
    node: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    deciding: tuple[str, ...]
    tells_schema: bool
    """Whether it asks for the schema itself, anywhere: among other fields or in a fragment."""

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
    """The documents known from the start, those that were registered since, and those that were read lately."""

    settings: Settings
    manifest: Mapping[str, str] = field(default_factory=dict)
    documents: LruCache[str, Document] = field(default_factory=lambda: LruCache(MOST_READ))
    registered: LruCache[str, str] = field(default_factory=lambda: LruCache(MOST_REGISTERED))
    introspection: Introspection = field(default_factory=Introspection)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The library of a service. Raises `manifest.Unusable` where a document of its manifest could never be run."""
        library = cls(settings, {} if settings.graphql_documents is None else read_manifest(settings.graphql_documents))
        for name, text in library.manifest.items():
            try:
                library.read(text)
            except Refusal as refused:
                raise Unusable(f"the document {name} of PST_GRAPHQL_DOCUMENTS is refused: {refused.facts}") from refused
        return library

    def text(self, sha256: str) -> str | None:
        """The document known by this hash: from the start, or registered since and not forgotten."""
        return self.manifest.get(sha256) or self.registered.get(sha256)

    def register(self, sha256: str, text: str) -> None:
        """Know a valid document by its hash from now on; nothing of the manifest gives way to it."""
        if sha256 not in self.manifest and self.registered.get(sha256) is None:
            self.registered.put(sha256, text, len(text))

    def read(self, text: str) -> Document:
        """The document of a text; refuses what is too much, unreadable or against the schema (400)."""
        digest = digest_of(text)
        known = self.documents.get(digest)
        if known is None:
            known = _parse(digest, text, self.settings)
            self.documents.put(digest, known, known.weight)
        return known


def digest_of(text: str) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as half:
        raise Invalid(Issue("malformed", "body", "query")) from half


def _parse(digest: str, text: str, settings: Settings) -> Document:
    limits.check_text(text, settings)
    try:
        node = parse(text, max_tokens=settings.graphql_tokens)
    except GraphQLSyntaxError as unreadable:
        raise invalid_document([unreadable]) from unreadable
    fields = limits.check_document(node, settings)
    errors = validate(CORE, node, specified_rules, max_errors=MOST_ERRORS, hide_suggestions=True)
    if errors:
        raise invalid_document(errors)
    operations = [d for d in node.definitions if isinstance(d, OperationDefinitionNode)]
    named = {operation.name.value if operation.name else "": operation for operation in operations}
    weight = len(text) + CHARACTERS_PER_FIELD * fields
    return Document(digest, weight, node, named, deciding_variables(node), limits.tells_schema(node))


def invalid_document(errors: list[GraphQLError], where: Callable[[GraphQLError], str] | None = None) -> Invalid:
    """One issue per error of graphql-core, with its place in the document."""
    issues = []
    for error in errors[:MOST_ERRORS]:
        place = error.locations[0] if error.locations else None
        places = () if place is None else (("line", place.line), ("column", place.column))
        facts = (("reason", reason_of(error)), *places)
        issues.append(Issue("schemaViolation", "body", where(error) if where else "query", None, facts))
    return Invalid(*issues)


def reason_of(error: GraphQLError) -> str:
    """What graphql-core says, as part of a sentence, to readers who may not write Python."""
    return error.message[:300].removesuffix(".").replace("not to be None", "not to be null")
