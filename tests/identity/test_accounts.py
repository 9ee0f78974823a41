"""Accounts are made by administrators and operators, told to nobody who does not know them, taken by nobody."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.identity.people import commune, counts, operator
from tests.identity.town import Town

PASSWORD = "quatorze pommes vertes"


def an_email() -> str:
    return f"Lou.{uuid4().hex}@commune.test"


async def sign_in(client: httpx.AsyncClient, email: str, password: str) -> int:
    answer = await client.post("/auth/session", json={"email": email, "password": password})
    client.cookies.clear()
    return answer.status_code


async def test_an_administrator_makes_an_account_reads_it_and_its_owner_signs_in(
    client: httpx.AsyncClient, town: Town
) -> None:
    home, email = await commune(client, town), an_email()
    made = await home.admin.post("accounts", email=email, displayName="Lou Petit", password=PASSWORD)
    assert made.status_code == 201, made.text
    account = made.json()
    assert (account["email"], account["displayName"], account["language"]) == (email, "Lou Petit", "fr")
    assert account["isDisabled"] is False
    assert (account["globalRole"], account["withheld"]) == (None, ["globalRole"])
    assert "password" not in made.text
    read = await home.admin.get(f"accounts/{account['id']}")
    assert read.json() == account
    listed = await home.admin.get("accounts")
    assert account["id"] in {item["id"] for item in listed.json()["items"]}
    assert await sign_in(client, email.upper(), PASSWORD) == 200


async def test_an_e_mail_that_was_said_here_before_answers_what_is_there_and_changes_nothing_of_it(
    client: httpx.AsyncClient, town: Town
) -> None:
    home, email = await commune(client, town), an_email()
    first = await home.admin.post("accounts", email=email, displayName="Lou Petit", password=PASSWORD)
    before = await counts(town, "account", "local_credential")
    again = await home.admin.post("accounts", email=email.upper(), displayName="X", password="another long password")
    assert (again.status_code, again.json()) == (201, first.json())
    assert await counts(town, "account", "local_credential") == before
    assert await sign_in(client, email, "another long password") == 401
    assert await sign_in(client, email, PASSWORD) == 200


async def test_an_e_mail_of_elsewhere_is_entered_anew_and_its_account_stays_as_it_is(
    client: httpx.AsyncClient, town: Town
) -> None:
    home, elsewhere, email = await commune(client, town), await commune(client, town), an_email()
    first = await home.admin.post("accounts", email=email, displayName="Lou Petit", password=PASSWORD)
    again = await elsewhere.admin.post(
        "accounts", email=email, displayName="Zoé Lambert", password="another long password"
    )
    assert (again.status_code, again.json()["displayName"]) == (201, "Zoé Lambert"), again.text
    assert again.json()["id"] != first.json()["id"]
    assert await sign_in(client, email, "another long password") == 401
    assert await sign_in(client, email, PASSWORD) == 200
    assert (await home.admin.get(f"accounts/{first.json()['id']}")).json() == first.json()


async def test_an_account_of_elsewhere_does_not_exist_here(client: httpx.AsyncClient, town: Town) -> None:
    home, elsewhere = await commune(client, town), await commune(client, town)
    stranger = elsewhere.admin.account
    assert (await home.admin.get(f"accounts/{stranger}")).status_code == 404
    listed = (await home.admin.get("accounts?pageSize=200")).json()["items"]
    assert {item["id"] for item in listed} == {str(home.admin.account)}
    email = (await elsewhere.admin.get(f"accounts/{stranger}")).json()["email"]
    filtered = await home.admin.ask("GET", f"accounts?email={email}")
    assert filtered.json()["items"] == []
    before = await counts(town, "membership")
    refused = await home.admin.post(
        "memberships", accountId=str(stranger), role="agent", organisationId=str(home.house)
    )
    absent = await home.admin.post("memberships", accountId=str(uuid4()), role="agent", organisationId=str(home.house))
    for answer in (refused, absent):
        assert answer.status_code == 400
        (issue,) = answer.json()["issues"]
        assert (issue["name"], issue["type"]) == (
            "accountId",
            "urn:problem-type:belgif:input-validation:referencedResourceNotFound",
        )
    assert await counts(town, "membership") == before


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "lou petit lou petit", "x" * 1025])
async def test_a_weak_password_makes_no_account_and_is_not_said_back(
    client: httpx.AsyncClient, town: Town, password: str
) -> None:
    home = await commune(client, town)
    before = await counts(town, "account")
    answer = await home.admin.post("accounts", email=an_email(), displayName="Lou Petit", password=password)
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"] == "password"
    assert password[:100] not in answer.text
    assert await counts(town, "account") == before


@pytest.mark.parametrize(
    "words",
    [
        {"globalRole": "operator"},
        {"disabledAt": None},
        {"id": str(uuid4())},
        {"email": "nobody"},
        {"email": "a\u0000@commune.test"},
        {"displayName": ""},
        {"language": "es"},
    ],
)
async def test_nobody_says_what_is_not_theirs_to_say(
    client: httpx.AsyncClient, town: Town, words: dict[str, Any]
) -> None:
    home = await commune(client, town)
    before = await counts(town, "account")
    answer = await home.admin.post("accounts", **{"email": an_email(), "displayName": "Lou", **words})
    assert answer.status_code == 400
    assert await counts(town, "account") == before


@pytest.mark.parametrize("role", ["college", "council", "agent", "administration"])
async def test_without_the_administrator_grant_there_are_no_accounts(
    client: httpx.AsyncClient, town: Town, role: str
) -> None:
    person = await (await commune(client, town)).person(role)
    before = await counts(town, "account")
    assert (await person.post("accounts", email=an_email(), displayName="Lou")).status_code == 403
    assert (await person.get("accounts")).status_code == 403
    assert await counts(town, "account") == before


async def test_only_the_operator_changes_an_account_and_a_disabled_one_is_out_at_once(
    client: httpx.AsyncClient, town: Town
) -> None:
    home, boss = await commune(client, town), await operator(client, town)
    path = f"accounts/{home.admin.account}"
    before = await counts(town, "account")
    assert (await home.admin.patch(path, displayName="Somebody else")).status_code == 403
    assert await counts(town, "account") == before
    changed = await boss.patch(path, displayName="Zoé Lambert", language="de")
    assert changed.status_code == 200, changed.text
    assert (changed.json()["displayName"], changed.json()["language"]) == ("Zoé Lambert", "de")
    assert (await boss.patch(path, email="other@commune.test")).status_code == 400
    disabled = await boss.patch(path, isDisabled=True)
    assert disabled.json()["isDisabled"] is True
    assert (await home.admin.get(path)).status_code == 401
    assert (await boss.patch(path, isDisabled=False)).json()["isDisabled"] is False
    assert (await home.admin.get(path)).status_code == 200


async def test_the_journal_of_an_account_names_nobody(client: httpx.AsyncClient, town: Town) -> None:
    boss, email = await operator(client, town), an_email()
    made = await boss.post("accounts", email=email, displayName="Lou Petit", password=PASSWORD)
    account = UUID(made.json()["id"])
    assert (await boss.patch(f"accounts/{account}", displayName="Lou Grand", isDisabled=True)).status_code == 200
    async with town.database.connection() as connection:
        entries = await connection.fetch(
            "select command, before::text, after::text, account_id from journal_entry where entity_id = $1"
            " order by position",
            account,
        )
    assert [entry["command"] for entry in entries] == ["createAccount", "updateAccount"]
    assert {entry["account_id"] for entry in entries} == {boss.account}
    for entry in entries:
        written = f"{entry['before']}{entry['after']}".casefold()
        for personal in (email.casefold(), "lou ", "petit", "grand", "argon2", PASSWORD):
            assert personal not in written
