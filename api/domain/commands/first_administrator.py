"""Naming the first administrator of a workspace: the operator's one word about who may act in it."""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor, Role
from api.domain.commands import images
from api.domain.commands.passwords import invite
from api.domain.errors import Conflict, NotFound, invalid
from api.domain.identifiers import new_id
from api.domain.journal import Change, record
from api.domain.policy import grants_of, refusal
from api.domain.resources.base import Resource
from api.domain.resources.identity import ACCOUNT, MEMBERSHIP
from api.domain.schemas.passwords import AdministratorNamed, AdministratorNaming

Connection = Any
COMMAND = "nameAdministrator"
PERMISSION = f"workspace:{COMMAND}"


async def name_administrator(
    connection: Connection, actor: Actor, workspace_id: UUID, words: AdministratorNaming
) -> AdministratorNamed:
    """The person becomes administrator of the whole workspace, with a new account if the e-mail has none.

    Whoever has no password yet gets a letter to set one. Refuses: no right (403), no such workspace (404), a house
    that is not its own (400), a workspace that has an administrator, who alone names others (409).
    """
    if not grants_of(actor, PERMISSION):
        raise refusal(actor, PERMISSION)
    if await connection.fetchval("select id from workspace where id = $1 for update", workspace_id) is None:
        raise NotFound("workspace", workspace_id)
    await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{workspace_id}}}")
    if await connection.fetchval(
        "select exists (select from membership m join account a on a.id = m.account_id where m.workspace_id = $1"
        " and m.is_administrator and m.ended_at is null and a.disabled_at is null)",
        workspace_id,
    ):
        raise Conflict("administratorNamed")
    house = await _house_of(connection, workspace_id, words.organisation_id)
    account_id = await _account_of(connection, actor, words)
    membership_id = new_id()
    membership = {
        "id": str(membership_id), "workspace_id": str(workspace_id), "account_id": str(account_id),
        "role": Role.ADMINISTRATION, "organisation_id": str(house), "is_administrator": True,
        "administers_all_houses": True, "covers_all_plans": True,
    }  # fmt: skip
    change = await _insert(connection, MEMBERSHIP, membership)
    await record(connection, actor, COMMAND, workspace_id, [change])
    is_invited = await invite(connection, account_id)
    return AdministratorNamed(membership_id=membership_id, account_id=account_id, is_invited=is_invited)


async def _house_of(connection: Connection, workspace_id: UUID, wanted: UUID | None) -> UUID:
    """The house in which the membership is held: the one that is wanted, or the first, the commune before its CPAS."""
    houses = [row[0] for row in await connection.fetch(
        "select o.id from workspace_organisation x join organisation o on o.id = x.organisation_id"
        " where x.workspace_id = $1 order by o.kind <> 'municipality', o.created_at, o.id",
        workspace_id,
    )]  # fmt: skip
    if wanted is not None and wanted not in houses:
        raise invalid("referencedResourceNotFound", "organisationId", str(wanted))
    return wanted or houses[0]


async def _account_of(connection: Connection, actor: Actor, words: AdministratorNaming) -> UUID:
    """The account of the e-mail, as it is; or a new one."""
    account_id: UUID | None = await connection.fetchval(
        "select id from account where lower(email) = lower($1) and stands_for_id is null", words.email
    )
    if account_id is not None:
        return account_id
    account_id = new_id()
    image = {
        "id": str(account_id), "email": words.email, "display_name": words.display_name,
        "language": str(words.language),
    }  # fmt: skip
    await record(connection, actor, COMMAND, None, [await _insert(connection, ACCOUNT, image)])
    return account_id


async def _insert(connection: Connection, resource: Resource, image: dict[str, Any]) -> Change:
    await images.insert(connection, resource, images.complete_image(resource, image))
    written = await connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where t.id = $1::uuid",
        UUID(image["id"]),
    )
    return Change(resource.name, None, images.loads(written))
