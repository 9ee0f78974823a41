"""The service's own clock: looks each minute at what has become due. Any number of instances may run it."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime

from api.db import Database
from api.domain.commands.change import BRUSSELS
from api.domain.commands.reminders import remind
from api.domain.commands.scheduled import (
    due_for_reminders,
    due_group_members,
    due_memberships,
    due_offices,
    end_group_member,
    end_memberships,
    open_every_workspace,
    open_one,
    pass_offices_on,
)
from api.settings import Settings
from api.sync.post import Post

logger = logging.getLogger("pst")
EVERY_SECONDS = 60


class Schedule:
    """Runs beside the requests, from `start` to `stop`."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._post = Post.of(settings)
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="schedule")

    async def stop(self) -> None:
        """Let the work at hand finish."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.look(datetime.now(UTC))
            except Exception:
                # The next look tries again: one that failed must not end the clock.
                logger.exception("scheduled work failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY_SECONDS)

    async def look(self, now: datetime) -> None:
        """Do everything that is due at this instant, each piece in a transaction of its own."""
        today = now.astimezone(BRUSSELS).date()
        async with self._database.transaction() as connection:
            await open_every_workspace(connection)
            ending = await due_memberships(connection, today)
            passing_on = await due_offices(connection, today)
            leaving = await due_group_members(connection, today)
            reminding = await due_for_reminders(connection, now)
        for workspace_id in ending:
            async with self._database.transaction() as connection:
                await open_one(connection, workspace_id)
                await end_memberships(connection, workspace_id, today)
        for workspace_id in passing_on:
            async with self._database.transaction() as connection:
                await open_one(connection, workspace_id)
                await pass_offices_on(connection, workspace_id, today)
        for member in leaving:
            async with self._database.transaction() as connection:
                await end_group_member(connection, member, today)
        for workspace_id in reminding:
            async with self._database.transaction() as connection:
                await open_one(connection, workspace_id)
                await remind(connection, workspace_id, today, by_letter=self._post is not None)
        if self._post is not None:
            await self._post.send_all(self._database)
