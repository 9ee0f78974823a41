"""The fast way: a whole query answered by one SQL statement, whose bytes are passed through.

It answers only what it can answer without a word of its own: anything refused, missing or not sayable in one
statement is None here, and the ordinary way (the reference) answers it.
"""

from typing import Any

import orjson

from api.domain.errors import Refusal
from api.domain.sql.compilation import NotCompilable, Statement, compile_statement
from api.domain.sql.selection import Question
from api.domain.sql.slots import shape_of
from api.graphql.context import Snapshot
from api.graphql.operations import Operation
from api.lru_cache import LruCache

MOST_KEPT = 8_000_000
"""Characters of the statements kept written."""
_STATEMENTS: LruCache[tuple[Any, ...], Statement | bool] = LruCache(MOST_KEPT)


async def answer_compiled(
    operation: Operation, snapshot: Snapshot, before: bytes = b"", after: bytes = b""
) -> bytes | None:
    """The JSON of `data` with what stands around it, or None where the ordinary way must answer."""
    if operation.asks is None or not operation.outline.is_whole:
        return None
    question = Question(snapshot.actor, operation.asks, snapshot.key)
    statement = _statement(operation, question, snapshot)
    if statement is None:
        return None
    try:
        found = await statement.run(snapshot.connection, question)
    except Refusal:  # a cursor that is not ours, found while filling in the values: nothing was asked yet
        return None
    if any(json is None for json in found):
        return None
    members: list[bytes] = []
    for key, json in zip(statement.keys, found, strict=True):
        if json:
            members += [b"," if members else b"", orjson.dumps(key), b":", json]
    return b"".join([before, b"{", *members, b"}", after])  # put together once: a tree is large


def _statement(operation: Operation, question: Question, snapshot: Snapshot) -> Statement | None:
    key = (operation.outline_key, question.shape, shape_of(snapshot.actor), snapshot.language, snapshot.base_url)
    known = _STATEMENTS.get(key)
    if known is None:
        try:
            known = compile_statement(operation.outline.roots, question, snapshot.language, snapshot.base_url)
        except (Refusal, NotCompilable):
            known = False
        _STATEMENTS.put(key, known, len(known.sql) if isinstance(known, Statement) else 1_000)
    return known if isinstance(known, Statement) else None
