"""A mail server for the tests, and letters on their way to it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.reminders.scene import Scene, days_later, make_scene


class Mailbox:
    """A mail server of this machine that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.is_refusing = False
        self.unknown: set[str] = set()

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 Known"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.is_refusing:
            return "451 Try again later"
        content = cast("bytes", envelope.content)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 Kept"

    def of(self, scene: Scene) -> list[EmailMessage]:
        """The letters to people of this commune: the database holds those of other tests too."""
        return [m for m in self.messages if m["To"].endswith(f"@{scene.commune.slug}.example")]


async def overdue(database: Database, settings: Settings) -> Scene:
    scene = await make_scene(database, Schedule(database, settings))
    await scene.rule("late", days=0)
    await scene.rule("dueSoon", days=30)
    await scene.action(title="Créer un service de navettes", planned_end=str(days_later(-3)))
    await scene.action(title="Rénover l’école", planned_end=str(days_later(12)))
    return scene


async def due_now(scene: Scene) -> None:
    """The letters of the commune that wait are due now."""
    async with scene.commune.acting() as (connection, _):
        await connection.execute(
            "update letter set next_try_at = now() where workspace_id = $1", scene.commune.workspace_id
        )


async def letters_of(scene: Scene) -> dict[str, int]:
    """How many letters of the commune wait, were sent, or are given up."""
    async with scene.commune.acting() as (connection, _):
        row = await connection.fetchrow(
            "select count(*) filter (where sent_at is not null) as sent,"
            " count(*) filter (where given_up_at is not null) as dropped,"
            " count(*) filter (where sent_at is null and given_up_at is null) as waiting"
            " from letter where workspace_id = $1",
            scene.commune.workspace_id,
        )
    return dict(row)


async def leave(scene: Scene, name: str) -> None:
    async with scene.commune.acting() as (connection, _):
        await connection.execute("update membership set ended_at = now() where workspace_id = $1 and person_id = $2",
                                 scene.commune.workspace_id, scene.persons[name])  # fmt: skip
