"""The same table through the other door: GraphQL answers everybody as REST does."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from tests.factories import snapshot_of_everything
from tests.rights.setting import Setting
from tests.rights.table import CALLERS, OPERATIONS, Operation
from tests.rights.test_matrix import version_of
from tests.rights.words import change_of, creation_of, prepare_creation, to_delete

BY_PLURAL = {r.plural: r for r in RESOURCES}
WRITES = ("create", "update", "delete")
SAME = {
    "list": "/{0}",
    "read": "/{0}/{{{1}Id}}",
    "create": "/{0}",
    "update": "/{0}/{{{1}Id}}",
    "delete": "/{0}/{{{1}Id}}",
}
SIGNED_IN = [caller for caller in CALLERS if caller != "anon"]
"""Without a token GraphQL answers what the public may read, where REST has addresses of its own for it."""


def of_documents(*verbs: str) -> list[Operation]:
    """The operations of the table that every concept has, and that both doors therefore offer."""
    return [
        o
        for o in OPERATIONS
        if o.verb in verbs
        and (r := BY_PLURAL.get(o.collection)) is not None
        and o.path == SAME[o.verb].format(r.plural, r.name)
    ]


def question(resource: Resource, verb: str) -> str:
    title = resource.title
    match verb:
        case "list":
            return f"query {{ {resource.plural} {{ nodes {{ id }} }} }}"
        case "read":
            return f"query ($id: UUID!) {{ {resource.name}(id: $id) {{ id }} }}"
        case "create":
            return f"mutation ($words: {title}Create!) {{ create{title}(input: $words) {{ id }} }}"
        case "update":
            return (
                f"mutation ($id: UUID!, $version: Int!, $words: {title}Patch!)"
                f" {{ update{title}(id: $id, expectedVersion: $version, patch: $words) {{ id }} }}"
            )
    return f"mutation ($id: UUID!, $version: Int!) {{ delete{title}(id: $id, expectedVersion: $version) }}"


async def status_of(
    client: httpx.AsyncClient, setting: Setting, operation: Operation, caller: str, target: UUID | None = None
) -> int | str:
    """What the caller is answered: the status that REST would give, or what else went wrong."""
    resource = BY_PLURAL[operation.collection]
    target = target or setting.documents.get(operation.collection) or UUID(int=0)
    said: dict[str, Any] = {}
    if operation.verb not in {"list", "create"}:
        said["id"] = str(target)
    if operation.verb == "create":
        said["words"] = creation_of(setting, operation.collection, caller)
    if operation.verb == "update":
        said["words"] = change_of(operation.collection)
    if operation.verb in ("update", "delete"):
        said["version"] = await version_of(setting, operation.collection, target)
    answer = await client.post(
        "/graphql",
        json={"query": question(resource, operation.verb), "variables": said},
        headers=setting.headers[caller],
    )
    body = answer.json()
    if errors := body.get("errors"):
        status: int | str = errors[0]["extensions"].get("status", str(errors))
        return status
    return {"create": 201, "delete": 204}.get(operation.verb, 200) if "data" in body else answer.text


async def test_everybody_reads_through_graphql_what_the_table_says(client: httpx.AsyncClient, setting: Setting) -> None:
    operations = of_documents("list", "read")
    assert len(operations) > 40
    found = {str(o): {c: await status_of(client, setting, o, c) for c in SIGNED_IN} for o in operations}
    assert found == {str(o): {c: o.expected[c] for c in SIGNED_IN} for o in operations}


@pytest.mark.parametrize("collection", sorted({o.collection for o in of_documents(*WRITES)}))
async def test_whoever_may_not_write_is_refused_through_graphql_and_nothing_changes(
    client: httpx.AsyncClient, setting: Setting, collection: str
) -> None:
    operations = [o for o in of_documents(*WRITES) if o.collection == collection]
    await prepare_creation(setting, collection, "refused")
    for caller in CALLERS:
        for what in ("fresh", "body"):
            setting.documents[f"{what} {caller}"] = setting.documents.get(f"{what} refused", UUID(int=0))
    doomed = await to_delete(setting, collection) if any(o.verb == "delete" for o in operations) else None
    before = await snapshot_of_everything(setting.database, setting.commune.workspace_id)
    found, expected = {}, {}
    for o in operations:
        refused = [c for c in SIGNED_IN if o.expected[c] >= 400]
        target = doomed if o.verb == "delete" else None
        found[str(o)] = {c: await status_of(client, setting, o, c, target) for c in refused}
        expected[str(o)] = {c: o.expected[c] for c in refused}
    assert found == expected
    assert await snapshot_of_everything(setting.database, setting.commune.workspace_id) == before


@pytest.mark.parametrize("collection", sorted({o.collection for o in of_documents(*WRITES)}))
async def test_whoever_may_write_succeeds_through_graphql(
    client: httpx.AsyncClient, setting: Setting, collection: str
) -> None:
    found, expected = {}, {}
    for o in (o for o in of_documents(*WRITES) if o.collection == collection):
        allowed = [c for c in SIGNED_IN if o.expected[c] < 400]
        for caller in allowed:
            if o.verb == "create":
                await prepare_creation(setting, collection, caller)
            target = await to_delete(setting, collection) if o.verb == "delete" else None
            found[f"{o} {caller}"] = await status_of(client, setting, o, caller, target)
            expected[f"{o} {caller}"] = o.expected[caller]
    assert found == expected
