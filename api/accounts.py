"""Accounts, memberships and machines as the command line and the demonstration make them.

Everything here finds what is already there before it makes it. It is the one place that writes these rows
besides the commands behind REST: it serves before the first administrator exists, who alone could use those.
"""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.db import Connection
from api.domain.actor import Actor, Role
from api.domain.commands import images
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.resources.catalogue import BY_NAME
from api.identity.passwords import Passwords


def new_password() -> tuple[str, str]:
    """A password that nobody could guess, and the hash to keep of it. Slow on purpose."""
    passwords = Passwords(1)
    try:
        password = secrets.token_urlsafe(18)
        return password, passwords.hash(password)
    finally:
        passwords.close()


async def open_workspace(connection: Connection, workspace_id: UUID) -> None:
    """Row-level security admits this workspace, and no other, for the rest of the transaction."""
    await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{workspace_id}}}")


async def ensure_account(
    connection: Connection,
    actor: Actor,
    email: str,
    display_name: str,
    *,
    global_role: Role | None = None,
    language: str = "fr",
    password_hash: str | None = None,
) -> UUID:
    """The account of that e-mail; a new one signs in with the password, if there is one."""
    found: UUID | None = await connection.fetchval(
        "select id from account where lower(email) = lower($1) and stands_for_id is null", email
    )
    if found is not None:
        return found
    words = {"email": email, "display_name": display_name, "language": language, "global_role": global_role}
    account = await _insert(connection, actor, "account", None, words)
    if password_hash is not None:
        await connection.execute(
            "insert into local_credential (account_id, password_hash) values ($1, $2)", account, password_hash
        )
    return account


async def ensure_membership(
    connection: Connection,
    actor: Actor,
    workspace_id: UUID,
    account_id: UUID,
    role: Role,
    organisation_id: UUID,
    *,
    person_id: UUID | None = None,
    units: Sequence[UUID] = (),
    plans: Sequence[UUID] | None = None,
    is_administrator: bool = False,
    administers_all_houses: bool = False,
) -> UUID:
    """The living membership of an account in that role and house; the workspace must be open."""
    found: UUID | None = await connection.fetchval(
        "select id from membership where workspace_id = $1 and account_id = $2 and role = $3"
        " and organisation_id = $4 and ended_at is null",
        workspace_id, account_id, role, organisation_id,
    )  # fmt: skip
    if found is not None:
        return found
    words = {
        "account_id": account_id,
        "person_id": person_id,
        "role": role,
        "organisation_id": organisation_id,
        "is_administrator": is_administrator,
        "administers_all_houses": administers_all_houses,
        "covers_all_plans": plans is None,
    }
    return await _insert(connection, actor, "membership", workspace_id, words, unit=units, plan=plans or ())


async def ensure_organisation_member(
    connection: Connection, actor: Actor, organisation_id: UUID, account_id: UUID, *, is_administrator: bool
) -> UUID:
    """The right of an account to act for a partner organisation."""
    found: UUID | None = await connection.fetchval(
        "select id from organisation_member where organisation_id = $1 and account_id = $2 and ended_at is null",
        organisation_id, account_id,
    )  # fmt: skip
    words = {
        "organisation_id": organisation_id,
        "account_id": account_id,
        "is_administrator": is_administrator,
    }
    return found or await _insert(connection, actor, "organisationMember", None, words)


async def ensure_client(
    connection: Connection,
    actor: Actor,
    name: str,
    role: Role,
    *,
    organisation_id: UUID | None,
    scopes: Sequence[str],
    secret_hash: bytes | None = None,
    secret_hint: str | None = None,
) -> UUID:
    """The living machine of that name and role: a partner organisation's, the Region's, or an integrator's."""
    found: UUID | None = await connection.fetchval(
        "select id from client where name = $1 and role = $2 and owner_organisation_id is not distinct from $3"
        " and disabled_at is null",
        name, role, organisation_id,
    )  # fmt: skip
    owners = {Role.PARTNER: "organisation", Role.REGION: "region"}
    words = {
        "name": name,
        "role": role,
        "owner_kind": owners.get(role, "operator"),
        "owner_organisation_id": organisation_id,
        "scopes": list(scopes),
        "secret_hash": secret_hash,
        "secret_hint": secret_hint,
    }
    return found or await _insert(connection, actor, "client", None, words)


async def _insert(
    connection: Connection,
    actor: Actor,
    name: str,
    workspace_id: UUID | None,
    words: dict[str, Any],
    **lists: Sequence[UUID],
) -> UUID:
    """One row and the lists of ids that hang on it, journaled in the workspace's stream or the directory's."""
    resource, identifier = BY_NAME[name], new_id()
    table = resource.table.name
    values = {"id": identifier, **({"workspace_id": workspace_id} if workspace_id else {}), **words}
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    await connection.execute(f"insert into {table} ({', '.join(values)}) values ({places})", *values.values())
    for each, ids in lists.items():
        if ids:
            await connection.executemany(
                f"insert into {table}_{each} (workspace_id, {table}_id, {each}_id) values ($1, $2, $3)",
                [(workspace_id, identifier, one) for one in ids],
            )
    image = images.loads(
        await connection.fetchval(
            f"select {images.image_of(resource, 't')}::text from {table} t where t.id = $1", identifier
        )
    )
    await record(connection, actor, f"create{resource.title}", workspace_id, [Change(resource.name, None, image)])
    return identifier
