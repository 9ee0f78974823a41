"""The demonstration, loaded once into the session's database."""

import asyncio

import pytest

from api.db import Database
from api.demo.group import group_slugs
from api.demo.loading import load_demo_communes
from api.domain.reference import demo_names


@pytest.fixture(scope="session")
async def demo(database: Database) -> list[str]:
    """The communes and their group, loaded by two at once: each is there once."""
    everything = sorted([*demo_names(), *group_slugs()])
    async with database.connection() as connection:
        loaded = await connection.fetchval("select array(select slug from workspace where slug = any($1))", everything)
    first, second = await asyncio.gather(load_demo_communes(database), load_demo_communes(database))
    assert sorted(loaded + first + second) == everything
    return sorted(demo_names())
