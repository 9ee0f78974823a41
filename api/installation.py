"""After the tables, what every installation holds: reference data of this release."""

import asyncio
from typing import Any

import asyncpg

from api.domain.commands.installation import load_reference


def install_reference(owner_address: str) -> int:
    """The database says what the reference files of this release say; answers how many rows were written.

    Not from within a running event loop: use `asyncio.to_thread`.
    """
    return asyncio.run(_install(owner_address))


async def _install(owner_address: str) -> int:
    connection: Any = await asyncpg.connect(owner_address)
    try:
        async with connection.transaction():
            return await load_reference(connection)
    finally:
        await connection.close()
