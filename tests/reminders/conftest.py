import pytest

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.reminders.scene import Scene, make_scene


@pytest.fixture
def schedule(database: Database, settings: Settings) -> Schedule:
    """The service's clock without a mail server."""
    return Schedule(database, settings)


@pytest.fixture
async def scene(database: Database, schedule: Schedule) -> Scene:
    return await make_scene(database, schedule)
