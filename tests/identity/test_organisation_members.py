"""A partner organisation admits and dismisses its own people, once the operator named its first administrator."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.identity.people import Somebody, commune, counts, operator, signed_in
from tests.identity.town import Town

TABLES = ("organisation_member", "account")


async def first_administrator(
    client: httpx.AsyncClient, town: Town, boss: Somebody
) -> tuple[str, Somebody, dict[str, Any]]:
    """An organisation, its administrator and their membership."""
    organisation, account = str(await town.organisation()), await town.account()
    async with town.database.connection() as connection:
        email = await connection.fetchval("select email from account where id = $1", account)
    made = await boss.post("organisationMembers", organisationId=organisation, email=email, isAdministrator=True)
    assert made.status_code == 201, made.text
    assert made.json()["accountId"] == str(account)
    return organisation, await signed_in(client, town, account, f"organisation/{organisation}"), made.json()


async def test_an_administrator_admits_a_colleague_by_e_mail_and_dismisses_them(
    client: httpx.AsyncClient, town: Town
) -> None:
    boss = await operator(client, town)
    organisation, admin, _ = await first_administrator(client, town, boss)
    email = f"{uuid4().hex}@asbl.test"
    made = await admin.post("organisationMembers", organisationId=organisation, email=email, displayName="Ugo Roy")
    assert made.status_code == 201, made.text
    document = made.json()
    assert (document["email"], document["accountName"], document["isEnded"]) == (email, "Ugo Roy", False)
    listed = (await admin.get("organisationMembers")).json()["items"]
    assert {item["organisationId"] for item in listed} == {organisation}
    assert len(listed) == 2
    twice = await admin.post("organisationMembers", organisationId=organisation, email=email.upper())
    assert twice.status_code == 409
    ended = await admin.patch(f"organisationMembers/{document['id']}", isEnded=True)
    assert (ended.status_code, ended.json()["isEnded"]) == (200, True)
    assert (await admin.patch(f"organisationMembers/{document['id']}", isEnded=False)).status_code == 409


async def test_nobody_admits_into_or_reads_another_organisation(client: httpx.AsyncClient, town: Town) -> None:
    boss = await operator(client, town)
    organisation, _, membership = await first_administrator(client, town, boss)
    _, stranger, _ = await first_administrator(client, town, boss)
    home = await commune(client, town)
    plain = await town.account()
    await town.put("organisation_member", organisation_id=await town.organisation(), account_id=plain)
    member = await signed_in(client, town, plain)
    before = await counts(town, *TABLES)
    for somebody in (stranger, home.admin, member):
        answer = await somebody.post(
            "organisationMembers", organisationId=organisation, email=f"{uuid4().hex}@asbl.test"
        )
        assert answer.status_code == 403
        path = f"organisationMembers/{membership['id']}"
        assert (await somebody.get(path)).status_code in {403, 404}
        assert (await somebody.patch(path, 1, isEnded=True)).status_code in {403, 404}
    assert await counts(town, *TABLES) == before


@pytest.mark.parametrize("words", [{"isEnded": True}, {"isAdministrator": False}])
async def test_the_last_administrator_leaves_only_by_the_operator(
    client: httpx.AsyncClient, town: Town, words: dict[str, Any]
) -> None:
    boss = await operator(client, town)
    _, admin, membership = await first_administrator(client, town, boss)
    path = f"organisationMembers/{membership['id']}"
    before = await counts(town, *TABLES)
    refused = await admin.patch(path, **words)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:problem-type:pst:lastAdministrator"
    assert await counts(town, *TABLES) == before
    assert (await boss.patch(path, **words)).status_code == 200
    assert (await admin.get("organisationMembers")).status_code == 403
