"""Everything a person carries goes to its successor in one command, and what stays is named with its reason."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.db import Database
from api.domain.commands.context import today
from tests.factories import (
    Commune,
    change,
    make,
    make_action,
    make_commune,
    make_objective,
    make_plan,
    snapshot_of_everything,
    statements,
)

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


def owned(commune: Commune, *persons: str, kind: str = "owner") -> list[dict[str, Any]]:
    return [{"kind": kind, "person_id": commune.persons[person]} for person in persons]


def address(commune: Commune, person: str = "works") -> str:
    return f"{BASE}/persons/{commune.persons[person]}/handOver"


async def preview(client: httpx.AsyncClient, commune: Commune, role: str = "administration", **to: Any) -> Any:
    return await client.get(address(commune), params=to, headers=commune.as_(role))


async def apply(client: httpx.AsyncClient, commune: Commune, etag: str, role: str = "administration", **to: Any) -> Any:
    return await client.post(address(commune), json=to, headers={**commune.as_(role), "If-Match": etag})


async def handed(client: httpx.AsyncClient, commune: Commune, **to: Any) -> Any:
    """Previewed and done; both say the same."""
    seen = await preview(client, commune, **{k: str(v).lower() if v is True else v for k, v in to.items()})
    assert seen.status_code == 200, seen.text
    done = await apply(client, commune, seen.headers["ETag"], **to)
    assert (done.status_code, done.json()) == (200, seen.json()), done.text
    return done.json()


async def read(client: httpx.AsyncClient, commune: Commune, kind: str, identifier: Any) -> Any:
    answer = await client.get(f"{BASE}/{kind}/{identifier}", headers=commune.as_("administration"))
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(answer: Any, what: str) -> set[tuple[str, str, Any]]:
    how = "responsibilities" if what == "moved" else "reason"
    return {(row["kind"], row["title"], "+".join(row[how]) if what == "moved" else row[how]) for row in answer[what]}


def bearers(document: Any) -> list[tuple[str, str]]:
    return [(r["kind"], r["personId"] or r["unitId"] or r["officeId"]) for r in document["responsibilities"]]


async def test_everything_goes_in_one_command(client: httpx.AsyncClient, commune: Commune) -> None:
    successor, plan = str(commune.persons["social"]), await make_plan(commune)
    action = await make_action(commune, title="Voirie", responsibilities=[
        *owned(commune, "works"), *owned(commune, "mayor", kind="mandatary"), *owned(commune, "works", kind="lead"),
    ])  # fmt: skip
    completed = await make_action(commune, title="Finie", responsibilities=owned(commune, "works"))
    for status in ("inProgress", "completed"):
        await change(commune, "action", completed, status=status)
    objective = await make_objective(commune, plan, title="Mobilité", responsibilities=owned(commune, "works"))
    task = await make(commune, "task", action_id=action, title="Devis", assignee_person_id=commune.persons["works"])
    done = await make(commune, "task", action_id=action, title="Faite", done_on="2026-01-05",
                      assignee_person_id=commune.persons["works"])  # fmt: skip
    answer = await handed(client, commune, toPersonId=successor)
    assert rows(answer, "moved") == {
        ("action", "Voirie", "owner+lead"), ("action", "Finie", "owner"), ("objective", "Mobilité", "owner"),
        ("task", "Devis", ""),
    }  # fmt: skip
    assert answer["left"] == []
    mayor = str(commune.persons["mayor"])
    assert bearers(await read(client, commune, "actions", action)) == [
        ("owner", successor), ("mandatary", mayor), ("lead", successor),
    ]  # fmt: skip
    assert bearers(await read(client, commune, "actions", completed)) == [("owner", successor)]
    assert bearers(await read(client, commune, "objectives", objective)) == [("owner", successor)]
    assert (await read(client, commune, "tasks", task))["assigneePersonId"] == successor
    assert (await read(client, commune, "tasks", done))["assigneePersonId"] == str(commune.persons["works"])
    assert (await handed(client, commune, toPersonId=successor))["moved"] == []


async def test_the_journal_names_who_did_it_for_each_row(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, responsibilities=owned(commune, "works"))
    await make(commune, "task", action_id=action, title="Devis", assignee_person_id=commune.persons["works"])
    await handed(client, commune, toUnitId=str(commune.units["social"]))
    async with commune.acting() as (connection, _):
        entries = await connection.fetch(
            "select entity, account_id, roles, origin, before, after, entity_version from journal_entry"
            " where workspace_id = $1 and command = 'handOver' order by position",
            commune.workspace_id,
        )
        chain = await connection.fetch(
            "select before, after from journal_entry where workspace_id = $1 and entity_id = $2 order by position",
            commune.workspace_id, action,
        )  # fmt: skip
    account = commune.account("administration")
    assert [(e["entity"], e["account_id"], e["roles"], e["entity_version"]) for e in entries] == [
        ("action", account, ["administration"], 2), ("task", account, ["administration"], 2),
    ]  # fmt: skip
    assert [entry["before"] for entry in chain] == [None, *(entry["after"] for entry in chain[:-1])]


async def test_what_the_successor_has_already_is_not_there_twice(client: httpx.AsyncClient, commune: Commune) -> None:
    both = await make_action(commune, title="À deux", responsibilities=owned(commune, "works", "social"))
    answer = await handed(client, commune, toPersonId=str(commune.persons["social"]))
    assert [row["isMerged"] for row in answer["moved"]] == [True]
    assert bearers(await read(client, commune, "actions", both)) == [("owner", str(commune.persons["social"]))]


async def test_closed_plans_and_the_other_house_stay_and_are_named(client: httpx.AsyncClient, commune: Commune) -> None:
    plan = await make_plan(commune)
    await make_objective(commune, plan, title="D’avant", responsibilities=owned(commune, "works"))
    async with commune.acting() as (connection, _):
        await connection.execute("update plan set is_closed = true where id = $1", plan)
    await make_action(commune, title="Du CPAS", house="cpas", responsibilities=owned(commune, "works"))
    await make_action(commune, title="Secrète", house="cpas", audience="restricted",
                      responsibilities=owned(commune, "works"))  # fmt: skip
    await make_action(commune, title="Commune aux deux", house="cpas", department="both",
                      responsibilities=owned(commune, "works"))  # fmt: skip
    answer = await handed(client, commune, toUnitId=str(commune.units["works"]))
    assert rows(answer, "moved") == {("action", "Commune aux deux", "owner")}
    # What the other house keeps to itself is not even named.
    assert rows(answer, "left") == {("action", "Du CPAS", "otherHouse"), ("objective", "D’avant", "planClosed")}


async def test_tasks_do_not_go_to_an_office(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, title="Voirie", responsibilities=owned(commune, "works"))
    await make(commune, "task", action_id=action, title="Devis", assignee_person_id=commune.persons["works"])
    answer = await handed(client, commune, toOfficeId=str(commune.offices["mayor"]))
    assert rows(answer, "left") == {("task", "Devis", "officeTakesNoTasks")}
    document = await read(client, commune, "actions", action)
    assert bearers(document) == [("owner", str(commune.offices["mayor"]))]


async def test_offices_go_when_asked_and_the_mandate_keeps_its_end(client: httpx.AsyncClient, commune: Commune) -> None:
    ends = str(today() + timedelta(900))
    office = await make(commune, "office", kind="headOfUnit", title="Chef", organisation_id=commune.municipality)
    other = await make(commune, "office", house="cpas", kind="headOfUnit", title="Chef du CPAS",
                       organisation_id=commune.cpas)  # fmt: skip
    words: dict[str, Any] = {"person_id": commune.persons["works"], "starts_on": "2025-01-01"}
    held = await make(commune, "officeHolding", office_id=office, ends_on=ends, **words)
    await make(commune, "officeHolding", house="cpas", office_id=other, **words)
    successor = str(commune.persons["social"])
    not_asked = (await preview(client, commune, toPersonId=successor)).json()
    assert rows(not_asked, "left") == {
        ("officeHolding", "Chef", "notAsked"), ("officeHolding", "Chef du CPAS", "otherHouse"),
    }  # fmt: skip
    answer = await handed(client, commune, toPersonId=successor, hasOffices=True)
    assert rows(answer, "moved") == {("officeHolding", "Chef", "")}
    assert (await read(client, commune, "officeHoldings", held))["endsOn"] == str(today())
    found = await client.get(
        f"{BASE}/officeHoldings", params={"personId": successor}, headers=commune.as_("administration")
    )
    assert [(h["officeId"], h["startsOn"], h["endsOn"]) for h in found.json()["items"]] == [
        (str(office), str(today()), ends)
    ]


async def test_what_changed_since_the_preview_is_refused(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, responsibilities=owned(commune, "works"))
    to = {"toPersonId": str(commune.persons["social"])}
    etag = (await preview(client, commune, **to)).headers["ETag"]
    await change(commune, "action", action, description="Autrement")
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    stale = await apply(client, commune, etag, **to)
    assert stale.status_code == 412, stale.text
    current = (await preview(client, commune, **to)).headers["ETag"]
    other = await apply(client, commune, current, toPersonId=str(commune.persons["mayor"]))
    missing = await client.post(address(commune), json=to, headers=commune.as_("administration"))
    assert (other.status_code, missing.status_code) == (412, 428)
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    assert (await apply(client, commune, current, **to)).status_code == 200
    assert (await apply(client, commune, current, **to)).status_code == 412


async def test_only_an_administrator_hands_over(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    await make_action(commune, responsibilities=owned(commune, "works"))
    to = {"toPersonId": str(commune.persons["social"])}
    etag = (await preview(client, commune, **to)).headers["ETag"]
    before = await snapshot_of_everything(database, commune.workspace_id)
    for role in ("college", "council", "agent", "region", "integrator", "operator"):
        assert (await preview(client, commune, role, **to)).status_code == 403, role
        assert (await apply(client, commune, etag, role, **to)).status_code == 403, role
    assert (await preview(client, commune, "public", **to)).status_code == 401
    assert (await apply(client, commune, etag, "public", **to)).status_code == 401
    assert await snapshot_of_everything(database, commune.workspace_id) == before
    async with commune.acting() as (connection, _):
        await connection.execute(
            "update membership set is_administrator = false where workspace_id = $1 and account_id = $2",
            commune.workspace_id, commune.account("administration"),
        )  # fmt: skip
    without_grant = await snapshot_of_everything(database, commune.workspace_id)
    assert (await preview(client, commune, **to)).status_code == 403
    assert (await apply(client, commune, etag, **to)).status_code == 403
    assert await snapshot_of_everything(database, commune.workspace_id) == without_grant


async def test_who_cannot_take_over_is_refused(client: httpx.AsyncClient, commune: Commune, database: Database) -> None:
    stranger = await make_commune(database)
    gone = await make(commune, "person", kind="agent", family_name="Partie", left_on="2026-01-05")
    action = await make_action(commune, responsibilities=owned(commune, "works"))
    before = await snapshot_of_everything(database, commune.workspace_id)
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({}, "toPersonId", "exactlyOneBearer"),
        ({"toPersonId": str(gone), "toUnitId": str(commune.units["works"])}, "toPersonId", "exactlyOneBearer"),
        ({"toPersonId": str(gone)}, "toPersonId", "cannotTakeOver"),
        ({"toPersonId": str(commune.persons["works"])}, "toPersonId", "cannotTakeOver"),
        ({"toPersonId": str(stranger.persons["works"])}, "toPersonId", "referencedResourceNotFound"),
        ({"toUnitId": str(stranger.units["works"])}, "toUnitId", "referencedResourceNotFound"),
        ({"toOfficeId": str(action)}, "toOfficeId", "referencedResourceNotFound"),
        ({"toUnitId": str(commune.units["works"]), "hasOffices": True}, "hasOffices", "officesGoToPersons"),
    ]
    for to, name, code in wrong:
        asked = {k: str(v).lower() if v is True else v for k, v in to.items()}
        for answer in (await preview(client, commune, **asked), await apply(client, commune, f'"{"0" * 24}"', **to)):
            [issue] = answer.json()["issues"]
            assert (answer.status_code, issue["name"]) == (400, name), answer.text
            assert issue["type"].endswith(code), issue
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_person_of_another_commune_is_absent(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    stranger = await make_commune(database)
    to = {"toPersonId": str(commune.persons["social"])}
    headers = commune.as_("administration")
    seen = await client.get(address(stranger), params=to, headers=headers)
    done = await client.post(address(stranger), json=to, headers={**headers, "If-Match": f'"{"0" * 24}"'})
    assert (seen.status_code, done.status_code) == (404, 404)


async def test_many_rows_cost_no_more_statements(client: httpx.AsyncClient, commune: Commune) -> None:
    async def cost(number: int) -> int:
        for n in range(number):
            action = await make_action(commune, title=f"A{n}", responsibilities=owned(commune, "works"))
            await make(commune, "task", action_id=action, title="T", assignee_person_id=commune.persons["works"])
        to = {"toPersonId": str(commune.persons["social"])}
        etag = (await preview(client, commune, **to)).headers["ETag"]
        with statements(commune.database) as seen:
            assert (await apply(client, commune, etag, **to)).status_code == 200
        return len(seen)

    assert await cost(1) == await cost(12)


PREVIEW = """query($id: UUID!, $to: UUID) { handOverPreview(personId: $id, toPersonId: $to) {
    basis moved { kind id title responsibilities isMerged } left { kind title reason } } }"""
APPLY = """mutation($id: UUID!, $basis: String!, $input: HandOverRequest!) {
    handOver(personId: $id, expectedBasis: $basis, input: $input) { basis moved { title } } }"""


async def test_graphql_hands_over_as_rest_does(client: httpx.AsyncClient, commune: Commune) -> None:
    action = await make_action(commune, title="Voirie", responsibilities=owned(commune, "works"))
    person, to = str(commune.persons["works"]), str(commune.persons["social"])

    async def ask(query: str, role: str = "administration", **variables: Any) -> Any:
        answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=commune.as_(role))
        return answer.json()

    found = (await ask(PREVIEW, id=person, to=to))["data"]["handOverPreview"]
    rest = (await preview(client, commune, toPersonId=to)).json()
    assert found == {
        "basis": rest["basis"], "moved": rest["moved"], "left": [],
    }  # fmt: skip
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    words = {"toPersonId": to}
    refused = await ask(APPLY, "college", id=person, basis=found["basis"], input=words)
    assert refused["errors"][0]["extensions"]["status"] == 403
    stale = await ask(APPLY, id=person, basis="0" * 24, input=words)
    assert stale["errors"][0]["extensions"]["status"] == 412
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    done = await ask(APPLY, id=person, basis=found["basis"], input=words)
    assert done["data"]["handOver"]["moved"] == [{"title": "Voirie"}]
    assert bearers(await read(client, commune, "actions", action)) == [("owner", to)]
