"""The scene of the measurements, made once for each module."""

import pytest

from api.db import Database
from tests.indicators.scene import Scene, make_scene


@pytest.fixture(scope="module")
async def scene(database: Database) -> Scene:
    return await make_scene(database)
