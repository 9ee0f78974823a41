"""Letters with a link to set a password: what the link carries is made as it leaves, and is kept nowhere."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

import aiosmtplib

from api.db import Database
from api.domain.commands.context import BRUSSELS
from api.domain.commands.passwords import ResetLetter, claim_reset, note_reset
from api.domain.reference import load
from api.pages import new_password_page
from api.sync.mailer import ANSWER_SECONDS, LETTER_SECONDS, MOST_AT_ONCE, Mailer, Outcome

logger = logging.getLogger("pst")


async def send_reset_letters(database: Database, post: Mailer, is_stopping: Callable[[], bool]) -> int:
    """Send what is due and answer how many letters left; one that fails waits for its next try.

    A server that cannot be reached ends the round: the others are tried in the next one.
    """
    count = 0
    for _ in range(MOST_AT_ONCE):
        if is_stopping():
            return count
        async with database.transaction() as connection:
            letter = await claim_reset(connection)
        if letter is None:
            return count
        outcome = await _send(post, letter)
        async with database.transaction() as connection:
            await note_reset(connection, letter, is_sent=outcome is Outcome.SENT)
        count += outcome is Outcome.SENT
        if outcome is Outcome.UNREACHABLE:
            return count
    return count


async def _send(post: Mailer, letter: ResetLetter) -> Outcome:
    try:
        async with asyncio.timeout(LETTER_SECONDS):
            await aiosmtplib.send(
                compose_reset_email(letter, post.sender, post.base_url), hostname=post.host, port=post.port,
                username=post.username, password=post.password, timeout=ANSWER_SECONDS,
                use_tls=post.security == "tls", start_tls=post.security == "starttls",
            )  # fmt: skip
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as fault:
        logger.warning("letter %s was refused: %s", letter.id, type(fault).__name__)
        return Outcome.REFUSED
    except (aiosmtplib.SMTPException, OSError) as fault:
        logger.warning("letter %s was not sent: %s", letter.id, type(fault).__name__)
        return Outcome.UNREACHABLE
    return Outcome.SENT


def compose_reset_email(letter: ResetLetter, sender: str, base_url: str) -> EmailMessage:
    """The letter in the language of its reader. It names nobody and no commune: a mailbox may be shared."""
    words = load("password_letters")[letter.language]
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.email
    message["Subject"] = words["subject"]
    message["Date"] = format_datetime(datetime.now(BRUSSELS))
    message["Message-ID"] = f"<{letter.id}@{urlsplit(base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words["body"].format(link=f"{base_url}{new_password_page(letter.token)}"))
    return message
