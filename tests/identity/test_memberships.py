"""Rights in a workspace are given and withdrawn by its administrators, at once, and never all of them."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.domain.commands.context import today
from tests.identity.people import Commune, Somebody, commune, counts, operator, signed_in
from tests.identity.town import Town

TABLES = ("membership", "membership_unit", "membership_plan")


async def newcomer(home: Commune) -> str:
    made = await home.admin.post("accounts", email=f"{uuid4().hex}@commune.test", displayName="Ida Noël")
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def member(home: Commune, role: str = "agent", **words: Any) -> dict[str, Any]:
    answer = await home.admin.post(
        "memberships",
        **{"accountId": await newcomer(home), "role": role, "organisationId": str(home.house), **words},
    )
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def session_of(home: Commune, document: dict[str, Any]) -> Somebody:
    place = f"workspace/{home.workspace}"
    return await signed_in(home.admin.client, home.town, UUID(document["accountId"]), place)


async def test_a_membership_is_given_with_units_and_plans_and_counts_at_once(
    client: httpx.AsyncClient, town: Town
) -> None:
    home = await commune(client, town)
    unit, plan = await town.unit(home.workspace, home.house), await town.plan(home.workspace, home.house)
    made = await member(home, unitIds=[str(unit)], planIds=[str(plan)])
    assert (made["unitIds"], made["planIds"], made["coversAllPlans"]) == ([str(unit)], [str(plan)], False)
    assert (made["isEnded"], made["endedAt"], made["accountName"]) == (False, None, "Ida Noël")
    assert made["workspaceId"] == str(home.workspace)
    person = await session_of(home, made)
    assert (await person.get("units")).status_code == 200
    widened = await home.admin.patch(f"memberships/{made['id']}", coversAllPlans=True, unitIds=[])
    assert (widened.json()["planIds"], widened.json()["coversAllPlans"]) == ([], True)
    assert widened.json()["unitIds"] == []


@pytest.mark.parametrize("how", ["isEnded", "endsOn", "yesterday"])
async def test_leaving_takes_effect_at_once_and_for_good(client: httpx.AsyncClient, town: Town, how: str) -> None:
    home = await commune(client, town)
    made = await member(home)
    person, path = await session_of(home, made), f"memberships/{made['id']}"
    assert (await person.get("units")).status_code == 200
    day = today() - timedelta(days=1 if how == "yesterday" else 0)
    ended = await home.admin.patch(path, **({"isEnded": True} if how == "isEnded" else {"endsOn": str(day)}))
    assert ended.status_code == 200, ended.text
    assert ended.json()["isEnded"] is True
    assert ended.json()["endsOn"] == str(day)
    assert (await person.get("units")).status_code == 403
    before = await counts(town, *TABLES)
    for revival in ({"isEnded": False}, {"endsOn": None}, {"isAdministrator": True}):
        again = await home.admin.patch(path, **revival)
        assert again.status_code == 409
        assert again.json()["type"] == "urn:problem-type:pst:membershipEnded"
    assert await counts(town, *TABLES) == before
    successor = await home.admin.post(
        "memberships", accountId=made["accountId"], role="agent", organisationId=str(home.house)
    )
    assert successor.status_code == 201


async def test_a_last_day_to_come_ends_nothing_yet(client: httpx.AsyncClient, town: Town) -> None:
    home = await commune(client, town)
    made = await member(home)
    later = str(today() + timedelta(days=30))
    patched = await home.admin.patch(f"memberships/{made['id']}", endsOn=later)
    assert (patched.json()["endsOn"], patched.json()["isEnded"]) == (later, False)
    assert (await (await session_of(home, made)).get("units")).status_code == 200


@pytest.mark.parametrize("words", [{"isEnded": True}, {"isAdministrator": False}, {"endsOn": "2020-01-01"}])
async def test_the_last_administrator_stays(client: httpx.AsyncClient, town: Town, words: dict[str, Any]) -> None:
    home = await commune(client, town)
    disabled = await town.account()
    await town.membership(home.workspace, home.house, disabled, "administration", is_administrator=True)
    await town.run("update account set disabled_at = now() where id = $1", disabled)
    path = f"memberships/{home.membership}"
    before = await counts(town, *TABLES)
    refused = await home.admin.patch(path, **words)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:problem-type:pst:lastAdministrator"
    assert await counts(town, *TABLES) == before
    assert (await home.admin.get(path)).json()["version"] == 1
    second = await member(home, "administration", isAdministrator=True)
    assert (await home.admin.patch(path, **words)).status_code == 200
    other = await session_of(home, second)
    assert (await other.patch(f"memberships/{second['id']}", isEnded=True)).status_code == 409


async def test_two_administrators_who_leave_at_one_time_leave_one(client: httpx.AsyncClient, town: Town) -> None:
    for _ in range(5):
        home = await commune(client, town)
        second = await member(home, "administration", isAdministrator=True)
        other = await session_of(home, second)
        answers = await asyncio.gather(
            home.admin.patch(f"memberships/{home.membership}", 1, isAdministrator=False),
            other.patch(f"memberships/{second['id']}", 1, isEnded=True),
        )
        assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"role": "partner"}, "role"),
        ({"role": "operator"}, "role"),
        ({"isAdministrator": True}, "isAdministrator"),
        ({"isAdministrator": "yes"}, "isAdministrator"),
        ({"startsOn": "2999-01-01"}, "startsOn"),
        ({"endsOn": "2020-01-01"}, "endsOn"),
        ({"workspaceId": str(uuid4())}, "workspaceId"),
        ({"endedAt": None}, "endedAt"),
        ({"isEnded": False}, "isEnded"),
        ({"personId": str(uuid4())}, "personId"),
        ({"organisationId": str(uuid4())}, "organisationId"),
        ({"unitIds": [str(uuid4())]}, "unitIds"),
        ({"planIds": [str(uuid4())]}, "planIds"),
    ],
)
async def test_untrue_words_give_no_right(
    client: httpx.AsyncClient, town: Town, words: dict[str, Any], name: str
) -> None:
    home = await commune(client, town)
    account = await newcomer(home)
    before = await counts(town, *TABLES)
    good = {"accountId": account, "role": "agent", "organisationId": str(home.house)}
    answer = await home.admin.post("memberships", **{**good, **words})
    assert answer.status_code == 400, answer.text
    assert name in {issue["name"].split(".")[0] for issue in answer.json()["issues"]}
    assert await counts(town, *TABLES) == before


async def test_nothing_of_another_commune_can_be_named_or_reached(client: httpx.AsyncClient, town: Town) -> None:
    home, elsewhere = await commune(client, town), await commune(client, town)
    unit = await town.unit(elsewhere.workspace, elsewhere.house)
    plan = await town.plan(elsewhere.workspace, elsewhere.house)
    account = await newcomer(home)
    before = await counts(town, *TABLES)
    good = {"accountId": account, "role": "agent", "organisationId": str(home.house)}
    for words in (
        {"unitIds": [str(unit)]},
        {"planIds": [str(plan)]},
        {"organisationId": str(elsewhere.house)},
    ):
        answer = await home.admin.post("memberships", **{**good, **words})
        assert answer.status_code == 400, answer.text
    theirs = f"memberships/{elsewhere.membership}"
    assert (await home.admin.get(theirs)).status_code == 404
    assert (await home.admin.patch(theirs, 1, isEnded=True)).status_code == 404
    listed = (await home.admin.get("memberships?pageSize=200")).json()["items"]
    assert {item["workspaceId"] for item in listed} == {str(home.workspace)}
    assert await counts(town, *TABLES) == before


@pytest.mark.parametrize("role", ["college", "council", "agent", "administration"])
async def test_only_administrators_give_rights(client: httpx.AsyncClient, town: Town, role: str) -> None:
    home = await commune(client, town)
    account, person = await newcomer(home), await home.person(role)
    before = await counts(town, *TABLES)
    words = {"accountId": account, "role": "agent", "organisationId": str(home.house)}
    assert (await person.post("memberships", **words)).status_code in {400, 403}
    assert (await person.get("memberships")).status_code == 403
    own = await person.patch(f"memberships/{home.membership}", 1, isAdministrator=True)
    assert own.status_code == 403
    assert await counts(town, *TABLES) == before


async def test_the_operator_reads_no_memberships(client: httpx.AsyncClient, town: Town) -> None:
    home, boss = await commune(client, town), await operator(client, town)
    assert (await boss.get("memberships")).status_code == 403
    assert (await boss.get(f"memberships/{home.membership}")).status_code in {403, 404}


async def test_a_membership_is_given_once_and_each_change_is_in_the_workspace_s_journal(
    client: httpx.AsyncClient, town: Town
) -> None:
    home = await commune(client, town)
    made = await member(home)
    twice = await home.admin.post(
        "memberships", accountId=made["accountId"], role="agent", organisationId=str(home.house)
    )
    assert twice.status_code == 409
    await home.admin.patch(f"memberships/{made['id']}", isEnded=True)
    async with town.database.transaction() as connection:
        await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{home.workspace}}}")
        entries = await connection.fetch(
            "select position, command, entity_id::text, account_id from journal_entry"
            " where workspace_id = $1 order by position",
            home.workspace,
        )
    assert [(entry["position"], entry["command"]) for entry in entries] == [
        (42, "createMembership"),
        (43, "updateMembership"),
    ]
    assert {(entry["entity_id"], entry["account_id"]) for entry in entries} == {(made["id"], home.admin.account)}
