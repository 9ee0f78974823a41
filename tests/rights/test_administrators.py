"""The administrator grant is for one house, or for all: neither house's administrator reaches into the other."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.accounts import ensure_account, ensure_membership
from api.db import Database
from api.domain.actor import Role
from api.domain.commands.context import today
from tests.factories import Commune, Headers, make, make_action, make_commune, snapshot_of_everything, world_of

BASE = "/pst/v1"


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def administrator(commune: Commune, house: str = "cpas", **more: Any) -> tuple[Headers, UUID]:
    """Somebody who administers a house, or all of them, and the id of that membership."""
    async with commune.acting() as (connection, actor):
        account = await ensure_account(connection, actor, f"{uuid4().hex}@{commune.slug}.example", "Ida Noël")
        membership = await ensure_membership(
            connection, actor, commune.workspace_id, account, Role.ADMINISTRATION, commune.houses[house],
            is_administrator=True, **more,
        )  # fmt: skip
    return world_of(commune.database).person(account), membership


async def everything(commune: Commune) -> Any:
    return await snapshot_of_everything(commune.database, commune.workspace_id)


async def own_membership(client: httpx.AsyncClient, headers: Headers, role: str, house: UUID) -> dict[str, Any]:
    page = (await client.get(f"{BASE}/memberships", params={"pageSize": 200}, headers=headers)).json()
    found: dict[str, Any] = next(
        m for m in page["items"] if (m["role"], m["organisationId"]) == (role, str(house)) and m["isAdministrator"]
    )
    return found


async def test_the_cpas_grants_itself_nothing_of_the_commune_and_ends_none_of_its_rights(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    cpas = commune.as_("administration", "cpas")
    draft = await make_action(commune, status="draft", audience="restricted")
    own = await own_membership(client, cpas, "administration", commune.cpas)
    theirs = await own_membership(client, cpas, "administration", commune.municipality)
    before = await everything(commune)
    words = {"accountId": own["accountId"], "role": "administration", "organisationId": str(commune.municipality)}
    refused = [
        await client.post(f"{BASE}/memberships", json=words, headers=cpas),
        await client.post(f"{BASE}/memberships", json={**words, "isAdministrator": True}, headers=cpas),
        await client.post(f"{BASE}/memberships", json={**words, "role": "agent"}, headers=cpas),
    ]
    for said in ({"isEnded": True}, {"isAdministrator": False}, {"endsOn": "2031-01-01"}):
        etag = {"If-Match": f'"{theirs["version"]}"'}
        refused.append(await client.patch(f"{BASE}/memberships/{theirs['id']}", json=said, headers={**cpas, **etag}))
    wider = {"administersAllHouses": True}
    refused.append(
        await client.patch(
            f"{BASE}/memberships/{own['id']}", json=wider, headers={**cpas, "If-Match": f'"{own["version"]}"'}
        )
    )
    assert [answer.status_code for answer in refused] == [403] * 7
    question = """mutation M($words: MembershipCreate!) { createMembership(input: $words) { id } }"""
    other = await client.post("/graphql", json={"query": question, "variables": {"words": words}}, headers=cpas)
    assert other.json()["errors"][0]["extensions"]["type"] == "urn:problem-type:belgif:missingPermission", other.text
    assert await everything(commune) == before
    assert (await client.get(f"{BASE}/actions/{draft}", headers=cpas)).status_code == 404
    assert "updateMembership" not in theirs["permitted"]
    assert "updateMembership" in own["permitted"]


async def test_no_right_is_borrowed_from_the_other_house_by_its_services_or_its_people(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    cpas = commune.as_("administration", "cpas")
    own = await own_membership(client, cpas, "administration", commune.cpas)
    agent = {"accountId": own["accountId"], "role": "agent", "organisationId": str(commune.cpas)}
    works, mayor = str(commune.units["works"]), str(commune.persons["mayor"])
    machine = {"name": "Robot", "scopes": ["actions:read"], "role": "agent"}
    head = {"kind": "headOfUnit", "title": "Chef", "organisationId": str(commune.cpas), "unitId": works}
    before = await everything(commune)
    refused = [
        await client.post(f"{BASE}/memberships", json={**agent, "unitIds": [works]}, headers=cpas),
        await client.post(f"{BASE}/memberships", json={**agent, "personId": mayor}, headers=cpas),
        await client.post(
            f"{BASE}/clients", json={**machine, "organisationId": str(commune.municipality)}, headers=cpas
        ),
        await client.post(
            f"{BASE}/clients", json={**machine, "organisationId": str(commune.cpas), "unitIds": [works]}, headers=cpas
        ),
        await client.post(f"{BASE}/offices", json=head, headers=cpas),
        await client.patch(
            f"{BASE}/persons/{mayor}", json={"leftOn": str(today())}, headers={**cpas, "If-Match": '"1"'}
        ),
        await client.patch(f"{BASE}/units/{works}", json={"name": "À nous"}, headers={**cpas, "If-Match": '"1"'}),
        await client.patch(
            f"{BASE}/offices/{commune.offices['mayor']}", json={"rank": 1}, headers={**cpas, "If-Match": '"1"'}
        ),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused), [a.text for a in refused]
    assert await everything(commune) == before
    unit = await make(commune, "unit", house="cpas", name="Aînés", organisation_id=commune.cpas)
    given = await client.post(f"{BASE}/memberships", json={**agent, "unitIds": [str(unit)]}, headers=cpas)
    assert given.status_code == 201, given.text


async def test_what_the_workspace_shares_is_kept_by_the_administrators_of_either_house(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    for house in ("municipality", "cpas"):
        headers = commune.as_("administration", house)
        made = [
            await client.post(
                f"{BASE}/domains", json={"name": f"Domaine {house}", "strand": "external"}, headers=headers
            ),
            await client.post(f"{BASE}/targetGroups", json={"name": f"Public {house}"}, headers=headers),
            await client.post(
                f"{BASE}/planTypes", json={"acronym": house[:4], "name": f"Plan {house}"}, headers=headers
            ),
            await client.post(f"{BASE}/persons", json={"kind": "agent", "familyName": house}, headers=headers),
        ]
        assert [answer.status_code for answer in made] == [201] * len(made), [a.text for a in made]
        shared = (await client.get(f"{BASE}/workspaces/{commune.workspace_id}", headers=headers)).json()
        version = shared["version"]
        answer = await client.patch(
            f"{BASE}/workspaces/{commune.workspace_id}", json={"reminderHour": 9 if house == "cpas" else 8},
            headers={**headers, "If-Match": f'"{version}"'},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text


async def test_whoever_administers_all_houses_gives_rights_in_each(client: httpx.AsyncClient, commune: Commune) -> None:
    both, _ = await administrator(commune, "municipality", administers_all_houses=True)
    for house in ("municipality", "cpas"):
        made = await client.post(f"{BASE}/accounts", json={
            "email": f"{uuid4().hex}@x.example", "displayName": "Léa"}, headers=both)  # fmt: skip
        words = {
            "accountId": made.json()["id"], "role": "administration", "organisationId": str(commune.houses[house]),
            "isAdministrator": True, "administersAllHouses": True,
        }  # fmt: skip
        given = await client.post(f"{BASE}/memberships", json=words, headers=both)
        assert given.status_code == 201, given.text
        assert given.json()["administersAllHouses"] is True
        narrowed = await client.patch(
            f"{BASE}/memberships/{given.json()['id']}", json={"isAdministrator": False},
            headers={**both, "If-Match": '"1"'},
        )  # fmt: skip
        assert narrowed.json()["administersAllHouses"] is False
    odd = {"isAdministrator": False, "administersAllHouses": True}
    mine = await own_membership(client, both, "administration", commune.municipality)
    answer = await client.patch(
        f"{BASE}/memberships/{mine['id']}", json=odd, headers={**both, "If-Match": f'"{mine["version"]}"'}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("leaving", [{"isEnded": True}, {"administersAllHouses": False}, {"endsOn": "later"}])
async def test_each_house_keeps_an_administrator_for_every_day_to_come(
    client: httpx.AsyncClient, commune: Commune, leaving: dict[str, Any]
) -> None:
    both, _ = await administrator(commune, "municipality", administers_all_houses=True)
    mine = await own_membership(client, both, "administration", commune.municipality)
    for membership in (await client.get(f"{BASE}/memberships?pageSize=200", headers=both)).json()["items"]:
        if membership["isAdministrator"] and membership["organisationId"] == str(commune.cpas):
            ends = {"endsOn": str(today() + timedelta(days=10))}
            dated = await client.patch(
                f"{BASE}/memberships/{membership['id']}", json=ends,
                headers={**both, "If-Match": f'"{membership["version"]}"'},
            )  # fmt: skip
            assert dated.status_code == 200, dated.text
    mine = next(
        m
        for m in (await client.get(f"{BASE}/memberships?pageSize=200", headers=both)).json()["items"]
        if m["administersAllHouses"]
    )
    said = {"endsOn": str(today() + timedelta(days=30))} if leaving == {"endsOn": "later"} else leaving
    before = await everything(commune)
    answer = await client.patch(
        f"{BASE}/memberships/{mine['id']}", json=said, headers={**both, "If-Match": f'"{mine["version"]}"'}
    )
    assert answer.status_code == 409, answer.text
    problem = answer.json()
    day = today() + timedelta(days=30 if leaving == {"endsOn": "later"} else 10)
    assert (problem["type"], problem["organisationId"], problem["day"]) == (
        "urn:problem-type:pst:lastAdministrator", str(commune.cpas), str(day),
    )  # fmt: skip
    assert str(day) in problem["detail"]
    assert await everything(commune) == before
    await administrator(commune, "cpas")
    answer = await client.patch(
        f"{BASE}/memberships/{mine['id']}", json=said, headers={**both, "If-Match": f'"{mine["version"]}"'}
    )
    assert answer.status_code == 200, answer.text


async def test_a_person_of_both_houses_is_kept_by_either(client: httpx.AsyncClient, commune: Commune) -> None:
    cpas, mayor = commune.as_("administration", "cpas"), commune.persons["mayor"]
    office = await make(commune, "office", house="cpas", kind="other", title="Membre", organisation_id=commune.cpas)
    held = await client.post(
        f"{BASE}/officeHoldings",
        json={"officeId": str(office), "personId": str(mayor), "startsOn": str(today())}, headers=cpas,
    )  # fmt: skip
    assert held.status_code == 201, held.text
    answer = await client.patch(
        f"{BASE}/persons/{mayor}", json={"civility": "sir"}, headers={**cpas, "If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
