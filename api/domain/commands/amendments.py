"""Amending the end of a programming period, with its source and how sure it is; told in each workspace concerned."""

from datetime import date
from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import images
from api.domain.commands.context import Image
from api.domain.errors import Conflict, NotFound, Refusal
from api.domain.identifiers import new_id
from api.domain.journal import Change, Elsewhere, record
from api.domain.policy import grants_of, refusal
from api.domain.queries.amendments import PERMISSION, check_nobody_went_on, preview_amendment, workspaces_concerned
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.schemas.amendments import AmendmentRequest
from api.domain.sql.reader import Reader

Connection = Any
PERIOD, AMENDMENT = BY_NAME["programmingPeriod"], BY_NAME["periodAmendment"]


async def amend_period(
    connection: Connection, actor: Actor, period_id: UUID, words: AmendmentRequest, basis: str
) -> UUID:
    """Give the period another end, as previewed, and answer the id of the amendment.

    Refuses: no right (403), an unknown period (404), a state that changed since the preview (412), nothing to change
    (409).
    """
    before = await _lock(connection, actor, period_id)
    found = await preview_amendment(connection, Reader(actor, "fr", ""), period_id, words.ends_on, "body")
    if found.basis != basis:
        raise Refusal("preconditionFailed", currentVersion=found.basis, fields=[])
    wanted = {"ends_on": str(words.ends_on), "end_certainty": words.certainty, "end_source": words.source}
    if all(before[name] == value for name, value in wanted.items()):
        raise Conflict("sameEnd", endsOn=before["ends_on"])
    after = await _write(connection, before, before | wanted)
    image = images.complete_image(
        AMENDMENT,
        {
            "id": str(new_id()), "period_id": str(period_id), "ends_on": wanted["ends_on"],
            "certainty": words.certainty, "source": words.source, "former_ends_on": before["ends_on"],
            "former_certainty": before["end_certainty"], "former_source": before["end_source"],
            "period_version": after["version"],
        },
    )  # fmt: skip
    await images.insert(connection, AMENDMENT, image)
    written = Change(AMENDMENT.name, None, await _image(connection, AMENDMENT, UUID(image["id"])))
    await _tell(connection, actor, "amendProgrammingPeriod", before, after, written)
    return UUID(image["id"])


async def undo_amendment(connection: Connection, actor: Actor, period_id: UUID, amendment_id: UUID) -> None:
    """Give the period the end, source and certainty that it had before.

    Refuses: no right (403), unknown (404), undone already, a period that changed since, or plans that went on up to
    the end that would be taken back (409).
    """
    before = await _lock(connection, actor, period_id)
    found = await _image(connection, AMENDMENT, amendment_id)
    if found is None or found["period_id"] != str(period_id):
        raise NotFound(AMENDMENT.name, amendment_id)
    if found["is_undone"]:
        raise Conflict("amendmentUndone", amendmentId=str(amendment_id))
    if before["version"] != found["period_version"]:
        raise Conflict("amendmentTouched", rows=[{"entity": PERIOD.name, "id": str(period_id)}])
    former_end = date.fromisoformat(found["former_ends_on"])
    await check_nobody_went_on(connection, period_id, found["created_at"], former_end)
    wanted = {
        "ends_on": found["former_ends_on"], "end_certainty": found["former_certainty"],
        "end_source": found["former_source"],
    }  # fmt: skip
    after = await _write(connection, before, before | wanted)
    await images.update(connection, AMENDMENT, found, found | {"is_undone": True}, found["version"])
    undone = Change(AMENDMENT.name, found, await _image(connection, AMENDMENT, amendment_id))
    await _tell(connection, actor, "undoPeriodAmendment", before, after, undone)


async def _lock(connection: Connection, actor: Actor, period_id: UUID) -> Image:
    """The period, which nobody changes or takes as the end of a plan before the commit."""
    if not grants_of(actor, PERMISSION):
        raise refusal(actor, PERMISSION)
    await connection.execute("select from programming_period where id = $1::uuid for update", period_id)
    found = await _image(connection, PERIOD, period_id)
    if found is None:
        raise NotFound(PERIOD.name, period_id)
    image: Image = found
    return image


async def _image(connection: Connection, resource: Resource, identifier: UUID) -> Any:
    found = await connection.fetchval(
        f"select {images.image_of(resource, 't')}::text from {resource.table.name} t where t.id = $1::uuid", identifier
    )
    return None if found is None else images.loads(found)


async def _write(connection: Connection, before: Image, after: Image) -> Image:
    await images.update(connection, PERIOD, before, after, before["version"])
    written: Image = await _image(connection, PERIOD, UUID(before["id"]))
    return written


async def _tell(
    connection: Connection, actor: Actor, command: str, before: Image, after: Image, amendment: Change
) -> None:
    """Record it in the directory, and in the workspace of each plan concerned, whose journal names these plans."""
    concerned = await workspaces_concerned(connection, UUID(before["id"]))
    told = [Change(PERIOD.name, before, after, Elsewhere(workspace, command, actor.origin)) for workspace in concerned]
    await record(connection, actor, command, None, [Change(PERIOD.name, before, after), amendment, *told])
