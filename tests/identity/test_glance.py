"""Who reads again is answered in one statement, under the rights that hold while it runs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.accelerations.response_cache import CachedAnswer, ResponseCache
from api.db import Database
from api.domain.actor import Actor, Membership, Role
from api.domain.commands.context import today
from tests.factories import Commune, make_action, make_commune, make_objective
from tests.identity import people
from tests.identity.test_machines import machine, secret_for, token
from tests.identity.test_session import cookie_of, local_account, own_page, sign_in
from tests.identity.town import Town
from tests.observing import statements

ASKED = "{ objectives(first: 20) { nodes { id title } } }"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database, approach="grouped")


async def read(client: httpx.AsyncClient, commune: Commune, path: str, role: str = "administration") -> httpx.Response:
    return await client.get(f"/pst/v1/{path}", headers=commune.as_(role))


async def enter_once(client: httpx.AsyncClient, commune: Commune, role: str = "administration") -> None:
    """From then on the asker's rights are noted."""
    assert (await read(client, commune, "workspaces", role)).status_code == 200


async def write(commune: Commune, sql: str, *values: Any) -> None:
    async with commune.database.transaction() as connection:
        await connection.execute("select set_config('app.workspaces', $1, true)", f"{{{commune.workspace_id}}}")
        await connection.execute(sql, *values)


def addresses_of(commune: Commune) -> Sequence[str]:
    plan, action = commune.plans["pst"], commune.actions["shuttle"]
    return "actions", f"actions/{action}", f"plans/{plan}/tree", "objectives?sort=title&pageSize=2"


@pytest.mark.accelerated
async def test_lists_documents_and_trees_are_one_statement_with_the_rights_in_it(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    await enter_once(client, commune)
    for address in addresses_of(commune):
        with statements(commune.database) as sent:
            answer = await read(client, commune, address)
        assert answer.status_code == 200, answer.text
        assert len(sent) == 1, sent
        assert "enter(" in sent[0]


@pytest.mark.accelerated
async def test_a_query_is_one_statement_with_the_rights_in_it(client: httpx.AsyncClient, commune: Commune) -> None:
    await enter_once(client, commune)
    with statements(commune.database) as sent:
        answer = await client.post("/graphql", json={"query": ASKED}, headers=commune.as_("administration"))
    assert answer.json()["data"]["objectives"]["nodes"]
    assert len(sent) == 1, sent
    assert "enter(" in sent[0]


@pytest.mark.accelerated
@pytest.mark.parametrize("role", ["administration", "college", "agent"])
async def test_it_answers_what_the_long_way_answers(client: httpx.AsyncClient, database: Database, role: str) -> None:
    for nth in range(4):
        commune = await make_commune(database, approach="grouped")
        address = addresses_of(commune)[nth]
        with statements(database) as long:
            first = await read(client, commune, address, role)
        await make_action(commune, status="draft", audience="restricted")  # what was remembered holds no more
        with statements(database) as short:
            again = await read(client, commune, address, role)
        assert [sql.startswith("select q.*") for sql in (long[0], short[-1])] == [False, True]
        if address != "actions":
            assert (first.status_code, first.text, first.headers["etag"]) == (200, again.text, again.headers["etag"])
        elif role != "administration":
            assert first.json()["items"] == again.json()["items"]
        else:
            assert len(first.json()["items"]) + 1 == len(again.json()["items"])


@pytest.mark.accelerated
@pytest.mark.parametrize("address", ["actions", "plans/{pst}/tree", "actions/{shuttle}"])
async def test_whose_membership_ended_reads_nothing_more(
    client: httpx.AsyncClient, commune: Commune, address: str
) -> None:
    await enter_once(client, commune, "college")
    await write(commune, "update membership set ended_at = now() where account_id = $1", commune.account("college"))
    path = address.format(pst=commune.plans["pst"], shuttle=commune.actions["shuttle"])
    with statements(commune.database) as sent:
        answer = await read(client, commune, path, "college")
    assert answer.status_code == 403, answer.text
    assert "enter(" in sent[0]
    assert "row_number" in sent[0], "it was not read at a glance"


async def test_whose_role_changed_reads_by_the_new_one(client: httpx.AsyncClient, commune: Commune) -> None:
    await make_action(commune, title="Une ébauche de la maison", status="draft")
    await enter_once(client, commune)
    await write(
        commune, "update membership set role = 'council' where account_id = $1", commune.account("administration")
    )
    answer = await read(client, commune, "actions?pageSize=200")
    assert answer.status_code == 200, answer.text
    assert "Une ébauche de la maison" not in answer.text
    again = await client.post("/graphql", json={"query": ASKED}, headers=commune.as_("administration"))
    assert again.json()["data"]["objectives"]["nodes"] == [], "the council reads versions, and there is none"


async def test_whose_language_changed_is_answered_in_the_new_one(client: httpx.AsyncClient, commune: Commune) -> None:
    await enter_once(client, commune)
    await write(commune, "update account set language = 'de' where id = $1", commune.account("administration"))
    assert (await read(client, commune, "actions")).headers["content-language"] == "de"


async def test_nothing_found_is_an_empty_page_and_what_is_hidden_does_not_exist(
    client: httpx.AsyncClient, commune: Commune, database: Database
) -> None:
    elsewhere = await make_commune(database)
    theirs = await make_action(elsewhere)
    await enter_once(client, commune)
    none = await read(client, commune, f"actions?organisationId={uuid4()}")
    assert none.json()["items"] == []
    for stranger in (theirs, uuid4()):
        with statements(database) as sent:
            assert (await read(client, commune, f"actions/{stranger}")).status_code == 404
        assert len(sent) == 1, sent


async def test_what_is_refused_before_it_is_read_is_refused_as_ever(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    await enter_once(client, commune, "council")
    answer = await read(client, commune, "tasks", "council")
    assert answer.status_code == 403, answer.text
    bad = await read(client, commune, "actions?after=notours", "council")
    assert bad.status_code == 400
    assert bad.json()["type"] == "urn:problem-type:pst:cursorInvalid"


async def test_a_statement_on_its_own_sees_one_snapshot_and_transactions_see_what_is_committed(
    database: Database,
) -> None:
    async with database.connection() as connection:
        assert await connection.fetchval("show transaction_isolation") == "repeatable read"
    async with database.snapshot() as connection:
        assert await connection.fetchval("show transaction_isolation") == "repeatable read"
        assert await connection.fetchval("show transaction_read_only") == "on"
    async with database.transaction() as connection:
        assert await connection.fetchval("show transaction_isolation") == "read committed"


async def test_a_new_row_is_seen_by_the_next_glance(client: httpx.AsyncClient, commune: Commune) -> None:
    await enter_once(client, commune)
    objective: UUID = await make_objective(commune, commune.plans["pst"], title="Un objectif de plus")
    answer = await client.post("/graphql", json={"query": ASKED}, headers=commune.as_("administration"))
    assert str(objective) in answer.text


async def test_what_is_remembered_answers_its_own_address_alone(client: httpx.AsyncClient, commune: Commune) -> None:
    for _ in range(3):
        assert (await read(client, commune, "actions?q=navette?")).status_code == 200
    assert (await read(client, commune, "actions%3Fq=navette")).status_code == 404


def test_what_was_read_before_midnight_is_not_the_answer_of_the_next_day() -> None:
    memory, actor = ResponseCache(1_000_000), Actor((Membership(Role.REGION),), account_id=uuid4())
    asked = actor, "w1.d1", "fr", "/pst/v1/actions"
    memory.keep(*asked, CachedAnswer(b"{}", '"of yesterday"'), day=today() - timedelta(days=1))
    assert memory.find(*asked) is None
    memory.keep(*asked, CachedAnswer(b"{}", '"of today"'), day=today())
    found = memory.find(*asked)
    assert found is not None
    assert found.etag == '"of today"'


async def test_a_scope_taken_from_a_machine_is_gone_from_its_tokens_and_from_what_is_remembered(
    client: httpx.AsyncClient, database: Database, town: Town
) -> None:
    home = await people.commune(client, town)
    made = await machine(home)
    secret = await secret_for(database, home.admin, made["id"])
    bearer = {"Authorization": f"Bearer {(await token(client, made['id'], secret)).json()['access_token']}"}
    query = {"query": "{ actions(first: 5) { nodes { id } } }"}
    for _ in range(3):  # the long way, at a glance, and from memory
        assert (await client.get("/pst/v1/actions", headers=bearer)).status_code == 200
        answer = await client.post("/graphql", json=query, headers=bearer)
        assert answer.json()["data"] == {"actions": {"nodes": []}}
    assert (await home.admin.patch(f"clients/{made['id']}", scopes=["plans:read"])).status_code == 200
    for address in ("actions", "actions?pageSize=3", f"actions/{uuid4()}"):
        assert (await client.get(f"/pst/v1/{address}", headers=bearer)).status_code == 403, address
    answer = await client.post("/graphql", json=query, headers=bearer)
    assert answer.json()["data"] == {"actions": None}
    answer = await client.get("/pst/v1/plans", headers=bearer)
    assert answer.status_code == 200, answer.text
    await town.run("update client set disabled_at = now() where id = $1", UUID(made["id"]))
    for address in ("plans", "plans?pageSize=3"):
        assert (await client.get(f"/pst/v1/{address}", headers=bearer)).status_code == 401, address


async def test_who_signed_out_reads_nothing_more(client: httpx.AsyncClient, town: Town) -> None:
    email = f"{uuid4().hex}@commune.test"
    account = await local_account(town, email)
    workspace, house = await town.workspace()
    await town.membership(workspace, house, account, "college")
    cookie = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    for _ in range(3):
        assert (await client.get("/pst/v1/actions", headers=cookie)).status_code == 200
    out = await client.delete("/auth/session", headers={**cookie, **await own_page(client)})
    assert out.status_code == 204
    for address in ("actions", "actions?pageSize=3"):
        assert (await client.get(f"/pst/v1/{address}", headers=cookie)).status_code == 401, address


async def test_who_acts_in_a_second_place_must_say_where_from_then_on(client: httpx.AsyncClient, town: Town) -> None:
    email = f"{uuid4().hex}@commune.test"
    account = await local_account(town, email)
    (first, house), (second, other) = await town.workspace(), await town.workspace()
    await town.membership(first, house, account, "college")
    cookie = cookie_of(await sign_in(client, email))
    client.cookies.clear()
    for _ in range(3):
        assert (await client.get("/pst/v1/units", headers=cookie)).status_code == 200
    await town.membership(second, other, account, "college")
    for address in ("units", "units?pageSize=3"):
        answer = await client.get(f"/pst/v1/{address}", headers=cookie)
        assert answer.json()["type"].endswith("actingAsRequired"), answer.text
    await town.run("update membership set ended_at = now() where account_id = $1", account, workspace_id=first)
    unit = await town.unit(second, other)
    for address in ("units", "units?pageSize=3"):
        answer = await client.get(f"/pst/v1/{address}", headers=cookie)
        assert [each["id"] for each in answer.json()["items"]] == [str(unit)], "it is read where it now acts"
