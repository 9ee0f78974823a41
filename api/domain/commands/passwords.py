"""Passwords that people set themselves: the own one changed, a forgotten one set anew by a link that serves once.

Like sessions, none of it is journaled: the journal tells decisions, and never who forgot a password.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.domain.identifiers import new_id
from api.domain.rules.credentials import secret_hash

Connection = Any

LETTER_LIFE = timedelta(hours=1)
"""How long the link of a letter serves (OWASP Forgot Password: short, and once)."""
COMMAND_LIFE = timedelta(hours=72)
"""How long a link serves that an operator hands over."""
LEASE = "10 minutes"
MOST_TRIES = 8


@dataclass(frozen=True, slots=True)
class ResetLetter:
    """A letter that is due, now ours: to whom, in which language, with the token that its link carries."""

    id: UUID
    email: str
    language: str
    token: str


async def request_reset(connection: Connection, email: str) -> None:
    """A letter waits for the account of that e-mail, unless it signs in elsewhere; one at a time.

    Nothing tells the caller whether there is such an account: not even how long this takes, as it is one statement.
    """
    await connection.execute(
        """
        insert into password_reset (id, account_id)
        select $1, a.id from account a
        where lower(a.email) = lower($2) and a.stands_for_id is null and a.disabled_at is null
          and (exists (select from local_credential c where c.account_id = a.id)
            or not exists (select from account_identity i where i.account_id = a.id))
          and not exists (select from password_reset r where r.account_id = a.id and r.sent_at is null
            and r.used_at is null and r.given_up_at is null)
        """,
        new_id(),
        email.strip(),
    )


async def invite(connection: Connection, account_id: UUID) -> bool:
    """A letter waits with which the holder of a new account sets a first password; False if there is one already."""
    added = await connection.fetchval(
        """
        insert into password_reset (id, account_id)
        select $1, $2 where not exists (select from local_credential where account_id = $2)
          and not exists (select from account_identity where account_id = $2)
        returning true
        """,
        new_id(),
        account_id,
    )
    return added is True


async def issue_reset(connection: Connection, account_id: UUID) -> str:
    """The token of a link that an operator hands over; those given before serve no more."""
    token = secrets.token_urlsafe(32)
    await connection.execute(
        "update password_reset set used_at = now() where account_id = $1 and used_at is null", account_id
    )
    await connection.execute(
        "insert into password_reset (id, account_id, token_hash, expires_at, sent_at)"
        " values ($1, $2, $3, now() + $4::interval, now())",
        new_id(), account_id, secret_hash(token), COMMAND_LIFE,
    )  # fmt: skip
    return token


async def claim_reset(connection: Connection) -> ResetLetter | None:
    """The next letter that is due, with a token made for it now: a second try voids the link of the first."""
    token = secrets.token_urlsafe(32)
    row = await connection.fetchrow(
        f"""
        with due as (
            select id from password_reset
            where sent_at is null and used_at is null and given_up_at is null and next_try_at <= now()
            order by next_try_at limit 1 for update skip locked)
        update password_reset r
        set token_hash = $1, expires_at = now() + $2::interval, tries = tries + 1,
            next_try_at = now() + interval '{LEASE}'
        from due, account a where r.id = due.id and a.id = r.account_id
        returning r.id, a.email, a.language
        """,
        secret_hash(token),
        LETTER_LIFE,
    )
    return None if row is None else ResetLetter(row["id"], row["email"], row["language"], token)


async def note_reset(connection: Connection, letter: ResetLetter, *, is_sent: bool) -> None:
    """The letter left, or is tried again later; after some tries it is given up."""
    await connection.execute(
        f"""
        update password_reset set
            sent_at = case when $2 then now() end,
            given_up_at = case when not $2 and tries >= {MOST_TRIES} then now() end,
            next_try_at = now() + interval '1 minute' * 2 ^ tries
        where id = $1
        """,
        letter.id,
        is_sent,
    )


async def account_of_token(connection: Connection, token: str) -> Any | None:
    """The living account whose password this link may set (id, email, display_name), or None: unknown, used, over."""
    return await connection.fetchrow(
        """
        select a.id, a.email, a.display_name from password_reset r join account a on a.id = r.account_id
        where r.token_hash = $1 and r.used_at is null and r.expires_at > now() and a.disabled_at is null
        """,
        secret_hash(token),
    )


async def redeem_reset(connection: Connection, token: str, password_hash: str) -> bool:
    """Set the password and use the link up, with every other of the account; its sessions end. False if it is void."""
    account_id = await connection.fetchval(
        """
        update password_reset r set used_at = now()
        where r.token_hash = $1 and r.used_at is null and r.expires_at > now()
          and exists (select from account a where a.id = r.account_id and a.disabled_at is null)
        returning r.account_id
        """,
        secret_hash(token),
    )
    if account_id is None:
        return False
    await set_password(connection, account_id, password_hash, staying=None)
    return True


async def set_password(connection: Connection, account_id: UUID, password_hash: str, *, staying: bytes | None) -> None:
    """A new password: links handed out before serve no more, and sessions end but for the one that stays."""
    await connection.execute(
        """
        insert into local_credential as c (account_id, password_hash) values ($1, $2)
        on conflict (account_id) do update set password_hash = excluded.password_hash, changed_at = now()
        """,
        account_id,
        password_hash,
    )
    await connection.execute(
        "update password_reset set used_at = now() where account_id = $1 and used_at is null", account_id
    )
    await end_sessions(connection, account_id, staying=staying)


async def end_sessions(connection: Connection, account_id: UUID, *, staying: bytes | None = None) -> None:
    """Every browser session of an account ends now, but for the one that stays."""
    await connection.execute(
        "update browser_session set revoked_at = now() where account_id = $1 and revoked_at is null"
        " and id is distinct from $2::bytea",
        account_id, staying,
    )  # fmt: skip
