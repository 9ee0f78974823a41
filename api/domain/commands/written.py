"""A row as it was just written, if its author may have it stand so."""

from uuid import UUID

from api.domain.commands import images
from api.domain.commands.change import Image, Undertaking
from api.domain.errors import StaleVersion
from api.domain.policy import refusal
from api.domain.queries.prepared import prepared
from api.domain.queries.reader import Reader
from api.domain.visibility import may


async def allowed(under: Undertaking, permission: str) -> Image:
    """The image as written, or Forbidden when the row as it now stands is outside the author's rights."""
    reader = Reader(under.actor, "fr", "")
    resource = under.resource
    identity = reader.binds.apart(under.after["id"], "uuid")

    def write() -> tuple[str]:
        condition = may(permission, resource, reader.actor, reader.binds, "t")
        image = images.image_of(resource, "t")
        return (f"select {image}::text, {condition} from {resource.table.name} t where t.id = {identity}",)

    (sql,) = prepared(reader, f"allowed:{resource.name}:{permission}", write)
    row = await under.connection.fetchrow(sql, *reader.binds.values)
    if not row[1]:
        raise refusal(under.actor, permission)
    return images.loads(row[0])


async def update(under: Undertaking, permission: str, expected_version: int) -> Image:
    """Write what differs, and answer the image as `allowed` does; StaleVersion when the row has another version by now.

    It is one statement where that tells the same: not where parts are replaced, nor where the right is read from the
    row's own table, which a statement sees as it was before.
    """
    before = under.before
    assert before is not None
    differs = images.difference(under.resource, before, under.after)
    sql, reader = _returning(under, permission, differs, expected_version)
    if differs.parts or not sql:
        if not await images.update(under.connection, under.resource, before, under.after, expected_version):
            raise StaleVersion(before["version"])
        return await allowed(under, permission)
    row = await under.connection.fetchrow(sql, *reader.binds.values)
    if row is None:
        raise StaleVersion(before["version"])
    if not row[1]:
        raise refusal(under.actor, permission)
    return images.loads(row[0])


def _returning(
    under: Undertaking, permission: str, differs: images.Difference, expected_version: int
) -> tuple[str, Reader]:
    """The statement that writes the columns and answers image and right; nothing where the right reads its table."""
    resource, reader = under.resource, Reader(under.actor, "fr", "")
    own = reader.binds.apart
    words = own(images.dumps({c: under.after[c] for c in differs.columns}), "jsonb")
    version, key = own(expected_version, "int"), f"t.id = {own(UUID(under.after['id']), 'uuid')}"
    if resource.is_tenant:
        key += f" and t.workspace_id = {own(UUID(under.after['workspace_id']), 'uuid')}"

    def write() -> tuple[str]:
        right = may(permission, resource, reader.actor, reader.binds, "t")
        if any(f"{word} {resource.table.name} " in right for word in ("from", "join")):
            return ("",)
        changed = images.updated(resource, differs.columns, words, key, version)
        return (f"{changed} returning {images.image_of(resource, 't')}::text, {right}",)

    (sql,) = prepared(reader, f"written:{resource.name}:{permission}:{','.join(differs.columns)}", write)
    return sql, reader
