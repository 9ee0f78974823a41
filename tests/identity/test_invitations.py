"""A right given to somebody else's account waits for its holder, and no answer tells which e-mails have accounts."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.identity.people import Commune, Somebody, commune, counts, operator, signed_in
from tests.identity.town import Town

PASSWORD = "quatorze pommes vertes"
TOLD_ALIKE = ("email", "displayName", "language", "isDisabled", "version", "globalRole", "withheld", "permitted")
ANSWER = """mutation M($words: InvitationAnswerInput!) { answerInvitation(input: $words) { items { id } } }"""
QUESTION = "{ invitations { items { id kind placeName role isAdministrator } } }"


async def somebody_elsewhere(client: httpx.AsyncClient, town: Town) -> tuple[Commune, UUID, str]:
    """A member of another commune: that commune, the account and its e-mail."""
    home, email = await commune(client, town), f"Lou.{uuid4().hex}@commune.test"
    made = await home.admin.post("accounts", email=email, displayName="Lou Petit", language="de", password=PASSWORD)
    account = made.json()["id"]
    given = await home.admin.post("memberships", accountId=account, role="agent", organisationId=str(home.house))
    assert given.status_code == 201, given.text
    return home, UUID(account), email


async def invited(home: Commune, email: str, role: str = "agent", **words: Any) -> dict[str, Any]:
    """The membership that a commune gives to an e-mail."""
    entry = await home.admin.post("accounts", email=email, displayName="Madame Petit")
    assert entry.status_code == 201, entry.text
    said = {"accountId": entry.json()["id"], "role": role, "organisationId": str(home.house), **words}
    given = await home.admin.post("memberships", **said)
    assert given.status_code == 201, given.text
    document: dict[str, Any] = given.json()
    return document


async def acts(client: httpx.AsyncClient, town: Town, account: UUID, home: Commune) -> int:
    person = await signed_in(client, town, account, f"workspace/{home.workspace}")
    return (await person.get("units")).status_code


async def waiting(person: Somebody) -> list[dict[str, Any]]:
    """What waits for somebody's answer, told alike by both doors and by the session."""
    rest = (await person.get("invitations")).json()["items"]
    session = (await person.client.get("/auth/session", headers=person.headers)).json()["invitations"]
    other = await person.client.post("/graphql", json={"query": QUESTION}, headers=person.headers)
    assert session == rest
    assert [i["id"] for i in other.json()["data"]["invitations"]["items"]] == [i["id"] for i in rest], other.text
    found: list[dict[str, Any]] = rest
    return found


async def answered(person: Somebody, door: str, invitation: str, *, is_accepted: bool) -> None:
    words = {"invitationId": invitation, "isAccepted": is_accepted}
    if door == "rest":
        answer = await person.post("invitations/answer", **words)
        assert (answer.status_code, answer.json()) == (200, {"items": []}), answer.text
        return
    said = {"query": ANSWER, "variables": {"words": words}}
    other = await person.client.post("/graphql", json=said, headers=person.headers)
    assert other.json()["data"] == {"answerInvitation": {"items": []}}, other.text


async def test_an_e_mail_known_elsewhere_is_answered_like_one_that_nobody_has(
    client: httpx.AsyncClient, town: Town
) -> None:
    home = await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    words = {"displayName": "Madame Petit", "language": "nl", "password": "autre mot de passe long"}
    known = await home.admin.post("accounts", email=email, **words)
    unknown = await home.admin.post("accounts", email=f"{uuid4().hex}@commune.test", **words)
    for answer in (known, unknown):
        assert answer.status_code == 201, answer.text
    one, other = known.json(), unknown.json()
    assert one["email"] == email
    assert {name: one[name] for name in TOLD_ALIKE[1:]} == {name: other[name] for name in TOLD_ALIKE[1:]}
    assert (one.keys(), known.headers.keys()) == (other.keys(), unknown.headers.keys())
    assert one["id"][:13] == other["id"][:13] or one["createdAt"][:16] == other["createdAt"][:16]
    assert one["id"] != str(account)
    again = [await home.admin.post("accounts", email=e.upper(), displayName="X") for e in (email, other["email"])]
    assert [answer.json()["id"] for answer in again] == [one["id"], other["id"]]
    given = [
        await home.admin.post("memberships", accountId=entry["id"], role="agent", organisationId=str(home.house))
        for entry in (one, other)
    ]
    assert [answer.status_code for answer in given] == [201, 201]
    left, right = (answer.json() for answer in given)
    own = ("id", "href", "accountId", "createdAt", "updatedAt")
    assert {k: v for k, v in left.items() if k not in own} == {k: v for k, v in right.items() if k not in own}
    _, _, third = await somebody_elsewhere(client, town)
    weak = [
        await home.admin.post("accounts", email=e, displayName="Lou", password="short")
        for e in (f"{uuid4().hex}@commune.test", third)
    ]
    assert [answer.status_code for answer in weak] == [400, 400]


async def test_the_journal_does_not_tell_either(client: httpx.AsyncClient, town: Town) -> None:
    home = await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    membership = await invited(home, email)
    async with town.database.transaction() as connection:
        await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{home.workspace}}}")
        told = await connection.fetchval(
            "select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') from journal_entry"
            " where entity_id = any($1::uuid[])",
            [UUID(membership["id"]), UUID(membership["accountId"])],
        )
    assert "stands_for" not in told
    assert str(account) not in told


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_a_right_of_somebody_elses_account_counts_once_it_is_accepted(
    client: httpx.AsyncClient, town: Town, door: str
) -> None:
    home = await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    membership = await invited(home, email)
    assert (membership["acceptedAt"], membership["isEnded"]) == (None, False)
    assert await acts(client, town, account, home) == 403
    person = await signed_in(client, town, account)
    (invitation,) = await waiting(person)
    assert (invitation["id"], invitation["kind"], invitation["role"]) == (membership["id"], "workspace", "agent")
    await answered(person, door, membership["id"], is_accepted=True)
    assert await waiting(person) == []
    assert await acts(client, town, account, home) == 200
    told = (await home.admin.get(f"memberships/{membership['id']}")).json()
    assert told["accountId"] == str(account)
    assert told["acceptedAt"] is not None
    assert told["accountName"] == "Lou Petit"
    listed = (await home.admin.get("accounts?pageSize=200")).json()["items"]
    assert [a["id"] for a in listed if a["email"] == email] == [str(account)]
    known = await home.admin.post("accounts", email=email, displayName="Encore")
    assert known.json()["id"] == str(account)


@pytest.mark.parametrize("door", ["rest", "graphql"])
async def test_what_is_declined_is_over_and_never_counts(client: httpx.AsyncClient, town: Town, door: str) -> None:
    home = await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    membership = await invited(home, email)
    person = await signed_in(client, town, account)
    await answered(person, door, membership["id"], is_accepted=False)
    assert await waiting(person) == []
    assert await acts(client, town, account, home) == 403
    assert (await home.admin.get(f"memberships/{membership['id']}")).json()["isEnded"] is True


async def test_whoever_acts_nowhere_yet_is_asked_too(client: httpx.AsyncClient, town: Town) -> None:
    home, email = await commune(client, town), f"{uuid4().hex}@commune.test"
    account = await town.account(email=email)
    membership = await invited(home, email, "administration", isAdministrator=True)
    person = await signed_in(client, town, account)
    assert [i["id"] for i in await waiting(person)] == [membership["id"]]
    own = f"memberships/{home.membership}"
    assert (await home.admin.patch(own, isEnded=True)).status_code == 409  # nobody accepted to follow it yet
    await answered(person, "graphql", membership["id"], is_accepted=True)
    assert (await home.admin.patch(own, isEnded=True)).status_code == 200


async def test_nobody_answers_for_somebody_else(client: httpx.AsyncClient, town: Town) -> None:
    home = await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    membership = await invited(home, email)
    words = {"invitationId": membership["id"], "isAccepted": True}
    strangers = (home.admin, await home.person("agent"), await operator(client, town))
    before = await counts(town, "membership")
    for somebody in strangers:
        assert (await somebody.post("invitations/answer", **words)).status_code == 404
        said = {"query": ANSWER, "variables": {"words": words}}
        other = await somebody.client.post("/graphql", json=said, headers=somebody.headers)
        assert other.json()["errors"][0]["extensions"]["type"] == "urn:problem-type:belgif:resourceNotFound"
    assert (await client.get("/pst/v1/invitations")).status_code == 401
    assert await counts(town, "membership") == before
    assert await acts(client, town, account, home) == 403


async def test_a_partner_organisation_invites_alike(client: httpx.AsyncClient, town: Town) -> None:
    organisation, boss = await town.organisation(), await town.account()
    await town.put("organisation_member", organisation_id=organisation, account_id=boss, is_administrator=True)
    admin = await signed_in(client, town, boss, f"organisation/{organisation}")
    _, account, email = await somebody_elsewhere(client, town)
    words = {"organisationId": str(organisation), "displayName": "Madame Petit"}
    known = (await admin.post("organisationMembers", email=email, **words)).json()
    unknown = (await admin.post("organisationMembers", email=f"{uuid4().hex}@asbl.test", **words)).json()
    own = ("id", "href", "accountId", "createdAt", "updatedAt", "email")
    assert {k: v for k, v in known.items() if k not in own} == {k: v for k, v in unknown.items() if k not in own}
    assert known["accountId"] != str(account)
    person = await signed_in(client, town, account, f"organisation/{organisation}")
    assert (await person.get("partners/me/actions")).status_code == 403
    await answered(await signed_in(client, town, account), "rest", known["id"], is_accepted=True)
    assert (await person.get("partners/me/actions")).status_code == 200


async def test_what_one_commune_says_of_an_e_mail_is_not_told_to_another(client: httpx.AsyncClient, town: Town) -> None:
    first, second = await commune(client, town), await commune(client, town)
    _, account, email = await somebody_elsewhere(client, town)
    for home in (first, second):
        membership = await invited(home, email)
        assert membership["accountName"] == "Madame Petit"
    person = await signed_in(client, town, account)
    assert len(await waiting(person)) == 2
    signed = await client.post("/auth/session", json={"email": email, "password": PASSWORD})
    assert signed.status_code == 200
    assert signed.json()["displayName"] == "Lou Petit"
