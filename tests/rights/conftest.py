"""The scene in which rights are asked, made once for each test process."""

import pytest
from fastapi import FastAPI

from api.db import Database
from tests.rights.setting import Setting, make_setting


@pytest.fixture(scope="session")
async def setting(database: Database, app: FastAPI) -> Setting:
    """A commune with a published plan and one document of every kind."""
    return await make_setting(database)
