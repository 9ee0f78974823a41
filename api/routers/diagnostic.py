"""The diagnostic of a plan."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from api.domain.queries.diagnostic import diagnostic
from api.domain.schemas.diagnostic import Diagnostic
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["plans"], route_class=StrictRoute)


@router.get(
    "/plans/{planId}/diagnostic",
    operation_id="getDiagnostic",
    summary="Read the diagnostic of a plan: what its period asks, what is there, what nothing answers",
    response_model=None,
    responses={200: {"model": Diagnostic}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_diagnostic(request: Request, plan_id: Annotated[UUID, Path(alias="planId")]) -> Response:
    """Each line of the checklist is met, not met or not applicable, with its reason; a plan without a programming
    period has none, but its findings and objectives are told alike."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await diagnostic(connection, reader, plan_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
