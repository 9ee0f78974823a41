"""The organisations that a synergy concerns: named on the action, told by the register of synergies."""

from typing import Any

import pytest

from api.db import Database
from tests.factories import Commune, freeze_and_publish, make_action, make_partner, make_plan
from tests.plans.asking import Desk, refused


@pytest.mark.parametrize("synergy", [{"is_synergy": True}, {"department": "both"}])
async def test_a_synergy_names_those_it_concerns_and_the_register_too(
    desk: Desk, commune: Commune, database: Database, synergy: dict[str, Any]
) -> None:
    partner = await make_partner(database)
    action = await make_action(commune, status="inProgress", **synergy)
    said = [str(partner), str(commune.cpas)]
    changed = await desk.patch(f"actions/{action}", synergyOrganisationIds=said)
    assert changed["synergyOrganisationIds"] == sorted(said)
    register = await desk.read("synergies")
    (found,) = [a for a in register["actions"] if a["actionId"] == str(action)]
    assert {one["organisationId"] for one in found["organisations"]} == set(said)
    assert all(one["name"] for one in found["organisations"])


async def test_what_is_no_synergy_concerns_no_other_organisation(desk: Desk, commune: Commune) -> None:
    plain, shared = await make_action(commune), await make_action(commune, is_synergy=True)
    cpas = [str(commune.cpas)]
    await desk.patch(f"actions/{shared}", synergyOrganisationIds=cpas)
    before = await desk.everything()
    answers = [
        await desk.try_patch(f"actions/{plain}", synergyOrganisationIds=cpas),
        await desk.try_patch(f"actions/{shared}", isSynergy=False, synergyOrganisationIds=cpas),
        await desk.post("actions", title="X", organisationId=commune.municipality, synergyOrganisationIds=cpas),
    ]
    assert {refused(answer) for answer in answers} == {(400, "notASynergy")}
    assert {answer.json()["issues"][0]["name"] for answer in answers} == {"synergyOrganisationIds"}
    assert await desk.everything() == before
    rest = await desk.patch(f"actions/{shared}", isSynergy=False)
    assert (rest["synergyOrganisationIds"], "synergyOrganisationIds" in rest["unchangeable"]) == (cpas, True)
    assert str(shared) not in {a["actionId"] for a in (await desk.read("synergies"))["actions"]}
    assert (await desk.patch(f"actions/{shared}", synergyOrganisationIds=[]))["synergyOrganisationIds"] == []


async def test_an_organisation_that_is_not_there_is_refused(desk: Desk, commune: Commune) -> None:
    action = await make_action(commune, is_synergy=True)
    before = await desk.everything()
    answer = await desk.try_patch(f"actions/{action}", synergyOrganisationIds=[str(action)])
    assert refused(answer) == (400, "referencedResourceNotFound")
    assert await desk.everything() == before


async def test_whoever_reads_that_it_is_a_synergy_reads_whom_it_concerns(
    desk: Desk, commune: Commune, database: Database
) -> None:
    cpas = str(commune.cpas)
    plan = await make_plan(commune)
    action = await make_action(
        commune, plan, status="inProgress", is_synergy=True, synergy_organisation_ids=[commune.cpas]
    )
    await freeze_and_publish(commune, plan)
    for role in ("college", "council", "region", "integrator"):
        reader = Desk(desk.client, commune, commune.as_(role))
        found = await reader.read(f"actions/{action}")
        assert (found["isSynergy"], found["synergyOrganisationIds"]) == (True, [cpas]), role
