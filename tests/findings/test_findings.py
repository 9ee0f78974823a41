"""Findings: one record for the constat of a PST and the diagnostic of a PCS, and what answers it."""

from typing import Any
from uuid import UUID

import httpx

from api.db import Database
from tests.factories import Commune, freeze_and_publish, make, make_action, make_commune, make_objective, make_partner

Words = dict[str, Any]


async def listed(
    client: httpx.AsyncClient, commune: Commune, path: str, role: str = "administration", **query: Any
) -> list[Words]:
    answer = await client.get(f"/pst/v1/{path}", params=query, headers=commune.as_(role))
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def make_finding(commune: Commune, text: str, **words: Any) -> UUID:
    given = {"organisation_id": commune.municipality, "audience": "public", **words}
    return await make(commune, "finding", text=text, **given)


async def test_one_finding_stands_in_the_constat_and_in_the_diagnostic(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    partner = await make_partner(database)
    async with commune.acting() as (connection, _):
        right = await connection.fetchval(
            "select i.id from period_item i join programming_period p on p.id = i.period_id"
            " where i.kind = 'right' and p.code = '2020-2025' limit 1"
        )
    words = {
        "text": "Les aînés sortent peu", "theme": "Isolement", "source": "diagnostic", "foundOn": "2025-02-01",
        "organisationId": str(commune.municipality), "heardOrganisationIds": [str(partner)], "rightIds": [str(right)],
    }  # fmt: skip
    headers = commune.as_("administration")
    made = await client.post("/pst/v1/findings", json=words, headers=headers)
    assert made.status_code == 201, made.text
    assert made.json()["isAnswered"] is False
    finding = made.json()["id"]
    second = await make_finding(commune, "Peu de bus")
    for plan in ("pst", "pcs"):
        for identifier in (finding, str(second)):
            taken = await client.post(
                "/pst/v1/planFindings", json={"planId": str(commune.plans[plan]), "findingId": identifier},
                headers=headers,
            )  # fmt: skip
            assert taken.status_code == 201, taken.text
    twice = {"planId": str(commune.plans["pst"]), "findingId": finding}
    assert (await client.post("/pst/v1/planFindings", json=twice, headers=headers)).status_code == 409
    gone = await client.delete(f"/pst/v1/findings/{finding}", headers=headers | {"If-Match": '"1"'})
    assert (gone.status_code, gone.json()["type"]) == (409, "urn:problem-type:pst:inUse")
    assert {f["id"] for f in await listed(client, commune, "findings", rightId=str(right))} == {finding}
    await _each_plan_has_its_order(client, commune, finding, str(second))


async def _each_plan_has_its_order(client: httpx.AsyncClient, commune: Commune, finding: str, second: str) -> None:
    headers = commune.as_("administration")
    last = (await listed(client, commune, "planFindings", planId=str(commune.plans["pcs"])))[-1]
    answer = await client.patch(
        f"/pst/v1/planFindings/{last['id']}", json={"placeAfter": None}, headers=headers | {"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
    ordered = {
        plan: [f["findingId"] for f in await listed(client, commune, "planFindings", planId=str(commune.plans[plan]))]
        for plan in ("pst", "pcs")
    }
    assert ordered == {"pst": [finding, second], "pcs": [second, finding]}


async def test_what_has_no_answer_and_what_answers_nothing_are_found(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, "grouped")
    answered, open_ = await make_finding(commune, "Peu de bus"), await make_finding(commune, "Logements chers")
    pst = commune.plans["pst"]
    answering = await make_objective(commune, pst, title="Répond", finding_ids=[answered])
    action = await make_action(commune, pst, answering, title="Répond aussi", finding_ids=[answered])
    assert [f["id"] for f in await listed(client, commune, "findings", isAnswered="false")] == [str(open_)]
    assert [f["id"] for f in await listed(client, commune, "findings", isAnswered="true")] == [str(answered)]
    lacking = await listed(client, commune, "objectives", missing="finding", planId=str(pst))
    assert str(answering) not in {o["id"] for o in lacking}
    assert str(commune.objectives["os1"]) in {o["id"] for o in lacking}
    assert str(action) not in {a["id"] for a in await listed(client, commune, "actions", missing="finding")}
    assert [o["id"] for o in await listed(client, commune, "objectives", findingId=str(answered))] == [str(answering)]
    assert [a["id"] for a in await listed(client, commune, "actions", findingId=str(answered))] == [str(action)]


async def test_a_finding_is_answered_for_who_sees_its_answer(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    pst = commune.plans["pst"]
    by_draft, by_action = await make_finding(commune, "Peu de bus"), await make_finding(commune, "Logements chers")
    for finding in (by_draft, by_action):
        await make(commune, "planFinding", plan_id=pst, finding_id=finding)
    await make_objective(commune, pst, title="À l’étude", status="draft", finding_ids=[by_draft])
    await make_action(commune, pst, title="Entre nous", audience="restricted", finding_ids=[by_action])
    await freeze_and_publish(commune, pst)
    both = {str(by_draft), str(by_action)}
    query = "{ findings(first: 50) { nodes { id isAnswered } } }"
    for role, answered in (("administration", both), ("agent", set()), ("council", set()), ("region", set())):
        told = {f["id"] for f in await listed(client, commune, "findings", role, pageSize=200) if f["isAnswered"]}
        assert told & both == answered, role
        if role != "region":
            filtered = await listed(client, commune, "findings", role, isAnswered="true")
            assert {f["id"] for f in filtered} == answered, role
        twin = await client.post("/graphql", json={"query": query}, headers=commune.as_(role))
        nodes = twin.json()["data"]["findings"]["nodes"]
        assert {f["id"] for f in nodes if f["isAnswered"]} & both == answered, role


async def test_each_reader_sees_the_findings_meant_for_it(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    texts = {}
    for audience in ("restricted", "college", "administration", "council", "public"):
        finding = await make_finding(commune, audience, audience=audience)
        await make(commune, "planFinding", plan_id=commune.plans["pst"], finding_id=finding)
        texts[str(finding)] = audience
    await freeze_and_publish(commune, commune.plans["pst"])
    expected = {
        "administration": {"restricted", "college", "administration", "council", "public"},
        "college": {"college", "administration", "council", "public"},
        "agent": {"administration", "council", "public"},
        "council": {"council", "public"},
    }
    for role, seen in expected.items():
        assert {f["text"] for f in await listed(client, commune, "findings", role)} == seen, role
        taken = await listed(client, commune, "planFindings", role, planId=str(commune.plans["pst"]))
        assert {texts[f["findingId"]] for f in taken} == seen, role
    other = {f["text"] for f in await listed(client, commune, "findings", "region", pageSize=200) if f["id"] in texts}
    assert other == {"public"}
    headers = commune.as_("administration", house="cpas")
    answer = await client.get("/pst/v1/findings", headers=headers)
    assert {f["text"] for f in answer.json()["items"]} == {"administration", "council", "public"}


async def test_findings_are_written_by_the_house_that_keeps_them(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, "grouped")
    finding = await make_finding(commune, "De la commune")
    path = f"/pst/v1/findings/{finding}"
    for headers, status in (
        (commune.as_("administration", house="cpas"), 403),
        (commune.as_("college"), 403),
        (commune.as_("agent"), 403),
        (commune.as_("administration"), 200),
    ):
        answer = await client.patch(path, json={"text": "Autrement dit"}, headers=headers | {"If-Match": '"1"'})
        assert answer.status_code == status, answer.text
