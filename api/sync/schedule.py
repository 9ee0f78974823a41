"""The service's own clock: looks each minute at what has become due. Any number of instances may run it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from api.db import Database
from api.domain.commands.context import BRUSSELS
from api.domain.commands.reminders import remind
from api.domain.commands.scheduled import (
    due_acts,
    due_for_reminders,
    due_group_members,
    due_memberships,
    due_offices,
    end_group_member,
    end_memberships,
    open_every_workspace,
    open_one,
    pass_offices_on,
    put_acts_in_effect,
)
from api.settings import Settings
from api.sync.mailer import Mailer
from api.sync.reader_rights import read_rights_of
from api.sync.reset_letters import send_reset_letters

logger = logging.getLogger("pst")
EVERY_SECONDS = 60
Work = Callable[[], Awaitable[object]]


class Schedule:
    """Runs beside the requests, from `start` to `stop`: what is due, and apart from it, letters."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._post = Mailer.of(settings)
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Two rounds that wait for nothing of each other: a mail server that is silent holds no date up."""
        self._tasks = [
            asyncio.create_task(self._repeat(self._do_due_now), name="schedule"),
            asyncio.create_task(self._repeat(self.send_letters), name="letters"),
        ]

    async def stop(self) -> None:
        """Let the work at hand finish."""
        self._stopping.set()
        await asyncio.gather(*self._tasks)

    async def _repeat(self, work: Work) -> None:
        while not self._stopping.is_set():
            await self._attempt("scheduled work", work)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY_SECONDS)

    async def _attempt(self, what: str, work: Work) -> None:
        """Do a piece of work; one that fails is told, tried again by the next round, and holds up no other."""
        try:
            await work()
        except Exception:
            logger.exception("%s failed", what)

    async def look(self, now: datetime) -> None:
        """Do everything that is due at this instant, then send the letters that are."""
        await self.do_due(now)
        await self.send_letters()

    async def _do_due_now(self) -> None:
        await self.do_due(datetime.now(UTC))

    async def send_letters(self) -> None:
        """Send the letters that are due, where the installation sends letters at all."""
        if self._post is not None:
            await send_reset_letters(self._database, self._post, self._stopping.is_set)
            await self._post.send_all(self._database, self._stopping.is_set)

    async def do_due(self, now: datetime) -> None:
        """Do everything that is due at this instant, each piece in a transaction of its own."""
        today = now.astimezone(BRUSSELS).date()
        async with self._database.transaction() as connection:
            await open_every_workspace(connection)
            ending = await due_memberships(connection, today)
            passing_on = await due_offices(connection, today)
            leaving = await due_group_members(connection, today)
            showing = await due_acts(connection, today)
            reminding = await due_for_reminders(connection, now)
        for workspace_id in ending:
            await self._attempt("ending memberships", partial(self._end_memberships, workspace_id, today))
        for workspace_id in passing_on:
            await self._attempt("passing offices on", partial(self._pass_offices_on, workspace_id, today))
        for member in leaving:
            await self._attempt("leaving a group", partial(self._end_group_member, member, today))
        for workspace_id in showing:
            await self._attempt("putting acts in effect", partial(self._put_acts_in_effect, workspace_id, today))
        for workspace_id in reminding:
            await self._attempt("reminding", partial(self._remind, workspace_id, today))

    async def _end_memberships(self, workspace_id: UUID, today: date) -> None:
        async with self._database.transaction() as connection:
            await open_one(connection, workspace_id)
            await end_memberships(connection, workspace_id, today)

    async def _pass_offices_on(self, workspace_id: UUID, today: date) -> None:
        async with self._database.transaction() as connection:
            await open_one(connection, workspace_id)
            await pass_offices_on(connection, workspace_id, today)

    async def _end_group_member(self, member: UUID, today: date) -> None:
        async with self._database.transaction() as connection:
            await end_group_member(connection, member, today)

    async def _put_acts_in_effect(self, workspace_id: UUID, today: date) -> None:
        async with self._database.transaction() as connection:
            await open_one(connection, workspace_id)
            await put_acts_in_effect(connection, workspace_id, today)

    async def _remind(self, workspace_id: UUID, today: date) -> None:
        async with self._database.transaction() as connection:
            await open_one(connection, workspace_id)
            see = read_rights_of(connection, workspace_id)
            await remind(connection, workspace_id, today, see, by_letter=self._post is not None)
