"""What a letter says is judged when it leaves: by what is so then, and by what its reader may see."""

from typing import Any

import httpx
import pytest

from api.db import Database
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.factories import change
from tests.reminders.mailbox import Mailbox, due_now, leave, letters_of, overdue
from tests.reminders.scene import days_later, make_scene, told


@pytest.mark.parametrize("meanwhile", ["cancelled", "reassigned", "restricted", "postponed"])
async def test_everything_is_judged_again_when_the_letter_leaves(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int], meanwhile: str
) -> None:
    scene = await make_scene(database, Schedule(database, mailing))
    await scene.rule("late", days=0)
    late = await scene.action(title="Créer un service de navettes", planned_end=str(days_later(-3)), unit=None)
    mailbox[0].is_refusing = True
    await scene.look()
    mailbox[0].is_refusing = False
    other = {"kind": "owner", "person_id": scene.persons["other"]}
    changes: dict[str, dict[str, Any]] = {
        "cancelled": {"status": "cancelled", "status_reason": "Sans objet"},
        "reassigned": {"responsibilities": [other]},
        "restricted": {},
        "postponed": {"planned_end": str(days_later(30)), "planned_end_reason": "Marché relancé"},
    }
    if meanwhile == "restricted":
        async with scene.commune.acting() as (connection, _):
            await connection.execute(
                "update action set organisation_id = $3, audience = 'restricted' where workspace_id = $1 and id = $2",
                scene.commune.workspace_id, late, scene.commune.cpas,
            )  # fmt: skip
    else:
        await change(scene.commune, "action", late, **changes[meanwhile])
    await due_now(scene)
    await scene.look(11)
    assert mailbox[0].of(scene) == []
    assert await letters_of(scene) == {"sent": 0, "dropped": 1, "waiting": 0}


async def test_a_letter_tells_what_is_left_of_it(
    database: Database, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await overdue(database, mailing)
    over = await scene.action(title="Rouvrir la piscine", planned_end=str(days_later(-5)))
    mailbox[0].is_refusing = True
    await scene.look()
    mailbox[0].is_refusing = False
    await change(scene.commune, "action", over, status="completed")
    await due_now(scene)
    await scene.look(11)
    (letter,) = mailbox[0].of(scene)
    assert "piscine" not in letter.get_content()
    assert letter["Subject"] == f"{scene.commune.name} – 2 rappels attendent votre attention"


async def test_only_who_sees_an_action_is_told_of_it(
    database: Database, client: httpx.AsyncClient, mailing: Settings, mailbox: tuple[Mailbox, int]
) -> None:
    scene = await make_scene(database, Schedule(database, mailing))
    await scene.rule("late", days=0)
    await scene.action(title="Réorganiser le service", planned_end=str(days_later(-3)), audience="restricted")
    async with scene.commune.acting() as (connection, _):
        # The head of the service sits in the college of the other house, which reads nothing that is restricted here.
        await connection.execute(
            "update membership set role = 'college', organisation_id = $3 where workspace_id = $1 and person_id = $2",
            scene.commune.workspace_id, scene.persons["head"], scene.commune.cpas,
        )  # fmt: skip
    await leave(scene, "owner")
    await scene.look()
    assert [m["To"] for m in mailbox[0].of(scene)] == [f"coordinator@{scene.commune.slug}.example"]
    assert await told(client, scene.headers["head"]) == []
    assert await told(client, scene.headers["coordinator"]) == [("late", "coordinator", "Réorganiser le service")]
