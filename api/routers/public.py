"""The addresses that answer everybody, and how fast each caller may ask there."""

from fastapi import Request

from api.identity.throttle import Pace

PUBLIC_ADDRESSES = "/pst/v1/public/"


def is_public_address(request: Request) -> bool:
    """Whether everybody is answered here, whoever asks."""
    path: str = request.scope["path"]
    return path.startswith(PUBLIC_ADDRESSES)


def check_pace(request: Request) -> None:
    """Count what is worked out for somebody without a token. Refuses an address that asks too fast (429).

    What is answered from memory costs next to nothing, and is not counted.
    """
    pace: Pace = request.app.state.public_pace
    pace.take(request.client.host if request.client else None)
