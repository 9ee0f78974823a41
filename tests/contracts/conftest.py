"""A server on a socket, and an estate that may be damaged: what is sent at it is generated."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI

from api.db import Database
from api.settings import Settings
from tests.contracts.live import serving
from tests.conventions.estate import Estate, open_estate


@pytest.fixture(scope="session")
def address(settings: Settings, database: Database) -> Iterator[str]:
    with serving(settings) as address:
        yield address


@pytest.fixture(scope="session")
async def doomed(app: FastAPI, settings: Settings, database: Database) -> AsyncIterator[Estate]:
    """An estate of its own: generated requests change and remove what is in it."""
    transport = httpx.ASGITransport(app=app, client=("127.9.0.2", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
        yield await open_estate(client, database)
