"""An e-mail names somebody whom nobody else's answers may tell of: whoever names one gets an entry of its own.

Where the e-mail is free, that entry is the account with which its holder signs in. Where somebody else made one
already, the entry stands for it (`stands_for_id`): it looks the same, nobody signs in with it, and what it is given
waits for the holder of the account to accept it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.context import ChangeContext
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.resources.identity import ACCOUNT

Connection = Any


@dataclass(frozen=True, slots=True)
class Steward:
    """Who names people: a workspace or a partner organisation, and the table of the rights that it gives."""

    identifier: UUID
    column: str
    given: str
    place: str

    @classmethod
    def of(cls, change: ChangeContext) -> "Steward | None":
        """None for the operator, who knows every account."""
        actor = change.actor
        if actor.workspace_id is not None:
            return cls(actor.workspace_id, "steward_workspace_id", "membership", "workspace_id")
        if actor.organisation_id is not None:
            return cls(actor.organisation_id, "steward_organisation_id", "organisation_member", "organisation_id")
        return None


async def accounts_with_email(connection: Connection, email: str) -> UUID | None:
    """The account with which the holder of an e-mail signs in, in any case; whoever else asks waits for the commit."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended(lower($1), 0))", email)
    found: UUID | None = await connection.fetchval(
        "select id from account where lower(email) = lower($1) and stands_for_id is null", email
    )
    return found


async def account_here(connection: Connection, steward: Steward, account: UUID) -> UUID | None:
    """What the steward knows of an account: itself where it made it or its holder acts there, else its own entry."""
    found: UUID | None = await connection.fetchval(
        f"select a.id from account a where (a.id = $1::uuid and (a.{steward.column} = $2::uuid or exists ("
        f"select from {steward.given} m where m.{steward.place} = $2::uuid and m.account_id = a.id"
        f" and m.ended_at is null))) or (a.stands_for_id = $1::uuid and a.{steward.column} = $2::uuid)"
        " order by a.stands_for_id nulls first limit 1",
        account, steward.identifier,
    )  # fmt: skip
    return found


async def enter_account(
    change: ChangeContext, steward: Steward | None, words: dict[str, Any], stands_for: UUID | None
) -> UUID:
    """Write an entry beside what the command is about, journaled with it."""
    own = {"id": str(new_id()), "language": "fr", **words, "stands_for_id": stands_for and str(stands_for)}
    if steward is not None:
        own[steward.column] = str(steward.identifier)
    await images.insert(change.connection, ACCOUNT, images.complete_image(ACCOUNT, own))
    image = await change.connection.fetchval(
        f"select {images.image_of(ACCOUNT, 't')}::text from account t where t.id = $1::uuid", UUID(own["id"])
    )
    change.changes.append(Change("account", None, images.loads(image)))
    return UUID(own["id"])


async def entry_for(change: ChangeContext, account: UUID) -> UUID:
    """The account to which a right of the actor's workspace is given: what is somebody else's, by an entry for it."""
    steward = Steward.of(change)
    if steward is None:
        return account
    found = await account_here(change.connection, steward, account)
    if found is not None:
        return found
    row = await change.connection.fetchrow(
        "select id, email, display_name, language, stands_for_id from account where id = $1::uuid", account
    )
    if row["stands_for_id"] is not None:
        return account
    words = {"email": row["email"], "display_name": row["display_name"], "language": row["language"]}
    return await enter_account(change, steward, words, account)
