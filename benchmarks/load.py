"""A small HTTP/1.1 client that keeps connections open and times each exchange. Loopback only."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

FEWEST = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, ready to be sent."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self, host: str) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body or self.method not in ("GET", "HEAD"):
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


@dataclass(frozen=True, slots=True)
class Told:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Line:
    """One kept-open connection; opened again when the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, asked: Asked) -> Told:
        started = time.perf_counter()
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
        assert self._reader is not None
        self._writer.write(asked.encoded(f"127.0.0.1:{self._port}"))
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in head[1:] if line)}
        body = await self._body(self._reader, status, headers)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Told(status, headers, body, time.perf_counter() - started)

    async def _body(self, reader: asyncio.StreamReader, status: int, headers: Mapping[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await reader.readexactly(int(headers.get("content-length", "0")))
        parts = []
        while (size := int((await reader.readline()).strip() or b"0", 16)) > 0:
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None


Next = Callable[[], Asked]
"""The next request of a load; it rotates through communes by itself."""


async def ask(port: int, asked: Asked) -> Told:
    """One request on a connection of its own."""
    line = Line(port)
    try:
        return await line.ask(asked)
    finally:
        await line.close()


async def drive(
    port: int, following: Next, concurrency: int, requests: int, good: frozenset[int], most_seconds: float = math.inf
) -> list[float]:
    """Send so many requests over so many connections, or as many as the time allows (four at least); the seconds that
    each took. Any other status is a fault."""
    left, ends = requests, time.monotonic() + most_seconds
    taken: list[float] = []

    async def worker() -> None:
        nonlocal left
        line = Line(port)
        try:
            while left > 0 and (time.monotonic() < ends or len(taken) < FEWEST):
                left -= 1
                asked = following()
                told = await line.ask(asked)
                if told.status not in good:
                    raise AssertionError(f"{asked.method} {asked.path}: {told.status} {told.body[:300]!r}")
                taken.append(told.seconds)
        finally:
            await line.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(min(concurrency, requests)):
            group.create_task(worker())
    return taken
