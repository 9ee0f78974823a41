"""Who names a document of another house or service asks for the right to add to it; `permitted` tells it."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from api.domain.policy import PERMISSIONS
from api.domain.resources.base import OWN, READS
from api.domain.resources.catalogue import RESOURCES
from tests.factories import Commune, make, make_action, make_commune, make_objective, make_plan
from tests.plans.asking import Desk
from tests.rights.making import make_partnership

HOUSES = ("municipality", "cpas")


@pytest.fixture
async def commune(database: Database) -> Commune:
    return await make_commune(database)


def desk(client: httpx.AsyncClient, commune: Commune, house: str, unit: str | None = None) -> Desk:
    role = "administration" if unit is None else "agent"
    return Desk(client, commune, commune.as_(role, house, unit=unit))


async def things_of(commune: Commune, house: str) -> dict[str, UUID]:
    """One of each kind of thing that a document can name, of one house, which both houses read."""
    own: dict[str, Any] = {"organisation_id": commune.houses[house]}
    plan = await make_plan(commune, house=house)
    async with commune.acting() as (connection, _):
        term = await connection.fetchval("select id from term where code = '2024-2030'")
    objective = await make_objective(commune, plan, house=house)
    dpc = await make(commune, "dpc", house=house, title="DPC", term_id=term, adopted_on="2025-01-20", **own)
    words: dict[str, Any] = {"title": "Trajets", "kind": "output", "nature": "measure", "is_cumulative": True}
    return {
        "plan": plan,
        "objective": objective,
        "action": await make_action(commune, plan, objective, house=house),
        "total": await make(commune, "indicator", house=house, objective_id=objective, **words),
        "finding": await make(commune, "finding", house=house, text="Constat", audience="public", **own),
        "agreement": await make(
            commune,
            "agreement",
            house=house,
            title="Convention",
            state="signed",
            party_ids=list(commune.houses.values()),
            **own,
        ),
        "item": await make(commune, "dpcItem", house=house, dpc_id=dpc, text="Solidarité"),
    }


NAMINGS = (
    "parentId", "partOf", "contributesTo", "agreementId", "findingIds", "objectiveFindingIds", "dpcItemIds",
    "coversPlanId", "contributesToIds",
)  # fmt: skip


def naming(which: str, own: dict[str, UUID], named: dict[str, UUID], house: UUID) -> tuple[str, str, dict[str, Any]]:
    """The list in which a house writes a document of its own that names a thing, the field that names it, the words."""
    link = {"actionId": own["action"], "linkedActionId": named["action"]}
    count = {"title": "Part", "kind": "output", "nature": "measure", "isCumulative": True}
    goal = {"title": "But", "planId": own["plan"], "level": 1}
    action = {"title": "Sous-action", "organisationId": house, "status": "notStarted"}
    part = {"actionId": own["action"], "organisationId": named["partner"], "role": "funder"}
    by: dict[str, tuple[str, str, dict[str, Any]]] = {
        "parentId": ("actions", "parentId", action | {"parentId": named["action"]}),
        "partOf": ("actionLinks", "linkedActionId", link | {"kind": "partOf"}),
        "contributesTo": ("actionLinks", "linkedActionId", link | {"kind": "contributesTo"}),
        "agreementId": ("partnerships", "agreementId", part | {"agreementId": named["agreement"]}),
        "findingIds": ("actions", "findingIds", action | {"findingIds": [str(named["finding"])]}),
        "objectiveFindingIds": ("objectives", "findingIds", goal | {"findingIds": [str(named["finding"])]}),
        "dpcItemIds": ("objectives", "dpcItemIds", goal | {"dpcItemIds": [str(named["item"])]}),
        "coversPlanId": ("objectives", "coversPlanId", goal | {"coversPlanId": named["plan"]}),
        "contributesToIds": (
            "indicators", "contributesToIds",
            count | {"actionId": own["action"], "contributesToIds": [str(named["total"])]},
        ),
    }  # fmt: skip
    return by[which]


@pytest.mark.parametrize("house", HOUSES)
async def test_a_house_adds_to_its_own_and_not_to_what_it_only_reads_of_the_other(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    things = {each: await things_of(commune, each) for each in HOUSES}
    other = next(each for each in HOUSES if each != house)
    of = desk(client, commune, house)
    more = {"action": await make_action(commune, house=house), "plan": await make_plan(commune, house=house)}
    mine = things[house] | more
    for which in NAMINGS:
        partner = {"partner": commune.houses[other]}
        path, field, words = naming(which, things[house], things[other] | partner, commune.houses[house])
        before = await of.everything()
        answer = await of.post(path, **words)
        assert answer.status_code == 403, (which, answer.text)
        assert answer.json()["fields"] == [field], (which, answer.text)
        assert await of.everything() == before, which
        path, field, words = naming(which, things[house], mine | partner, commune.houses[house])
        answer = await of.post(path, **words)
        assert answer.status_code == 201, (which, answer.text)


async def test_an_action_moves_under_none_of_the_other_house(client: httpx.AsyncClient, commune: Commune) -> None:
    theirs, own = await things_of(commune, "cpas"), await things_of(commune, "municipality")
    of, child = desk(client, commune, "municipality"), await make_action(commune)
    before = await of.everything()
    answer = await of.try_patch(f"actions/{child}", parentId=theirs["action"])
    assert (answer.status_code, answer.json()["fields"]) == (403, ["parentId"])
    update = """mutation ($id: UUID!, $patch: ActionPatch!) {
      updateAction(id: $id, expectedVersion: 1, patch: $patch) { parentId } }"""
    said = {"id": str(child), "patch": {"parentId": str(theirs["action"])}}
    refused = await client.post("/graphql", json={"query": update, "variables": said}, headers=of.headers)
    assert refused.json()["errors"][0]["extensions"]["fields"] == ["parentId"]
    create = "mutation ($words: ActionCreate!) { createAction(input: $words) { id } }"
    words = {"title": "Sous", "organisationId": str(commune.municipality), "parentId": str(theirs["action"])}
    refused = await client.post("/graphql", json={"query": create, "variables": {"words": words}}, headers=of.headers)
    assert refused.json()["errors"][0]["extensions"]["fields"] == ["parentId"]
    assert await of.everything() == before
    assert (await of.patch(f"actions/{child}", parentId=own["action"]))["parentId"] == str(own["action"])


async def test_an_agent_adds_to_actions_of_its_service_alone(client: httpx.AsyncClient, commune: Commune) -> None:
    other = next(unit for unit in commune.units if unit != "works")
    own, theirs = await make_action(commune, unit="works"), await make_action(commune, unit=other)
    of = desk(client, commune, "municipality", "works")
    house = str(commune.municipality)
    for parent, is_own in ((own, True), (theirs, False)):
        permitted = (await of.read(f"actions/{parent}"))["permitted"]
        assert ("createAction" in permitted) is is_own
        answer = await of.post("actions", title="Sous-action", organisationId=house, parentId=parent)
        assert answer.status_code == (201 if is_own else 403), answer.text


@pytest.mark.parametrize("house", HOUSES)
async def test_what_is_permitted_tells_what_may_be_added(
    client: httpx.AsyncClient, commune: Commune, house: str
) -> None:
    things, of = await things_of(commune, "municipality"), desk(client, commune, house)
    is_own = house == "municipality"
    words = {"actions/action": "createAction", "findings/finding": "answer", "dpcItems/item": "answer",
             "agreements/agreement": "updateAgreement", "plans/plan": "updatePlan",
             "indicators/total": "updateIndicator"}  # fmt: skip
    for path, word in words.items():
        plural, thing = path.split("/")
        assert (word in (await of.read(f"{plural}/{things[thing]}"))["permitted"]) is is_own, path


async def test_a_finding_that_a_plan_of_both_houses_takes_up_is_answered_by_either(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    finding = (await things_of(commune, "municipality"))["finding"]
    of, house = desk(client, commune, "cpas"), str(commune.cpas)
    words = {"title": "Action", "organisationId": house, "findingIds": [str(finding)]}
    assert (await of.post("actions", **words)).status_code == 403
    shared = await make_plan(commune, owners=[commune.cpas])
    await make(commune, "planFinding", plan_id=shared, finding_id=finding)
    assert (await of.post("actions", **words)).status_code == 201


async def test_who_depends_on_an_action_or_goes_with_it_adds_nothing_to_it(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    own, theirs = await make_action(commune), await make_action(commune, house="cpas")
    of = desk(client, commune, "municipality")
    for kind in ("dependsOn", "related"):
        answer = await of.post("actionLinks", actionId=own, linkedActionId=theirs, kind=kind)
        assert answer.status_code == 201, answer.text


async def test_what_an_array_named_before_asks_for_nothing_again(client: httpx.AsyncClient, commune: Commune) -> None:
    theirs = await things_of(commune, "cpas")
    own = await things_of(commune, "municipality")
    action = await make_action(commune, department="both")
    await desk(client, commune, "cpas").patch(f"actions/{action}", findingIds=[str(theirs["finding"])])
    of = desk(client, commune, "municipality")
    told = await of.patch(f"actions/{action}", findingIds=[str(theirs["finding"]), str(own["finding"])])
    assert set(told["findingIds"]) == {str(theirs["finding"]), str(own["finding"])}
    assert (await of.patch(f"actions/{action}", findingIds=[]))["findingIds"] == []


async def test_an_agreement_of_the_own_house_may_stand_behind_a_partnership(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    own = await things_of(commune, "municipality")
    made = await make_partnership(commune, own["action"], commune.cpas)
    of = desk(client, commune, "municipality")
    path = f"partnerships/{made}"
    theirs = await things_of(commune, "cpas")
    assert (await of.try_patch(path, agreementId=theirs["agreement"])).status_code == 403
    assert (await of.patch(path, agreementId=own["agreement"]))["agreementId"] == str(own["agreement"])


def test_every_naming_says_what_it_asks_for() -> None:
    """`Ref.asks` has no default; arrays that name documents say it too, and rights asked for are rights there are."""
    open_ended = []
    for resource in RESOURCES:
        asked = {name: ref.asks for name, ref in resource.refs.items()}
        for name, part in resource.parts.items():
            names = part.target is not None or any(c.endswith("_id") and c != part.owner for c in part.columns)
            if names and resource.create is not None and not part.kinds:
                asked[name] = part.asks or ""
        known = {OWN, READS, *PERMISSIONS}
        open_ended += [f"{resource.name}.{name}: {asks}" for name, asks in asked.items() if asks not in known]
    assert open_ended == []
