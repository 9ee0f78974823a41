"""One database for each test process, the application on it, and nobody else on the network.

Tests do not roll back: each makes a commune of its own with `tests.factories`, and tenants never meet.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.db import Database
from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import Addresses, EmbeddedPostgres
from api.settings import Settings, get_settings, variable_of
from tests.network_guard import forbid_outside_world
from tests.world import World

ACCELERATIONS = os.environ.get("PST_TEST_ACCELERATIONS", "on")
"""`off`: the service of the tests takes the plain way for each request (`make test-plain`)."""
if ACCELERATIONS not in ("on", "off"):
    raise pytest.UsageError(f"PST_TEST_ACCELERATIONS is on or off, not {ACCELERATIONS!r}")

# What the developer's shell says to the service is nothing to the tests.
for _field in Settings.model_fields:
    os.environ.pop(variable_of(_field), None)
get_settings.cache_clear()

_CALLERS = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what asserts how an acceleration answers where they are off."""
    if ACCELERATIONS == "off":
        reason = "asserts how an acceleration answers: PST_TEST_ACCELERATIONS=off"
        for item in items:
            if item.get_closest_marker("accelerated") is not None:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def _nobody_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        forbid_outside_world(patch)
        yield


@pytest.fixture(scope="session")
def data_folder() -> Iterator[Path]:
    """A folder that the account of PostgreSQL may enter (pytest's own may be entered by its user alone)."""
    folder = Path(tempfile.mkdtemp(prefix="pst-tests-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def addresses(data_folder: Path) -> Iterator[Addresses]:
    """A PostgreSQL of this process alone, migrated, with the reference data; it never waits for the disk."""
    with EmbeddedPostgres(data_folder, durable=False) as addresses:
        with ThreadPoolExecutor(1) as beside_the_loop:
            beside_the_loop.submit(migrate, addresses.owner).result()
            beside_the_loop.submit(install_reference, addresses.owner).result()
        yield addresses


@pytest.fixture(scope="session")
def settings(addresses: Addresses, data_folder: Path) -> Settings:
    """Development mode, under the runtime role."""
    return Settings(
        mode="development",
        data_dir=data_folder,
        database_url=SecretStr(addresses.runtime),
        pool_size=20,
        public_reads_per_minute=100_000,
        scheduled_work=False,
        accelerations=ACCELERATIONS == "on",
    )


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A pool under the runtime role, beside the application's own."""
    assert settings.database_url is not None
    database = await Database.open(settings, settings.database_url.get_secret_value())
    await World.open(database, settings)
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The application, started."""
    from api.main import create_app

    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Calls the application in this process, each test from an address of its own, on which nothing counts yet.

    A fault in the application fails the test that met it.
    """
    number = next(_CALLERS)
    transport = httpx.ASGITransport(app=app, client=(f"127.1.{number >> 8 & 255}.{number & 255}", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
        yield client


@pytest.fixture(scope="session")
def world(database: Database) -> World:
    """Callers beside the communes: `world.region`, `world.integrator`, `world.operator`, `world.partner(id)`."""
    from tests.world import world_of

    return world_of(database)
