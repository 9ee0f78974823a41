"""The secret of a machine: given once, never asked again."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Body, Path, Request, Response

from api.domain.commands.clients import issue_secret
from api.domain.schemas.identity import ClientSecret, SecretWords
from api.routers.answers import JSON, authorize_writer, database_of, writer
from api.routers.responses import refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["clients"], route_class=StrictRoute)


@router.post(
    "/clients/{clientId}/secrets",
    status_code=201,
    operation_id="issueClientSecret",
    summary="Give a machine a new secret, shown this once",
    response_model=None,
    responses={201: {"model": ClientSecret}, **refusals("create")},
)
async def issue_client_secret(
    request: Request, client_id: Annotated[UUID, Path(alias="clientId")], words: Annotated[SecretWords, Body()]
) -> Response:
    """The secret before serves for `overlapHours` more (24 unless said); 0 is for one that leaked.

    No Idempotency-Key is heeded: a kept answer would keep the secret.
    """
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, _ = await authorize_writer(request, connection, who)
        secret = await issue_secret(connection, actor, client_id, overlap=timedelta(hours=words.overlap_hours))
    headers = {"Cache-Control": "no-store"}
    return Response(secret.model_dump_json(by_alias=True).encode(), 201, media_type=JSON, headers=headers)
