"""The demonstration, loaded once into the session's database."""

import pytest

from api.db import Database
from api.demo import load_demo_communes
from api.domain.reference import demo_names


@pytest.fixture(scope="session")
async def demo(database: Database) -> list[str]:
    """The communes as loaded: the database holds no other demonstration."""
    loaded = await load_demo_communes(database)
    assert loaded == sorted(demo_names())
    return loaded
