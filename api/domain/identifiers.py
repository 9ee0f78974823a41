"""Identifiers made by the application: UUID version 7 (RFC 9562), so that newer sorts after older."""

import os
import time
from uuid import UUID

DIRECTORY = UUID(int=0)
"""The nil workspace: the journal stream of global rows."""


def new_id() -> UUID:
    """A UUIDv7: 48 bits of milliseconds since 1970, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    bits = (
        (milliseconds & ((1 << 48) - 1)) << 80
        | 0x7 << 76
        | (random >> 68) << 64
        | 0b10 << 62
        | random & ((1 << 62) - 1)
    )
    return UUID(int=bits)
