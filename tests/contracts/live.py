"""The application behind a real server on a real socket, for clients that are no part of this process's loop."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.main import create_app
from api.settings import Settings


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Serve in a thread of its own, with the parser and options of the service; answers the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings), http="httptools", ws="none", log_config=None, access_log=False, server_header=False,
            lifespan="on",
        )
    )  # fmt: skip
    ready = threading.Event()

    async def run() -> None:
        serving = asyncio.create_task(server.serve([listener]))
        while not server.started and not serving.done():  # noqa: ASYNC110 - the server has no event to wait for
            await asyncio.sleep(0.01)
        ready.set()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    ready.wait(30)
    assert server.started
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
