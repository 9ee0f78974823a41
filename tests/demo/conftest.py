"""The demonstration, loaded once into the session's database."""

import asyncio

import pytest

from api.db import Database
from api.demo import load_demo_communes
from api.demo_group import group_slugs
from api.domain.reference import demo_names


@pytest.fixture(scope="session")
async def demo(database: Database) -> list[str]:
    """The communes and their group, loaded by two at once: each is there once."""
    first, second = await asyncio.gather(load_demo_communes(database), load_demo_communes(database))
    assert sorted(first + second) == sorted([*demo_names(), *group_slugs()])
    return sorted(demo_names())
