"""What everybody is answered where every concept has fields that no list names. Run by `test_new_fields.py`."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from api.db import Database
from api.domain.actor import Role
from api.domain.policy import POLICY
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import RESOURCES
from api.domain.sql.reader import document_fields
from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import Addresses, EmbeddedPostgres
from tests.rights.planted import PLANTED, SECRET, WORD, statements
from tests.rights.setting import Setting, make_setting

BASE = "/pst/v1"
OUTSIDE = ("coun", "prtn", "pgrn", "regn", "intg", "oper", "anon")
INSIDE = ("admn", "grnt", "agnt", "cpas")
HOUSE_READS = [
    r for r in RESOURCES if (g := POLICY.get((Role.ADMINISTRATION, f"{r.name}:read"))) and g.scope == "workspace"
]
NEVER = [r for r in RESOURCES if POLICY.get((Role.ADMINISTRATION, f"{r.name}:read")) and r not in HOUSE_READS]
"""Lists of the directory, given data, offers of groups: rows that are of no house of the workspace."""


@pytest.fixture(scope="session")
def addresses(data_folder: Path) -> Iterator[Addresses]:
    """A database with the planted columns, before anything is written in it."""

    async def plant(owner: str) -> None:
        connection = await asyncpg.connect(owner)
        for statement in statements():
            await connection.execute(statement)
        await connection.close()

    with EmbeddedPostgres(data_folder, durable=False) as addresses:
        with ThreadPoolExecutor(1) as beside_the_loop:
            beside_the_loop.submit(migrate, addresses.owner).result()
            beside_the_loop.submit(lambda: asyncio.run(plant(addresses.owner))).result()
            beside_the_loop.submit(install_reference, addresses.owner).result()
        yield addresses


@pytest.fixture(scope="session")
async def setting(database: Database) -> Setting:
    return await make_setting(database)


class Asked:
    """One caller, through every door."""

    def __init__(self, client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
        self.client, self.setting, self.caller = client, setting, caller
        self.headers = setting.headers[caller]
        self.base = f"{BASE}/public" if caller == "anon" else BASE

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(f"{self.base}/{path}", params=params, headers=self.headers)

    async def graphql(self, query: str) -> httpx.Response:
        return await self.client.post("/graphql", json={"query": query}, headers=self.headers)


def selection(resource: Resource) -> str:
    """Every field of a concept, and every member of its arrays of objects."""
    out = []
    for name in document_fields(resource):
        part = resource.parts.get(name)
        labels = name == "labels"
        members = [resource.wire(c) for c in part.columns] if part and not part.is_scalar else []
        members = ["fr"] if labels else members
        out.append(resource.wire(name) + (f" {{ {' '.join(members)} }}" if members else ""))
    return " ".join(out)


async def answers(asked: Asked, resource: Resource) -> dict[str, httpx.Response]:
    """A concept as its list, its document, its search and GraphQL tell it."""
    out = {"list": await asked.get(resource.plural), "search": await asked.get(resource.plural, q=WORD)}
    if identifier := asked.setting.documents.get(resource.plural):
        out["document"] = await asked.get(f"{resource.plural}/{identifier}")
    out["graphql"] = await asked.graphql(f"{{ {resource.plural} {{ nodes {{ {selection(resource)} }} }} }}")
    return out


@pytest.mark.parametrize("caller", OUTSIDE)
async def test_no_concept_tells_it_outside_the_house(client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
    asked = Asked(client, setting, caller)
    for resource in RESOURCES:
        for route, answer in (await answers(asked, resource)).items():
            assert answer.status_code < 500, answer.text
            assert SECRET not in answer.text, (resource.name, route)
            if answer.is_success and route == "document":
                assert {resource.wire(n) for n in PLANTED} <= set(answer.json()["withheld"]), resource.name


@pytest.mark.parametrize("caller", OUTSIDE)
async def test_nobody_outside_may_ask_about_it(client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
    asked = Asked(client, setting, caller)
    for resource in RESOURCES:
        if not (await asked.get(resource.plural)).is_success:
            continue
        for question in ({"plantedFlag": "true"}, {"plantedAsked": SECRET}, {"sort": "planted"}, {"sort": "-planted"}):
            answer = await asked.get(resource.plural, **question)
            assert answer.status_code == 400, (resource.name, question)
            assert "notReadable" in answer.text, (resource.name, question)
        found = await asked.get(resource.plural, q=WORD)
        assert not found.is_success or found.json()["items"] == [], resource.name
        for argument in ("filter: { plantedFlag: [true] }", "sort: [planted]"):
            refused = await asked.graphql(f"{{ {resource.plural}({argument}) {{ nodes {{ id }} }} }}")
            assert "notReadable" in refused.text, (resource.name, argument)


@pytest.mark.parametrize("caller", OUTSIDE)
async def test_no_other_route_tells_it(client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
    asked, d = Asked(client, setting, caller), setting.documents
    paths = (
        f"plans/{d['plans']}/tree", f"plans/{d['plans']}/totals", f"plans/{d['plans']}/progress", "totals",
        f"planVersions/{d['planVersions']}/content", f"plans/{d['plans']}/articulation", "synergies", "transversal",
        "journalEntries",
    )  # fmt: skip
    for path in paths:
        answer = await asked.get(path)
        assert answer.status_code < 500, answer.text
        assert SECRET not in answer.text, path
    found = await asked.get("search", q=WORD)
    assert not found.is_success or found.json()["items"] == []
    embedded = (
        f'{{ action(id: "{d["actions"]}") {{ planted partnerships {{ nodes {{ planted plantedList }} }}'
        " placements { nodes { planted objective { planted plan { planted } } } } } }"
    )
    assert SECRET not in (await asked.graphql(embedded)).text


@pytest.mark.parametrize("caller", INSIDE)
async def test_its_house_reads_it_by_every_route(client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
    asked = Asked(client, setting, caller)
    for resource in HOUSE_READS:
        role = Role.AGENT if caller == "agnt" else Role.ADMINISTRATION
        if (role, f"{resource.name}:read") not in POLICY or resource.name == "journalEntry":
            continue
        if not (await asked.get(resource.plural)).json()["items"]:
            continue
        for route, answer in (await answers(asked, resource)).items():
            assert answer.status_code == 200, answer.text
            if route == "list":
                (first, *_) = answer.json()["items"]
                told = [first[resource.wire(name)] for name in PLANTED]
                assert told == [SECRET, True, SECRET, [SECRET]], resource.name
            assert SECRET in answer.text, (resource.name, route)
        asking = await asked.get(resource.plural, sort="planted", plantedFlag="true", plantedAsked=SECRET)
        assert asking.json()["items"], resource.name


@pytest.mark.parametrize("caller", ["coll", *INSIDE])
async def test_what_is_of_no_house_tells_it_to_nobody(client: httpx.AsyncClient, setting: Setting, caller: str) -> None:
    asked = Asked(client, setting, caller)
    for resource in NEVER:
        grant = POLICY[Role.ADMINISTRATION, f"{resource.name}:read"]
        if grant.scope == "administrator" and grant.group is None:
            continue  # memberships and machines of the workspace itself
        for route, answer in (await answers(asked, resource)).items():
            assert SECRET not in answer.text, (resource.name, route)


async def test_the_college_reads_neither_the_field_of_an_action_nor_its_image(
    client: httpx.AsyncClient, setting: Setting
) -> None:
    college, house = Asked(client, setting, "coll"), Asked(client, setting, "grnt")
    action = setting.documents["actions"]
    assert SECRET not in (await college.get(f"actions/{action}")).text
    for of, is_told in ((college, False), (house, True)):
        entries = (await of.get("journalEntries", entityId=action)).json()["items"]
        assert {SECRET in str(entry["after"]) for entry in entries} == {is_told}
    assert SECRET in (await house.get(f"planVersions/{setting.documents['planVersions']}/content")).text
