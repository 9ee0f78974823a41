"""What signing in leaves behind: sessions, used and revoked tokens, counted tries.

None of it is journaled: these are traces of use that end by themselves, not decisions about anybody.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

Connection = Any


async def replace_password(connection: Connection, account_id: UUID, password_hash: str) -> None:
    """Keep a new hash of the same password; sessions stay."""
    await connection.execute(
        "update local_credential set password_hash = $2 where account_id = $1", account_id, password_hash
    )


async def open_session(connection: Connection, key: bytes, account_id: UUID, idle_seconds: int) -> None:
    """Keep a new session, which ends unless it is used, and forget those of this account that ended."""
    await connection.execute(
        """
        delete from browser_session
        where account_id = $1 and (expires_at < now() or revoked_at is not null)
        """,
        account_id,
    )
    await connection.execute(
        "insert into browser_session (id, account_id, expires_at) values ($1, $2, now() + $3)",
        key,
        account_id,
        timedelta(seconds=idle_seconds),
    )


async def end_session(connection: Connection, key: bytes) -> None:
    """The session ends now; an unknown one is already over."""
    await connection.execute("update browser_session set revoked_at = now() where id = $1 and revoked_at is null", key)


async def touch_session(connection: Connection, key: bytes, *, idle_seconds: int, longest_seconds: int) -> None:
    """Its browser was here: it lives until it is idle, never beyond its longest life. The dead stay dead."""
    await connection.execute(
        """
        update browser_session
        set last_seen_at = now(), expires_at = least(created_at + $3::interval, now() + $2::interval)
        where id = $1 and revoked_at is null and expires_at > now()
        """,
        key,
        timedelta(seconds=idle_seconds),
        timedelta(seconds=longest_seconds),
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


async def count_try(connection: Connection, limits: Mapping[bytes, int], window: timedelta) -> int:
    """Count a try under each key; the seconds to wait where a limit is passed, or 0 if it may go on.

    Keys are taken in order, so that two tries never wait for each other.
    """
    now = datetime.now(UTC)
    windows = await connection.fetch(
        """
        insert into attempt_window as w (key, attempts, ends_at)
        select key, 1, $2 from unnest($1::bytea[]) key
        on conflict (key) do update set
            attempts = case when w.ends_at <= $3 then 1 else w.attempts + 1 end,
            ends_at = case when w.ends_at <= $3 then excluded.ends_at else w.ends_at end
        returning key, attempts, ends_at
        """,
        sorted(limits),
        now + window,
        now,
    )
    await connection.execute(
        """
        delete from attempt_window where key in (
            select key from attempt_window where ends_at < $1 limit 50 for update skip locked)
        """,
        now,
    )
    ends = [row["ends_at"] for row in windows if row["attempts"] > limits[row["key"]]]
    return max((int((end - now).total_seconds()) + 1 for end in ends), default=0)


async def forgive_try(connection: Connection, afresh: bytes, blamed: bytes) -> None:
    """One key starts afresh, and the other is not blamed for this try."""
    await connection.execute(
        """
        update attempt_window set attempts = case when key = $1 then 0 else greatest(attempts - 1, 0) end
        where key in (select key from attempt_window where key = any ($2::bytea[]) order by key for update)
        """,
        afresh,
        [afresh, blamed],
    )
