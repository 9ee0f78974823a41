"""Positions of a workspace have no gap, whoever writes at the same time; nothing is lost and nothing invented."""

import asyncio
from collections import Counter

import httpx

from api.db import Database
from api.demo.directory import make as make_document
from api.domain.identifiers import DIRECTORY
from tests.factories import Commune, make_commune
from tests.journal.entries import assert_chained, assert_gapless, entries_of, position_of

WRITERS, WRITES = 20, 8
AGAIN = (409, 503)


async def create(client: httpx.AsyncClient, commune: Commune, words: dict[str, str]) -> httpx.Response:
    """A task, asked again while others are in the way: a busy machine may refuse, but must not lose."""
    while True:
        answer = await client.post("/pst/v1/tasks", json=words, headers=commune.as_("administration"))
        told = answer.json().get("type", "")
        if answer.status_code not in AGAIN or not told.endswith(("lockedByOther", "serviceUnavailable", "tookTooLong")):
            return answer


async def test_twenty_writers_at_once_leave_no_gap_no_loss_and_no_phantom(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, approach="grouped")
    actions = list(commune.actions.values())
    first = await position_of(database, commune.workspace_id)

    async def writer(number: int) -> list[str]:
        acknowledged = []
        for write in range(WRITES):
            words = {"actionId": str(actions[number % len(actions)]), "title": f"{number}.{write}"}
            answer = await create(client, commune, words)
            assert answer.status_code == 201, answer.text
            acknowledged.append(answer.json()["id"])
            refused = await create(client, commune, words | {"dueBy": "no day"})
            assert refused.status_code == 400
        return acknowledged

    acknowledged = [i for ids in await asyncio.gather(*map(writer, range(WRITERS))) for i in ids]
    entries = await entries_of(database, commune.workspace_id)
    assert_gapless(entries)
    assert_chained(entries)
    new = entries[first:]
    assert Counter(e["entity_id"] for e in new) == Counter(acknowledged)
    assert {e["command"] for e in new} == {"createTask"}
    assert await position_of(database, commune.workspace_id) == len(entries)


async def test_positions_follow_the_order_of_commits(client: httpx.AsyncClient, database: Database) -> None:
    """A reader that asks for what came after its position never misses an entry that a slow writer adds later."""
    commune = await make_commune(database, approach="grouped")
    seen: list[int] = []
    writing = asyncio.gather(
        *(create(client, commune, {"actionId": str(commune.actions["space"]), "title": f"{n}"}) for n in range(40))
    )
    while not writing.done():
        after = seen[-1] if seen else 0
        entries = await entries_of(database, commune.workspace_id)
        seen += [e["position"] for e in entries if e["position"] > after]
    await writing
    seen += [e["position"] for e in (await entries_of(database, commune.workspace_id))[len(seen) :]]
    assert seen == list(range(1, len(seen) + 1))


async def test_what_is_undone_takes_no_position(database: Database) -> None:
    commune = await make_commune(database)
    before = await position_of(database, commune.workspace_id)

    class Undone(Exception):
        pass

    try:
        async with commune.acting() as (connection, actor):
            await make_document(connection, actor, "domain", name="Culture", strand="other")
            raise Undone
    except Undone:
        pass
    assert await position_of(database, commune.workspace_id) == before
    assert_gapless(await entries_of(database, commune.workspace_id))


async def test_workspaces_are_numbered_apart_and_the_directory_too(database: Database) -> None:
    one, other = await make_commune(database), await make_commune(database)
    for stream in (one.workspace_id, other.workspace_id, DIRECTORY):
        entries = await entries_of(database, stream)
        assert_gapless(entries)
        assert await position_of(database, stream) == len(entries)
        assert {e["workspace_id"] for e in entries} == {str(stream)}
