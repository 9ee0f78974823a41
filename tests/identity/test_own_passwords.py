"""Passwords that people set themselves: the own one changed, a forgotten one set anew by a link that serves once."""

import re
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.db import Database
from api.identity import throttle
from api.settings import Settings
from api.sync.mailer import Mailer
from api.sync.reset_letters import send_reset_letters
from tests.identity.test_session import PASSWORD, cookie_of, local_account, own_page, sign_in
from tests.identity.town import Town
from tests.reminders.conftest import mailbox, mailing  # noqa: F401 - fixtures
from tests.reminders.mailbox import Mailbox

NEW = "trois petits canards"
LINK = re.compile(r"http://\S+/mot-de-passe/nouveau#([\w-]{40,})")


@pytest.fixture
def email() -> str:
    return f"Ana.{uuid4().hex}@commune.test"


@pytest.fixture
async def account(town: Town, email: str) -> UUID:
    return await local_account(town, email)


async def request_link(client: httpx.AsyncClient, email: str) -> httpx.Response:
    return await client.post("/auth/passwordResets", json={"email": email})


async def set_password(client: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    return await client.post("/auth/newPassword", json={"token": token, "newPassword": password})


def issues_of(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.text
    return [(issue["type"].rpartition(":")[2], issue["name"]) for issue in answer.json()["issues"]]


@pytest.fixture
async def letters(database: Database, mailing: Settings, mailbox: tuple[Mailbox, int], town: Town) -> Any:  # noqa: F811
    """Sends what waits, and answers the letters to one e-mail."""
    await town.run("delete from password_reset")
    post = Mailer.of(mailing)
    assert post is not None

    async def letters_to(email: str) -> list[Any]:
        await send_reset_letters(database, post, lambda: False)
        return [message for message in mailbox[0].messages if message["To"] == email]

    return letters_to


async def test_who_knows_the_current_password_changes_it_and_other_sessions_end(
    client: httpx.AsyncClient, account: UUID, email: str
) -> None:
    here, elsewhere = cookie_of(await sign_in(client, email)), cookie_of(await sign_in(client, email))
    client.cookies.clear()
    words = {"currentPassword": PASSWORD, "newPassword": NEW}
    refused = await client.post("/auth/password", json=words, headers=here)
    assert refused.status_code == 403, "a foreign page cannot"
    page = await own_page(client)
    wrong = await client.post("/auth/password", json=words | {"currentPassword": "nope"}, headers=here | page)
    assert [code for code, _ in issues_of(wrong)] == ["wrongPassword"]
    for weak in ("court", "aaaaaaaaaaaaaaaa", "ana.dubois est ana dubois"):
        answer = await client.post("/auth/password", json=words | {"newPassword": weak}, headers=here | page)
        assert issues_of(answer)[0][0].startswith("passwordToo")
    assert (await client.get("/auth/session", headers=elsewhere)).status_code == 200, "nothing has changed yet"
    assert (await client.post("/auth/password", json=words, headers=here | page)).status_code == 204
    assert (await client.get("/auth/session", headers=here)).status_code == 200
    assert (await client.get("/auth/session", headers=elsewhere)).status_code == 401
    assert (await sign_in(client, email)).status_code == 401
    assert (await sign_in(client, email, NEW)).status_code == 200


async def test_nobody_changes_a_password_without_being_somebody(client: httpx.AsyncClient) -> None:
    answer = await client.post("/auth/password", json={"currentPassword": PASSWORD, "newPassword": NEW})
    assert answer.status_code == 401


async def test_a_letter_brings_a_link_that_sets_the_password_once_and_ends_the_sessions(
    client: httpx.AsyncClient, town: Town, account: UUID, email: str, letters: Any
) -> None:
    session = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    assert (await request_link(client, email.upper())).status_code == 202
    assert (await request_link(client, email)).status_code == 202
    (letter,) = await letters(email)
    (token,) = LINK.findall(letter.get_content())
    rows = await town.database_rows("select * from password_reset where account_id = $1", account)
    assert token.encode() not in b"".join(bytes(v) for row in rows for v in row.values() if isinstance(v, bytes))
    assert [code for code, _ in issues_of(await set_password(client, token, "court"))] == ["passwordTooShort"]
    assert (await client.get("/auth/session", headers=session)).status_code == 200, "nothing has changed yet"
    answer = await set_password(client, token)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (204, None)
    assert (await client.get("/auth/session", headers=session)).status_code == 401
    assert (await sign_in(client, email)).status_code == 401
    assert (await sign_in(client, email, NEW)).status_code == 200
    assert issues_of(await set_password(client, token, f"{NEW} encore")) == [("linkVoid", "token")]
    assert (await sign_in(client, email, NEW)).status_code == 200


async def test_a_link_that_is_over_or_unknown_or_of_a_disabled_account_sets_nothing(
    client: httpx.AsyncClient, town: Town, account: UUID, email: str, letters: Any
) -> None:
    await request_link(client, email)
    (token,) = LINK.findall((await letters(email))[0].get_content())
    await town.run("update password_reset set expires_at = now() - interval '1 second' where account_id = $1", account)
    assert issues_of(await set_password(client, token)) == [("linkVoid", "token")]
    await town.run("update password_reset set expires_at = now() + interval '1 hour' where account_id = $1", account)
    await town.run("update account set disabled_at = now() where id = $1", account)
    assert issues_of(await set_password(client, token)) == [("linkVoid", "token")]
    await town.run("update account set disabled_at = null where id = $1", account)
    assert issues_of(await set_password(client, "x" * 43)) == [("linkVoid", "token")]
    assert (await sign_in(client, email)).status_code == 200, "the password is what it was"
    assert (await set_password(client, token)).status_code == 204


async def test_the_answer_never_tells_which_e_mails_have_accounts(
    client: httpx.AsyncClient, town: Town, account: UUID, email: str, letters: Any
) -> None:
    disabled, elsewhere = f"{uuid4()}@commune.test", f"{uuid4()}@commune.test"
    await local_account(town, disabled, disabled_at=await town.now())
    provided = await town.account(email=elsewhere)
    await town.run(
        "insert into account_identity (issuer, subject, account_id) values ('https://id.test', $2, $1)",
        provided, str(uuid4()),
    )  # fmt: skip
    unknown = f"{uuid4()}@commune.test"
    answers = [await request_link(client, one) for one in (email, disabled, elsewhere, unknown)]
    assert {(a.status_code, a.content, tuple(sorted(set(a.headers) - {"belgov-trace-id"}))) for a in answers} == {
        (202, b"", tuple(sorted(set(answers[0].headers) - {"belgov-trace-id"})))
    }
    assert len(await letters(email)) == 1
    for one in (disabled, elsewhere, unknown):
        assert await letters(one) == []


@pytest.mark.parametrize("is_known", [True, False])
async def test_requests_are_throttled_whether_or_not_there_is_an_account(
    client: httpx.AsyncClient, account: UUID, email: str, is_known: bool
) -> None:
    asked = email if is_known else f"{uuid4()}@commune.test"
    answers = [await request_link(client, asked) for _ in range(throttle.RESETS_PER_ACCOUNT + 1)]
    assert [a.status_code for a in answers] == [202] * throttle.RESETS_PER_ACCOUNT + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


async def test_a_letter_that_fails_is_tried_again_with_a_new_link(
    client: httpx.AsyncClient, town: Town, account: UUID, email: str, letters: Any,
    mailbox: tuple[Mailbox, int],  # noqa: F811
) -> None:  # fmt: skip
    mailbox[0].is_refusing = True
    await request_link(client, email)
    assert await letters(email) == []
    mailbox[0].is_refusing = False
    assert await letters(email) == [], "not at once"
    await town.run("update password_reset set next_try_at = now() where account_id = $1", account)
    (letter,) = await letters(email)
    (token,) = LINK.findall(letter.get_content())
    assert (await set_password(client, token)).status_code == 204
