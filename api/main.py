"""Where the parts meet: the application, its doors, and how it says no."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api import frontend
from api.accelerations.response_cache import ResponseCache
from api.accelerations.switch import PlainWayMiddleware
from api.allocation import give_back_regularly
from api.cache_middleware import CacheMiddleware
from api.db import Database
from api.domain.actor import Role
from api.domain.errors import Invalid, NotFound, Refusal
from api.domain.policy import POLICY
from api.domain.resources.catalogue import RESOURCES
from api.domain.sql.cursors import CursorKey
from api.domain.sql.prepared import keep_statements
from api.edge import Edge
from api.graphql.documents import Library
from api.graphql.endpoint import router as graphql_router
from api.identity.routes import router as identity_router
from api.identity.service import Identity
from api.identity.throttle import Pace
from api.problems import problem_of
from api.routers import (
    amendments,
    articulation,
    clients,
    continuation,
    diagnostic,
    dpc_coverage,
    files,
    handover,
    indicator_values,
    invitations,
    partners,
    pcs_report,
    plans,
    reminders,
    rollups,
    search,
    synergies,
    system,
    transversal,
    workspaces,
)
from api.routers.answers import language_of
from api.routers.documents import add_list, add_read, document_router
from api.routers.openapi import describe, no_such_method
from api.routers.route_index import IndexedRouter
from api.settings import Settings, get_settings
from api.sync.schedule import Schedule

BASE = "/pst/v1"
PUBLIC = [resource for resource in RESOURCES if (Role.PUBLIC, f"{resource.name}:read") in POLICY]
"""What everybody may read, and GraphQL answers to whoever sends no token: it has public addresses in REST."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service for these settings; the database is opened when it starts and closed when it stops."""
    settings = settings or get_settings()
    app = FastAPI(
        title="PST",
        version=version("pst"),
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{BASE}/openapi.json",
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        exception_handlers={
            Refusal: _to_problem_response,
            RequestValidationError: _to_problem_response,
            HTTPException: _to_problem_response,
        },
    )
    app.state.settings = settings
    app.state.graphql_library = Library.open(settings)
    app.state.public_pace = Pace(limit=settings.public_reads_per_minute, seconds=60)
    app.state.memory = ResponseCache(settings.remember_mib * 1024 * 1024)
    _include_routers(app, settings)
    app.add_middleware(CacheMiddleware if settings.accelerations else PlainWayMiddleware)
    app.add_middleware(Edge, settings=settings)
    describe(app, settings)
    return app


def _include_routers(app: FastAPI, settings: Settings) -> None:
    app.include_router(graphql_router)
    app.include_router(plans.router, prefix=BASE)
    app.include_router(partners.router, prefix=BASE)
    for resource in RESOURCES:
        app.include_router(document_router(resource), prefix=BASE)
    app.include_router(articulation.router, prefix=BASE)
    app.include_router(continuation.router, prefix=BASE)
    app.include_router(amendments.router, prefix=BASE)
    for computed in (pcs_report, diagnostic, synergies, indicator_values, dpc_coverage):
        app.include_router(computed.router, prefix=BASE)
    app.include_router(transversal.router, prefix=BASE)
    app.include_router(rollups.router, prefix=BASE)
    app.include_router(search.router, prefix=BASE)
    app.include_router(reminders.router, prefix=BASE)
    app.include_router(invitations.router, prefix=BASE)
    app.include_router(handover.router, prefix=BASE)
    app.include_router(clients.router, prefix=BASE)
    app.include_router(workspaces.router, prefix=BASE)
    app.include_router(files.router, prefix=BASE)
    app.include_router(files.public_router, prefix=f"{BASE}/public")
    for computed in (plans, rollups, search):
        app.include_router(computed.public_router, prefix=f"{BASE}/public")
    public = IndexedRouter(tags=["public"], route_class=plans.public_router.route_class)
    for resource in PUBLIC:
        add_list(public, resource, is_public=True)
        add_read(public, resource, is_public=True)
    app.include_router(public, prefix=f"{BASE}/public")
    app.include_router(system.router, prefix=BASE)
    app.include_router(system.router, include_in_schema=False)
    app.include_router(identity_router)
    frontend.serve(app, settings.frontend_dir)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    address = settings.database_url
    if address is None:
        raise RuntimeError("create_app needs settings with the address of a database")
    app.state.database = await Database.open(settings, address.get_secret_value())
    app.state.identity = Identity.open(settings)
    app.state.cursor_key = CursorKey(_cursor_secret(settings.data_dir))
    schedule = Schedule(app.state.database, settings) if settings.scheduled_work else None
    if schedule is not None:
        with keep_statements(settings.accelerations):
            schedule.start()
    giving_back = asyncio.create_task(give_back_regularly())
    try:
        yield
    finally:
        giving_back.cancel()
        if schedule is not None:
            await schedule.stop()
        app.state.identity.close()
        await app.state.database.close()


def _cursor_secret(data_dir: Path) -> bytes:
    """The secret that seals cursors, made at the first start and kept, so that a restart keeps them valid."""
    file = data_dir / "cursors.secret"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, os.urandom(32))
        os.close(descriptor)
    except FileExistsError:
        pass
    return file.read_bytes()


async def _to_problem_response(request: Request, error: Exception) -> Response:
    """Any refusal or fault as problem+json in the reader's language."""
    if isinstance(error, HTTPException):
        error = _translate_exception(request, error)
    problem = problem_of(error, language_of(request), request.state.trace_id)
    headers = {**problem.headers, "Content-Language": language_of(request), "Cache-Control": "no-store"}
    return JSONResponse(problem.body, problem.status, headers, media_type="application/problem+json")


def _translate_exception(request: Request, error: HTTPException) -> Exception:
    """Starlette's own refusals in our words."""
    if isinstance(error.__cause__, Refusal):
        return error.__cause__
    match error.status_code:
        case 404:
            return NotFound("address", request.url.path)
        case 405:
            return no_such_method(request)
        case 400:
            return Invalid()
    return error
