"""How a request that could not run is refused: as a problem, or in GraphQL's own form to whoever asks for that.

Source: GraphQL over HTTP, "application/graphql-response+json": a body of `errors` with the status of the refusal.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.graphql.requests import GRAPHQL_JSON, names_graphql_json
from api.problems import problem_of
from api.routers.answers import language_of

Handler = Callable[[Request], Awaitable[Response]]


def in_graphql(handle: Handler) -> Handler:
    """The handler whose refusals are GraphQL's to those who name its media type; to others they stay problems."""

    async def handle_request(request: Request) -> Response:
        try:
            return await handle(request)
        except Exception as refused:
            if not names_graphql_json(request):
                raise
            return answer_of(refused, request)

    return handle_request


def answer_of(refused: Exception, request: Request) -> Response:
    """A refusal in GraphQL's own form."""
    language = language_of(request)
    problem = problem_of(refused, language, request.state.trace_id)
    headers = {**problem.headers, "Content-Language": language, "Cache-Control": "no-store"}
    return JSONResponse({"errors": _errors(problem.body)}, problem.status, headers, media_type=GRAPHQL_JSON)


def _errors(problem: dict[str, Any]) -> list[dict[str, Any]]:
    """One error for each issue, with its place in the document where it has one; else one for the whole."""
    issues = problem.get("issues") or [{}]
    return [
        {"message": issue.get("detail", problem["detail"]), **_place(issue),
         "extensions": {**problem, "issues": [issue]} if issue else problem}
        for issue in issues
    ]  # fmt: skip


def _place(issue: dict[str, Any]) -> dict[str, Any]:
    return {"locations": [{"line": issue["line"], "column": issue["column"]}]} if "line" in issue else {}
