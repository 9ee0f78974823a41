"""Running the service: its database, its migrations, then the process that answers requests."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import FrameType
from typing import Any

import asyncpg
import uvicorn
from pydantic import SecretStr
from starlette.types import ASGIApp

from api import running
from api.allocation import collection_postponed
from api.database_wait import wait_for_database
from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import EmbeddedPostgres, database_addresses
from api.settings import Settings

LEAVE_SECONDS = 5
FACTORY = "api.serving:application"


class Server(uvicorn.Server):
    """A server that, once it answers, says so."""

    def __init__(self, config: uvicorn.Config, words: list[str]) -> None:
        super().__init__(config)
        self._words = words

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            print("\n".join(self._words), flush=True)  # noqa: T201 - it is for whoever started us


def serve_until_stopped(settings: Settings) -> None:
    """Serve until a signal asks to stop; then finish running requests, and stop our own database last."""
    # A server that another process runs would stop under our feet: here it means "refuse", not "join in".
    own = EmbeddedPostgres(settings.data_dir, on_loss=_leave_without_database)
    source = own if settings.database_url is None else database_addresses(settings)
    with _stopping_by_signal(own), source as addresses:
        wait_for_database(addresses.owner, settings.database_wait_seconds)
        migrate(addresses.owner)
        install_reference(addresses.owner)
        _refuse_demo_in_production(settings, addresses.owner)
        running.announce(settings)
        settings = settings.model_copy(update={"database_url": SecretStr(addresses.runtime)})
        words = [*_demo(settings, addresses.owner), f"The service answers at {settings.base_url}"]
        if settings.workers > 1:
            # Workers are new processes: they read the settings from the environment again.
            os.environ["DATABASE_URL"] = addresses.runtime
            print("\n".join(words), flush=True)  # noqa: T201
            uvicorn.run(FACTORY, factory=True, workers=settings.workers, **_options(settings))
            return
        server = Server(uvicorn.Config(application(settings), **_options(settings)), words)
        server.run()
        if not server.started:
            raise SystemExit(1)


def application(settings: Settings | None = None) -> ASGIApp:
    """The application of a process that serves: what its start makes, it makes for good."""
    with collection_postponed():
        from api.main import create_app

        return create_app(settings)


def _leave_without_database() -> None:
    """Stop the service when its own database died: whoever supervises us starts both again, in good order.

    A connection pool may wait for a database that never comes back, so the time to leave is bounded.
    """
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LEAVE_SECONDS)
    os._exit(1)


def _refuse_demo_in_production(settings: Settings, owner_address: str) -> None:
    """Demonstration accounts have a published password: a production service must not open its doors with them."""
    if settings.mode == "production" and asyncio.run(_holds_demo(owner_address)):
        raise SystemExit(
            "pst: cette base contient les comptes de démonstration, dont le mot de passe est public ; servez-la avec "
            "PST_MODE=demo, ou prenez un autre PST_DATA_DIR. / This database holds the demonstration accounts, whose "
            "password is public: serve it with PST_MODE=demo, or choose another PST_DATA_DIR."
        )


async def _holds_demo(owner_address: str) -> bool:
    from api.demo.directory import OPERATOR_EMAIL

    connection = await asyncpg.connect(owner_address)
    try:
        found: bool = await connection.fetchval(
            "select exists (select from account where email = $1 and disabled_at is null)", OPERATOR_EMAIL
        )
    finally:
        await connection.close()
    return found


def _demo(settings: Settings, owner_address: str) -> list[str]:
    """In demo mode, load the demonstration communes and return what their visitor needs to know.

    Refuses a database of real communes.

    `api.demo.loading` offers `async def ensure_demo(settings: Settings) -> list[str]`: the lines to print; the
    database it fills is `settings.database_url`.
    """
    if settings.mode != "demo" or find_spec("api.demo.loading") is None:
        return []
    from api.demo.loading import ensure_demo, require_demonstration

    require_demonstration(owner_address)
    return asyncio.run(ensure_demo(settings))


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.host,
        "port": settings.port,
        "loop": "uvloop" if sys.platform != "win32" else "auto",
        "http": "httptools",
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": True,
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_graceful_shutdown": settings.drain_seconds,
    }


@contextmanager
def _stopping_by_signal(own: EmbeddedPostgres) -> Iterator[None]:
    """SIGTERM and SIGINT end this block in good order.

    Uvicorn, once it has drained, raises the signal again that stopped it: by default that would kill us
    before our database is stopped.
    """

    def leave(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)  # asked twice, we are leaving already
        raise SystemExit(1 if own.is_lost else 0)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
