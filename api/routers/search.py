"""Finding words in plans, objectives, actions, findings and organisations at once."""

from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.domain.queries.search import MOST, search
from api.domain.schemas.search import FoundKind, SearchAnswer
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.documents import SearchText
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["search"], route_class=StrictRoute)
public_router = IndexedRouter(tags=["public"], route_class=StrictRoute)


class SearchQuery(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    q: SearchText = Field(description="Words to find; accents, endings and a mistyped letter do not matter.")
    kind: list[FoundKind] = Field([], max_length=len(FoundKind), description="What to find; everything when absent.")
    page_size: int = Field(20, ge=1, le=MOST, description="The most matches to answer.")


@router.get(
    "/search",
    operation_id="getSearchResults",
    summary="Find words in plans, objectives, actions, findings and organisations",
    response_model=None,
    responses={200: {"model": SearchAnswer}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_search_results(request: Request, query: Annotated[SearchQuery, Query()]) -> Response:
    """The best matches among what the reader sees, best first. There are no further pages: say more words."""
    return await _search_response(request, query, is_public=False)


@public_router.get(
    "/search",
    operation_id="getPublicSearchResults",
    summary="Find words in what is published",
    response_model=None,
    responses={200: {"model": SearchAnswer}, **refusals("list", is_public=True)},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_public_search_results(request: Request, query: Annotated[SearchQuery, Query()]) -> Response:
    """The best matches among what everybody may read, best first."""
    return await _search_response(request, query, is_public=True)


async def _search_response(request: Request, query: SearchQuery, *, is_public: bool) -> Response:
    async def work(connection: Any, reader: Reader) -> bytes:
        found = await search(connection, reader, query.q, query.kind, query.page_size)
        return found.model_dump_json(by_alias=True).encode()

    return await answer_read(request, work, is_public=is_public)
