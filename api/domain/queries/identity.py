"""What signing in asks of the database: who an account or client is, whether it lives, what it may reach."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.domain.schemas.identity import WhoAmI

Connection = Any
Record = Any
"""An asyncpg record."""


async def rights(connection: Connection, asked: Sequence[Any]) -> str:
    """What an account or client may do where it acts, as it is now, in JSON; opens row-level security accordingly.

    One round trip: see `enter` in migrations/sql/identity.sql for what is answered.
    """
    found: str = await connection.fetchval("select enter($1, $2, $3, $4, $5, $6)::text", *asked)
    return found


ASKED = ("uuid", "uuid", "uuid", "uuid", "text", "bytea")
"""What `enter` is asked: account, client, workspace, organisation, id of the token, key of the session."""


def with_rights(sql: str, bound: int) -> str:
    """A statement that binds so many values, with what `enter` tells: it is asked what is bound after those.

    Each row is followed by whether it is one of the statement's, the first one by what `enter` tells. The outer side
    of a nested loop runs first, so row-level security is open before a row is looked at; were it otherwise, no row
    would be found.
    """
    asked = ", ".join(f"${bound + n}::{kind}" for n, kind in enumerate(ASKED, start=1))
    return (
        "select q.*, case when row_number() over () = 1 then e.told end"
        f" from (select enter({asked})::text as told) e"
        f" left join lateral (select x.*, true from ({sql}) x) q on true"
    )


async def credential_of(connection: Connection, email: str) -> Record | None:
    """The living local account of that e-mail, in any case: account_id, password_hash."""
    return await connection.fetchrow(
        """
        select a.id as account_id, c.password_hash
        from account a join local_credential c on c.account_id = a.id
        where lower(a.email) = lower($1) and a.disabled_at is null and a.stands_for_id is null
        """,
        email.strip(),
    )


async def who_am_i(
    connection: Connection, *, session: bytes | None, account_id: UUID | None, jti: str | None
) -> WhoAmI | None:
    """The living account of a session or of a person's token, and everywhere it may act."""
    found = await connection.fetchrow(
        """
        select a.id, a.display_name, a.email, a.language, a.global_role,
               (places_of(a.id) || jsonb_build_object('invitations', invitations_of(a.id)))::text as places
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
        **json.loads(found["places"]),
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


async def is_live(connection: Connection, jti: str, *, account_id: UUID | None, client_id: UUID | None) -> bool:
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
