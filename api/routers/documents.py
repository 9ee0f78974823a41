"""The REST addresses of any concept: list, create, read, change, remove. One factory, so one behaviour."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from api.domain.actor import Role
from api.domain.commands import documents as commands
from api.domain.errors import Forbidden
from api.domain.resources.base import Resource, list_of
from api.domain.schemas.base import Clean
from api.domain.sql import documents as queries
from api.domain.sql.listing import DEFAULT_PAGE, MAX_PAGE, Listing, Order, column_filters
from api.domain.sql.reader import Reader
from api.domain.tables.base import words_of
from api.routers import idempotency
from api.routers.answers import (
    answer_read,
    answer_written,
    authorize_writer,
    cursor_key_of,
    database_of,
    expected_version,
    settings_of,
    writer,
)
from api.routers.quick_routes import QuickRoute, ReadRoute
from api.routers.responses import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

SearchText = Annotated[str, Field(min_length=1, max_length=200), Clean]
Cursor = Annotated[str, Field(max_length=2000), Clean]


class ListQuery(BaseModel):
    """What every list can be asked; each concept adds its filters."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", validate_by_alias=True)

    q: SearchText | None = Field(None, description="Words to find; accents and endings do not matter.")
    after: Cursor | None = Field(None, description="The `next` of the page before.")
    page_size: int = Field(DEFAULT_PAGE, ge=1, le=MAX_PAGE)
    total: bool = Field(False, description="Count all items too.")


def list_query(resource: Resource) -> type[ListQuery]:
    """The query parameters of a list: filters (repeat one for alternatives), `q`, `sort`, page."""
    fields: dict[str, Any] = {}
    for name in column_filters(resource):
        fields[name] = (list_of(_filter_type(resource, name)) | None, Field(None, max_length=50))
    for name, derived in resource.derived.items():
        if derived.type is bool:
            fields[name] = (list[bool] | None, Field(None, max_length=2))
    for name, asked in resource.filters.items():
        fields[name] = (list_of(asked.type) | None, Field(None, max_length=50))
    words = [to_camel(s) for s in resource.sorts]
    sorts: Any = Literal[tuple(w for word in words for w in (word, f"-{word}"))]
    fields["sort"] = (list_of(sorts) | None, Field(None, max_length=5))
    return create_model(f"{resource.title}ListQuery", __base__=ListQuery, **fields)


def _filter_type(resource: Resource, name: str) -> Any:
    annotation = resource.columns.get(name)
    if (words := words_of(annotation)) is not None:
        return words
    kind = resource.table.c[name].type.python_type
    return Annotated[str, Field(max_length=200), Clean] if kind is str else kind


def listing_of(resource: Resource, query: ListQuery) -> Listing:
    """The listing that checked query parameters ask for."""
    own = set(ListQuery.model_fields) | {"sort"}
    filters = {n: v for n, v in query if n not in own and v is not None}
    plain = {n: [str(v) if isinstance(v, StrEnum) else v for v in values] for n, values in filters.items()}
    by_wire = {to_camel(s): s for s in resource.sorts}
    sort = tuple(Order(by_wire[s.removeprefix("-")], s.startswith("-")) for s in getattr(query, "sort", None) or ())
    return Listing(plain, query.q, sort, query.after, query.page_size, query.total)


def document_router(resource: Resource) -> APIRouter:
    """The router of one concept."""
    router = IndexedRouter(prefix=f"/{resource.plural}", tags=[resource.plural], route_class=StrictRoute)
    add_list(router, resource)
    add_read(router, resource)
    if resource.create is not None:
        _add_create(router, resource, resource.create)
    if resource.patch is not None:
        _add_update(router, resource, resource.patch)
    if resource.can_delete and resource.create is not None:
        _add_delete(router, resource)
    return router


def _without_default(schema: dict[str, Any]) -> None:
    """Absent is not null: the last page simply has no `next`."""
    schema.pop("default", None)


def page_schema(resource: Resource) -> type[BaseModel]:
    """`{"self", "items", "next"?, "total"?}`: `next` is absent on the last page."""
    return create_model(
        f"{resource.title}Page",
        self_=(str, Field(alias="self")),
        items=(list_of(resource.read), ...),
        next=(str, Field(default=None, json_schema_extra=_without_default)),
        total=(int, Field(default=None, json_schema_extra=_without_default)),
    )


async def answer_page(
    request: Request,
    resource: Resource,
    listing: Listing,
    *,
    is_public: bool = False,
    only: Role | None = None,
) -> Response:
    """A page of documents as PostgreSQL built them, with links that keep the question; may be for one role only."""

    async def work(connection: Any, reader: Reader) -> bytes:
        if only is not None and only not in reader.actor.roles:
            raise Forbidden(f"{resource.name}:readAs{only.title()}")
        page = await queries.page(connection, reader, resource, listing, cursor_key_of(request))
        base = f"{reader.base_url}{request.url.path}"
        asked = f"?{request.url.query}" if request.url.query else ""
        parts = [b'{"self":', orjson.dumps(base + asked), b',"items":[', ",".join(page.items).encode(), b"]"]
        if page.next is not None:
            following = request.url.include_query_params(after=page.next).query
            parts += [b',"next":', orjson.dumps(f"{base}?{following}")]
        if page.total is not None:
            parts += [b',"total":', str(page.total).encode()]
        return b"".join([*parts, b"}"])

    return await answer_read(request, work, is_public=is_public, is_one_statement=not listing.with_total)


def add_list(router: APIRouter, resource: Resource, *, is_public: bool = False) -> None:
    query_model = list_query(resource)
    prefix = "Public" if is_public else ""

    async def list_documents(request: Request, query: Annotated[query_model, Query()]) -> Response:  # type: ignore[valid-type]
        return await answer_page(request, resource, listing_of(resource, query), is_public=is_public)

    router.add_api_route(
        "" if not is_public else f"/{resource.plural}",
        list_documents,
        methods=["GET"],
        operation_id=f"list{prefix}{resource.plural[0].upper()}{resource.plural[1:]}",
        summary=f"List {resource.plural}",
        response_model=None,
        responses={200: {"model": page_schema(resource)}, **refusals("list", is_public=is_public)},
        openapi_extra={"parameters": [IF_NONE_MATCH]},
        route_class_override=ReadRoute,
    )


def add_read(router: APIRouter, resource: Resource, *, is_public: bool = False) -> None:
    name = f"{resource.name}Id"
    prefix = "Public" if is_public else ""

    async def read_document(request: Request, identifier: Annotated[UUID, Path(alias=name)]) -> Response:
        async def work(connection: Any, reader: Reader) -> bytes:
            return (await queries.document(connection, reader, resource, identifier)).encode()

        return await answer_read(request, work, is_public=is_public, is_document=True, is_one_statement=True)

    router.add_api_route(
        ("" if not is_public else f"/{resource.plural}") + f"/{{{name}}}",
        read_document,
        methods=["GET"],
        operation_id=f"get{prefix}{resource.title}",
        summary=f"Read one of the {resource.plural}",
        response_model=None,
        responses={200: {"model": resource.read}, **refusals("read", is_public=is_public)},
        openapi_extra={"parameters": [IF_NONE_MATCH]},
        route_class_override=ReadRoute,
    )


def _add_create(router: APIRouter, resource: Resource, words_model: Any) -> None:
    async def create_document(request: Request, words: Annotated[words_model, Body()]) -> Response:
        who = await writer(request)
        async with database_of(request).transaction() as connection:
            actor, reader = await authorize_writer(request, connection, who)
            attempt = await idempotency.attempt_of(request, actor, settings_of(request).idempotency_hours)
            known = await idempotency.find_replay(connection, attempt) if attempt else None
            identifier = known or await commands.create(connection, actor, resource, words)
            body = await queries.document(connection, reader, resource, identifier)
            if attempt and known is None:
                await idempotency.keep(connection, attempt, identifier)
        location = f"{reader.base_url}/pst/v1/{resource.plural}/{identifier}"
        return answer_written(body, 201, reader, location, is_replayed=known is not None)

    router.add_api_route(
        "",
        create_document,
        methods=["POST"],
        status_code=201,
        operation_id=f"create{resource.title}",
        summary=f"Create one of the {resource.plural}",
        response_model=None,
        responses={201: {"model": resource.read}, **refusals("create")},
        openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
    )


def _add_update(router: APIRouter, resource: Resource, patch_model: Any) -> None:
    name = f"{resource.name}Id"

    async def update_document(
        request: Request,
        identifier: Annotated[UUID, Path(alias=name)],
        words: Annotated[patch_model, Body(media_type="application/merge-patch+json")],
    ) -> Response:
        who = await writer(request)
        version = expected_version(request)
        async with database_of(request).transaction() as connection:
            actor, reader = await authorize_writer(request, connection, who)
            await commands.update(connection, actor, resource, identifier, words, version)
            body = await queries.document(connection, reader, resource, identifier)
        return answer_written(body, 200, reader)

    router.add_api_route(
        f"/{{{name}}}",
        update_document,
        methods=["PATCH"],
        operation_id=f"update{resource.title}",
        summary=f"Change one of the {resource.plural}",
        description="A merge patch (RFC 7396): what is absent stays, null clears.",
        response_model=None,
        responses={200: {"model": resource.read}, **refusals("update")},
        openapi_extra={"parameters": [IF_MATCH]},
        route_class_override=QuickRoute,
    )


def _add_delete(router: APIRouter, resource: Resource) -> None:
    name = f"{resource.name}Id"

    async def delete_document(request: Request, identifier: Annotated[UUID, Path(alias=name)]) -> Response:
        who = await writer(request)
        version = expected_version(request)
        async with database_of(request).transaction() as connection:
            actor, _ = await authorize_writer(request, connection, who)
            await commands.delete(connection, actor, resource, identifier, version)
        return Response(status_code=204)

    router.add_api_route(
        f"/{{{name}}}",
        delete_document,
        methods=["DELETE"],
        status_code=204,
        operation_id=f"delete{resource.title}",
        summary=f"Remove one of the {resource.plural}",
        response_model=None,
        responses=refusals("delete"),
        openapi_extra={"parameters": [IF_MATCH]},
    )
