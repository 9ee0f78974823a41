"""A document that another command makes by its own rules and rights, as a part of that command."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel

from api.domain.commands import hooks, images
from api.domain.commands.constraints import translate_violations
from api.domain.commands.context import ChangeContext, Image
from api.domain.commands.hooks.base import reread
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.policy import grants_of, refusal
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.sql.reader import Reader


async def make(change: ChangeContext, name: str, provided: Mapping[str, Any], **own: Any) -> Image:
    """Write a document that says this; `own` are columns that nobody can say. Journaled with the rest.

    Refuses what its own creation would refuse, the right to it (403) included.
    """
    resource = BY_NAME[name]
    assert resource.create is not None
    words = resource.create.model_validate({to_camel(key): value for key, value in provided.items()})
    image = images.complete_image(resource, words.model_dump(mode="json") | own)
    image |= {"id": str(new_id()), "workspace_id": str(change.workspace_id)}
    nested = ChangeContext(change.connection, change.actor, resource, dict(provided), None, image)
    own_rules = hooks.hooks_of(resource)
    with translate_violations(resource):
        await own_rules.on_create(nested)
        await images.insert(change.connection, resource, nested.after)
        after = await reread(nested, resource, UUID(nested.after["id"]))
        nested.changes.append(Change(name, None, after))
        await own_rules.afterwards(nested)
    change.changes += nested.changes
    return after


async def require(change: ChangeContext, resource: Resource, permission: str, identifier: UUID) -> None:
    """Refuse unless the author of the command holds this permission on the row."""
    reader = Reader(change.actor, "fr", "")
    condition = may(permission, resource, change.actor, reader.binds, "t")
    found = grants_of(change.actor, permission) and await change.connection.fetchval(
        f"select exists (select from {resource.table.name} t where t.id = {reader.binds(identifier, 'uuid')}"
        f" and {condition})",
        *reader.binds.values,
    )
    if not found:
        raise refusal(change.actor, permission)
