"""One scene for each test: a group, its three members, a stranger."""

import httpx
import pytest

from api.db import Database
from tests.groups.scene import Scene, make_scene


@pytest.fixture
async def scene(client: httpx.AsyncClient, database: Database) -> Scene:
    return await make_scene(client, database)
