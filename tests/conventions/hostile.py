"""What somebody who means harm, or a broken client, may send."""

from collections.abc import AsyncIterator
from typing import Any

import httpx

from tests.conventions.estate import MERGE, Estate

TARGETS = ("action", "plan", "objective", "budgetLine", "organisation", "person", "client", "periodItem")
"""Concepts of every kind: with lists, money, numbers, JSON columns, personal data, for several roles."""

DEEP = b"[" * 1000 + b"]" * 1000
UNREADABLE: dict[str, bytes] = {
    "NaN": b'{"title": NaN}',
    "Infinity": b'{"title": Infinity}',
    "minus Infinity": b'{"priority": -Infinity}',
    "a number beyond doubles": b'{"priority": 1e999}',
    "a lone surrogate": b'{"title": "a\\ud800b"}',
    "a lone surrogate in a name": b'{"\\udfff": 1}',
    "a surrogate in UTF-8": b'{"title": "\xed\xa0\x80"}',
    "NUL as an escape": b'{"title": "a\\u0000b"}',
    "NUL as a byte": b'{"title": "a\x00b"}',
    "NUL between": b'{\x00"title": "a"}',
    "a name twice": b'{"title": "a", "title": "b"}',
    "a name twice within": b'{"labels": {"fr": "a", "fr": "b"}}',
    "an integer of 31 digits": b'{"priority": ' + b"1" + b"0" * 30 + b"}",
    "an integer of 10000 digits": b'{"priority": ' + b"9" * 10_000 + b"}",
    "a list 1000 deep": b'{"title": ' + DEEP + b"}",
    "an object 1000 deep": b'{"a":' * 1000 + b"1" + b"}" * 1000,
    "an unclosed list 1000 deep": b"[" * 1000,
    "100000 brackets": b"[" * 100_000,
    "nothing": b"",
    "white space": b" \n\t ",
    "no JSON": b"title=a",
    "half of JSON": b'{"title": "a"',
    "two values": b'{"title": "a"}{"title": "b"}',
    "a trailing comma": b'{"title": "a",}',
    "single quotes": b"{'title': 'a'}",
    "a comment": b'{"title": "a" /* b */}',
    "an octal number": b'{"priority": 01}',
    "a bare word": b"undefined",
    "UTF-16": '{"title": "a"}'.encode("utf-16"),
    "Latin-1": '{"title": "é"}'.encode("latin-1"),
    "a byte order mark": b'\xef\xbb\xbf{"title": "a"}',
    "an overlong slash": b'{"title": "\xc0\xaf"}',
    "a raw control character": b'{"title": "a\x01b"}',
    "a raw line break": b'{"title": "a\nb"}',
}
NO_OBJECT: dict[str, bytes] = {
    "a list": b'[{"title": "a"}]',
    "an empty list": b"[]",
    "a text": b'"title"',
    "a number": b"3",
    "true": b"true",
    "null": b"null",
}


async def send(estate: Estate, name: str, content: Any, *, is_patch: bool, **headers: str) -> httpx.Response:
    """These bytes as a creation, or as a patch of the document that is there."""
    address = estate.address(name)
    given = {**estate.writer(name), **(MERGE if is_patch else {"Content-Type": "application/json"}), **headers}
    if is_patch:
        return await estate.client.patch(address, content=content, headers={"If-Match": '"1"', **given})
    return await estate.client.post(address.rpartition("/")[0], content=content, headers=given)


async def chunks(total: int) -> AsyncIterator[bytes]:
    """A body whose length nobody said beforehand."""
    yield b'{"title": "'
    for _ in range(total // 65_536):
        yield b"x" * 65_536
    yield b'"}'
