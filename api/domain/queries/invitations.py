"""What was given to somebody elsewhere and waits for their answer."""

from typing import Any
from uuid import UUID

import orjson

from api.domain.errors import Forbidden, Unauthenticated
from api.domain.schemas.identity import Invitations

Connection = Any


async def holder(connection: Connection, account: UUID | None, session: bytes | None, jti: str | None) -> UUID:
    """The living account that asks, wherever it may act: whoever is invited may act nowhere yet.

    Refuses a machine (403), and a session, token or account that is over (401).
    """
    if account is None and session is None:
        raise Forbidden("invitation:read")
    found: UUID | None = await connection.fetchval(
        "select a.id from account a left join browser_session s on s.id = $2"
        " where a.id = coalesce(s.account_id, $1) and a.disabled_at is null"
        " and ($2::bytea is null or (s.revoked_at is null and s.expires_at > now()))"
        " and not exists (select from revoked_token where jti = $3)",
        account, session, jti,
    )  # fmt: skip
    if found is None:
        raise Unauthenticated("expiredAccessToken" if session else "invalidAccessToken")
    return found


async def invitations(connection: Connection, account: UUID) -> Invitations:
    """Everything that waits for the answer of an account's holder."""
    found: str = await connection.fetchval("select invitations_of($1)::text", account)
    return Invitations.model_validate({"items": orjson.loads(found)})
