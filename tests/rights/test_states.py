"""Role × state: in every status, for everybody, what an action's document allows is the table, and is what succeeds."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.factories import make_action, snapshot_of_everything
from tests.rights.moves import WHO_MOVES
from tests.rights.setting import Setting
from tests.rights.test_permitted import BASE, LIVING, STATUSES, make_status

STATES = """
status       updateAction                       deleteAction
draft        coll admn grnt agnt                admn grnt agnt
notStarted   coll admn grnt agnt prtn pgrn      -
waiting      coll admn grnt agnt prtn pgrn      -
inProgress   coll admn grnt agnt prtn pgrn      -
suspended    coll admn grnt agnt prtn pgrn      -
completed    coll admn grnt agnt prtn pgrn      -
cancelled    coll admn grnt agnt prtn pgrn      -
"""
"""Who may change or remove an action: the collège its opinion, a partner its report where that is granted."""

DOORS = ("rest", "graphql")
READ = "query ($id: UUID!) { action(id: $id) { permitted nextStatuses } }"
PATCH = (
    "mutation ($id: UUID!, $version: Int!, $patch: ActionPatch!)"
    " { updateAction(id: $id, expectedVersion: $version, patch: $patch) { status } }"
)
DELETE = "mutation ($id: UUID!, $version: Int!) { deleteAction(id: $id, expectedVersion: $version) }"


def table() -> dict[str, dict[str, set[str]]]:
    """By status and operation, who may."""
    heading, *lines = STATES.strip().splitlines()
    starts = [heading.index(word) for word in heading.split()]
    found: dict[str, dict[str, set[str]]] = {}
    for line in lines:
        cells = [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        found[cells[0]] = {
            verb: set(cell.split()) - {"-"} for verb, cell in zip(heading.split()[1:], cells[1:], strict=True)
        }
    return found


async def ask(client: httpx.AsyncClient, setting: Setting, caller: str, text: str, **variables: Any) -> dict[str, Any]:
    said = {"query": text, "variables": variables}
    answer: dict[str, Any] = (await client.post("/graphql", json=said, headers=setting.headers[caller])).json()
    return answer


async def read(
    client: httpx.AsyncClient, setting: Setting, door: str, caller: str, action: UUID
) -> dict[str, Any] | None:
    if door == "rest":
        answer = await client.get(f"{BASE}/actions/{action}", headers=setting.headers[caller])
        return dict(answer.json()) if answer.status_code == 200 else None
    found = await ask(client, setting, caller, READ, id=str(action))
    return (found.get("data") or {}).get("action")


async def succeeds(
    client: httpx.AsyncClient, setting: Setting, door: str, caller: str, action: UUID, words: dict[str, Any] | None
) -> bool:
    """Whether the change, or without words the removal, is done."""
    if door == "rest":
        headers = {**setting.headers[caller], "If-Match": '"1"'}
        method = "DELETE" if words is None else "PATCH"
        answer = await client.request(method, f"{BASE}/actions/{action}", headers=headers, json=words)
        return answer.is_success
    text, more = (DELETE, {}) if words is None else (PATCH, {"patch": words})
    return "errors" not in await ask(client, setting, caller, text, id=str(action), version=1, **more)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("status", STATUSES)
async def test_the_document_allows_what_the_table_says(
    client: httpx.AsyncClient, setting: Setting, status: str, door: str
) -> None:
    action = await make_status(setting, status)
    for caller in LIVING:
        document = await read(client, setting, door, caller, action)
        permitted = {verb for verb, who in table()[status].items() if caller in who}
        moves = {to for (current, to), who in WHO_MOVES.items() if current == status and caller in who}
        if document is None:
            assert (permitted, moves) == (set(), set()), caller
        else:
            own = set(document["permitted"]) & set(table()[status])  # what else it offers is told by tests of offers
            assert (own, set(document["nextStatuses"])) == (permitted, moves), caller


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("status", STATUSES)
async def test_what_the_table_allows_succeeds_and_all_else_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, setting: Setting, status: str, door: str
) -> None:
    attempts: dict[tuple[str, str], tuple[bool, dict[str, Any] | None]] = {}
    for caller in LIVING:
        for verb, who in table()[status].items():
            own = {"progress": 5} if caller in ("prtn", "pgrn") else {"statusRemark": f"Vu par {caller}"}
            attempts[caller, verb] = caller in who, (own if verb == "updateAction" else None)
        for wanted in set(STATUSES) - {status}:
            may = caller in WHO_MOVES.get((status, wanted), ())
            attempts[caller, wanted] = may, {"status": wanted, "statusReason": "Décidé"}
    untouched = await make_status(setting, status)
    before = await snapshot_of_everything(setting.database, setting.commune.workspace_id)
    for (caller, what), (may, words) in attempts.items():
        if not may:
            assert not await succeeds(client, setting, door, caller, untouched, words), (caller, what)
    assert await snapshot_of_everything(setting.database, setting.commune.workspace_id) == before
    for (caller, what), (may, words) in attempts.items():
        if may and not (status == "completed" and words == {"progress": 5}):
            fresh = await make_status(setting, status)
            if words is None:
                fresh = await make_bare(setting, status)
            assert await succeeds(client, setting, door, caller, fresh, words), (caller, what)


async def make_bare(setting: Setting, status: str) -> UUID:
    """An action that nothing refers to: what is referred to is never removed."""
    return await make_action(setting.commune, unit="works", status=status)
