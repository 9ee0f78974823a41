"""What a partner organisation is asked: its actions in every commune it works with."""

from typing import Annotated

from fastapi import Query, Request, Response

from api.domain.actor import Role
from api.domain.resources.catalogue import BY_NAME
from api.routers.documents import answer_page, list_query, listing_of, page_schema
from api.routers.quick_routes import ReadRoute
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter

router = IndexedRouter(tags=["partners"], route_class=ReadRoute)
ACTION = BY_NAME["action"]
QUERY = list_query(ACTION)


@router.get(
    "/partners/me/actions",
    operation_id="listPartnerActions",
    summary="List the actions in which the caller's organisation takes part, in every commune",
    response_model=None,
    responses={200: {"model": page_schema(ACTION)}, **refusals("list")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def list_partner_actions(request: Request, query: Annotated[QUERY, Query()]) -> Response:  # type: ignore[valid-type]
    """The same documents as `/actions`; refused (403) to whoever does not act for a partner organisation."""
    return await answer_page(request, ACTION, listing_of(ACTION, query), only=Role.PARTNER)
