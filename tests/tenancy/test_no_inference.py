"""What a commune could infer of another from keys, cursors, stored answers or where it says it acts."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.accounts import ensure_membership
from api.db import Database
from api.domain.actor import Role
from tests.factories import Commune, make_action, make_commune, make_plan, snapshot_of_everything, world_of
from tests.tenancy.scene import ABSENT, BASE


@pytest.fixture(scope="module")
async def mine(database: Database) -> Commune:
    return await make_commune(database)


@pytest.fixture(scope="module")
async def theirs(database: Database) -> Commune:
    return await make_commune(database)


async def plan_type_of(client: httpx.AsyncClient, commune: Commune) -> str:
    answer = await client.get(f"{BASE}/planTypes", headers=commune.as_("administration"))
    found: str = answer.json()["items"][0]["id"]
    return found


async def test_their_houses_cannot_answer_for_anything_of_mine(
    client: httpx.AsyncClient, mine: Commune, theirs: Commune
) -> None:
    kind = await plan_type_of(client, mine)
    account = str(mine.account("council"))
    before = await snapshot_of_everything(mine.database, mine.workspace_id)
    for path, words in (
        ("plans", {"title": "P", "planTypeId": kind}), ("actions", {"title": "A"}), ("units", {"name": "U"}),
        ("offices", {"title": "O", "kind": "other"}), ("memberships", {"accountId": account, "role": "council"}),
        ("clients", {"name": "C", "role": "agent", "scopes": ["plans:read"]}),
    ):  # fmt: skip
        answers = []
        for house in (str(theirs.municipality), ABSENT):
            said: dict[str, Any] = {**words, "organisationId": house}
            answer = await client.post(f"{BASE}/{path}", json=said, headers=mine.as_("administration"))
            answers.append(answer.status_code)
            assert "referencedResourceNotFound" in answer.text or answer.status_code == 403, (path, answer.text)
        assert set(answers) <= {400, 403}, path
    assert await snapshot_of_everything(mine.database, mine.workspace_id) == before


async def test_their_people_cannot_be_named_as_mine(client: httpx.AsyncClient, mine: Commune, theirs: Commune) -> None:
    words = {"role": "council", "organisationId": str(mine.municipality)}
    answers = []
    for account in (str(theirs.account("council")), ABSENT):
        answer = await client.post(
            f"{BASE}/memberships", json={**words, "accountId": account}, headers=mine.as_("administration")
        )
        answers.append((answer.status_code, answer.json()["issues"][0]["type"]))
        read = await client.get(f"{BASE}/accounts/{account}", headers=mine.as_("administration"))
        assert read.status_code == 404
    assert answers[0] == answers[1]
    assert answers[0][0] == 400


async def test_acting_in_their_workspace_is_refused_like_acting_in_none(
    client: httpx.AsyncClient, mine: Commune, theirs: Commune
) -> None:
    for role in ("administration", "college", "agent", "council"):
        found = []
        for place in (f"workspace/{theirs.workspace_id}", f"workspace/{ABSENT}", f"organisation/{theirs.cpas}"):
            headers = {**mine.as_(role), "Pst-Acting-As": place}
            answer = await client.get(f"{BASE}/plans", headers=headers)
            found.append((answer.status_code, answer.json()["type"]))
            made = await client.post(f"{BASE}/domains", json={"name": "X", "strand": "other"}, headers=headers)
            assert made.status_code == 403
        assert set(found) == {(403, "urn:problem-type:belgif:missingPermission")}, role


async def test_nobody_else_can_turn_my_page(client: httpx.AsyncClient, mine: Commune, theirs: Commune) -> None:
    first = await client.get(f"{BASE}/planTypes?pageSize=1", headers=mine.as_("administration"))
    following = first.json()["next"]
    assert (await client.get(following, headers=mine.as_("administration"))).status_code == 200
    for headers in (theirs.as_("administration"), mine.as_("college"), mine.as_("administration", "cpas")):
        answer = await client.get(following, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:problem-type:pst:cursorInvalid")


async def test_a_cursor_serves_its_own_question_alone(client: httpx.AsyncClient, mine: Commune) -> None:
    headers = mine.as_("administration")
    page = await client.get(f"{BASE}/planTypes?pageSize=1", headers=headers)
    cursor = httpx.URL(page.json()["next"]).params["after"]
    for path, query in (("planTypes", {"q": "plan"}), ("planTypes", {"sort": "-name"}), ("domains", {}),
                        ("planTypes", {"isArchived": "true"})):  # fmt: skip
        answer = await client.get(f"{BASE}/{path}", params={**query, "after": cursor}, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:problem-type:pst:cursorInvalid"), query
    forged = cursor[:-1] + ("0" if cursor[-1] != "0" else "1")
    answer = await client.get(f"{BASE}/planTypes", params={"after": forged}, headers=headers)
    assert answer.status_code == 400


async def test_idempotency_keys_are_each_callers_own(client: httpx.AsyncClient, mine: Commune, theirs: Commune) -> None:
    key = uuid4().hex
    made = {}
    for commune in (mine, theirs):
        for house in ("municipality", "cpas"):
            headers = {**commune.as_("administration", house), "Idempotency-Key": key}
            said = {"name": f"Domaine {commune.nis} {house}", "strand": "other"}
            answer = await client.post(f"{BASE}/domains", json=said, headers=headers)
            assert (answer.status_code, answer.headers.get("idempotency-replayed")) == (201, None)
            made[answer.json()["id"]] = commune.nis
    assert len(made) == 4


async def test_what_is_unique_in_one_commune_is_free_in_another(
    client: httpx.AsyncClient, mine: Commune, theirs: Commune
) -> None:
    for commune in (mine, theirs):
        for path, words in (
            ("domains", {"name": "Unique", "strand": "other"}), ("planTypes", {"acronym": "UNI", "name": "Unique"}),
            ("units", {"name": "Unique", "code": "UNI", "organisationId": str(commune.municipality)}),
        ):  # fmt: skip
            answer = await client.post(f"{BASE}/{path}", json=words, headers=commune.as_("administration"))
            assert answer.status_code == 201, (path, answer.text)


async def test_own_codes_and_references_meet_in_no_other_commune(database: Database, mine: Commune) -> None:
    other = await make_commune(database)
    for commune in (mine, other):
        plan = await make_plan(commune, reference="2024/PST/1")
        action = await make_action(commune, plan)
        assert isinstance(action, UUID)


async def test_an_enterprise_number_that_is_known_tells_no_more_than_the_directory(
    client: httpx.AsyncClient, mine: Commune, theirs: Commune
) -> None:
    number = f"0{mine.nis}{mine.nis % 1000:03d}"[:8].ljust(8, "0")
    number += f"{97 - int(number) % 97:02d}"
    words = {"name": "ASBL des uns", "kind": "nonprofit", "enterpriseNumber": number}
    one = await client.post(f"{BASE}/organisations", json=words, headers=theirs.as_("administration"))
    two = await client.post(
        f"{BASE}/organisations", json={**words, "name": "Un autre nom"}, headers=mine.as_("administration")
    )
    assert (one.status_code, two.status_code) == (201, 201)
    assert (one.json()["id"], two.json()["name"]) == (two.json()["id"], "ASBL des uns")
    headers = {**mine.as_("administration"), "If-Match": '"1"'}
    answer = await client.patch(f"{BASE}/organisations/{two.json()['id']}", json={"name": "À moi"}, headers=headers)
    assert answer.status_code == 403


async def test_one_account_in_two_communes_acts_in_one_at_a_time(client: httpx.AsyncClient, database: Database) -> None:
    mine, theirs = await make_commune(database), await make_commune(database)
    account = mine.account("administration")
    async with theirs.acting() as (connection, actor):
        await ensure_membership(connection, actor, theirs.workspace_id, account, Role.COUNCIL, theirs.municipality)
    person = world_of(database).person(account)
    plan = await make_plan(theirs)
    action = await make_action(theirs, plan)
    undecided = await client.get(f"{BASE}/plans", headers=person)
    assert (undecided.status_code, undecided.json()["type"].split(":")[-1]) == (400, "actingAsRequired")
    at_home = {**person, "Pst-Acting-As": f"workspace/{mine.workspace_id}"}
    away = {**person, "Pst-Acting-As": f"workspace/{theirs.workspace_id}"}
    assert (await client.get(f"{BASE}/actions/{action}", headers=at_home)).status_code == 404
    assert (await client.get(f"{BASE}/actions/{action}", headers=away)).status_code == 404
    refused = await client.post(f"{BASE}/domains", json={"name": "X", "strand": "other"}, headers=away)
    assert refused.status_code == 403
    made = await client.post(f"{BASE}/domains", json={"name": "X", "strand": "other"}, headers=at_home)
    assert made.status_code == 201
