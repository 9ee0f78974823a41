"""One letter a person and day leaves by SMTP, in the reader's language; one that fails is tried again, none twice."""

import asyncio
from uuid import uuid4

import pytest

from api.db import Database
from api.domain.commands.letters import MOST_TRIES, Letter, Line
from api.settings import Settings
from api.sync.mailer import compose_email
from api.sync.schedule import Schedule
from tests.reminders.mailbox import Mailbox, due_now, leave, letters_of, overdue
from tests.reminders.scene import Scene, at, days_later


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


async def test_letters_to_people_who_left_hold_up_nobody_elses(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scenes = [await overdue(database, mailing) for _ in range(4)]
    mailbox[0].is_refusing = True
    for scene in scenes:
        await scene.look()
    mailbox[0].is_refusing = False
    for scene in scenes:
        await due_now(scene)
    for gone in scenes[:3]:
        await leave(gone, "owner")
    await scenes[3].look(11)
    assert [len(mailbox[0].of(scene)) for scene in scenes] == [0, 0, 0, 1]
    assert [(await letters_of(scene))["dropped"] for scene in scenes] == [1, 1, 1, 0]


async def test_a_mailbox_that_is_refused_holds_up_nobody_elses(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    await scene.action("other", title="À lui", planned_end=str(days_later(-3)))
    mailbox[0].unknown.add(f"owner@{scene.commune.slug}.example")
    await scene.look()
    assert [m["To"] for m in mailbox[0].of(scene)] == [f"other@{scene.commune.slug}.example"]
    assert await letters_of(scene) == {"sent": 1, "dropped": 0, "waiting": 1}


async def test_a_letter_is_given_up_after_so_many_tries(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    mailbox[0].unknown.add(f"owner@{scene.commune.slug}.example")
    await scene.look()
    for _ in range(MOST_TRIES - 2):
        await due_now(scene)
        await scene.look(11)
    assert await letters_of(scene) == {"sent": 0, "dropped": 0, "waiting": 1}
    await due_now(scene)
    await scene.look(11)
    assert await letters_of(scene) == {"sent": 0, "dropped": 1, "waiting": 0}


async def test_a_letter_to_a_group_leads_where_the_group_is(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    action = uuid4()
    letter = Letter(uuid4(), "GAL", "gal-des-plateaux", None, "a@b.example", "fr",
                    (Line("late", "Sentiers", action, None),))  # fmt: skip
    assert (
        f"https://pst.example/c/gal-des-plateaux/actions/{action}"
        in compose_email(letter, "pst@commune.example", "https://pst.example").get_content()
    )


async def test_a_silent_mail_server_holds_up_no_date(
    database: Database, mailing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = asyncio.Event()

    async def stay_silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        silent.set()
        await over.wait()
        writer.close()

    over = asyncio.Event()
    server = await asyncio.start_server(stay_silent, "127.0.0.1", 0)
    settings = mailing.model_copy(update={"smtp_port": server.sockets[0].getsockname()[1]})
    monkeypatch.setattr("api.sync.mailer.LETTER_SECONDS", 0.5)
    monkeypatch.setattr("api.sync.schedule.EVERY_SECONDS", 0.05)
    scene = await overdue(database, settings)
    await Schedule(database, mailing.model_copy(update={"smtp_port": 1})).do_due(at(9))
    schedule = Schedule(database, settings)
    schedule.start()
    async with asyncio.timeout(60):
        await silent.wait()
    async with scene.commune.acting() as (connection, _):
        await connection.execute(
            "update membership set ends_on = current_date where workspace_id = $1 and person_id = $2",
            scene.commune.workspace_id, scene.persons["other"],
        )  # fmt: skip
    async with asyncio.timeout(60):
        while not await ended(scene, "other"):
            continue
    over.set()
    await schedule.stop()
    server.close()
    assert await letters_of(scene) == {"sent": 0, "dropped": 0, "waiting": 1}


async def ended(scene: Scene, name: str) -> bool:
    async with scene.commune.acting() as (connection, _):
        found: bool = await connection.fetchval(
            "select ended_at is not null from membership where workspace_id = $1 and person_id = $2",
            scene.commune.workspace_id, scene.persons[name],
        )  # fmt: skip
    return found


async def test_without_a_mail_server_nothing_waits_to_be_sent(database: Database, settings: Settings) -> None:
    scene = await overdue(database, settings)
    await scene.look()
    async with scene.commune.acting() as (connection, _):
        waiting = await connection.fetchval(
            "select count(*) from letter where workspace_id = $1", scene.commune.workspace_id
        )
    assert waiting == 0
