"""A service on a database of its own, which these tests may break, and somebody of each kind who asks it."""

import re
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from api.db import Database
from api.installation import install_reference
from api.main import create_app
from api.migration import migrate
from api.postgres.embedded import Addresses, EmbeddedPostgres
from api.settings import Settings
from tests.factories import Commune, freeze_and_publish, make_commune
from tests.world import World

BASE = "/pst/v1"
GRAPHQL_JSON = "application/graphql-response+json"
BUSY = {"serviceUnavailable", "notWritableNow", "lockedByOther", "tookTooLong", "outcomeUnknown"}
"""What a fault of the database is called."""
OURS = re.compile(
    r"asyncpg|sqlstate|traceback|pst_runtime|postgres|relation|errno|constraint|\.py|socket", re.IGNORECASE
)
"""Words of our inside, which nobody outside is told."""

Ask = Callable[["Scene"], Coroutine[Any, Any, httpx.Response]]


@dataclass
class Scene:
    """The service, its database, and the commune that it holds."""

    server: EmbeddedPostgres
    addresses: Addresses
    settings: Settings
    app: FastAPI
    client: httpx.AsyncClient
    commune: Commune

    @property
    def headers(self) -> dict[str, str]:
        return {**self.commune.as_("administration"), "Accept-Language": "nl"}

    async def read(self) -> httpx.Response:
        return await self.client.get(f"{BASE}/actions/{self.commune.actions['space']}", headers=self.headers)

    async def public(self) -> httpx.Response:
        plan = self.commune.plans["pst"]
        return await self.client.get(f"{BASE}/public/plans/{plan}/tree", headers={"Accept-Language": "nl"})

    async def search(self) -> httpx.Response:
        return await self.client.get(f"{BASE}/public/search?q=maison", headers={"Accept-Language": "nl"})

    async def write(self) -> httpx.Response:
        words = {"title": "Een", "organisationId": str(self.commune.municipality), "status": "notStarted"}
        return await self.client.post(f"{BASE}/actions", json=words, headers=self.headers)

    async def query(self, accept: str = "application/json") -> httpx.Response:
        body = {"query": "{ actions(first: 5) { nodes { id title placements { totalCount } } } }"}
        return await self.client.post("/graphql", json=body, headers={**self.headers, "Accept": accept})

    async def query_in_its_own_form(self) -> httpx.Response:
        return await self.query(GRAPHQL_JSON)

    async def change(self) -> httpx.Response:
        words = f'title: "Twee", status: notStarted, organisationId: "{self.commune.municipality}"'
        body = {"query": f"mutation {{ createAction(input: {{ {words} }}) {{ id }} }}"}
        return await self.client.post("/graphql", json=body, headers=self.headers)

    async def sign_in(self) -> httpx.Response:
        words = {"email": f"{uuid4().hex}@tests.example", "password": "not the one of anybody"}
        return await self.client.post("/auth/session", json=words, headers={"Accept-Language": "nl"})

    async def token(self) -> httpx.Response:
        form = {"grant_type": "client_credentials"}
        proof = ("0199f9d4-0000-7000-8000-000000000000", "x" * 43)
        return await self.client.post("/oauth/token", data=form, auth=proof, headers={"Accept-Language": "nl"})

    async def health(self) -> tuple[int, str]:
        answer = await self.client.get("/health")
        return answer.status_code, answer.json()["status"]


READS: list[Ask] = [Scene.read, Scene.public, Scene.search, Scene.query, Scene.query_in_its_own_form]
WRITES: list[Ask] = [Scene.write, Scene.change, Scene.sign_in, Scene.token]
USUAL = {"write": 201, "sign_in": 401, "token": 401}


def assert_to_be_asked_again(answer: httpx.Response) -> str:
    """503 with the seconds to wait, in the reader's language, without our inside; answers what it is called."""
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Language"] == "nl"
    problem = (
        answer.json()["errors"][0]["extensions"] if GRAPHQL_JSON in answer.headers["Content-Type"] else answer.json()
    )
    code: str = problem["type"].rpartition(":")[2]
    assert code in BUSY
    assert " dit " in f" {problem['detail']} " or " de " in f" {problem['detail'].lower()} ", problem["detail"]
    assert not OURS.search(answer.text), answer.text
    return code


async def assert_all(scene: Scene, asked: list[Ask]) -> set[str]:
    """Each of these is to be asked again; answers what that is called."""
    return {assert_to_be_asked_again(await ask(scene)) for ask in asked}


async def assert_well(scene: Scene, asked: Sequence[Ask] = (*READS, *WRITES)) -> None:
    """Everything is answered as ever, and nothing had to be started again."""
    assert await scene.health() == (200, "UP")
    for ask in asked:
        answer = await ask(scene)
        assert answer.status_code == USUAL.get(ask.__name__, 200), f"{ask.__name__}: {answer.text}"
        assert "errors" not in answer.json(), answer.text


@asynccontextmanager
async def served(folder: Path, server: EmbeddedPostgres | None = None, **patience: Any) -> AsyncIterator[Scene]:
    """A service with a commune on a new database in this folder; the server is the caller's to break."""
    server = server or EmbeddedPostgres(folder, durable=False)
    addresses = server.start()
    try:
        with ThreadPoolExecutor(1) as beside_the_loop:
            beside_the_loop.submit(migrate, addresses.owner).result()
            beside_the_loop.submit(install_reference, addresses.owner).result()
        given = {"pool_size": 4, "pool_acquire_seconds": 1.0, "lock_timeout_ms": 200, **patience}
        settings = Settings(
            mode="development",
            data_dir=folder,
            database_url=SecretStr(addresses.runtime),
            scheduled_work=False,
            **given,
        )
        database = await Database.open(settings, addresses.runtime)
        await World.open(database, settings)
        commune = await make_commune(database, approach="distributed")
        await freeze_and_publish(commune, commune.plans["pst"])
        await database.close()
        app = create_app(settings)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app, client=("127.9.0.1", 50_000))
            async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
                yield Scene(server, addresses, settings, app, client, commune)
    finally:
        server.stop()
