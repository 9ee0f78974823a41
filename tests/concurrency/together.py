"""Several callers at the same moment, and an application that loses patience quickly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from api.main import create_app
from api.settings import Settings
from tests.factories import Commune, Headers

BUSY = ("lockedByOther", "serviceUnavailable", "tookTooLong")


async def together(*asked: Awaitable[httpx.Response]) -> list[httpx.Response]:
    """All of these at once; none may fail for a fault of ours."""
    answers = await asyncio.gather(*asked)
    assert [a.text for a in answers if a.status_code >= 500 and code_of(a) not in BUSY] == []
    return list(answers)


def code_of(answer: httpx.Response) -> str | None:
    """What a refusal is called, or None for what was done."""
    if answer.status_code < 400:
        return None
    return str(answer.json()["type"].rpartition(":")[2])


def codes(answers: list[httpx.Response]) -> list[str | None]:
    return sorted(map(code_of, answers), key=str)


class Desk:
    """Somebody of a commune who reads and changes documents."""

    def __init__(self, client: httpx.AsyncClient, commune: Commune, headers: Headers | None = None) -> None:
        self.client, self.commune = client, commune
        self.headers = headers or commune.as_("administration")

    async def read(self, path: str) -> httpx.Response:
        return await self.client.get(f"/pst/v1/{path}", headers=self.headers)

    async def tag(self, path: str) -> str:
        return str((await self.read(path)).headers["ETag"])

    async def create(self, plural: str, **words: Any) -> httpx.Response:
        given = {
            name: str(value) if not isinstance(value, int | list | None) else value for name, value in words.items()
        }
        return await self.client.post(f"/pst/v1/{plural}", json=given, headers=self.headers)

    async def change(self, path: str, tag: str, **words: Any) -> httpx.Response:
        return await self.client.patch(f"/pst/v1/{path}", json=words, headers={**self.headers, "If-Match": tag})

    async def remove(self, path: str, tag: str) -> httpx.Response:
        return await self.client.delete(f"/pst/v1/{path}", headers={**self.headers, "If-Match": tag})


@asynccontextmanager
async def impatient(settings: Settings, **patience: Any) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    """Another application on the same database, which waits for nothing, and a client of it."""
    app = create_app(settings.model_copy(update=patience))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, client=("127.8.0.1", 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
            yield app, client
