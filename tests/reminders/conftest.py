import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.reminders.mailbox import Mailbox
from tests.reminders.scene import Scene, make_scene


@pytest.fixture
def schedule(database: Database, settings: Settings) -> Schedule:
    """The service's clock without a mail server."""
    return Schedule(database, settings)


@pytest.fixture
async def scene(database: Database, schedule: Schedule) -> Scene:
    return await make_scene(database, schedule)


@pytest.fixture
async def mailbox() -> AsyncIterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, loop=loop), "127.0.0.1", 0)
    yield mailbox, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


@pytest.fixture
def mailing(settings: Settings, mailbox: tuple[Mailbox, int]) -> Settings:
    said: dict[str, Any] = {
        "smtp_host": "127.0.0.1", "smtp_port": mailbox[1], "smtp_security": "none", "mail_from": "pst@commune.example",
    }  # fmt: skip
    return settings.model_copy(update=said)
