"""The floor of a change: the statements of our PATCH of an action, one after the other, on bare asyncpg.

Same transaction, same lock, same rights asked, same journal entry with both images, same answer. What is left out
is what a service adds: understanding and checking the words, rules, merging, refusals.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from starlette.requests import Request

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.identifiers import new_id
from api.domain.journal import APPEND
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.visibility import may
from api.domain.sql.reader import Reader

ACTION = BY_NAME["action"]
UPDATE = (
    "update action t set description = r.description, progress = r.progress, version = t.version + 1,"
    " updated_at = now() from jsonb_populate_record(null::action, $1::jsonb) r"
    " where t.workspace_id = $3::uuid and t.id = $4::uuid and t.version = $2::int"
)
Statement = tuple[str, list[Any]]


class Change:
    """The statements of a commune's administration; the first value of each is the action."""

    def __init__(self, actor: Actor, base_url: str) -> None:
        self.actor = actor
        self.locked = _said(actor, base_url, _locked)
        self.allowed = _said(actor, base_url, _allowed)
        self.document = _said(actor, base_url, _document)

    async def run(self, connection: Any, identifier: UUID, version: int, words: str) -> bytes:
        before = await _asked(connection, self.locked, identifier)
        status = await connection.execute(UPDATE, words, version, self.actor.workspace_id, identifier)
        assert status == "UPDATE 1", status
        row = await connection.fetchrow(self.allowed[0], identifier, *self.allowed[1])
        await connection.fetchval(
            APPEND, self.actor.workspace_id, 1, self._entry(identifier, version + 1, before, row[0]), "updateAction",
            self.actor.account_id, None, sorted(self.actor.roles), "api",
        )  # fmt: skip
        body: str = await _asked(connection, self.document, identifier)
        return body.encode()

    def _entry(self, identifier: UUID, version: int, before: str, after: str) -> str:
        house = self.actor.memberships[0].organisation_id
        return (
            f'[{{"rank":1,"id":"{new_id()}","entity":"action","entity_id":"{identifier}","entity_version":{version},'
            f'"before":{before},"after":{after},"action_id":"{identifier}","plan_id":null,"organisation_id":"{house}"}}]'
        )


async def change(pool: Any, ready: Change, enter: str, jti: str, request: Request) -> bytes:
    """One PATCH: the body is passed on as it came."""
    version = int(request.headers["if-match"].strip('"').partition(".")[0])
    words = (await request.body()).decode()
    async with pool.acquire() as connection, connection.transaction(isolation="read_committed"):
        await connection.fetchval(enter, ready.actor.account_id, jti)
        return await ready.run(connection, UUID(request.path_params["id"]), version, words)


async def _asked(connection: Any, statement: Statement, identifier: UUID) -> Any:
    return await connection.fetchval(statement[0], identifier, *statement[1])


def _said(actor: Actor, base_url: str, write: Callable[[Reader, str], str]) -> Statement:
    reader = Reader(actor, "fr", base_url)
    sql = write(reader, reader.binds.apart(None, "uuid"))
    return sql, reader.binds.values[1:]


def _locked(reader: Reader, identity: str) -> str:
    rows, seen = reader.rows(ACTION, "t")
    image = images.image_of(ACTION, "t")
    right = may("action:update", ACTION, reader.actor, reader.binds, "t")
    return f"select {image}::text, {right} from {rows} where t.id = {identity} and {seen} for no key update of t"


def _allowed(reader: Reader, identity: str) -> str:
    condition = may("action:update", ACTION, reader.actor, reader.binds, "t")
    return f"select {images.image_of(ACTION, 't')}::text, {condition} from action t where t.id = {identity}"


def _document(reader: Reader, identity: str) -> str:
    rows, seen = reader.rows(ACTION, "t")
    own = reader.binds(reader.actor.workspace_id, "uuid")
    return (
        f"select {reader.document(ACTION, 't')}::text from {rows}"
        f" where t.id = {identity} and t.workspace_id = {own} and {seen}"
    )
