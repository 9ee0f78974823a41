"""A commune and its CPAS: neither reads the other's drafts nor writes what is the other's, unless a right is given."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    Commune,
    Headers,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_partner,
    make_placement,
    make_plan,
    snapshot_of_everything,
)
from tests.rights.making import make_member, make_partnership

BASE = "/pst/v1"
AUDIENCES = ("restricted", "college", "administration", "partners", "council", "public")
HOUSES = {"municipality": "cpas", "cpas": "municipality"}


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    return await make_commune(database)


async def everywhere(client: httpx.AsyncClient, headers: Headers, action: UUID, word: str) -> dict[str, bool]:
    """Where a reader meets an action: by address, in lists, counts, searches, filters and the journal."""
    found = {}
    one = await client.get(f"{BASE}/actions/{action}", headers=headers)
    assert one.status_code in (200, 404)
    found["address"] = one.status_code == 200
    for name, asked in (("list", {"pageSize": 200}), ("search", {"q": word}), ("sort", {"sort": "-title"})):
        page = (await client.get(f"{BASE}/actions", params={**asked, "total": True}, headers=headers)).json()
        found[name] = str(action) in [item["id"] for item in page["items"]]
        assert page["total"] == len(page["items"])
    for kind in ("tasks", "budgetLines", "planActions", "placements", "partnerships", "externalReferences"):
        answer = await client.get(f"{BASE}/{kind}", params={"actionId": str(action), "total": True}, headers=headers)
        if answer.status_code == 200 and kind in ("tasks", "budgetLines"):
            found[kind] = bool(answer.json()["items"])
        assert found["address"] or answer.status_code == 403 or answer.json()["total"] == 0, kind
    journal = await client.get(f"{BASE}/journalEntries", params={"entityId": str(action)}, headers=headers)
    if journal.status_code == 200:
        found["journal"] = bool(journal.json()["items"])
    return found


async def make_narrow(commune: Commune, house: str, word: str, **words: Any) -> UUID:
    """An action of a house with a task and a budget line."""
    action = await make_action(commune, house=house, title=f"Projet {word}", **words)
    await make(commune, "task", house=house, action_id=action, title="Ligne")
    line: dict[str, Any] = {"fiscal_year": 2026, "source": "other", "service": "ordinary"}
    await make(commune, "budgetLine", house=house, action_id=action, **line)
    return action


@pytest.mark.parametrize("house", HOUSES)
async def test_a_draft_is_seen_by_its_house_and_nowhere_by_the_other(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    word = f"{house}brouillon"
    draft = await make_narrow(commune, house, word, status="draft")
    for role in ("administration", "college"):
        own = await everywhere(client, commune.as_(role, house), draft, word)
        other = await everywhere(client, commune.as_(role, HOUSES[house]), draft, word)
        assert (role, set(own.values()), set(other.values())) == (role, {True}, {False})
    for role in ("agent", "council"):
        answer = await client.get(f"{BASE}/actions/{draft}", headers=commune.as_(role, HOUSES[house]))
        assert answer.status_code == 404


@pytest.mark.parametrize("house", HOUSES)
async def test_a_second_membership_is_the_grant_that_opens_the_other_house(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    word = f"{house}double"
    draft = await make_narrow(commune, house, word, status="draft")
    both = await make_member(commune, f"both-{house}", ("administration", "cpas"), ("administration", "municipality"))
    assert set((await everywhere(client, both, draft, word)).values()) == {True}
    patched = await client.patch(
        f"{BASE}/actions/{draft}", json={"title": "Autre"}, headers={**both, "If-Match": '"1"'}
    )
    assert patched.status_code == 200


@pytest.mark.parametrize("house", HOUSES)
async def test_neither_house_writes_what_is_the_others_and_nothing_changes(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    action = await make_narrow(commune, house, "ouvert")
    other = {**commune.as_("administration", HOUSES[house]), "If-Match": '"1"'}
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answers = [
        await client.patch(f"{BASE}/actions/{action}", json=words, headers=other)
        for words in ({"title": "À moi"}, {"status": "inProgress"}, {"department": "both"})
    ]
    answers.append(await client.delete(f"{BASE}/actions/{action}", headers=other))
    answers.append(await client.post(f"{BASE}/tasks", json={"actionId": str(action), "title": "À moi"}, headers=other))
    assert [answer.status_code for answer in answers] == [403] * 5
    seen = (await client.get(f"{BASE}/actions/{action}", headers=other)).json()
    assert (seen["permitted"], seen["nextStatuses"]) == ([], [])
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_what_is_of_both_departments_is_seen_and_written_by_either_house(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    for status in ("draft", "notStarted"):
        for house, other in HOUSES.items():
            action = await make_action(commune, house=house, department="both", status=status)
            headers = {**commune.as_("administration", other), "If-Match": '"1"'}
            answer = await client.patch(f"{BASE}/actions/{action}", json={"priority": 3}, headers=headers)
            assert (house, answer.status_code) == (house, 200)


async def test_an_administration_limited_to_one_plan_writes_in_no_other(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    mine, other = await make_plan(commune, "pcs"), await make_plan(commune)
    lead = await make_member(commune, "pcs-lead", ("administration", "municipality"), plans=[mine])
    inside, outside = await make_action(commune, mine), await make_action(commune, other)
    for target, status in ((f"plans/{mine}", 200), (f"plans/{other}", 403)):
        said = {"description": "Vu."}
        answer = await client.patch(f"{BASE}/{target}", json=said, headers={**lead, "If-Match": '"1"'})
        assert answer.status_code == status, target
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    kind = (await client.get(f"{BASE}/plans/{other}", headers=lead)).json()["planTypeId"]
    new_plan = {"title": "X", "planTypeId": kind, "organisationId": str(commune.municipality)}
    refused = [
        await client.patch(f"{BASE}/actions/{outside}", json={"priority": 1}, headers={**lead, "If-Match": '"1"'}),
        await client.post(f"{BASE}/objectives", json={"title": "X", "planId": str(other), "level": 1}, headers=lead),
        await client.post(f"{BASE}/placements", json={"actionId": str(inside), "planId": str(other)}, headers=lead),
        await client.post(f"{BASE}/plans", json=new_plan, headers=lead),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before
    answer = await client.patch(f"{BASE}/actions/{inside}", json={"priority": 1}, headers={**lead, "If-Match": '"1"'})
    assert answer.status_code == 200


READERS = """
audience         administration  college  agent-of-the-unit  other-agent  cpas-administration  cpas-college
restricted       yes             -        yes                -            -                    -
college          yes             yes      yes                -            -                    -
administration   yes             yes      yes                yes          yes                  yes
partners         yes             yes      yes                yes          yes                  yes
council          yes             yes      yes                yes          yes                  yes
public           yes             yes      yes                yes          yes                  yes
"""
"""Who meets an action of the commune in the living plan, by its audience."""


def readers(commune: Commune) -> dict[str, Headers]:
    return {
        "administration": commune.as_("administration"),
        "college": commune.as_("college"),
        "agent-of-the-unit": commune.as_("agent", unit="works"),
        "other-agent": commune.as_("agent", unit="social"),
        "cpas-administration": commune.as_("administration", "cpas"),
        "cpas-college": commune.as_("college", "cpas"),
    }


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_an_audience_is_respected_by_address_lists_counts_search_journal_and_tree(
    client: httpx.AsyncClient, commune: Commune, audience: str
) -> None:
    heading, *lines = [line.split() for line in READERS.strip().splitlines()]
    expected = next(dict(zip(heading, line, strict=True)) for line in lines if line[0] == audience)
    plan = await make_plan(commune)
    objective = await make_objective(commune, plan)
    word = f"cercle{audience}"
    action = await make_narrow(
        commune, "municipality", word, audience=audience,
        responsibilities=[{"kind": "managingUnit", "unit_id": commune.units["works"]}],
    )  # fmt: skip
    placement = await make_placement(commune, action, plan, objective)
    for name, headers in readers(commune).items():
        is_reader = expected[name] == "yes"
        met = await everywhere(client, headers, action, word)
        tree = (await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)).json()
        met["tree"] = str(action) in [a["id"] for a in tree["actions"]]
        met["placement in the tree"] = str(placement) in [p["id"] for p in tree["placements"]]
        assert {k for k, v in met.items() if v != is_reader} == set(), name


async def test_partners_council_and_public_meet_only_what_reaches_them(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    plan, partner = await make_plan(commune), await make_partner(commune.database)
    actions = {}
    for audience in AUDIENCES:
        actions[audience] = await make_action(commune, plan, title=audience, audience=audience)
        await make_partnership(commune, actions[audience], partner)
    await freeze_and_publish(commune, plan)
    expected = {
        "partner": {"partners", "council", "public"}, "council": {"council", "public"},
        "region": {"public"}, "integrator": {"public"},
    }  # fmt: skip
    for role, reached in expected.items():
        headers = commune.as_(role, organisation=partner)
        tree = (await client.get(f"{BASE}/plans/{plan}/tree", headers=headers)).json()
        page = (await client.get(f"{BASE}/actions?planId={plan}&total=true", headers=headers)).json()
        claims = (await client.get(f"{BASE}/planActions?planId={plan}", headers=headers)).json()
        assert {a["title"] for a in tree["actions"]} == reached, role
        assert {p["actionId"] for p in tree["placements"]} == {str(actions[a]) for a in reached}, role
        assert ({a["title"] for a in page["items"]}, page["total"]) == (reached, len(reached)), role
        assert {c["actionId"] for c in claims["items"]} == {str(actions[a]) for a in reached}, role
    page = (await client.get(f"{BASE}/public/actions", params={"planId": str(plan), "total": True})).json()
    assert ([a["title"] for a in page["items"]], page["total"]) == (["public"], 1)


@pytest.mark.parametrize("house", HOUSES)
async def test_the_journal_tells_neither_narrow_findings_nor_draft_objectives_of_the_other_house(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    finding = await make(
        commune, "finding", house=house, text="À part", organisation_id=commune.houses[house], audience="restricted"
    )
    plan = await make_plan(commune, house=house)
    taken_up = await make(commune, "planFinding", house=house, plan_id=plan, finding_id=finding)
    objective = await make_objective(commune, plan, house=house, status="draft")
    told: dict[str, list[bool]] = {}
    for reader in HOUSES:
        headers = commune.as_("administration", reader)
        for identifier in (finding, taken_up, objective):
            page = await client.get(f"{BASE}/journalEntries", params={"entityId": str(identifier)}, headers=headers)
            told.setdefault(reader, []).append(bool(page.json()["items"]))
    assert told == {house: [True] * 3, HOUSES[house]: [False] * 3}


async def test_the_journal_withholds_from_the_college_what_the_action_withholds(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    action = await make_action(commune, internal_note="Entre nous")
    images = {}
    for role in ("administration", "college"):
        answer = await client.get(f"{BASE}/journalEntries?entityId={action}", headers=commune.as_(role))
        images[role] = answer.json()["items"][0]["after"]
    assert images["administration"]["internal_note"] == "Entre nous"
    assert "internal_note" not in images["college"]
