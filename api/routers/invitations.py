"""What others gave to the reader, which counts once the reader accepts it."""

from typing import Annotated

from fastapi import Body, Request, Response

from api.accelerations.response_cache import CachedAnswer
from api.domain.commands.invitations import answer_invitation
from api.domain.queries.invitations import holder, invitations
from api.domain.schemas.identity import InvitationAnswer, Invitations
from api.routers.answers import JSON, database_of, language_of, tag_of, to_response, writer
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(prefix="/invitations", tags=["invitations"], route_class=StrictRoute)


@router.get(
    "",
    operation_id="getInvitations",
    summary="List what was given to the reader and waits for an answer",
    response_model=None,
    responses={200: {"model": Invitations}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_invitations(request: Request) -> Response:
    """The reader's own, wherever it acts; a machine is invited to nothing (403)."""
    who = await writer(request)
    async with database_of(request).snapshot() as connection:
        found = await invitations(connection, await holder(connection, who.account_id, who.session, who.jti))
    body = found.model_dump_json(by_alias=True).encode()
    return to_response(request, CachedAnswer(body, tag_of(body)), language_of(request))


@router.post(
    "/answer",
    operation_id="answerInvitation",
    summary="Accept or decline what was given",
    response_model=None,
    responses={200: {"model": Invitations}, **refusals("create")},
)
async def answer(request: Request, words: Annotated[InvitationAnswer, Body()]) -> Response:
    """Accepted, the right counts at once; declined, it is over. Answers what still waits."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        account = await holder(connection, who.account_id, who.session, who.jti)
        found = await answer_invitation(connection, account, words, origin=who.origin)
    return Response(found.model_dump_json(by_alias=True), media_type=JSON)
