"""One estate for all tests of conventions of a process: they read it, and what they write is refused or their own."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from api.db import Database
from api.settings import Settings
from tests.conventions.estate import Estate, open_estate


@pytest.fixture(scope="session")
async def estate(app: FastAPI, settings: Settings, database: Database) -> AsyncIterator[Estate]:
    transport = httpx.ASGITransport(app=app, client=("127.9.0.1", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
        yield await open_estate(client, database)
