"""The statements of signing in: accounts, browser sessions, clients, revoked tokens."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from api.db import Connection
from api.domain.schemas.identity import WhoAmI

Record = Any
"""An asyncpg record."""


async def credential_of(connection: Connection, email: str) -> Record | None:
    """The living local account of that e-mail, in any case: account_id, password_hash."""
    return await connection.fetchrow(
        """
        select a.id as account_id, c.password_hash
        from account a join local_credential c on c.account_id = a.id
        where lower(a.email) = lower($1) and a.disabled_at is null
        """,
        email.strip(),
    )


async def replace_password(connection: Connection, account_id: UUID, password_hash: str) -> None:
    """Keep a new hash of the same password; sessions stay."""
    await connection.execute(
        "update local_credential set password_hash = $2 where account_id = $1", account_id, password_hash
    )


async def open_session(connection: Connection, key: bytes, account_id: UUID, seconds: int) -> None:
    """Keep a new session, and forget those of this account that ended."""
    await connection.execute(
        """
        delete from browser_session
        where account_id = $1 and (expires_at < now() or revoked_at is not null)
        """,
        account_id,
    )
    await connection.execute(
        "insert into browser_session (id, account_id, expires_at) values ($1, $2, $3)",
        key,
        account_id,
        datetime.now(UTC) + timedelta(seconds=seconds),
    )


async def end_session(connection: Connection, key: bytes) -> None:
    """The session ends now; an unknown one is already over."""
    await connection.execute(
        "update browser_session set revoked_at = now() where id = $1 and revoked_at is null", key
    )


async def touch_session(connection: Connection, key: bytes) -> None:
    """Note that its browser was here, at most once a minute."""
    await connection.execute(
        """
        update browser_session set last_seen_at = now()
        where id = $1 and last_seen_at < now() - interval '1 minute'
        """,
        key,
    )


async def who_am_i(
    connection: Connection, *, session: bytes | None, account_id: UUID | None, jti: str | None
) -> WhoAmI | None:
    """The living account of a session or of a person's token, and everywhere it may act."""
    found = await connection.fetchrow(
        """
        select a.id, a.display_name, a.email, a.language, a.global_role, places_of(a.id)::text as places
        from account a left join browser_session s on s.id = $1
        where a.id = coalesce(s.account_id, $2) and a.disabled_at is null
          and ($1::bytea is null or (s.revoked_at is null and s.expires_at > now()))
          and not exists (select from revoked_token where jti = $3)
        """,
        session,
        account_id,
        jti,
    )
    if found is None:
        return None
    return WhoAmI(
        account_id=found["id"],
        display_name=found["display_name"],
        email=found["email"],
        language=found["language"],
        global_role=found["global_role"],
        **orjson.loads(found["places"]),
    )


async def client_of(connection: Connection, client_id: UUID) -> Record | None:
    """The living client of that id, with what proves that a caller is it."""
    return await connection.fetchrow(
        """
        select id, role, scopes, coalesce(organisation_id, owner_organisation_id) as organisation_id,
               secret_hash, jwks::text as jwks,
               case when previous_secret_until > now() then previous_secret_hash end as previous_secret_hash
        from client where id = $1 and disabled_at is null
        """,
        client_id,
    )


async def note_use(connection: Connection, client_id: UUID) -> None:
    """Note the day a client was last used; writes once a day."""
    await connection.execute(
        """
        update client set last_used_on = current_date
        where id = $1 and last_used_on is distinct from current_date
        """,
        client_id,
    )


async def revoke(connection: Connection, jti: str, expires_at: int) -> bool:
    """Refuse this token from now on; False if it already was. Forgets some that have expired anyway."""
    await connection.execute(
        """
        delete from revoked_token where jti in (
            select jti from revoked_token where expires_at < now() - interval '1 minute'
            limit 100 for update skip locked)
        """
    )
    added = await connection.fetchval(
        "insert into revoked_token (jti, expires_at) values ($1, $2) on conflict do nothing returning true",
        jti,
        datetime.fromtimestamp(expires_at, UTC),
    )
    return added is True


async def is_live(
    connection: Connection, jti: str, *, account_id: UUID | None, client_id: UUID | None
) -> bool:
    """Whether a verified token still serves: not revoked, its account or client living."""
    live = await connection.fetchval(
        """
        select not exists (select from revoked_token where jti = $1)
           and (exists (select from account where id = $2 and disabled_at is null)
             or exists (select from client where id = $3 and disabled_at is null))
        """,
        jti,
        account_id,
        client_id,
    )
    return live is True
