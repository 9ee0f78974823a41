"""A commune of its own for each test, and its administration at work."""

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_commune
from tests.plans.asking import Desk


@pytest.fixture
async def town(database: Database) -> Commune:
    return await make_commune(database)


@pytest.fixture
async def office(client: httpx.AsyncClient, town: Commune) -> Desk:
    return Desk(client, town, town.as_("administration"))
