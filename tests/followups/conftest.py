"""An action on which a partner may report, in a commune of the test's own."""

import pytest

from api.db import Database
from tests.followups.scene import Scene, make_scene


@pytest.fixture
async def scene(database: Database) -> Scene:
    return await make_scene(database)
