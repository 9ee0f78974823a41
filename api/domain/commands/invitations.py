"""Accepting or declining a right that somebody else gave."""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.context import Image, today
from api.domain.commands.scheduled import open_one
from api.domain.errors import NotFound
from api.domain.journal import Change, record
from api.domain.queries.invitations import invitations
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.identity import InvitationAnswer, InvitationKind, Invitations

Connection = Any
GIVEN = {InvitationKind.WORKSPACE: "membership", InvitationKind.ORGANISATION: "organisationMember"}


async def answer_invitation(
    connection: Connection, account: UUID, words: InvitationAnswer, *, origin: str
) -> Invitations:
    """Take the right over, or end it; answers what still waits. Both are journaled where the right is.

    Refuses (404) what is not, or no longer, given to this account.
    """
    waiting = {each.id: each for each in (await invitations(connection, account)).items}
    invitation = waiting.get(words.invitation_id)
    if invitation is None:
        raise NotFound("invitation", words.invitation_id)
    resource = BY_NAME[GIVEN[invitation.kind]]
    workspace = invitation.place_id if invitation.kind is InvitationKind.WORKSPACE else None
    if workspace is not None:
        await open_one(connection, workspace)
    before = await _lock_invitation(connection, resource, invitation.id)
    if before is None:
        raise NotFound("invitation", words.invitation_id)
    after = before | await _change(connection, resource, before, account, is_accepted=words.is_accepted)
    await images.update(connection, resource, before, after, before["version"])
    written = await _image(connection, resource, invitation.id)
    command = "acceptInvitation" if words.is_accepted else "declineInvitation"
    actor = Actor(memberships=(), account_id=account, origin=origin)
    await record(connection, actor, command, workspace, [Change(resource.name, before, written)])
    return await invitations(connection, account)


async def _change(
    connection: Connection, resource: Resource, before: Image, account: UUID, *, is_accepted: bool
) -> Image:
    """What becomes of the row: its holder's, or over. One whose like the holder has already is over too."""
    now = str(await connection.fetchval("select now()::text"))
    if not is_accepted:
        return _end_changes(resource, before, now)
    same = " and ".join(
        f"t.{column} = x.{column}" for column in ("workspace_id", "organisation_id", "role") if column in before
    )
    table = resource.table.name
    is_held = await connection.fetchval(
        f"select exists (select from {table} t join {table} x on x.id = $1::uuid and {same}"
        " where t.account_id = $2::uuid and t.ended_at is null)",
        UUID(before["id"]), account,
    )  # fmt: skip
    taken_over = {"accepted_at": now} if is_held else {"accepted_at": now, "account_id": str(account)}
    return taken_over | (_end_changes(resource, before, now) if is_held else {})


def _end_changes(resource: Resource, before: Image, now: str) -> Image:
    if "ends_on" not in before:
        return {"ended_at": now}
    return {"ended_at": now, "ends_on": min(before["ends_on"] or str(today()), str(today()))}


async def _lock_invitation(connection: Connection, resource: Resource, identifier: UUID) -> Image | None:
    """The row as it stands, locked; None when it is over by now."""
    await connection.execute(
        f"select from {resource.table.name} t where t.id = $1::uuid and t.ended_at is null for no key update",
        identifier,
    )
    image = await _image(connection, resource, identifier)
    return None if image["ended_at"] is not None else image


async def _image(connection: Connection, resource: Resource, identifier: UUID) -> Image:
    found: str = await connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where t.id = $1::uuid", identifier
    )
    return images.loads(found)
