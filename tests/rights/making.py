"""Making what `factories.make` cannot say, because the words themselves have a `role`."""

from typing import Any
from uuid import UUID

from api.accounts import ensure_account, ensure_membership
from api.demo.directory import SCOPES
from api.demo.directory import make as make_document
from api.domain.actor import Role
from api.domain.commands.files import upload_file
from api.identity.authentication import Caller, authorize
from tests.factories import Commune, Headers, world_of


async def make_with_role(commune: Commune, kind: str, house: str = "municipality", **words: Any) -> UUID:
    """A document with a `role` of its own: partnership, membership, client."""
    async with commune.acting("administration", house) as (connection, actor):
        return await make_document(connection, actor, kind, **words)


async def make_partnership(
    commune: Commune, action: UUID, organisation: UUID, state: str = "agreed", house: str = "municipality", **words: Any
) -> UUID:
    """The organisation takes part in the action: as a contributor, agreed, unless said."""
    said = {"role": "contributor", "state": state, "action_id": action, "organisation_id": organisation, **words}
    return await make_with_role(commune, "partnership", house, **said)


async def make_as_partner(commune: Commune, organisation: UUID, kind: str, **words: Any) -> UUID:
    """A document that the machine of a partner organisation writes."""
    client = world_of(commune.database).partners[organisation]
    who = Caller(client_id=client, scopes=frozenset(SCOPES[Role.PARTNER]))
    async with commune.database.transaction() as connection:
        return await make_document(connection, (await authorize(connection, who)).actor, kind, **words)


async def make_attachment(commune: Commune, content: bytes = b"Terrasser, couler, lisser.", **words: Any) -> UUID:
    """A document with a file of text, uploaded by the administration."""
    async with commune.acting() as (connection, actor):
        file = await upload_file(connection, actor, "text/plain", content)
        return await make_document(connection, actor, "attachment", file_id=file.id, **words)


async def make_member(
    commune: Commune, name: str, *rights: tuple[str, str], plans: list[UUID] | None = None
) -> Headers:
    """Somebody new who holds these rights (role, house), none with the administrator grant."""
    async with commune.acting() as (connection, actor):
        account = await ensure_account(connection, actor, f"{name}@{commune.slug}.example", name)
        for role, house in rights:
            await ensure_membership(
                connection, actor, commune.workspace_id, account, Role(role), commune.houses[house], plans=plans
            )
    return world_of(commune.database).person(account)
