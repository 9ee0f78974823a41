"""What a document says may be added to it, and which of its fields stay as they are, is what then succeeds."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from api.domain.resources.base import OwnerKind
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.allowed_operations import hanging_on
from tests.factories import change, make_action, make_objective, make_plan, snapshot_of_everything
from tests.rights.making import make_partnership
from tests.rights.setting import Setting
from tests.rights.table import CALLERS
from tests.rights.words import creation_of, prepare_creation

BASE = "/pst/v1"
LIVING = [caller for caller in CALLERS if caller not in ("anon", "oper")]
BEARERS = ("actionId", "objectiveId", "planId")
PARENTS = {"action": "actions", "plan": "plans", "objective": "objectives", "planVersion": "planVersions",
           "indicator": "indicators"}  # fmt: skip
ADDITIONS = [(parent, child.name, column) for parent in PARENTS for child, column in hanging_on(parent)]


async def body_for(setting: Setting, child: str, column: str, caller: str, parent: dict[str, Any]) -> dict[str, Any]:
    """The words that make a child of that document, as the caller would say them."""
    resource = BY_NAME[child]
    if child == "action":  # a sub-action like its parent
        like = {name: parent[name] for name in ("organisationId", "department", "responsibilities")}
        return {"title": "Sous-action", "parentId": parent["id"], **like}
    await prepare_creation(setting, resource.plural, caller)
    body = creation_of(setting, resource.plural, caller)
    if resource.owner_kind is OwnerKind.BEARER:
        body = {name: value for name, value in body.items() if name not in BEARERS}
    return body | {resource.wire(column): parent["id"]}


async def document(client: httpx.AsyncClient, setting: Setting, path: str, caller: str) -> dict[str, Any] | None:
    answer = await client.get(f"{BASE}/{path}", headers=setting.headers[caller])
    found: dict[str, Any] | None = answer.json() if answer.status_code == 200 else None
    return found


@pytest.mark.parametrize(("parent", "child", "column"), ADDITIONS)
async def test_what_may_be_added_is_what_can_be_added(
    client: httpx.AsyncClient, setting: Setting, parent: str, child: str, column: str
) -> None:
    named = "recurring" if child == "edition" else PARENTS[parent]
    path = f"{PARENTS[parent]}/{setting.documents[named]}"
    told = {}
    for caller in LIVING:
        seen = await document(client, setting, path, caller)
        word = f"create{BY_NAME[child].title}"
        told[caller] = seen is not None and word in seen["permitted"]
        whole = await document(client, setting, path, "admn")
        assert whole is not None
        body = await body_for(setting, child, column, caller, whole)
        before = await snapshot_of_everything(setting.database, setting.commune.workspace_id)
        url = f"{BASE}/{BY_NAME[child].plural}"
        answer = await client.post(url, json=body, headers=setting.headers[caller])
        assert answer.is_success == told[caller], (caller, word, answer.text)
        if not told[caller]:
            assert answer.status_code == 403, (caller, word)
            assert await snapshot_of_everything(setting.database, setting.commune.workspace_id) == before, caller
    assert told["admn"]
    assert not told["coun"] | told["regn"]


async def test_additions_are_told_by_graphql_too(client: httpx.AsyncClient, setting: Setting) -> None:
    action = setting.documents["actions"]
    for caller in ("admn", "agnt", "coll", "prtn"):
        query = f'{{ action(id: "{action}") {{ permitted unchangeable }} }}'
        answer = await client.post("/graphql", json={"query": query}, headers=setting.headers[caller])
        seen = await document(client, setting, f"actions/{action}", caller)
        assert seen is not None
        expected = {name: seen[name] for name in ("permitted", "unchangeable")}
        assert answer.json()["data"]["action"] == expected, caller


async def test_a_sub_action_takes_no_sub_action_and_a_closed_plan_no_objective(
    client: httpx.AsyncClient, setting: Setting
) -> None:
    below = await make_action(setting.commune, parent_id=setting.documents["actions"])
    seen = await document(client, setting, f"actions/{below}", "admn")
    assert seen is not None
    assert "createTask" in seen["permitted"]
    assert "createAction" not in seen["permitted"]
    plan = await make_plan(setting.commune)
    await make_objective(setting.commune, plan)
    await change(setting.commune, "plan", plan, is_closed=True)
    closed = await document(client, setting, f"plans/{plan}", "admn")
    assert closed is not None
    assert not {"createObjective", "createPlanFinding"} & set(closed["permitted"])


VALUES: dict[str, Any] = {
    "title": "Un autre titre", "description": "Autrement", "kind": "recurring", "statusRemark": "Vu.",
    "progress": 55, "health": "blocked", "healthReason": "Du retard", "priority": 2, "department": "both",
    "synergyOrganisationIds": [], "isSynergy": False, "audience": "council",
    "plannedStart": "2025-02-01", "plannedEnd": "2029-02-01",
    "actualStart": "2025-02-02", "actualEnd": "2025-02-03", "isOnRoadmap": True, "fullTimeEquivalents": "1.50",
    "estimate": "Peu", "estimateLow": "10.00", "estimateHigh": "20.00",
    "internalNote": "Entre nous", "places": ["Gare"], "keywords": ["gare"], "sdgs": [4],
    "domainIds": [], "findingIds": [], "isArchived": True,
}  # fmt: skip


async def made(setting: Setting, status: str) -> UUID:
    words: dict[str, Any] = {
        "domain_ids": [setting.documents["domains"]],
        "finding_ids": [setting.documents["findings"]],
        "health": "atRisk",
        "is_synergy": True,
        "synergy_organisation_ids": [setting.partner],
        "health_reason": "Le permis tarde",
    }
    action = await make_action(setting.commune, unit="works", status=status, **words)
    await make_partnership(setting.commune, action, setting.partner, may_report_progress=True)
    return action


@pytest.mark.parametrize("status", ["inProgress", "completed"])
async def test_a_field_can_be_changed_unless_it_is_said_to_be_unchangeable(
    client: httpx.AsyncClient, setting: Setting, status: str
) -> None:
    for caller in ("admn", "agnt", "coll", "prtn", "cpas"):
        action = await made(setting, status)
        for name, value in VALUES.items():
            seen = await document(client, setting, f"actions/{action}", caller)
            assert seen is not None, (caller, name)
            may = "updateAction" in seen["permitted"] and name not in seen["unchangeable"]
            headers = {**setting.headers[caller], "If-Match": f'"{seen["version"]}"'}
            answer = await client.patch(f"{BASE}/actions/{action}", json={name: value}, headers=headers)
            assert answer.is_success == may, (caller, status, name, answer.text)
            after = await document(client, setting, f"actions/{action}", "admn")
            assert after is not None
            assert (after["version"] > seen["version"]) == may, (caller, name)
            if name in ("department", "audience", "isArchived") and may:  # as it was, for the other fields
                restored = {"department": "municipality", "audience": "public", "isArchived": False}[name]
                headers["If-Match"] = f'"{after["version"]}"'
                await client.patch(f"{BASE}/actions/{action}", json={name: restored}, headers=headers)


async def test_the_college_says_its_priority_and_a_partner_its_progress(
    client: httpx.AsyncClient, setting: Setting
) -> None:
    action = await made(setting, "inProgress")
    reached = {}
    for caller in ("admn", "coll", "prtn"):
        seen = await document(client, setting, f"actions/{action}", caller)
        assert seen is not None
        reached[caller] = set(VALUES) - set(seen["unchangeable"])
    assert reached["admn"] == set(VALUES)
    assert reached["coll"] == {"priority", "statusRemark"}
    assert reached["prtn"] == {"progress", "statusRemark"}
