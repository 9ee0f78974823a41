"""What an operator does with a workspace besides its document: naming who administers it first."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Path, Request, Response

from api.domain.commands.first_administrator import name_administrator
from api.domain.schemas.passwords import AdministratorNamed, AdministratorNaming
from api.routers.answers import JSON, authorize_writer, database_of, writer
from api.routers.responses import refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["workspaces"], route_class=StrictRoute)


@router.post(
    "/workspaces/{workspaceId}/administrators",
    status_code=201,
    operation_id="nameAdministrator",
    summary="Name the first administrator of a workspace",
    response_model=None,
    responses={201: {"model": AdministratorNamed}, **refusals("create")},
)
async def name_first_administrator(
    request: Request,
    workspace_id: Annotated[UUID, Path(alias="workspaceId")],
    words: Annotated[AdministratorNaming, Body()],
) -> Response:
    """Refused (409) once the workspace has one, who alone names others. A new account gets a letter to set its
    password; a second call is refused, so no Idempotency-Key is needed."""
    who = await writer(request)
    async with database_of(request).transaction() as connection:
        actor, _ = await authorize_writer(request, connection, who)
        named = await name_administrator(connection, actor, workspace_id, words)
    return Response(named.model_dump_json(by_alias=True), 201, media_type=JSON)
