"""What the reader was reminded of, and what of it was read."""

from typing import Annotated, Any

from fastapi import Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.domain.commands.reminders import read_reminders
from api.domain.queries.reminders import reminders
from api.domain.schemas.reminders import ReadReminders, Reminders, UnreadReminders
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read, authorize_writer, database_of, json_of, writer
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(prefix="/reminders", tags=["reminders"], route_class=StrictRoute)


class RemindersQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unread: bool = False


@router.get(
    "",
    operation_id="getReminders",
    summary="List what the reader was reminded of",
    response_model=None,
    responses={200: {"model": Reminders}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_reminders(request: Request, query: Annotated[RemindersQuery, Query()]) -> Response:
    """The reader's own, newest first, about actions it still sees. Nobody reads another person's."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await reminders(connection, reader, only_unread=query.unread)
        return found.model_dump_json(by_alias=True).encode()

    # They are not in the journal, so no position says when an answer about them is out of date.
    return await answer_read(request, work, is_remembered=False)


@router.post(
    "/read",
    operation_id="readReminders",
    summary="Say which reminders were read",
    response_model=None,
    responses={200: {"model": UnreadReminders}, **refusals("create")},
)
async def mark_reminders_read(request: Request, words: Annotated[ReadReminders, Body()]) -> Response:
    """Answers how many are left. Ids that are not the reader's own are passed over."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, _ = await authorize_writer(request, connection, who)
        unread = await read_reminders(connection, actor, words.reminder_ids)
    return Response(json_of({"unread": unread}), media_type="application/json")
