"""Waiting for a database that starts beside the service, or is just away."""

import asyncio
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from api.db import fault_of
from api.migration import UnfitDatabase

PAUSE_SECONDS = 0.5
TRY_SECONDS = 5


def wait_for_database(address: str, seconds: float) -> None:
    """Return once the database answers. Says once that it does not yet.

    Raises UnfitDatabase, in one sentence, when it has not answered after so many seconds, or refuses for good.
    """
    asyncio.run(_wait(address, time.monotonic() + seconds))


async def _wait(address: str, deadline: float) -> None:
    has_said = False
    while True:
        try:
            connection: Any = await asyncpg.connect(address, timeout=TRY_SECONDS)
        except (OSError, asyncpg.PostgresError) as absent:
            reason = f"The database {_place(address)} does not answer ({_reason(absent)})"
            is_lasting = isinstance(absent, asyncpg.PostgresError) and fault_of(absent) is None
            if is_lasting or time.monotonic() >= deadline:
                raise UnfitDatabase(f"{reason}: see DATABASE_URL.") from None
            if not has_said:
                print(f"pst: {reason}; waiting for it.", file=sys.stderr, flush=True)  # noqa: T201 - for the operator
                has_said = True
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            await connection.close()
            return


def _place(address: str) -> str:
    """Where a database is, without the password."""
    parts = urlsplit(address)
    place = f"{parts.hostname}:{parts.port or 5432}" if parts.hostname else "on this machine"
    return f"“{parts.path.strip('/')}” at {place}" if parts.path.strip("/") else place


def _reason(absent: Exception) -> str:
    """What is in the way, in a few words."""
    if isinstance(absent, TimeoutError):
        return "no answer in time"
    if isinstance(absent, OSError):
        return absent.strerror or str(absent)
    return str(absent).splitlines()[0]
