"""The DPC: adopted, published, and covered by the PST both ways."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import (
    Commune,
    change,
    make,
    make_commune,
    make_objective,
    make_plan,
    snapshot_of_everything,
    statements,
)

Words = dict[str, Any]
GRAPHQL = """query ($dpc: UUID!) { dpcCoverage(dpcId: $dpc) { itemCount coveredCount itemsWithoutObjective
    items { text section objectives { title } } objectivesWithoutItem { title } }
    dpc(id: $dpc) { items(filter: {isCovered: false}) { nodes { text isSection } } } }"""


async def declared(commune: Commune, **words: Any) -> tuple[UUID, dict[str, UUID]]:
    """A declaration of two sections with two commitments and one."""
    async with commune.acting() as (connection, _):
        term = await connection.fetchval("select id from term where code = '2024-2030'")
    given = {"title": "DPC 2024-2030", "organisation_id": commune.municipality, "term_id": term, **words}
    dpc, ids = await make(commune, "dpc", **given), {}
    for section, texts in (("Solidarité", ("Aînés", "Logement")), ("Mobilité", ("Vélo",))):
        ids[section] = await make(commune, "dpcItem", dpc_id=dpc, text=section, is_section=True)
        for text in texts:
            ids[text] = await make(commune, "dpcItem", dpc_id=dpc, text=text, parent_id=ids[section])
    return dpc, ids


async def coverage_of(client: httpx.AsyncClient, commune: Commune, dpc: UUID, **who: Any) -> Words:
    headers = commune.as_(who.pop("role", "administration"), **who)
    answer = await client.get(f"/pst/v1/dpcs/{dpc}/coverage", headers=headers)
    assert answer.status_code == 200, answer.text
    told: Words = answer.json()
    return told


async def test_a_declaration_is_its_houses_then_the_councils_then_everybodys(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    dpc, ids = await declared(commune)
    address, item = f"/pst/v1/dpcs/{dpc}", f"/pst/v1/dpcItems/{ids['Aînés']}"
    own, other = commune.as_("administration"), commune.as_("administration", house="cpas")
    council, region = commune.as_("council"), commune.as_("region")

    async def statuses() -> list[list[int]]:
        asked = (
            (address, own),
            (address, other),
            (address, council),
            (address, region),
            (item, other),
            (item, council),
        )
        found = [(await client.get(a, headers=h)).status_code for a, h in asked]
        public = [(await client.get(a.replace("/v1/", "/v1/public/"))).status_code for a in (address, item)]
        return [found[:4], [*found[4:], *public]]

    assert await statuses() == [[200, 404, 404, 404], [404, 404, 404, 404]]
    entries = await client.get("/pst/v1/journalEntries", params={"entity": "dpcItem"}, headers=other)
    assert entries.json()["items"] == []
    await change(commune, "dpc", dpc, adopted_on="2025-01-20")
    assert await statuses() == [[200, 200, 200, 404], [200, 200, 404, 404]]
    await change(commune, "dpc", dpc, published_on="2025-01-27")
    assert await statuses() == [[200, 200, 200, 200], [200, 200, 200, 200]]
    public = await client.get("/pst/v1/public/dpcItems", params={"dpcId": str(dpc)})
    assert [(i["text"], i["isCovered"]) for i in public.json()["items"]][:2] == [("Solidarité", None), ("Aînés", None)]
    patch = await client.patch(address, json={"note": "x"}, headers=other | {"If-Match": '"3"'})
    assert patch.status_code == 403


async def test_what_is_untrue_of_a_declaration_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    dpc, ids = await declared(commune)
    _, theirs = await declared(commune, term_id=None)
    before = await snapshot_of_everything(database, commune.workspace_id)
    headers = commune.as_("administration")
    item = {"dpcId": str(dpc), "text": "X"}
    for path, words, code in (
        ("dpcs", {"title": "D", "organisationId": str(commune.municipality), "publishedOn": "2025-01-01"},
         "publishedOnceAdopted"),
        ("dpcs", {"title": "D", "organisationId": str(commune.municipality), "adoptedOn": "2025-02-01",
                  "publishedOn": "2025-01-01"}, "publishedAfterAdoption"),
        ("dpcItems", item | {"parentId": str(ids["Aînés"])}, "notASection"),
        ("dpcItems", item | {"parentId": str(theirs["Mobilité"])}, "notASection"),
        ("dpcItems", item | {"parentId": str(ids["Mobilité"]), "isSection": True}, "notASection"),
    ):  # fmt: skip
        answer = await client.post(f"/pst/v1/{path}", json=words, headers=headers)
        assert (answer.status_code, code in answer.text) == (400, True), answer.text
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_coverage_is_told_both_ways(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    commune.plans["pst"] = pst = await make_plan(commune, "pst")
    dpc, ids = await declared(commune)
    above = await make_objective(commune, pst, title="Solidaire")
    await make_objective(commune, pst, above, title="Aînés", dpc_item_ids=[ids["Aînés"]])
    await make_objective(commune, pst, title="Sans origine")
    await make_objective(commune, pst, title="En projet", status="draft", dpc_item_ids=[ids["Vélo"]])
    told = await coverage_of(client, commune, dpc)
    assert (told["itemCount"], told["coveredCount"]) == (3, 1)
    assert told["itemsWithoutObjective"] == [str(ids["Logement"]), str(ids["Vélo"])]
    assert [(i["section"], i["text"], [o["title"] for o in i["objectives"]]) for i in told["items"]] == [
        ("Solidarité", "Aînés", ["Aînés"]), ("Solidarité", "Logement", []), ("Mobilité", "Vélo", []),
    ]  # fmt: skip
    assert [o["title"] for o in told["objectivesWithoutItem"]] == ["Sans origine"]
    headers = commune.as_("college")
    answer = await client.post("/graphql", json={"query": GRAPHQL, "variables": {"dpc": str(dpc)}}, headers=headers)
    again = answer.json()["data"]
    assert again["dpcCoverage"]["itemsWithoutObjective"] == told["itemsWithoutObjective"]
    assert {n["text"] for n in again["dpc"]["items"]["nodes"] if not n["isSection"]} == {"Logement", "Vélo"}
    await change(commune, "dpcItem", ids["Vélo"], is_dropped=True)
    assert (await coverage_of(client, commune, dpc))["itemCount"] == 2
    await make_objective(commune, pst, title="Toute la section", dpc_item_ids=[ids["Solidarité"]])
    assert (await coverage_of(client, commune, dpc))["itemsWithoutObjective"] == []


async def test_an_item_from_which_an_objective_descends_is_not_removed(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    dpc, ids = await declared(commune)
    await make_objective(commune, await make_plan(commune, "pst"), dpc_item_ids=[ids["Vélo"]])
    headers = commune.as_("administration") | {"If-Match": '"1"'}
    gone = await client.delete(f"/pst/v1/dpcItems/{ids['Vélo']}", headers=headers)
    assert (gone.status_code, gone.json()["type"]) == (409, "urn:problem-type:pst:inUse")
    assert (await client.delete(f"/pst/v1/dpcItems/{ids['Logement']}", headers=headers)).status_code == 204
    hidden = await client.get(f"/pst/v1/dpcs/{dpc}/coverage", headers=commune.as_("administration", house="cpas"))
    assert hidden.status_code == 404


async def test_coverage_costs_a_constant_number_of_statements(client: httpx.AsyncClient, database: Database) -> None:
    counts = []
    for number in (0, 5):
        commune = await make_commune(database)
        dpc, ids = await declared(commune)
        pst = await make_plan(commune, "pst")
        for n in range(number):
            await make_objective(commune, pst, title=f"{n}", dpc_item_ids=[ids["Vélo"]])
        with statements(database) as sent:
            await coverage_of(client, commune, dpc)
        counts.append(len(sent))
    assert counts == [2, 2]
