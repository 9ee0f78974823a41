"""A document that another command makes by its own rules and rights, as a part of that command."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel

from api.domain.commands import images, rules
from api.domain.commands.change import Image, Undertaking
from api.domain.commands.constraints import told
from api.domain.commands.rules.base import reread
from api.domain.identifiers import new_id
from api.domain.journal import Change
from api.domain.policy import held, refusal
from api.domain.queries.reader import Reader
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.visibility import may


async def make(under: Undertaking, name: str, said: Mapping[str, Any], **own: Any) -> Image:
    """Write a document that says this; `own` are columns that nobody can say. Journaled with the rest.

    Refuses what its own creation would refuse, the right to it (403) included.
    """
    resource = BY_NAME[name]
    assert resource.create is not None
    words = resource.create.model_validate({to_camel(key): value for key, value in said.items()})
    image = images.whole(resource, words.model_dump(mode="json") | own)
    image |= {"id": str(new_id()), "workspace_id": str(under.workspace_id)}
    nested = Undertaking(under.connection, under.actor, resource, dict(said), None, image)
    own_rules = rules.rules_of(resource)
    with told(resource):
        await own_rules.on_create(nested)
        await images.insert(under.connection, resource, nested.after)
        after = await reread(nested, resource, UUID(nested.after["id"]))
        nested.changes.append(Change(name, None, after))
        await own_rules.afterwards(nested)
    under.changes += nested.changes
    return after


async def require(under: Undertaking, resource: Resource, permission: str, identifier: UUID) -> None:
    """Refuse unless the author of the command holds this permission on the row."""
    reader = Reader(under.actor, "fr", "")
    condition = may(permission, resource, under.actor, reader.binds, "t")
    found = held(under.actor, permission) and await under.connection.fetchval(
        f"select exists (select from {resource.table.name} t where t.id = {reader.binds(identifier, 'uuid')}"
        f" and {condition})",
        *reader.binds.values,
    )
    if not found:
        raise refusal(under.actor, permission)
