"""All plans of a workspace at once."""

from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.domain.queries.transversal import cell_actions, transversal
from api.domain.schemas.transversal import CELL_KEY, CellActions, ColumnKind, RowKind, Transversal
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

CellKey = Annotated[str, Field(pattern=CELL_KEY)]

router = IndexedRouter(tags=["transversal"], route_class=StrictRoute)


class TransversalQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rows: RowKind = RowKind.PLAN
    columns: ColumnKind = ColumnKind.DOMAIN


class CellQuery(TransversalQuery):
    row: CellKey | None = Field(None, description="A row's id; `none` for the actions without one; absent for all.")
    column: CellKey | None = Field(None, description="A column's id; `none` or absent likewise.")


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

    return await answer_read(request, work)


@router.get(
    "/transversal/actions",
    operation_id="getTransversalActions",
    summary="Read the actions behind a cell, a row, a column or the total of the transversal view",
    response_model=None,
    responses={200: {"model": CellActions}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_transversal_actions(request: Request, query: Annotated[CellQuery, Query()]) -> Response:
    """As many actions as the figure says, late ones first; without `row` and `column`, those of the total."""

    async def work(connection: Any, reader: Reader) -> bytes:
        found = await cell_actions(connection, reader, query.rows, query.columns, query.row, query.column)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
