"""Signing in and out of the browser."""

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.db import Database
from api.identity import throttle
from api.identity.passwords import Passwords
from api.identity.sessions import COOKIE, Presence, session_key
from api.identity.throttle import PER_ACCOUNT
from tests.identity.town import Town

PASSWORD = "une phrase de passe"


async def local_account(town: Town, email: str, **values: Any) -> UUID:
    account = await town.account(email=email, **values)
    await town.run(
        "insert into local_credential (account_id, password_hash) values ($1, $2)",
        account,
        Passwords(1).hash(PASSWORD),
    )
    return account


@pytest.fixture(autouse=True)
async def _an_address_without_a_past(town: Town) -> None:
    """All tests come from one address: what others did in vain must not count here."""
    loopback = throttle.Attempt.of("", "127.0.0.1").address_key
    await town.run("delete from attempt_window where key = $1", loopback)


@pytest.fixture
def email() -> str:
    return f"Ana.{uuid4().hex}@commune.test"


async def sign_in(client: httpx.AsyncClient, email: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return await client.post("/auth/session", json={"email": email, "password": password}, headers=headers)


def cookie_of(answer: httpx.Response) -> dict[str, str]:
    """The Cookie header of a browser that took this answer (whatever the scheme of the test)."""
    value = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE].value
    return {"Cookie": f"{COOKIE}={value}"}


async def own_page(client: httpx.AsyncClient) -> dict[str, str]:
    origin = (await client.get("/.well-known/oauth-authorization-server")).json()["issuer"]
    return {"Pst-Csrf": "1", "Origin": origin}


async def test_the_right_password_opens_a_session(client: httpx.AsyncClient, town: Town, email: str) -> None:
    account = await local_account(town, email)
    workspace, house = await town.workspace("Somme-Fontaine")
    organisation = await town.organisation("Croix jaune")
    await town.membership(workspace, house, account, "college")
    await town.membership(workspace, house, account, "administration", is_administrator=True)
    await town.put("organisation_member", organisation_id=organisation, account_id=account)
    answer = await sign_in(client, email.upper())
    assert answer.status_code == 200
    client.cookies.clear()
    line = answer.headers["Set-Cookie"]
    assert line.startswith("__Host-pst=")
    assert line.endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    me = answer.json()
    assert me["accountId"] == str(account)
    assert (me["displayName"], me["email"], me["language"], me["globalRole"]) == (
        "Ana Dubois",
        email,
        "fr",
        None,
    )
    (place,) = me["workspaces"]
    assert (place["id"], place["name"], place["nis"]) == (str(workspace), "Somme-Fontaine", None)
    assert place["slug"].startswith("s")
    assert [(held["role"], held["isAdministrator"]) for held in place["roles"]] == [
        ("administration", True),
        ("college", False),
    ]
    assert me["organisations"] == [{"id": str(organisation), "name": "Croix jaune", "isAdministrator": False}]
    again = await client.get("/auth/session", headers=cookie_of(answer))
    assert again.status_code == 200
    assert again.json() == me
    assert again.headers["Cache-Control"] == "no-store"


async def test_nobody_is_told_what_was_wrong(client: httpx.AsyncClient, town: Town, email: str) -> None:
    disabled, passwordless = f"{uuid4()}@commune.test", f"{uuid4()}@commune.test"
    await local_account(town, email)
    account = await local_account(town, disabled)
    await town.run("update account set disabled_at = now() where id = $1", account)
    await town.account(email=passwordless)
    refusals = [
        await sign_in(client, *words)
        for words in (
            (email, "wrong"),
            (disabled,),
            (passwordless,),
            (f"{uuid4()}@commune.test",),
            (email, PASSWORD + " "),
        )
    ]
    assert {refusal.status_code for refusal in refusals} == {401}
    assert len({refusal.json()["type"] for refusal in refusals}) == 1
    assert not any("Set-Cookie" in refusal.headers for refusal in refusals)


async def test_no_session_is_401(client: httpx.AsyncClient) -> None:
    assert (await client.get("/auth/session")).status_code == 401
    answer = await client.get("/auth/session", headers={"Cookie": f"{COOKIE}=invented"})
    assert answer.status_code == 401


async def test_signing_out_ends_the_session_here_and_in_the_database(
    client: httpx.AsyncClient, town: Town, email: str
) -> None:
    await local_account(town, email)
    cookie = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    foreign = await client.delete("/auth/session", headers=cookie)
    assert foreign.status_code == 403
    assert (await client.get("/auth/session", headers=cookie)).status_code == 200
    answer = await client.delete("/auth/session", headers={**cookie, **await own_page(client)})
    assert answer.status_code == 204
    assert answer.headers["Set-Cookie"] == "__Host-pst=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict"
    assert (await client.get("/auth/session", headers=cookie)).status_code == 401
    assert (await client.delete("/auth/session")).status_code == 204


async def test_signing_in_again_ends_the_session_before(client: httpx.AsyncClient, town: Town, email: str) -> None:
    await local_account(town, email)
    first = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    second = cookie_of(await sign_in(client, email, **first))
    client.cookies.clear()
    assert first != second
    assert (await client.get("/auth/session", headers=first)).status_code == 401
    assert (await client.get("/auth/session", headers=second)).status_code == 200


async def test_a_disabled_account_is_out_at_once(client: httpx.AsyncClient, town: Town, email: str) -> None:
    account = await local_account(town, email)
    cookie = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    await town.run("update account set disabled_at = now() where id = $1", account)
    assert (await client.get("/auth/session", headers=cookie)).status_code == 401


async def test_a_foreign_page_cannot_sign_its_visitor_in(client: httpx.AsyncClient, town: Town, email: str) -> None:
    await local_account(town, email)
    for headers in ({"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await sign_in(client, email, **headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
    form = await client.post("/auth/session", data={"email": email, "password": PASSWORD})
    assert form.status_code in {400, 415}
    assert (await sign_in(client, email, **await own_page(client))).status_code == 200


async def test_the_database_keeps_only_the_hash_of_the_cookie(
    client: httpx.AsyncClient, database: Database, town: Town, email: str
) -> None:
    account = await local_account(town, email)
    value = cookie_of(await sign_in(client, email))["Cookie"].partition("=")[2]
    async with database.connection() as connection:
        kept = await connection.fetchval("select id from browser_session where account_id = $1", account)
    assert kept == session_key(value)


async def test_after_too_many_tries_even_the_right_password_waits(
    client: httpx.AsyncClient, town: Town, email: str
) -> None:
    await local_account(town, email)
    unknown = f"{uuid4()}@commune.test"
    for one in (email, unknown):
        for _ in range(PER_ACCOUNT):
            assert (await sign_in(client, one, "wrong")).status_code == 401
        answer = await sign_in(client, one)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 901


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"email": "a@b.be"}',
        b'{"email": "a@b.be", "password": ""}',
        b'{"email": "nobody", "password": "x"}',
        b'{"email": "a\\u0000@b.be", "password": "x"}',
        b'{"email": "\\ud800@b.be", "password": "x"}',
        b'{"email": "a@b.be", "password": "x", "admin": true}',
        b'{"email": ["a@b.be"], "password": "x"}',
        b'{"email": "a@b.be", "password": 1}',
        b"\xff",
    ],
)
async def test_words_that_cannot_be_true_are_a_bad_request(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/auth/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


async def test_a_password_with_odd_characters_is_only_wrong(client: httpx.AsyncClient) -> None:
    for password in ("a\u0000b", "é" * 1_024, "\U0001f600" * 100):
        assert (await sign_in(client, f"{uuid4()}@commune.test", password)).status_code == 401


async def in_minutes(town: Town, cookie: str, minutes: int) -> None:
    """Let so much time pass for a session: everything it holds moves into the past."""
    await town.run(
        "update browser_session set created_at = created_at - $2::interval,"
        " last_seen_at = last_seen_at - $2::interval, expires_at = expires_at - $2::interval where id = $1",
        session_key(cookie),
        timedelta(minutes=minutes),
    )


async def test_a_session_ends_when_idle_and_lives_on_in_use_but_not_for_ever(
    client: httpx.AsyncClient, town: Town, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.identity.sessions.NOTED_EVERY_SECONDS", 0.0)
    await local_account(town, email)
    idle, used = cookie_of(await sign_in(client, email)), cookie_of(await sign_in(client, email))
    client.cookies.clear()
    for minutes in range(0, 11 * 60, 110):
        assert (await client.get("/auth/session", headers=used)).status_code == 200, minutes
        await in_minutes(town, used["Cookie"].partition("=")[2], 110)
    await in_minutes(town, idle["Cookie"].partition("=")[2], 121)
    for cookie in (idle, idle):
        assert (await client.get("/auth/session", headers=cookie)).status_code == 401
    assert (await client.get("/auth/session", headers=used)).status_code == 200
    await in_minutes(town, used["Cookie"].partition("=")[2], 60)
    assert (await client.get("/auth/session", headers=used)).status_code == 401


async def test_any_request_keeps_a_session_and_one_a_minute_is_written(
    client: httpx.AsyncClient, town: Town, database: Database, email: str
) -> None:
    await local_account(town, email)
    cookie = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    value = cookie["Cookie"].partition("=")[2]
    await in_minutes(town, value, 30)

    async def seen() -> Any:
        async with database.connection() as connection:
            return await connection.fetchval(
                "select last_seen_at from browser_session where id = $1", session_key(value)
            )

    before = await seen()
    await client.get("/pst/v1/communes", headers=cookie)
    first = await seen()
    assert first > before
    await client.get("/pst/v1/communes", headers=cookie)
    assert await seen() == first


def test_what_is_remembered_of_sessions_is_bounded() -> None:
    presence = Presence(idle_seconds=900, longest_seconds=600, remembered=3)
    assert presence.idle_seconds == 600
    assert [presence.is_due(bytes([n])) for n in (1, 2, 3, 3, 2, 4, 5)] == [
        True, True, True, False, False, True, True,
    ]  # fmt: skip
    assert presence.is_due(bytes([1]))
