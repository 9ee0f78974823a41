"""The records of what was already done under an idempotency key."""

import re
from datetime import timedelta
from typing import Any

Connection = Any

KEY = re.compile(r"[\x21-\x7e]{1,255}")
"""What may be a key: visible ASCII, without spaces."""


async def take_turn(connection: Connection, *scope: str) -> bool:
    """Whether nobody else is doing the same right now; the turn ends with the transaction."""
    free: bool = await connection.fetchval(
        "select pg_try_advisory_xact_lock(hashtextextended($1::text, 7250018))", "\n".join(scope)
    )
    return free


async def find_record(connection: Connection, principal: str, method: str, path: str, key: str) -> Any:
    return await connection.fetchrow(
        "select request_hash, status, headers::text, body from idempotency_record"
        " where principal = $1 and method = $2 and path = $3 and key = $4 and expires_at > now()",
        principal, method, path, key,
    )  # fmt: skip


async def keep_record(
    connection: Connection, scope: tuple[str, str, str, str], request_hash: bytes, status: int,
    headers: str, body: bytes, life: timedelta,
) -> None:  # fmt: skip
    """Keep the answer; a record whose life is over gives its place to the new one."""
    await connection.execute(
        "insert into idempotency_record (principal, method, path, key, request_hash, status, headers, body,"
        " created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, now(), now() + $9)"
        " on conflict (principal, method, path, key) do update set request_hash = excluded.request_hash,"
        " status = excluded.status, headers = excluded.headers, body = excluded.body,"
        " created_at = excluded.created_at, expires_at = excluded.expires_at",
        *scope, request_hash, status, headers, body, life,
    )  # fmt: skip
