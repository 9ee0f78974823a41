"""Giving a machine the secret with which it proves itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.errors import Conflict, NotFound
from api.domain.journal import Change, record
from api.domain.policy import grants_of, refusal
from api.domain.resources.identity import CLIENT
from api.domain.rights.visibility import may
from api.domain.rules.credentials import new_secret
from api.domain.schemas.identity import ClientSecret
from api.domain.sql.reader import Reader

OVERLAP = timedelta(hours=24)
"""How long the secret before still serves after a rotation; never more than two live at one time."""

ROTATE = """
    update client t set secret_hash = $2, secret_hint = $3, version = version + 1, updated_at = now(),
        previous_secret_hash = case when $4::interval > '0' then secret_hash end,
        previous_secret_until = case when $4::interval > '0' and secret_hash is not null then now() + $4 end
    where id = $1::uuid"""


async def issue_secret(connection: Any, actor: Actor, client_id: UUID, *, overlap: timedelta = OVERLAP) -> ClientSecret:
    """Give the client a new secret and return it: it is kept as a hash alone, and nobody can ask it again.

    The one before serves until the overlap ends; an overlap of zero is for a secret that leaked. Refuses:
    not visible (404), no right to change it (403), disabled (409 `clientDisabled`).
    """
    reader = Reader(actor, "fr", "")
    rows, seen = reader.rows(CLIENT, "t")
    allowed = may("client:update", CLIENT, actor, reader.binds, "t")
    found = await connection.fetchrow(
        f"select {images.image_of(CLIENT, 't')}::text as image, {allowed} as allowed from {rows}"
        f" where t.id = {reader.binds(client_id, 'uuid')} and {seen} for update of t",
        *reader.binds.values,
    )
    if found is None:
        raise NotFound(CLIENT.name, client_id)
    if not grants_of(actor, "client:update") or not found["allowed"]:
        raise refusal(actor, "client:update")
    before = images.loads(found["image"])
    if before["disabled_at"] is not None:
        raise Conflict("clientDisabled")
    secret = new_secret()
    row = await connection.fetchrow(
        f"{ROTATE} returning {images.image_of(CLIENT, 't')}::text as image, previous_secret_until",
        client_id, secret.hash, secret.hint, overlap,
    )  # fmt: skip
    await record(connection, actor, "issueSecret", None, [Change(CLIENT.name, before, images.loads(row["image"]))])
    return ClientSecret(secret=secret.value, hint=secret.hint, previous_until=row["previous_secret_until"])
