"""Writing a row and checking the right of its author on the row as it then stands."""

from uuid import UUID

from api.domain.commands import images
from api.domain.commands.context import ChangeContext, Image
from api.domain.errors import StaleVersion
from api.domain.policy import refusal
from api.domain.rights.visibility import may
from api.domain.sql.prepared import prepare_statement
from api.domain.sql.reader import Reader


async def read_if_allowed(change: ChangeContext, permission: str) -> Image:
    """The image as written, or Forbidden when the row as it now stands is outside the author's rights."""
    reader = Reader(change.actor, "fr", "")
    resource = change.resource
    identity = reader.binds.apart(change.after["id"], "uuid")

    def write() -> tuple[str]:
        condition = may(permission, resource, reader.actor, reader.binds, "t")
        image = images.image_of(resource, "t")
        return (f"select {image}::text, {condition} from {resource.table.name} t where t.id = {identity}",)

    (sql,) = prepare_statement(reader, f"allowed:{resource.name}:{permission}", write)
    row = await change.connection.fetchrow(sql, *reader.binds.values)
    if not row[1]:
        raise refusal(change.actor, permission)
    return images.loads(row[0])


async def update(change: ChangeContext, permission: str, expected_version: int) -> Image:
    """Write what differs and return the image, as `read_if_allowed`; StaleVersion where the row has another version.

    One statement, except where child lists are replaced or the condition of the right reads the row's own table, which
    a statement sees as it was before.
    """
    before = change.before
    assert before is not None
    differs = images.difference(change.resource, before, change.after)
    sql, reader = _returning(change, permission, differs, expected_version)
    if differs.parts or not sql:
        if not await images.update(change.connection, change.resource, before, change.after, expected_version):
            raise StaleVersion(before["version"])
        return await read_if_allowed(change, permission)
    row = await change.connection.fetchrow(sql, *reader.binds.values)
    if row is None:
        raise StaleVersion(before["version"])
    if not row[1]:
        raise refusal(change.actor, permission)
    return images.loads(row[0])


def _returning(
    change: ChangeContext, permission: str, differs: images.Difference, expected_version: int
) -> tuple[str, Reader]:
    """The statement that writes the columns and answers image and right; nothing where the right reads its table."""
    resource, reader = change.resource, Reader(change.actor, "fr", "")
    own = reader.binds.apart
    words = own(images.dumps({c: change.after[c] for c in differs.columns}), "jsonb")
    version, key = own(expected_version, "int"), f"t.id = {own(UUID(change.after['id']), 'uuid')}"
    if resource.is_tenant:
        key += f" and t.workspace_id = {own(UUID(change.after['workspace_id']), 'uuid')}"

    def write() -> tuple[str]:
        right = may(permission, resource, reader.actor, reader.binds, "t")
        if any(f"{word} {resource.table.name} " in right for word in ("from", "join")):
            return ("",)
        changed = images.update_statement(resource, differs.columns, words, key, version)
        return (f"{changed} returning {images.image_of(resource, 't')}::text, {right}",)

    (sql,) = prepare_statement(reader, f"written:{resource.name}:{permission}:{','.join(differs.columns)}", write)
    return sql, reader
