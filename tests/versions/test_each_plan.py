"""Each plan shows its own version; what is asked of no plan is shown once, as the version shown last has it."""

from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_placement,
    make_plan,
)
from tests.versions.doors import Readers
from tests.versions.test_whole import SHOWN, make_line


@pytest.fixture
def readers(client: httpx.AsyncClient, town: Commune) -> Readers:
    return Readers(client, town)


async def make_two_plans(commune: Commune) -> tuple[UUID, UUID, UUID, UUID]:
    """Plans A and B that share an action, A frozen before the action changed and B after; and A's objective."""
    first, second = await make_plan(commune), await make_plan(commune, "pcs")
    objective = await make_objective(commune, first)
    action = await make_action(
        commune, first, objective, title="Avant", audience="public", status="inProgress", progress=10
    )
    await make_placement(commune, action, second)
    await make_line(commune, "10.00", action_id=action)
    await freeze_and_publish(commune, first)
    await change(commune, "action", action, title="Après", progress=50)
    await make_line(commune, "7.00", action_id=action)
    await freeze_and_publish(commune, second)
    return first, second, action, objective


async def test_freezing_one_plan_moves_no_figure_of_another(town: Commune, readers: Readers) -> None:
    first, second, _, _ = await make_two_plans(town)
    assert await readers.figures("council", first) == ("10.00", 1, 10)
    assert await readers.figures("council", second) == ("17.00", 1, 50)
    for reader in SHOWN:
        assert await readers.progress(reader, first) == (10, 1)
        assert await readers.progress(reader, second) == (50, 1)


async def test_each_plan_shows_the_image_that_its_own_version_froze(town: Commune, readers: Readers) -> None:
    first, second, _, objective = await make_two_plans(town)
    for reader in SHOWN:
        for plan, title in ((first, "Avant"), (second, "Après")):
            tree = await readers.tree(reader, plan)
            assert tree is not None
            assert [a["title"] for a in tree["actions"]] == [title], reader
            listed = (await readers.rest(reader, "actions", planId=str(plan))).json()["items"]
            assert [a["title"] for a in listed] == [title]
        beneath = (await readers.rest(reader, "actions", objectiveId=str(objective))).json()["items"]
        assert [a["title"] for a in beneath] == ["Avant"]
        through = await readers.graphql(
            reader, f'actions(filter: {{objectiveId: "{objective}"}}) {{ nodes {{ title }} }}'
        )
        assert through == {"nodes": [{"title": "Avant"}]}


async def test_what_is_asked_of_no_plan_is_told_once_as_it_was_shown_last(town: Commune, readers: Readers) -> None:
    first, second, action, _ = await make_two_plans(town)
    for reader in SHOWN:
        assert await readers.title(reader, action) == "Après"
        assert await readers.ids(reader, "actions", workspaceId=str(town.workspace_id)) == {str(action)}
        both = await readers.rest(reader, "actions", planId=f"{first},{second}", total="true")
        if both.status_code == 200:
            assert ([a["title"] for a in both.json()["items"]], both.json()["total"]) == (["Après"], 1)
        found = (await readers.rest(reader, "actions", q="Avant", workspaceId=str(town.workspace_id))).json()["items"]
        assert found == []
    assert len(await readers.ids("council", "budgetLines")) == 2


async def rows_of(commune: Commune, plan: UUID) -> tuple[str, int]:
    """What the shown rows of a plan say, and the last transaction that wrote one of them."""
    async with commune.acting() as (connection, _):
        return tuple(
            await connection.fetchrow(
                "select md5(string_agg(x::text, '' order by x::text)), max(xmin::text::bigint) from shown_row x"
                " where workspace_id = $1 and plan_id = $2",
                commune.workspace_id, plan,
            )
        )  # fmt: skip


async def test_an_act_on_one_plan_writes_no_shown_row_of_another(town: Commune) -> None:
    first, second, _, _ = await make_two_plans(town)
    before = await rows_of(town, first), await rows_of(town, second)
    await freeze_and_publish(town, second)
    after = await rows_of(town, first), await rows_of(town, second)
    assert after[0] == before[0]
    assert after[1] != before[1]


async def test_a_follow_up_of_an_action_in_two_plans_is_listed_once_and_by_plan(
    town: Commune, readers: Readers
) -> None:
    first, second, action, _ = await make_two_plans(town)
    note = await make(town, "followUp", action_id=action, noted_on="2026-01-15", text="Posé", audience="public")
    await freeze_and_publish(town, second)
    for reader in SHOWN:
        assert await readers.ids(reader, "followUps", planId=str(first)) == set()
        assert await readers.ids(reader, "followUps", planId=str(second)) == {str(note)}
        assert await readers.ids(reader, "followUps", actionId=str(action)) == {str(note)}


async def test_finding_by_words_reaches_no_other_council(town: Commune, database: Database) -> None:
    """The function looks past row-level security, and keeps to what that lets through."""
    plan = await make_plan(town)
    await make_action(town, plan, title="Guinguette", audience="council")
    await freeze_and_publish(town, plan, published=False)
    other = await make_commune(database)
    asked = "select count(*) from find_shown_rows($1, 'action', search_question('guinguette'), null, null) f"
    found = {}
    for commune in (town, other):
        async with commune.acting() as (connection, _):
            found[commune.slug] = [
                await connection.fetchval(f"{asked} where workspace_id = $2", circle, town.workspace_id)
                for circle in ("council", "public")
            ]
    assert found == {town.slug: [1, 0], other.slug: [0, 0]}
