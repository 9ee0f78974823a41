"""Of those who change the same version of a thing at once, exactly one wins, and the others are told."""

import httpx
import pytest

from api.db import Database
from tests.concurrency.together import Desk, code_of, codes, together
from tests.factories import Commune, make, make_commune
from tests.journal.entries import entries_of, position_of

ROUNDS = 20


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def test_of_two_patches_with_one_etag_exactly_one_wins(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    desk, path = Desk(client, commune), f"actions/{commune.actions['space']}"
    for number in range(ROUNDS):
        tag, position = await desk.tag(path), await position_of(database, commune.workspace_id)
        titles = (f"un {number}", f"deux {number}")
        answers = await together(*(desk.change(path, tag, title=title) for title in titles))
        assert codes(answers) == sorted([None, "preconditionFailed"], key=str)
        winner = next(a for a in answers if a.status_code == 200)
        loser = next(a for a in answers if a.status_code == 412)
        assert (await desk.read(path)).json() == winner.json()
        assert loser.json()["currentVersion"] == winner.json()["version"]
        assert await position_of(database, commune.workspace_id) == position + 1


async def test_of_ten_patches_with_one_etag_exactly_one_wins(client: httpx.AsyncClient, commune: Commune) -> None:
    desk, path = Desk(client, commune), f"objectives/{commune.objectives['oo1']}"
    before = (await desk.read(path)).json()
    answers = await together(*(desk.change(path, f'"{before["version"]}"', title=f"{n}") for n in range(10)))
    assert codes(answers) == [None] + ["preconditionFailed"] * 9
    assert (await desk.read(path)).json()["version"] == before["version"] + 1


async def test_a_removal_and_a_change_of_one_version_do_not_both_happen(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    desk = Desk(client, commune)
    for number in range(ROUNDS // 2):
        task = f"tasks/{await make(commune, 'task', action_id=commune.actions['space'], title=f'{number}')}"
        changed, removed = await together(desk.change(task, '"1"', title="autre"), desk.remove(task, '"1"'))
        assert (changed.status_code, removed.status_code) in {(200, 412), (404, 204)}, (changed.text, removed.text)
        last = (await entries_of(database, commune.workspace_id))[-1]
        assert last["command"] == ("updateTask" if changed.status_code == 200 else "deleteTask")


async def test_two_removals_happen_once(client: httpx.AsyncClient, commune: Commune, database: Database) -> None:
    desk = Desk(client, commune)
    for number in range(ROUNDS // 2):
        task = f"tasks/{await make(commune, 'task', action_id=commune.actions['space'], title=f'{number}')}"
        position = await position_of(database, commune.workspace_id)
        answers = await together(desk.remove(task, '"1"'), desk.remove(task, '"1"'))
        assert sorted(a.status_code for a in answers) == [204, 404]
        assert await position_of(database, commune.workspace_id) == position + 1


async def test_changes_of_different_things_do_not_hinder_each_other(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    desk = Desk(client, commune)
    paths = [f"actions/{i}" for i in commune.actions.values()] + [
        f"objectives/{i}" for i in commune.objectives.values()
    ]
    tags = [await desk.tag(path) for path in paths]
    answers = await together(*(desk.change(path, tag, title="Ensemble") for path, tag in zip(paths, tags, strict=True)))
    assert [code_of(answer) for answer in answers] == [None] * len(paths)
