"""Role × operation: every route of the OpenAPI document, asked by everybody, answers as the table says."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from tests.factories import snapshot_of_everything
from tests.rights.setting import Setting
from tests.rights.table import CALLERS, ELSEWHERE, OPERATIONS, Operation
from tests.rights.words import change_of, creation_of, prepare_creation, to_delete

BASE = "/pst/v1"
COLLECTIONS = sorted({o.collection for o in OPERATIONS})
WRITES = ("create", "update", "delete", "secrets")
READS = (
    "list",
    "read",
    "tree",
    "articulation",
    "pcsReport",
    "totals",
    "progress",
    "quality",
    "diagnostic",
    "coverage",
    "content",
    "actions",
)


def test_the_table_names_every_route_of_the_openapi_document(app: FastAPI) -> None:
    document = app.openapi()
    routes = {(method.upper(), path.removeprefix(BASE)) for path, item in document["paths"].items() for method in item}
    assert {(o.method, o.path) for o in OPERATIONS} == routes - ELSEWHERE


def operations_of(collection: str, *verbs: str) -> list[Operation]:
    return [o for o in OPERATIONS if o.collection == collection and o.verb in verbs]


def url_of(operation: Operation, identifier: UUID) -> str:
    return BASE + "/".join(str(identifier) if part.startswith("{") else part for part in operation.path.split("/"))


async def ask(
    client: httpx.AsyncClient, setting: Setting, operation: Operation, caller: str, target: UUID | None = None
) -> httpx.Response:
    """Do what the operation says as the caller, at the version the document has now."""
    if operation.verb == "pcsReport":
        target = setting.documents["pcs"]
    target = target or setting.documents.get(operation.collection) or UUID(int=0)
    headers = dict(setting.headers[caller])
    said: dict[str, Any] = {}
    if operation.verb == "create":
        said["json"] = creation_of(setting, operation.collection, caller)
    if operation.verb == "secrets":
        said["json"] = {}
    if operation.verb == "update":
        said["json"] = change_of(operation.collection)
    if operation.verb in ("update", "delete"):
        headers["If-Match"] = f'"{await version_of(setting, operation.collection, target)}"'
    return await client.request(operation.method, url_of(operation, target), headers=headers, **said)


async def version_of(setting: Setting, collection: str, target: UUID) -> int:
    from api.domain.resources.catalogue import RESOURCES

    table = next(r.table.name for r in RESOURCES if r.plural == collection)
    async with setting.commune.acting() as (connection, _):
        found: int = await connection.fetchval(f"select version from {table} where id = $1", target)
    return found


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_everybody_reads_what_the_table_says_and_nothing_else(
    client: httpx.AsyncClient, setting: Setting, collection: str
) -> None:
    operations = operations_of(collection, *READS)
    found = {
        str(o): {caller: (await ask(client, setting, o, caller)).status_code for caller in CALLERS} for o in operations
    }
    assert found == {str(o): o.expected for o in operations}


@pytest.mark.parametrize("collection", [c for c in COLLECTIONS if operations_of(c, *WRITES)])
async def test_whoever_may_not_write_is_refused_and_nothing_changes(
    client: httpx.AsyncClient, setting: Setting, collection: str
) -> None:
    operations = operations_of(collection, *WRITES)
    await prepare_creation(setting, collection, "refused")
    for caller in CALLERS:
        for what in ("fresh", "body"):
            setting.documents[f"{what} {caller}"] = setting.documents.get(f"{what} refused", UUID(int=0))
    doomed = await to_delete(setting, collection) if operations_of(collection, "delete") else None
    before = await snapshot_of_everything(setting.database, setting.commune.workspace_id)
    found: dict[str, dict[str, int]] = {}
    for o in operations:
        target = doomed if o.verb == "delete" else None
        refused = [caller for caller, status in o.expected.items() if status >= 400]
        found[str(o)] = {c: (await ask(client, setting, o, c, target)).status_code for c in refused}
    assert found == {str(o): {c: s for c, s in o.expected.items() if s >= 400} for o in operations}
    assert await snapshot_of_everything(setting.database, setting.commune.workspace_id) == before


@pytest.mark.parametrize("collection", [c for c in COLLECTIONS if operations_of(c, *WRITES)])
async def test_whoever_may_write_succeeds(client: httpx.AsyncClient, setting: Setting, collection: str) -> None:
    operations = operations_of(collection, *WRITES)
    found: dict[str, dict[str, Any]] = {}
    for o in operations:
        found[str(o)] = {}
        for caller in (c for c, status in o.expected.items() if status < 400):
            if o.verb == "create":
                await prepare_creation(setting, collection, caller)
            target = await to_delete(setting, collection) if o.verb == "delete" else None
            answer = await ask(client, setting, o, caller, target)
            found[str(o)][caller] = answer.status_code if answer.is_success else answer.text
    assert found == {str(o): {c: s for c, s in o.expected.items() if s < 400} for o in operations}
