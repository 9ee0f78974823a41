"""What plans offer beside being documents: their tree, the content of a version."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from api.domain.queries.versions import version_content
from api.domain.resources.trees import PLAN_TREE, VersionContent
from api.domain.sql.plan_tree import plan_tree
from api.domain.sql.reader import Reader
from api.routers.answers import answer_read
from api.routers.quick_routes import ReadRoute
from api.routers.responses import IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter

router = IndexedRouter(tags=["plans"], route_class=ReadRoute)
public_router = IndexedRouter(tags=["public"], route_class=ReadRoute)


async def _tree(request: Request, plan_id: UUID, *, is_public: bool) -> Response:
    async def work(connection: Any, reader: Reader) -> bytes:
        return (await plan_tree(connection, reader, plan_id)).encode()

    return await answer_read(request, work, is_public=is_public, is_one_statement=True)


@router.get(
    "/plans/{planId}/tree",
    operation_id="getPlanTree",
    summary="Read the whole tree of a plan",
    response_model=None,
    responses={200: {"model": PLAN_TREE}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_tree(request: Request, plan_id: Annotated[UUID, Path(alias="planId")]) -> Response:
    """Objectives name their parent, placements name objective and action, each action stands once."""
    return await _tree(request, plan_id, is_public=False)


@public_router.get(
    "/plans/{planId}/tree",
    operation_id="getPublicPlanTree",
    summary="Read the published tree of a plan",
    response_model=None,
    responses={200: {"model": PLAN_TREE}, **refusals("read", is_public=True)},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_public_plan_tree(request: Request, plan_id: Annotated[UUID, Path(alias="planId")]) -> Response:
    """The tree as the latest published version shows it to everybody."""
    return await _tree(request, plan_id, is_public=True)


@router.get(
    "/planVersions/{planVersionId}/content",
    operation_id="getPlanVersionContent",
    summary="Read the frozen content of a version",
    response_model=None,
    responses={200: {"model": VersionContent}, **refusals("read")},
    openapi_extra={"parameters": [IF_NONE_MATCH]},
)
async def get_plan_version_content(
    request: Request, version_id: Annotated[UUID, Path(alias="planVersionId")]
) -> Response:
    """The canonical bytes whose SHA-256 is the hash of the version (RFC 8785), for who reads everything in it.

    Other houses of the plan get the rows and fields that they read today, and how many are `withheld`.
    """

    async def work(connection: Any, reader: Reader) -> bytes:
        return (await version_content(connection, reader, version_id)).encode()

    return await answer_read(request, work)
