"""Where a reader is in a list: opaque, bound to the question and to who asks, impossible to forge."""

import base64
import hashlib
import hmac
import json
from typing import Any

from api.domain.errors import Refusal

BLOCK = 64


class CursorKey:
    """The secret with which cursors are sealed, in the two padded forms of HMAC (RFC 2104)."""

    def __init__(self, secret: bytes) -> None:
        key = hashlib.sha256(secret).digest().ljust(BLOCK, b"\0")
        self.inner = bytes(b ^ 0x36 for b in key)
        self.outer = bytes(b ^ 0x5C for b in key)

    def seal(self, keys: str, tag: str) -> str:
        """The cursor after the row whose sort keys are the JSON array `keys`; same as SQL `seal_cursor`."""
        text = base64.urlsafe_b64encode(keys.encode()).decode().rstrip("=")
        return f"{text}.{self._mac(keys, tag)}"

    def open(self, cursor: str, tag: str) -> list[Any]:
        """The sort keys in a cursor; refuses one of another question, another reader, or our none (400)."""
        text, _, mac = cursor.partition(".")
        try:
            keys = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        except ValueError as unreadable:
            raise Refusal("cursorInvalid") from unreadable
        if not hmac.compare_digest(self._mac(keys, tag).encode(), mac.encode("utf-8", "replace")):
            raise Refusal("cursorInvalid")
        values: list[Any] = json.loads(keys)
        return values

    def _mac(self, keys: str, tag: str) -> str:
        inside = hashlib.sha256(self.inner + (keys + "\n" + tag).encode()).digest()
        return hashlib.sha256(self.outer + inside).hexdigest()[:32]
