"""How Alembic reaches the database: as the owner, in one transaction, one instance at a time."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import api.domain.tables  # noqa: F401 - importing it fills SQLModel.metadata
from api.migration import sqlalchemy_address

MIGRATION_LOCK = 7_250_017
"""Any number, the same for every instance of this service."""


def _run(connection: Connection) -> None:
    """Migrate in one transaction, after any other instance that is doing so; never queue behind long work."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        compare_server_default=False,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        connection.execute(text("set local lock_timeout = '120s'"))
        connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
        connection.execute(text("set local lock_timeout = '5s'"))
        connection.execute(text("set local statement_timeout = 0"))
        context.run_migrations()


async def _connect() -> None:
    address = context.config.attributes.get("address")
    if address is None:
        raise RuntimeError("Migrations run through `pst migrate` and `make migration`, which know the address.")
    engine = create_async_engine(sqlalchemy_address(address), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_connect())
