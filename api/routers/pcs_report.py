"""The report of a PCS."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from api.domain.queries.pcs_report import pcs_report
from api.domain.schemas.pcs_report import PcsReport
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["plans"], route_class=StrictRoute)


@router.get(
    "/plans/{planId}/pcsReport",
    operation_id="getPcsReport",
    summary="Read the report of a PCS: per axis, theme, right and code",
    response_model=None,
    responses={200: {"model": PcsReport}, **refusals("read"), **refusals("conflict")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_pcs_report(request: Request, plan_id: Annotated[UUID, Path(alias="planId")]) -> Response:
    """Actions, partners and money from the records that the PST shows too; drafts and cancelled actions left out."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await pcs_report(connection, reader, plan_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
