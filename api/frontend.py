"""Serves the built frontend at `/`, under a policy that lets it run nothing but itself."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from starlette.requests import Request

from api.domain.errors import NotFound
from api.routers.openapi import no_such_method

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
INTERFACES = frozenset({"pst", "graphql", "oauth", "auth", ".well-known"})
PROBES = frozenset({"health", "healthz", "live", "livez", "ready", "readyz", "metrics", "status", "ping"})
"""What machines ask whether a service works. A page with 200 would tell a supervisor that all is well."""


def serve(app: FastAPI, directory: Path) -> None:
    """Answer every address that is no interface with the frontend, when it is built."""
    root = directory.resolve()
    page = root / "index.html"

    @app.get("/{path:path}", include_in_schema=False)
    async def frontend(request: Request, path: str) -> Response:
        if path.split("/", 1)[0] in INTERFACES | PROBES:
            raise no_such_method(request)
        if not page.is_file():
            raise NotFound("page", path)
        file = (root / path).resolve()
        if path and file.is_file() and file.is_relative_to(root):
            is_hashed = path.startswith("assets/")
            age = "public, max-age=31536000, immutable" if is_hashed else "public, max-age=300"
            return FileResponse(file, headers={"Cache-Control": age, "Content-Security-Policy": POLICY})
        if "." in path.rsplit("/", 1)[-1]:
            raise NotFound("page", path)
        return FileResponse(page, headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY})
