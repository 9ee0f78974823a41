"""All plans of a workspace at once."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.domain.queries.reader import Reader
from api.domain.queries.transversal import transversal
from api.domain.schemas.transversal import ColumnKind, RowKind, Transversal
from api.routers.answers import read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.strict import StrictRoute

router = APIRouter(tags=["transversal"], route_class=StrictRoute)


class TransversalQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rows: RowKind = RowKind.PLAN
    columns: ColumnKind = ColumnKind.DOMAIN


@router.get(
    "/transversal",
    operation_id="getTransversal",
    summary="Read all plans of the workspace crossed with domains, goals, units, rights or objectives",
    response_model=None,
    responses={200: {"model": Transversal}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_transversal(request: Request, query: Annotated[TransversalQuery, Query()]) -> Response:
    """Each action counts once in a cell and once in every total. The gaps between the plans follow the matrix."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await transversal(connection, reader, query.rows, query.columns)
        return found.model_dump_json(by_alias=True).encode()

    return await read(request, work)
