"""Bytes in and out: a file is uploaded before the document that points at it, and saved from that document.

GraphQL carries no bytes (decision 0017): it attaches what was uploaded here, and its documents lead here.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from api.domain.commands.files import upload_file
from api.domain.errors import Invalid, Issue
from api.domain.queries.files import FileContent, file_content
from api.domain.rules.file_types import ACCEPTED
from api.domain.schemas.attachments import UploadedFile
from api.identity.authentication import Caller, identify, require_sign_in
from api.routers.answers import JSON, VARY, authorize_writer, database_of, writer
from api.routers.public import check_pace
from api.routers.responses import refusal, refusals
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["files"])
public_router = IndexedRouter(tags=["public"])
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
SAVED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A file is saved and never shown: nothing in it runs with the rights of whoever opens it. Every answer
says `nosniff` beside."""


class FileRoute(StrictRoute):
    """A route that answers bytes of their own media type, whatever Accept says; nothing in its query is ignored."""

    def strictly(self, handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> Any:
        async def strictly(request: Request) -> Response:
            provided = dict.fromkeys(name for name, _ in request.query_params.multi_items())
            if provided:
                raise Invalid(*(Issue("unknownInput", "query", name[:100]) for name in provided))
            return await handle(request)

        return strictly


async def post_file(request: Request) -> Response:
    """The body is the file itself, and Content-Type says what it is. It waits a day to be attached by its uploader."""
    who = await writer(request)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = b"".join([chunk async for chunk in request.stream()])
    async with database_of(request).transaction() as connection:
        actor, _ = await authorize_writer(request, connection, who)
        kept = await upload_file(connection, actor, media_type, content)
    headers = {"Cache-Control": "no-store", "Vary": VARY}
    return Response(kept.model_dump_json(by_alias=True).encode(), 201, media_type=JSON, headers=headers)


router.add_api_route(
    "/files",
    post_file,
    methods=["POST"],
    status_code=201,
    operation_id="uploadFile",
    summary="Upload a file, to be attached as a document",
    response_model=None,
    responses={201: {"model": UploadedFile}, **refusals("create")},
    openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(ACCEPTED, BINARY)}},
    route_class_override=StrictRoute,
)


def _add_content(to: APIRouter, *, is_public: bool) -> None:
    async def get_content(request: Request, identifier: Annotated[UUID, Path(alias="attachmentId")]) -> Response:
        who = Caller() if is_public else require_sign_in(await identify(request))
        if is_public:
            check_pace(request)
        async with database_of(request).snapshot() as connection:
            _, reader = await authorize_writer(request, connection, who)
            found = await file_content(connection, reader, identifier)
        return _save_response(request, found, is_public)

    to.add_api_route(
        "/attachments/{attachmentId}/content",
        get_content,
        methods=["GET"],
        operation_id=f"get{'Public' if is_public else ''}AttachmentContent",
        summary="Save the file of a document",
        response_model=None,
        responses={
            200: {"description": "The file", "content": dict.fromkeys(ACCEPTED, BINARY)},
            304: {"description": "Nothing changed since the tag in If-None-Match"},
            **{status: refusal(status) for status in (400, 401, 403, 404, 414, *((429,) if is_public else ()), 503)},
        },
        route_class_override=FileRoute,
    )


def _save_response(request: Request, found: FileContent, is_public: bool) -> Response:
    tag = f'"{found.sha256}"'
    headers = {
        **SAVED,
        "ETag": tag,
        "Cache-Control": "public, no-cache" if is_public else "private, no-cache",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
    }
    if not is_public:
        headers["Vary"] = VARY
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers={**headers, "Content-Type": found.media_type})


_add_content(router, is_public=False)
_add_content(public_router, is_public=True)
