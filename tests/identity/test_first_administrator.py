"""The operator names the first administrator of a workspace, and nobody after that."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.identity.town import Town
from tests.world import World

Door = Callable[[httpx.AsyncClient, dict[str, str], UUID, dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]
MUTATION = """mutation ($w: UUID!, $i: AdministratorNamingInput!) {
  nameAdministrator(workspaceId: $w, input: $i) { membershipId accountId isInvited } }"""


async def by_rest(
    client: httpx.AsyncClient, headers: dict[str, str], workspace: UUID, words: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    answer = await client.post(f"/pst/v1/workspaces/{workspace}/administrators", json=words, headers=headers)
    return answer.status_code, answer.json()


async def by_graphql(
    client: httpx.AsyncClient, headers: dict[str, str], workspace: UUID, words: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    body = {"query": MUTATION, "variables": {"w": str(workspace), "i": words}}
    answer = (await client.post("/graphql", json=body, headers=headers)).json()
    if errors := answer.get("errors"):
        problem: dict[str, Any] = errors[0]["extensions"]
        return problem["status"], problem
    named: dict[str, Any] = answer["data"]["nameAdministrator"]
    return 201, named


DOORS = pytest.mark.parametrize("door", [by_rest, by_graphql])


async def memberships(town: Town, workspace: UUID) -> list[dict[str, Any]]:
    return await town.database_rows(
        "select * from membership where workspace_id = $1", workspace, workspace_id=workspace
    )


@DOORS
async def test_the_first_administrator_is_invited_by_letter_and_reaches_every_house(
    client: httpx.AsyncClient, town: Town, world: World, door: Door
) -> None:
    workspace, house = await town.workspace()
    words = {"email": f"dg.{uuid4().hex}@commune.test", "displayName": "Zoé Lambert"}
    status, named = await door(client, world.operator, workspace, words)
    assert (status, named["isInvited"]) == (201, True)
    (membership,) = await memberships(town, workspace)
    assert str(membership["id"]) == named["membershipId"]
    assert str(membership["account_id"]) == named["accountId"]
    assert (membership["role"], membership["organisation_id"]) == ("administration", house)
    assert membership["is_administrator"]
    assert membership["administers_all_houses"]
    waiting = await town.database_rows(
        "select r.* from password_reset r where r.account_id = $1", UUID(named["accountId"])
    )
    assert len(waiting) == 1
    entries = await client.get(
        "/pst/v1/journalEntries", headers=world.person(UUID(named["accountId"])), params={"pageSize": "5"}
    )
    assert [(e["command"], e["entity"]) for e in entries.json()["items"]] == [("nameAdministrator", "membership")]


@DOORS
async def test_an_account_that_is_there_keeps_its_password_and_a_second_administrator_is_refused(
    client: httpx.AsyncClient, town: Town, world: World, door: Door
) -> None:
    workspace, _ = await town.workspace()
    email = f"{uuid4().hex}@commune.test"
    account = await town.account(email=email)
    await town.run("insert into local_credential (account_id, password_hash) values ($1, '$argon2id$x')", account)
    status, named = await door(client, world.operator, workspace, {"email": email.upper(), "displayName": "Autre nom"})
    assert (status, named["accountId"], named["isInvited"]) == (201, str(account), False)
    (row,) = await town.database_rows("select display_name from account where id = $1", account)
    assert row["display_name"] == "Ana Dubois"
    words = {"email": f"{uuid4().hex}@commune.test", "displayName": "Une seconde"}
    status, problem = await door(client, world.operator, workspace, words)
    assert (status, problem["type"].rpartition(":")[2]) == (409, "administratorNamed")
    assert len(await memberships(town, workspace)) == 1
    assert await town.database_rows("select 1 from account where email = $1", words["email"]) == []


@DOORS
async def test_nobody_but_the_operator_names_one_and_only_in_a_house_of_the_workspace(
    client: httpx.AsyncClient, town: Town, world: World, door: Door
) -> None:
    workspace, house = await town.workspace()
    member = await town.account()
    await town.membership(workspace, house, member, "administration")
    words = {"email": f"{uuid4().hex}@commune.test", "displayName": "Zoé Lambert"}
    for headers in (world.region, world.integrator, world.person(member)):
        assert (await door(client, headers, workspace, words))[0] == 403
    assert (await door(client, {}, workspace, words))[0] == 401
    assert (await door(client, world.operator, uuid4(), words))[0] == 404
    foreign = await town.organisation()
    assert (await door(client, world.operator, workspace, words | {"organisationId": str(foreign)}))[0] == 400
    assert [m["account_id"] for m in await memberships(town, workspace)] == [member]
    assert await town.database_rows("select 1 from account where email = $1", words["email"]) == []
