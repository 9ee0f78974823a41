"""The documents that a service knows from its start: a manifest as Apollo's and Relay's tools write it.

`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": SHA-256, "body": document, …}]}`,
or Relay's plain `{SHA-256: document}`. Each id must be the SHA-256 of its document, as clients send it.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

APOLLO = "apollo-persisted-query-manifest"


class Unusable(Exception):
    """The manifest says something that no client could ever ask: the service does not start with it."""


def read_manifest(path: Path) -> Mapping[str, str]:
    """The documents of a manifest by their SHA-256."""
    try:
        provided = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise Unusable(f"PST_GRAPHQL_DOCUMENTS cannot be read: {unreadable}") from unreadable
    documents = _documents(provided)
    for name, text in documents.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if name != digest:
            raise Unusable(f"PST_GRAPHQL_DOCUMENTS: the SHA-256 of the document {name[:80]} is {digest}")
    return documents


def _documents(provided: Any) -> dict[str, str]:
    pairs: list[tuple[Any, Any]] = []
    if isinstance(provided, dict) and "format" not in provided:
        pairs = list(provided.items())
    elif isinstance(provided, dict) and provided["format"] == APOLLO and isinstance(provided.get("operations"), list):
        pairs = [(o.get("id"), o.get("body")) if isinstance(o, dict) else (None, None) for o in provided["operations"]]
    else:
        raise Unusable(f"PST_GRAPHQL_DOCUMENTS is neither an {APOLLO} nor an object of documents by SHA-256")
    if not all(isinstance(name, str) and isinstance(text, str) for name, text in pairs):
        raise Unusable("PST_GRAPHQL_DOCUMENTS: every document needs its SHA-256 and its text")
    return dict(pairs)
