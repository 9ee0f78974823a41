"""What a version holds, that its hash can be computed again, and what its acts make of it."""

import hashlib
import json
import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.factories import (
    Commune,
    change,
    freeze_and_publish,
    make,
    make_action,
    make_commune,
    make_objective,
    make_plan,
    snapshot_of_everything,
)

BASE = "/pst/v1"


@pytest.fixture(scope="module")
async def commune(database: Database) -> Commune:
    return await make_commune(database, "distributed")


async def version_of(client: httpx.AsyncClient, commune: Commune, version: UUID) -> tuple[dict[str, Any], bytes]:
    """The version and its content as bytes."""
    headers = commune.as_("administration")
    document = (await client.get(f"{BASE}/planVersions/{version}", headers=headers)).json()
    content = await client.get(f"{BASE}/planVersions/{version}/content", headers=headers)
    assert content.status_code == 200
    return document, content.content


async def test_the_hash_is_that_of_the_canonical_json_of_the_content(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    version = await freeze_and_publish(commune, commune.plans["pst"])
    document, content = await version_of(client, commune, version)
    assert hashlib.sha256(content).hexdigest() == document["sha256"]
    again = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert again == content
    await change(commune, "plan", commune.plans["pst"], title="Autre titre")
    assert await version_of(client, commune, version) == (document, content)


async def test_freezing_twice_the_same_plan_gives_the_same_content_under_another_number(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    first, second = [await freeze_and_publish(commune, commune.plans["pcs"]) for _ in range(2)]
    one, two = await version_of(client, commune, first), await version_of(client, commune, second)
    assert one[0]["sha256"] == two[0]["sha256"]
    assert (one[1], two[0]["number"] - one[0]["number"]) == (two[1], 1)
    assert two[0]["journalPosition"] > one[0]["journalPosition"]


async def test_drafts_and_what_stands_under_them_are_never_in_a_version(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    standing = await make_objective(commune, plan, title="Ouvert")
    draft = await make_objective(commune, plan, title="Brouillon", status="draft")
    under = await make_objective(commune, plan, draft, title="Sous un brouillon")
    kept = await make_action(commune, plan, standing, title="Décidée")
    await make_action(commune, plan, standing, title="Action brouillon", status="draft")
    hanging = await make_action(commune, plan, under, title="Pendue")
    _, raw = await version_of(client, commune, await freeze_and_publish(commune, plan))
    content = json.loads(raw)
    assert [o["title"] for o in content["objective"]] == ["Ouvert"]
    assert {a["id"] for a in content["action"]} == {str(kept)}
    assert str(hanging) not in raw.decode()
    assert [p["action_id"] for p in content["placement"]] == [str(kept)]
    tree = (await client.get(f"{BASE}/public/plans/{plan}/tree")).json()
    assert [o["title"] for o in tree["objectives"]] == ["Ouvert"]
    assert [p["actionId"] for p in tree["placements"]] == [str(kept)]


async def test_only_the_administration_of_the_plans_house_reads_the_whole_content(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    await make_action(commune, plan, title="Secret", audience="restricted", internal_note="Entre nous")
    version = await freeze_and_publish(commune, plan)
    readers = [
        ("college", "municipality"), ("agent", "municipality"), ("administration", "cpas"), ("college", "cpas"),
        ("council", "municipality"), ("region", ""), ("integrator", ""),
    ]  # fmt: skip
    for role, house in readers:
        headers = commune.as_(role, house) if house else commune.as_(role)
        answer = await client.get(f"{BASE}/planVersions/{version}/content", headers=headers)
        assert (role, answer.status_code, "Secret" in answer.text) == (role, 403, False)
    assert b"Entre nous" in (await version_of(client, commune, version))[1]


async def record_act(client: httpx.AsyncClient, commune: Commune, version: UUID, kind: str, organ: str) -> UUID:
    words = {"versionId": str(version), "kind": kind, "organ": organ, "decidedOn": "2025-06-30",
             "organisationId": str(commune.municipality)}  # fmt: skip
    answer = await client.post(f"{BASE}/acts", json=words, headers=commune.as_("administration"))
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def states(client: httpx.AsyncClient, commune: Commune, version: UUID, plan: UUID) -> tuple[str, int, int]:
    """What the version is called, and whether the council and the public read its plan."""
    document, _ = await version_of(client, commune, version)
    council = await client.get(f"{BASE}/plans/{plan}", headers=commune.as_("council"))
    public = await client.get(f"{BASE}/public/plans/{plan}")
    return document["state"], council.status_code, public.status_code


async def test_acts_open_a_version_step_by_step_and_an_act_removed_closes_it_again(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    version = await make(commune, "planVersion", plan_id=plan)
    assert await states(client, commune, version, plan) == ("frozen", 404, 404)
    await record_act(client, commune, version, "adopted", "college")
    assert await states(client, commune, version, plan) == ("adopted", 404, 404)
    noted = await record_act(client, commune, version, "acknowledged", "council")
    assert await states(client, commune, version, plan) == ("acknowledged", 200, 404)
    headers = {**commune.as_("administration"), "If-Match": '"1"'}
    assert (await client.delete(f"{BASE}/acts/{noted}", headers=headers)).status_code == 204
    assert await states(client, commune, version, plan) == ("adopted", 404, 404)
    await record_act(client, commune, version, "acknowledged", "council")
    published = await record_act(client, commune, version, "published", "administration")
    assert await states(client, commune, version, plan) == ("published", 200, 200)
    before = await snapshot_of_everything(database, commune.workspace_id)
    answer = await client.delete(f"{BASE}/acts/{published}", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:alreadyPublished")
    assert await snapshot_of_everything(database, commune.workspace_id) == before


async def test_a_version_and_its_number_cannot_be_rewritten_nor_removed(
    client: httpx.AsyncClient, commune: Commune
) -> None:
    version = await freeze_and_publish(commune, commune.plans["pst"])
    headers = {**commune.as_("administration"), "If-Match": '"2"'}
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    for words in ({"number": 9}, {"sha256": "0" * 64}, {"planId": str(version)}, {"journalPosition": 1},
                  {"isPublished": False}, {"frozenAt": "2020-01-01T00:00:00Z"}):  # fmt: skip
        answer = await client.patch(f"{BASE}/planVersions/{version}", json=words, headers=headers)
        assert answer.status_code == 400, words
    assert (await client.delete(f"{BASE}/planVersions/{version}", headers=headers)).status_code == 405
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_versions_keep_the_names_of_that_day(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    mandatary = {"kind": "mandatary", "office_id": commune.offices["mayor"]}
    await make_action(commune, plan, responsibilities=[mandatary])
    version = await freeze_and_publish(commune, plan)
    await change(commune, "person", commune.persons["mayor"], family_name="Successeur")
    names = json.loads((await version_of(client, commune, version))[1])["names"]
    assert names["offices"][str(commune.offices["mayor"])]["holder"].endswith("Mayor")


async def test_no_agent_is_named_to_the_public(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database)
    plan = await make_plan(commune)
    person = {"kind": "owner", "person_id": commune.persons["works"]}
    action = await make_action(commune, plan, responsibilities=[person])
    await freeze_and_publish(commune, plan)
    for path in (f"actions/{action}", "actions", f"plans/{plan}/tree"):
        text = (await client.get(f"{BASE}/public/{path}")).text
        assert str(action) in text
        assert re.search(r"\bWorks\b", text) is None
        assert str(commune.persons["works"]) not in text
