"""Reading a JSON body that nobody can make ambiguous: no duplicate keys, no NaN, no NUL, no abyss."""

import json
import re
from collections import Counter
from typing import Any

from api.domain.errors import Refusal, invalid
from api.settings import Settings

MAX_INTEGER_DIGITS = 30
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def strict_json(body: bytes, settings: Settings) -> Any:
    """The value of a JSON text (RFC 8259), or a refusal that says what is wrong with it (400, 413)."""
    if len(body) > settings.body_limit_bytes:
        raise Refusal("payloadTooLarge", limit=settings.body_limit_bytes)
    _check_depth(body, settings.json_depth)
    try:
        text = body.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer, parse_float=_decimal
        )
    except (ValueError, RecursionError) as unreadable:
        raise invalid("schemaViolation", "", reason=f"not a readable JSON text ({unreadable})"[:200]) from unreadable
    if "\\u" in text:
        _check_text(value)
    return value


def _check_depth(body: bytes, limit: int) -> None:
    """Refuse nesting beyond the limit before any parser recurses into it; brackets in strings count as none."""
    if body.count(b"[") + body.count(b"{") <= limit:
        return
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > limit:
            raise invalid("schemaViolation", "", reason=f"nested deeper than {limit} levels")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"the name {twice[:40]!r} appears twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > MAX_INTEGER_DIGITS:
        raise ValueError("an integer of too many digits")
    return int(digits)


def _decimal(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number too large")
    return number


def _check_text(value: Any) -> None:
    """Escapes can write what UTF-8 cannot: lone surrogates, and NUL, which PostgreSQL does not store."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            if "\0" in item or any("\ud800" <= c <= "\udfff" for c in item):
                raise invalid("schemaViolation", "", reason="a text with NUL or half a character")
        elif isinstance(item, dict):
            pending += item.keys()
            pending += item.values()
        elif isinstance(item, list):
            pending += item
