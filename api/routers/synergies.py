"""The register of synergies between the houses of a workspace."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.domain.queries.synergies import synergies
from api.domain.schemas.synergies import Synergies
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["transversal"], route_class=StrictRoute)


class SynergiesQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    plan_id: UUID | None = Field(None, alias="planId", description="Only the actions that this plan claims.")


@router.get(
    "/synergies",
    operation_id="getSynergies",
    summary="Read the synergies between the commune and its CPAS: who brings what",
    response_model=None,
    responses={200: {"model": Synergies}, **refusals("list"), **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_synergies(request: Request, query: Annotated[SynergiesQuery, Query()]) -> Response:
    """Actions of both departments, marked as synergies, or in which another house takes part, with what each house
    brings year by year; each action once. Drafts and cancelled actions are left out."""

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await synergies(connection, reader, query.plan_id)).model_dump_json(by_alias=True).encode()

    return await answer_read(request, work)
