"""A commune whose administration is at work."""

import httpx
import pytest

from api.db import Database
from tests.factories import Commune, make_commune
from tests.plans.asking import Desk


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    return await make_commune(database)


@pytest.fixture
async def desk(client: httpx.AsyncClient, commune: Commune) -> Desk:
    return Desk(client, commune, commune.as_("administration"))
