"""Documents known by their SHA-256: from a manifest, or registered by those who sign in; who may send others."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.accelerations.response_cache import ResponseCache
from api.graphql.documents import Library
from api.graphql.manifest import APOLLO, Unusable
from api.lru_cache import LruCache
from api.settings import Settings
from tests.graphql.conftest import Town

PLANS = "{ plans(first: 1) { nodes { title } } }"
UNKNOWN = "{ plans(first: 2) { nodes { title } } }"
NOT_FOUND = "PersistedQueryNotFound"
Asker = Callable[..., AbstractAsyncContextManager[None]]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_hash(text: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}}


def manifest(folder: Path, *texts: str, relay: bool = False, **more: Any) -> Path:
    operations = [{"id": digest(t), "name": "Plans", "type": "query", "body": t} for t in texts]
    said: Any = {digest(t): t for t in texts} if relay else {"format": APOLLO, "version": 1, "operations": operations}
    path = folder / "documents.json"
    path.write_text(json.dumps(said | more), encoding="utf-8")
    return path


@pytest.fixture
def knowing(app: FastAPI, settings: Settings) -> Asker:
    """The service as it would run with these settings, for as long as the block lasts."""

    @asynccontextmanager
    async def running(**said: Any) -> AsyncIterator[None]:
        before = {name: getattr(app.state, name) for name in ("settings", "graphql_library", "memory")}
        own = settings.model_copy(update=said)
        app.state.settings, app.state.graphql_library, app.state.memory = (
            own,
            Library.open(own),
            ResponseCache(1_000_000),
        )
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(app.state, name, value)

    return running


@pytest.mark.parametrize("relay", [False, True], ids=["apollo", "relay"])
async def test_the_public_asks_what_the_manifest_holds_and_nothing_else(
    client: httpx.AsyncClient, town: Town, knowing: Asker, tmp_path: Path, relay: bool
) -> None:
    async with knowing(mode="production", graphql_documents=manifest(tmp_path, PLANS, relay=relay)):
        named = await client.post("/graphql", json=by_hash(PLANS))
        assert "errors" not in named.json(), named.text
        assert named.json() == (await client.post("/graphql", json={"query": PLANS})).json()
        refused = await client.post("/graphql", json={"query": UNKNOWN})
        assert refused.status_code == 401
        assert refused.json()["type"] == "urn:problem-type:belgif:noAccessToken"
        assert (await client.post("/graphql", json=by_hash(UNKNOWN))).json()["errors"][0]["message"] == NOT_FOUND
        known = await client.post("/graphql", json={"query": UNKNOWN}, headers=town.headers["administration"])
        assert known.status_code == 200


async def test_a_closed_service_answers_nobody_what_it_does_not_know(
    client: httpx.AsyncClient, town: Town, knowing: Asker, tmp_path: Path
) -> None:
    said = {"graphql_documents": manifest(tmp_path, PLANS), "graphql_unknown_documents": "nobody"}
    async with knowing(**said):
        headers = town.headers["administration"]
        assert (await client.post("/graphql", json=by_hash(PLANS), headers=headers)).status_code == 200
        for body in ({"query": UNKNOWN}, {"query": UNKNOWN, **by_hash(UNKNOWN)}):
            refused = await client.post("/graphql", json=body, headers=headers)
            assert refused.status_code == 403
            assert refused.json()["type"] == "urn:problem-type:pst:unknownDocument"
        again = await client.post("/graphql", json=by_hash(UNKNOWN), headers=headers)
        assert again.json()["errors"][0]["message"] == NOT_FOUND, "it was registered all the same"


ASKERS = (
    "public",
    "administration",
    "college",
    "council",
    "agent",
    "cpas",
    "partner",
    "region",
    "integrator",
    "operator",
)
OPEN_TO = {"anyone": ASKERS, "signedIn": ASKERS[1:], "nobody": ()}


@pytest.mark.parametrize("askers", [*OPEN_TO, None])
@pytest.mark.parametrize("mode", ["production", "development"])
async def test_who_may_send_other_documents(
    client: httpx.AsyncClient, town: Town, knowing: Asker, tmp_path: Path, mode: str, askers: str | None
) -> None:
    """Those whom the setting names, and no others; what the manifest holds is answered to everybody."""
    usual = "signedIn" if mode == "production" else "anyone"
    said = {"mode": mode, "graphql_documents": manifest(tmp_path, PLANS), "graphql_unknown_documents": askers}
    async with knowing(**said):
        for role in ASKERS:
            headers = town.headers[role]
            for body in ({"query": PLANS}, by_hash(PLANS)):
                assert (await client.post("/graphql", json=body, headers=headers)).status_code == 200, role
            answer = await client.post("/graphql", json={"query": UNKNOWN, **by_hash(UNKNOWN)}, headers=headers)
            refused = 401 if role == "public" else 403
            assert answer.status_code == (200 if role in OPEN_TO[askers or usual] else refused), role


async def test_what_some_register_is_not_opened_to_the_public(
    client: httpx.AsyncClient, town: Town, knowing: Asker
) -> None:
    async with knowing(mode="production"):
        full = {"query": UNKNOWN, **by_hash(UNKNOWN)}
        assert (await client.post("/graphql", json=full, headers=town.headers["partner"])).status_code == 200
        for body in (full, by_hash(UNKNOWN), {"query": UNKNOWN}):
            assert (await client.post("/graphql", json=body)).status_code == 401
            assert (await client.post("/graphql", json=body, headers=town.headers["region"])).status_code == 200


async def test_a_manifest_tells_the_public_no_schema(
    client: httpx.AsyncClient, town: Town, knowing: Asker, tmp_path: Path
) -> None:
    schema = "{ __schema { queryType { name } } }"
    async with knowing(mode="production", graphql_documents=manifest(tmp_path, schema)):
        assert (await client.post("/graphql", json=by_hash(schema))).status_code == 401
        told = await client.post("/graphql", json=by_hash(schema), headers=town.headers["integrator"])
        assert told.json()["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_the_public_registers_nothing(client: httpx.AsyncClient, knowing: Asker) -> None:
    async with knowing(graphql_unknown_documents="anyone"):
        assert (await client.post("/graphql", json={"query": UNKNOWN, **by_hash(UNKNOWN)})).status_code == 200
        assert (await client.post("/graphql", json=by_hash(UNKNOWN))).json()["errors"][0]["message"] == NOT_FOUND


async def test_what_many_register_never_drives_out_the_manifest(
    client: httpx.AsyncClient, town: Town, knowing: Asker, tmp_path: Path
) -> None:
    async with knowing(mode="production", graphql_documents=manifest(tmp_path, PLANS)):
        headers = town.headers["administration"]
        for count in range(80):
            text = f"{{ plans(first: {count + 1}) {{ nodes {{ id }} }} }} #{'x' * 60_000}"
            assert (
                await client.post("/graphql", json={"query": text, **by_hash(text)}, headers=headers)
            ).status_code == 200
        assert (await client.post("/graphql", json=by_hash(PLANS))).status_code == 200
        first = "{ plans(first: 1) { nodes { id } } } #" + "x" * 60_000
        told = (await client.post("/graphql", json=by_hash(first), headers=headers)).json()
        assert told["errors"][0]["message"] == NOT_FOUND, "registered texts are not bounded"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("no json", "cannot be read"),
        ("[]", "neither"),
        ('{"format": "another", "operations": []}', "neither"),
        (json.dumps({digest(PLANS): UNKNOWN}), "SHA-256"),
        (json.dumps({"format": APOLLO, "operations": [{"id": 5}]}), "every document"),
        (json.dumps({digest("{ nothing }"): "{ nothing }"}), "refused"),
    ],
)
def test_a_service_does_not_start_with_a_manifest_nobody_could_use(
    settings: Settings, tmp_path: Path, written: str, reason: str
) -> None:
    path = tmp_path / "documents.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(Unusable, match=reason):
        Library.open(settings.model_copy(update={"graphql_documents": path}))


def test_a_missing_manifest_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        Library.open(settings.model_copy(update={"graphql_documents": tmp_path / "absent.json"}))


def test_a_store_forgets_what_was_not_used_for_longest() -> None:
    kept: LruCache[str, int] = LruCache(10)
    kept.put("a", 1, 4)
    kept.put("b", 2, 4)
    assert kept.get("a") == 1
    kept.put("c", 3, 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    kept.put("a", 5, 9)
    assert (kept.get("a"), kept.get("c"), len(kept)) == (5, None, 1)
    kept.put("d", 6, 11)
    assert (kept.get("d"), kept.get("a")) == (None, 5)
