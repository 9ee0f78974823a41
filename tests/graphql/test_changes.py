"""Changing through GraphQL: one transaction for each root field, the refusals of REST, nothing left of a refusal."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.accounts import open_workspace
from api.db import Database
from tests.factories import Commune, make_action, make_commune, snapshot_of_everything

CREATE = """mutation($input: ActionCreate!, $key: String) {
    createAction(input: $input, idempotencyKey: $key) { id title status version organisation { id } warnings } }"""
UPDATE = """mutation($id: UUID!, $version: Int!, $patch: ActionPatch!) {
    updateAction(id: $id, expectedVersion: $version, patch: $patch) { id title description version status } }"""


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def ask(client: httpx.AsyncClient, commune: Commune, role: str, query: str, **variables: Any) -> Any:
    headers = {**commune.as_(role), "Accept-Language": "en"}
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def created(client: httpx.AsyncClient, commune: Commune, **more: Any) -> Any:
    words = {"title": "Repaver la place", "organisationId": str(commune.municipality), **more}
    answer = await ask(client, commune, "administration", CREATE, input=words)
    assert "errors" not in answer, answer
    return answer["data"]["createAction"]


def problem(answer: Any) -> Any:
    [error] = answer["errors"]
    return error["extensions"]


async def test_a_creation_is_read_back_with_its_links(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await created(client, commune)
    assert made["version"] == 1
    assert made["organisation"] == {"id": str(commune.municipality)}
    rest = await client.get(f"/pst/v1/actions/{made['id']}", headers=commune.as_("administration"))
    assert rest.json()["title"] == "Repaver la place"


async def test_a_patch_changes_what_it_says_and_nothing_else(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await created(client, commune, description="En pavés anciens")
    changed = await ask(client, commune, "administration", UPDATE, id=made["id"], version=1, patch={"title": "Autre"})
    assert changed["data"]["updateAction"]["description"] == "En pavés anciens"
    cleared = await ask(
        client, commune, "administration", UPDATE, id=made["id"], version=2, patch={"description": None}
    )
    assert cleared["data"]["updateAction"] == {
        "id": made["id"], "title": "Autre", "description": None, "version": 3, "status": made["status"]
    }  # fmt: skip


async def test_a_stale_version_is_refused_as_in_rest(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await created(client, commune)
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    patch = {"title": "Trop tard"}
    await ask(client, commune, "administration", UPDATE, id=made["id"], version=1, patch={"title": "D’abord"})
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await ask(client, commune, "administration", UPDATE, id=made["id"], version=1, patch=patch)
    rest = await client.patch(
        f"/pst/v1/actions/{made['id']}", json=patch,
        headers={**commune.as_("administration"), "If-Match": '"1"', "Accept-Language": "en",
                 "Content-Type": "application/merge-patch+json"},
    )  # fmt: skip
    assert rest.status_code == 412
    assert answer["data"] == {"updateAction": None}
    assert {**problem(answer), "instance": ""} == {**rest.json(), "instance": ""}
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"title": "x", "priority": 9}, {"title": "x", "plannedEnd": "soon"},
        {"title": "x", "sdgs": [99]},
        {"title": "x", "fullTimeEquivalents": "1,5"}, {"title": "x", "health": "blocked"},
        {"title": "x", "domainIds": ["0190f0f0-0000-7000-8000-000000000000"]},
    ],
)  # fmt: skip
async def test_wrong_words_are_the_issues_of_rest(client: httpx.AsyncClient, commune: Commune, wrong: Any) -> None:
    words = {"organisationId": str(commune.municipality), **wrong}
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await ask(client, commune, "administration", CREATE, input=words)
    headers = {**commune.as_("administration"), "Accept-Language": "en"}
    rest = await client.post("/pst/v1/actions", json=words, headers=headers)
    assert rest.status_code == 400
    assert {**problem(answer), "instance": ""} == {**rest.json(), "instance": ""}
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_a_key_creates_once(client: httpx.AsyncClient, commune: Commune) -> None:
    words = {"title": "Une fois", "organisationId": str(commune.municipality)}
    first = await ask(client, commune, "administration", CREATE, input=words, key="k-1")
    again = await ask(client, commune, "administration", CREATE, input=words, key="k-1")
    assert first["data"]["createAction"]["id"] == again["data"]["createAction"]["id"]
    other = await ask(client, commune, "administration", CREATE, input={**words, "title": "Autre"}, key="k-1")
    assert problem(other)["type"] == "urn:problem-type:pst:idempotencyMismatch"


@pytest.mark.parametrize("key", ["", " ", "two words", "é", "x" * 256, "a\nb"])
async def test_a_key_is_a_key_in_both_doors(client: httpx.AsyncClient, commune: Commune, key: str) -> None:
    words = {"title": "Sans clef", "organisationId": str(commune.municipality)}
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    refused = await ask(client, commune, "administration", CREATE, input=words, key=key)
    assert refused["data"] == {"createAction": None}
    assert [issue["name"] for issue in problem(refused)["issues"]] == ["idempotencyKey"]
    if "\n" not in key:
        headers = [
            (b"Idempotency-Key", key.encode()),
            *((n.encode(), v.encode()) for n, v in commune.as_("administration").items()),
        ]
        assert (await client.post("/pst/v1/actions", json=words, headers=headers)).status_code == 400
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_no_key_is_no_key(client: httpx.AsyncClient, commune: Commune) -> None:
    words = {"title": "Sans clef", "organisationId": str(commune.municipality)}
    made = [await ask(client, commune, "administration", CREATE, input=words, key=None) for _ in range(2)]
    assert len({answer["data"]["createAction"]["id"] for answer in made}) == 2


async def test_each_root_field_is_a_transaction(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await created(client, commune)
    query = """mutation($id: UUID!) {
        one: updateAction(id: $id, expectedVersion: 1, patch: {title: "Un"}) { version }
        stale: updateAction(id: $id, expectedVersion: 1, patch: {title: "Deux"}) { version }
        three: updateAction(id: $id, expectedVersion: 2, patch: {title: "Trois"}) { version title }
    }"""
    answer = await ask(client, commune, "administration", query, id=made["id"])
    assert answer["data"] == {"one": {"version": 2}, "stale": None, "three": {"version": 3, "title": "Trois"}}
    assert answer["errors"][0]["path"] == ["stale"]


async def test_what_one_root_field_writes_is_written_at_once_and_apart_from_the_next(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    """PostgreSQL marks each row with the transaction that wrote it: the action, what hangs on it, the journal."""
    query = """mutation($input: ActionCreate!) {
        one: createAction(input: $input) { id } two: createAction(input: $input) { id } }"""
    words = {"title": "Deux fois", "organisationId": str(commune.municipality), "sdgs": [11]}
    answer = await ask(client, commune, "administration", query, input=words)
    async with commune.database.transaction() as connection:
        await open_workspace(connection, commune.workspace_id)
        written = [
            await connection.fetch(
                "select xmin::text from action where id = $1"
                " union select xmin::text from action_sdg where action_id = $1"
                " union select xmin::text from journal_entry where entity_id = $1",
                UUID(answer["data"][name]["id"]),
            )
            for name in ("one", "two")
        ]
    assert [len(transactions) for transactions in written] == [1, 1]
    assert written[0] != written[1]


async def test_each_answer_shows_the_state_after_its_own_change(client: httpx.AsyncClient, commune: Commune) -> None:
    """Not the one before, and not the one after the changes that follow."""
    made = await created(client, commune)
    field = """{name}: createTask(input: {{actionId: $id, title: "{name}"}}) {{
        title action {{ tasks {{ nodes {{ title }} }} }} }}"""
    query = "mutation($id: UUID!) { " + " ".join(field.format(name=name) for name in ("a", "b", "c")) + " }"
    told = (await ask(client, commune, "administration", query, id=made["id"]))["data"]
    shown = {name: sorted(t["title"] for t in told[name]["action"]["tasks"]["nodes"]) for name in told}
    assert shown == {"a": ["a"], "b": ["a", "b"], "c": ["a", "b", "c"]}


async def test_a_part_of_the_answer_that_may_not_be_read_undoes_no_change(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    """The change stands, and says so: only the part is null, with one error."""
    made = await created(client, commune)
    query = """mutation($id: UUID!) { updateAction(id: $id, expectedVersion: 1, patch: {title: "Changé"}) {
        version tasks(first: 0) { totalCount } } }"""
    answer = await ask(client, commune, "administration", query, id=made["id"])
    assert answer["data"] == {"updateAction": {"version": 2, "tasks": None}}
    assert [error["path"] for error in answer["errors"]] == [["updateAction", "tasks"]]


async def test_only_a_draft_is_deleted_by_who_may(client: httpx.AsyncClient, commune: Commune) -> None:
    query = "mutation($id: UUID!) { deleteAction(id: $id, expectedVersion: 1) }"
    made = await created(client, commune)
    refused = await ask(client, commune, "council", query, id=made["id"])
    assert problem(refused)["status"] in (403, 404)
    deleted = await ask(client, commune, "administration", query, id=made["id"])
    assert deleted["data"] == {"deleteAction": made["id"]}
    gone = await ask(client, commune, "administration", "query($id: UUID!) { action(id: $id) { id } }", id=made["id"])
    assert gone["data"] == {"action": None}
    assert problem(gone)["type"] == "urn:problem-type:belgif:resourceNotFound"


async def test_nobody_changes_anything_without_a_token(client: httpx.AsyncClient, commune: Commune) -> None:
    made = await make_action(commune)
    answer = await client.post(
        "/graphql", json={"query": f'mutation {{ deleteAction(id: "{made}", expectedVersion: 1) }}'}
    )
    assert problem(answer.json())["type"] == "urn:problem-type:belgif:noAccessToken"


async def test_a_conversion_is_previewed_applied_and_undone(client: httpx.AsyncClient, commune: Commune) -> None:
    preview = """query($pst: UUID!, $pcs: UUID!) {
        articulationPreview(planId: $pst, to: singleObjective, withPlanId: $pcs) {
            basis isApplicable unmatched { actionId } } }"""
    plans = {"pst": str(commune.plans["pst"]), "pcs": str(commune.plans["pcs"])}
    found = (await ask(client, commune, "administration", preview, **plans))["data"]["articulationPreview"]
    assert found["isApplicable"], found
    convert = """mutation($pst: UUID!, $basis: String!, $input: ConversionRequest!) {
        convertArticulation(planId: $pst, expectedBasis: $basis, input: $input) { id toApproach plan { title } } }"""
    words = {"to": "singleObjective", "withPlanId": plans["pcs"]}
    answer = await ask(client, commune, "administration", convert, pst=plans["pst"], basis=found["basis"], input=words)
    done = answer["data"]["convertArticulation"]
    assert done["toApproach"] == "singleObjective"
    undo = """mutation($pst: UUID!, $id: UUID!) {
        undoArticulationConversion(planId: $pst, articulationConversionId: $id) { id version } }"""
    undone = await ask(client, commune, "administration", undo, pst=plans["pst"], id=done["id"])
    assert undone["data"]["undoArticulationConversion"]["id"] == done["id"]
