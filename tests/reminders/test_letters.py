"""One letter a person and day leaves by SMTP, in the reader's language; one that fails is tried again, none twice."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.reminders.scene import Scene, at, days_later, make_scene


class Mailbox:
    """A mail server of this machine that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.is_refusing = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.is_refusing:
            return "451 Try again later"
        content = cast("bytes", envelope.content)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 Kept"

    def of(self, scene: Scene) -> list[EmailMessage]:
        """The letters to people of this commune: the database holds those of other tests too."""
        return [m for m in self.messages if m["To"].endswith(f"@{scene.commune.slug}.example")]


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


async def overdue(database: Database, settings: Settings) -> Scene:
    scene = await make_scene(database, Schedule(database, settings))
    await scene.rule("late", days=0)
    await scene.rule("dueSoon", days=30)
    await scene.action(title="Créer un service de navettes", planned_end=str(days_later(-3)))
    await scene.action(title="Rénover l’école", planned_end=str(days_later(12)))
    return scene


async def test_a_person_gets_one_letter_with_all_that_needs_them(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    await scene.look()
    await scene.look(10)
    (letter,) = mailbox[0].of(scene)
    assert letter["To"] == f"owner@{scene.commune.slug}.example"
    assert letter["From"] == "pst@commune.example"
    assert letter["Subject"] == f"{scene.commune.name} – 2 rappels attendent votre attention"
    text = letter.get_content().replace("\r\n", "\n")
    assert "L’échéance est dépassée :\n- Créer un service de navettes (07/03/2027)" in text
    assert "L’échéance approche :\n- Rénover l’école (22/03/2027)" in text
    assert f"{mailing.base_url}/c/{scene.commune.nis}/actions/" in text


async def test_the_letter_speaks_its_readers_language(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    async with database.transaction() as connection:
        await connection.execute(
            "update account set language = 'nl' where email = $1", f"owner@{scene.commune.slug}.example"
        )
    await scene.look()
    (letter,) = mailbox[0].of(scene)
    assert "2 herinneringen vragen uw aandacht" in letter["Subject"]
    assert "De vervaldatum is voorbij:" in letter.get_content()


async def test_a_refused_letter_is_tried_again_later_and_not_lost(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    mailbox[0].is_refusing = True
    await scene.look()
    mailbox[0].is_refusing = False
    await scene.look(10)
    assert mailbox[0].of(scene) == []
    async with scene.commune.acting() as (connection, _):
        await connection.execute("update letter set next_try_at = now() where workspace_id = $1",
                                 scene.commune.workspace_id)  # fmt: skip
    await scene.look(11)
    await scene.look(12)
    assert len(mailbox[0].of(scene)) == 1


async def test_several_instances_send_a_letter_once(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    await asyncio.gather(*(Schedule(database, mailing).look(at(12)) for _ in range(5)))
    assert len(mailbox[0].of(scene)) == 1


async def test_whoever_left_in_the_meantime_gets_no_letter(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    mailbox[0].is_refusing = True
    await scene.look()
    mailbox[0].is_refusing = False
    async with scene.commune.acting() as (connection, _):
        await connection.execute("update membership set ended_at = now() where workspace_id = $1 and person_id = $2",
                                 scene.commune.workspace_id, scene.persons["owner"])  # fmt: skip
        await connection.execute("update letter set next_try_at = now() where workspace_id = $1",
                                 scene.commune.workspace_id)  # fmt: skip
    await scene.look(11)
    assert mailbox[0].of(scene) == []


async def test_without_a_mail_server_nothing_waits_to_be_sent(database: Database, settings: Settings) -> None:
    scene = await overdue(database, settings)
    await scene.look()
    async with scene.commune.acting() as (connection, _):
        waiting = await connection.fetchval(
            "select count(*) from letter where workspace_id = $1", scene.commune.workspace_id
        )
    assert waiting == 0
