"""Several write at once, in the group and in its members: nobody waits for ever, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from api.settings import Settings
from tests.concurrency.together import codes, impatient, together
from tests.factories import make_objective, make_placement
from tests.groups.scene import BASE, Scene
from tests.journal.entries import assert_chained, assert_gapless, entries_of

ROUNDS = 6


@pytest.fixture
async def scene(scene: Scene, settings: Settings) -> AsyncIterator[Scene]:
    """The same, asked of a service that waits long: what is refused for a lock is refused for a deadlock."""
    async with impatient(settings, lock_timeout_ms=60_000, statement_timeout_ms=60_000) as (_, client):
        yield replace(scene, client=client)


async def test_the_group_moves_while_members_place_their_counterparts(scene: Scene) -> None:
    action = await scene.action()
    copies = {c.workspace_id: await scene.taken(c, action) for c in scene.communes}
    moves = ("inProgress", "waiting") * (ROUNDS // 2)
    for n, status in enumerate(moves, 1):
        version = (await scene.read(scene.group, f"actions/{action}"))["version"]

        async def placed(commune: Any) -> httpx.Response:
            objective = await make_objective(commune, scene.psts[commune.workspace_id], title="Un de plus")
            copy = copies[commune.workspace_id]["id"]
            words = {"planId": str(scene.psts[commune.workspace_id]), "actionId": copy, "objectiveId": str(objective)}
            return await scene.client.post(f"{BASE}/placements", json=words, headers=commune.as_("administration"))

        answers = await together(
            scene.patch(scene.group, f"actions/{action}", version, status=status),
            *(placed(commune) for commune in scene.communes),
        )
        assert codes(answers) == [None] * 4, [a.text for a in answers]
        for commune in scene.communes:
            copy = await scene.read(commune, f"actions/{copies[commune.workspace_id]['id']}")
            assert copy["status"] == status
            found = await scene.read(
                commune, f"placements?actionId={copy['id']}&planId={scene.psts[commune.workspace_id]}"
            )
            assert len(found["items"]) == n + 1


async def test_taking_up_while_the_group_moves_loses_no_move(scene: Scene) -> None:
    for _ in range(ROUNDS):
        action = await scene.action()
        answers = await together(
            scene.patch(scene.group, f"actions/{action}", 1, status="inProgress", title="Changée"),
            *(scene.take_up(commune, action) for commune in scene.communes),
        )
        assert codes(answers) == [None] * 4, [a.text for a in answers]
        for commune, answer in zip(scene.communes, answers[1:], strict=True):
            copy = await scene.read(commune, f"actions/{answer.json()['actionId']}")
            assert (copy["status"], copy["title"]) == ("inProgress", "Changée")


async def test_a_member_that_writes_and_lets_go_while_the_group_moves(scene: Scene) -> None:
    """Releasing, changing own fields, leaving the group and moves of two actions at once: one order for all."""
    for n in range(ROUNDS):
        one, other = await scene.action(), await scene.action(title="Une seconde")
        made = [[await scene.take_up(c, a) for a in (one, other)] for c in scene.communes]
        mine, theirs, third = ([m.json() for m in pair] for pair in made)
        answers = await together(
            scene.patch(scene.group, f"actions/{one}", 1, status="inProgress"),
            scene.patch(scene.group, f"actions/{other}", 1, status="waiting"),
            scene.patch(scene.communes[0], f"counterparts/{mine[0]['id']}", 1, isReleased=True),
            scene.patch(scene.communes[1], f"actions/{theirs[1]['actionId']}", 1, priority=3),
            scene.patch(scene.communes[2], f"counterparts/{third[1]['id']}", 1, note=f"Note {n}"),
        )
        assert {a.status_code for a in answers} <= {200, 412}, [a.text for a in answers]
        assert [a.status_code for a in answers[:3]] == [200, 200, 200]
        copy = await scene.read(scene.communes[1], f"actions/{theirs[1]['actionId']}")
        assert copy["status"] == "waiting"
        assert copy["priority"] == (3 if answers[3].status_code == 200 else 0)
        own = await scene.read(scene.communes[0], f"actions/{mine[0]['actionId']}")
        assert own["isCounterpart"] is False


async def test_streams_stay_gapless_chains_when_many_write(scene: Scene) -> None:
    action = await scene.action()
    for commune in scene.communes:
        await scene.taken(commune, action)

    async def writes(n: int) -> None:
        version = (await scene.read(scene.group, f"actions/{action}"))["version"]
        await scene.patch(scene.group, f"actions/{action}", version, progress=n)

    async def own(commune: Any) -> None:
        copy = next(a for a in (await scene.read(commune, "actions"))["items"] if a["isCounterpart"])
        await make_placement(commune, copy["id"], scene.psts[commune.workspace_id])

    await asyncio.gather(*(writes(n) for n in range(1, 9)), *(own(c) for c in scene.communes))
    for place in (scene.group, *scene.communes):
        entries = await entries_of(scene.database, place.workspace_id)
        assert_gapless(entries)
        assert_chained(entries)


async def test_who_leaves_while_taking_up_ends_without_a_counterpart(scene: Scene) -> None:
    for commune in scene.communes[1:]:
        action = await scene.action()
        members = (await scene.read(scene.group, f"groupMembers?groupId={scene.group.workspace_id}"))["items"]
        member = next(m for m in members if m["organisationId"] == str(commune.municipality))
        answers = await together(
            scene.take_up(commune, action),
            scene.patch(scene.group, f"groupMembers/{member['id']}", member["version"], isEnded=True),
        )
        assert answers[1].status_code == 200, answers[1].text
        found = (await scene.read(commune, "actions?pageSize=200"))["items"]
        assert [a["id"] for a in found if a["isCounterpart"]] == []
