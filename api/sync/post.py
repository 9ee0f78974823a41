"""Sending letters by SMTP: one at a time, each claimed before and noted after, so that none is lost."""

import logging
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Self
from urllib.parse import urlsplit

import aiosmtplib

from api.db import Database
from api.domain.commands.change import BRUSSELS
from api.domain.commands.letters import Letter, claim_letter, note_failure, note_sent
from api.domain.commands.scheduled import open_every_workspace
from api.domain.reference import load
from api.settings import Settings

logger = logging.getLogger("pst")
MOST_AT_ONCE = 200
TIMEOUT_SECONDS = 20
ORDER = ("late", "dueSoon", "valueExpected", "stale", "ownerMissing")
"""What is most urgent is said first."""


@dataclass(frozen=True)
class Post:
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

    async def send_all(self, database: Database) -> int:
        """Send what is due and answer how many letters left; a letter that fails waits for its next try."""
        sent = 0
        for _ in range(MOST_AT_ONCE):
            async with database.transaction() as connection:
                await open_every_workspace(connection)
                letter = await claim_letter(connection)
            if letter is None:
                return sent
            is_sent = not letter.lines or await self._send(letter)
            async with database.transaction() as connection:
                await open_every_workspace(connection)
                await (note_sent if is_sent else note_failure)(connection, letter)
            sent += is_sent
        return sent

    async def _send(self, letter: Letter) -> bool:
        try:
            await aiosmtplib.send(
                written(letter, self.sender, self.base_url), hostname=self.host, port=self.port,
                username=self.username, password=self.password, timeout=TIMEOUT_SECONDS,
                use_tls=self.security == "tls", start_tls=self.security == "starttls",
            )  # fmt: skip
        except (aiosmtplib.SMTPException, OSError) as fault:
            logger.warning("letter %s was not sent: %s", letter.id, type(fault).__name__)
            return False
        return True


def written(letter: Letter, sender: str, base_url: str) -> EmailMessage:
    """The letter as an e-mail in its reader's language: what needs them, grouped, each with its address."""
    words = load("reminders")[letter.language]
    workspace = " ".join(letter.workspace_name.split())
    home = f"{base_url}/c/{letter.nis}" if letter.nis is not None else f"{base_url}/e/{letter.slug}"
    count = len(letter.lines)
    body = [words["greeting"].format(workspace=workspace)]
    said = {line["kind"] for line in letter.lines}
    for kind in (kind for kind in ORDER if kind in said):
        body += ["", words["kinds"][kind]]
        for line in (line for line in letter.lines if line["kind"] == kind):
            on = f" ({_day(line['concerns_on'])})" if line["concerns_on"] else ""
            body += [f"- {' '.join(line['title'].split())}{on}", f"  {home}/actions/{line['action_id']}"]
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


def _day(written_on: str) -> str:
    year, month, day = written_on.split("-")
    return f"{day}/{month}/{year}"
