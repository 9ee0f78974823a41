"""How the PST answers a DPC."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from api.domain.queries.dpc_coverage import dpc_coverage
from api.domain.schemas.dpc_coverage import DpcCoverage
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["dpcs"], route_class=StrictRoute)


@router.get(
    "/dpcs/{dpcId}/coverage",
    operation_id="getDpcCoverage",
    summary="Read which commitments of a DPC have objectives, and which objectives come from none",
    response_model=None,
    responses={200: {"model": DpcCoverage}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_dpc_coverage(request: Request, dpc_id: Annotated[UUID, Path(alias="dpcId")]) -> Response:
    """Objectives at work alone count: no draft, none abandoned or resting. Given-up commitments await nothing."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await dpc_coverage(connection, reader, dpc_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
