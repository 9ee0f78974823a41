"""What machines ask of the service itself: is it up, what does it offer."""

from typing import Literal

from fastapi import Request, Response
from pydantic import BaseModel

from api.db import can_write, fault_of
from api.routers.answers import database_of
from api.routers.responses import refusal
from api.routers.route_index import IndexedRouter
from api.routers.strict import StrictRoute

router = IndexedRouter(tags=["health"], route_class=StrictRoute)


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
    """UP when the database answers; DEGRADED when it answers and takes no change (a standby, a full disk); DOWN (503)
    when it does not answer. Public."""
    response.headers["Cache-Control"] = "no-store"
    try:
        async with database_of(request).connection() as connection:
            takes_changes = await can_write(connection)
    except Exception as fault:
        if fault_of(fault) is None:
            raise
        response.status_code = 503
        return ServiceHealth(status="DOWN")
    return ServiceHealth(status="UP" if takes_changes else "DEGRADED")
