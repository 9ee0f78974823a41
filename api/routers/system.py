"""What machines ask of the service itself: is it up, what does it offer."""

from typing import Literal

import asyncpg
from fastapi import Request, Response
from pydantic import BaseModel

from api.db import Unavailable
from api.routers.answers import database_of
from api.routers.responses import refusal
from api.routers.signpost import Signposted
from api.routers.strict import StrictRoute

router = Signposted(tags=["health"], route_class=StrictRoute)


class ServiceHealth(BaseModel):
    """The state of the service, as the Belgif REST guide words it."""

    status: Literal["UP", "DEGRADED", "DOWN"]


@router.get(
    "/health",
    operation_id="getHealth",
    summary="Tell whether the service works",
    responses={
        503: {"model": ServiceHealth, "description": "The database does not answer"},
        **{status: refusal(status) for status in (400, 406, 414)},
    },
)
async def get_health(request: Request, response: Response) -> ServiceHealth:
    """UP when the database answers, DOWN (503) when it does not. Public."""
    response.headers["Cache-Control"] = "no-store"
    try:
        async with database_of(request).connection() as connection:
            await connection.fetchval("select 1")
    except (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        response.status_code = 503
        return ServiceHealth(status="DOWN")
    return ServiceHealth(status="UP")
