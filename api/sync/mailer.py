"""Sending letters by SMTP: one at a time, each claimed before and noted after, so that none is lost."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum, auto
from typing import Self
from urllib.parse import urlsplit

import aiosmtplib

from api.db import Database
from api.domain.commands.context import BRUSSELS
from api.domain.commands.letters import (
    Letter,
    Waiting,
    claim_letter,
    compose_letter,
    drop_letter,
    note_failure,
    note_sent,
)
from api.domain.commands.scheduled import open_every_workspace, open_one
from api.domain.reference import load
from api.pages import action_page
from api.settings import Settings
from api.sync.reader_rights import read_rights_of

logger = logging.getLogger("pst")
MOST_AT_ONCE = 200
ANSWER_SECONDS = 10
"""How long the mail server may be silent."""
LETTER_SECONDS = 20
"""How long one letter may take in all, however slowly the server answers."""
ORDER = ("late", "dueSoon", "valueExpected", "stale", "ownerMissing")
"""What is most urgent is said first."""


class Outcome(Enum):
    """What became of a letter that was to leave."""

    SENT = auto()
    DROPPED = auto()  # it had nothing to say any more
    REFUSED = auto()  # this letter: others may leave
    UNREACHABLE = auto()  # the mail server: others would wait for it as well


NOTES = {
    Outcome.SENT: note_sent,
    Outcome.DROPPED: drop_letter,
    Outcome.REFUSED: note_failure,
    Outcome.UNREACHABLE: note_failure,
}


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Mailer:
    """The mail server that takes our letters."""

    host: str
    port: int
    sender: str
    base_url: str
    username: str | None
    password: str | None
    security: str

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The server of the settings, or None where no letters are sent."""
        if settings.smtp_host is None:
            return None
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        return cls(
            settings.smtp_host, settings.smtp_port, settings.mail_from, settings.base_url,
            settings.smtp_username, password, settings.smtp_security,
        )  # fmt: skip

    async def send_all(self, database: Database, is_stopping: Callable[[], bool] = _never) -> int:
        """Send what is due and answer how many letters left; a letter that fails waits for its next try.

        A server that cannot be reached ends the round: the others are tried in the next one.
        """
        sent = 0
        for _ in range(MOST_AT_ONCE):
            if is_stopping():
                return sent
            async with database.transaction() as connection:
                await open_every_workspace(connection)
                waiting = await claim_letter(connection)
            if waiting is None:
                return sent
            outcome = await self._handle(database, waiting)
            async with database.transaction() as connection:
                await open_one(connection, waiting.workspace_id)
                await NOTES[outcome](connection, waiting)
            sent += outcome is Outcome.SENT
            if outcome is Outcome.UNREACHABLE:
                return sent
        return sent

    async def _handle(self, database: Database, waiting: Waiting) -> Outcome:
        """Compose and send one letter. A fault of ours in it is logged, and never stands in the way of the others."""
        try:
            async with database.transaction() as connection:
                await open_one(connection, waiting.workspace_id)
                letter = await compose_letter(connection, waiting, read_rights_of(connection, waiting.workspace_id))
            return Outcome.DROPPED if letter is None else await self._send(letter)
        except Exception:
            logger.exception("letter %s could not be written", waiting.id)
            return Outcome.REFUSED

    async def _send(self, letter: Letter) -> Outcome:
        try:
            async with asyncio.timeout(LETTER_SECONDS):
                await aiosmtplib.send(
                    compose_email(letter, self.sender, self.base_url), hostname=self.host, port=self.port,
                    username=self.username, password=self.password, timeout=ANSWER_SECONDS,
                    use_tls=self.security == "tls", start_tls=self.security == "starttls",
                )  # fmt: skip
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as fault:
            logger.warning("letter %s was refused: %s", letter.id, type(fault).__name__)
            return Outcome.REFUSED
        except (aiosmtplib.SMTPException, OSError) as fault:
            logger.warning("letter %s was not sent: %s", letter.id, type(fault).__name__)
            return Outcome.UNREACHABLE
        return Outcome.SENT


def compose_email(letter: Letter, sender: str, base_url: str) -> EmailMessage:
    """The letter as an e-mail in its reader's language: what needs them, grouped, each with its address."""
    words = load("reminders")[letter.language]
    workspace = " ".join(letter.workspace_name.split())
    count = len(letter.lines)
    body = [words["greeting"].format(workspace=workspace)]
    provided = {line.kind for line in letter.lines}
    for kind in (kind for kind in ORDER if kind in provided):
        body += ["", words["kinds"][kind]]
        for line in (line for line in letter.lines if line.kind == kind):
            on = f" ({_day(line.concerns_on)})" if line.concerns_on else ""
            address = f"{base_url}{action_page(letter.nis, letter.slug, line.action_id)}"
            body += [f"- {' '.join(line.title.split())}{on}", f"  {address}"]
    body += ["", words["closing"]]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.email
    subject = words["one"] if count == 1 else words["many"].format(count=count)
    message["Subject"] = f"{workspace} – {subject}"
    message["Date"] = format_datetime(datetime.now(BRUSSELS))
    # The same letter tried twice has the same identity, so that a mailbox may keep it once.
    message["Message-ID"] = f"<{letter.id}@{urlsplit(base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(body))
    return message


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
