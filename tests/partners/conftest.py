"""The scene of partners, made once for each test process."""

import pytest

from api.db import Database
from tests.partners.scene import Scene, make_scene


@pytest.fixture(scope="session")
async def scene(database: Database) -> Scene:
    return await make_scene(database)
