"""What a document says is permitted is what then succeeds, and nothing else does."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.factories import change, make, make_action, make_objective, make_placement, make_plan, snapshot_of_everything
from tests.rights.making import make_partnership
from tests.rights.moves import WHO_MOVES
from tests.rights.setting import Setting
from tests.rights.table import CALLERS
from tests.rights.words import change_of

BASE = "/pst/v1"
STATUSES = ("draft", "notStarted", "waiting", "inProgress", "suspended", "completed", "cancelled")
LIVING = [caller for caller in CALLERS if caller not in ("anon", "oper")]


async def make_status(setting: Setting, status: str) -> UUID:
    """An action in that status, managed by the agent's unit, in which the partner may report."""
    action = await make_action(setting.commune, unit="works", status=status)
    await make_partnership(setting.commune, action, setting.partner, may_report_progress=True)
    return action


def done_with(permitted: list[str]) -> list[str]:
    """The words about the thing itself, without what may be added to it."""
    return [word for word in permitted if not word.startswith("create")]


async def read(client: httpx.AsyncClient, setting: Setting, path: str, caller: str) -> dict[str, Any] | None:
    answer = await client.get(f"{BASE}/{path}", headers=setting.headers[caller])
    return answer.json() if answer.status_code == 200 else None


async def patch(
    client: httpx.AsyncClient, setting: Setting, path: str, caller: str, words: dict[str, Any], version: int
) -> httpx.Response:
    headers = {**setting.headers[caller], "If-Match": f'"{version}"'}
    return await client.patch(f"{BASE}/{path}", json=words, headers=headers)


@pytest.mark.parametrize("status", STATUSES)
async def test_next_statuses_are_the_moves_of_the_table_for_everybody(
    client: httpx.AsyncClient, setting: Setting, status: str
) -> None:
    action = await make_status(setting, status)
    for caller in LIVING:
        document = await read(client, setting, f"actions/{action}", caller)
        if document is not None:
            moves = {to for (current, to), who in WHO_MOVES.items() if current == status and caller in who}
            assert set(document["nextStatuses"]) == moves, caller
    seen = {caller for caller in LIVING if await read(client, setting, f"actions/{action}", caller)}
    everybody = {"coll", "admn", "grnt", "agnt", "cpas", "prtn", "pgrn"}
    assert seen == ({"coll", "admn", "grnt", "agnt"} if status == "draft" else everybody)


@pytest.mark.parametrize("status", STATUSES)
async def test_every_move_offered_succeeds_and_every_other_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, setting: Setting, status: str
) -> None:
    action = await make_status(setting, status)
    before = await snapshot_of_everything(setting.database, setting.commune.workspace_id)
    offered: dict[str, list[str]] = {}
    for caller in LIVING:
        document = await read(client, setting, f"actions/{action}", caller)
        offered[caller] = [] if document is None else document["nextStatuses"]
        for wanted in set(STATUSES) - {status, *offered[caller]}:
            words = {"status": wanted, "statusReason": "Décidé"}
            answer = await patch(client, setting, f"actions/{action}", caller, words, 1)
            allowed = (403,) if document else (404, 403)
            known = (status, wanted) in WHO_MOVES
            assert answer.status_code in (allowed if known else (*allowed, 409)), (caller, wanted, answer.text)
    assert await snapshot_of_everything(setting.database, setting.commune.workspace_id) == before
    for caller in ("admn", "agnt"):
        for wanted in offered[caller]:
            fresh = await make_status(setting, status)
            words = {"status": wanted, "statusReason": "Décidé"}
            answer = await patch(client, setting, f"actions/{fresh}", caller, words, 1)
            assert (answer.status_code, answer.json()["status"]) == (200, wanted), caller


@pytest.mark.parametrize("status", ["draft", "inProgress", "completed"])
async def test_permitted_on_an_action_is_what_succeeds(
    client: httpx.AsyncClient, setting: Setting, status: str
) -> None:
    for caller in LIVING:
        action = await make_action(setting.commune, unit="works", status=status)
        document = await read(client, setting, f"actions/{action}", caller)
        permitted = [] if document is None else document["permitted"]
        words = {"statusRemark": f"Vu par {caller}"}
        answer = await patch(client, setting, f"actions/{action}", caller, words, 1)
        assert answer.is_success == ("updateAction" in permitted), caller
        version = answer.json().get("version", 1)
        headers = {**setting.headers[caller], "If-Match": f'"{version}"'}
        removed = await client.delete(f"{BASE}/actions/{action}", headers=headers)
        assert removed.is_success == ("deleteAction" in permitted), caller


async def test_handing_over_is_offered_to_who_may_hand_over(client: httpx.AsyncClient, setting: Setting) -> None:
    persons = setting.commune.persons
    path, to = f"persons/{persons['works']}", {"toPersonId": str(persons["social"])}
    offered = set()
    for caller in LIVING:
        document = await read(client, setting, path, caller)
        permitted = [] if document is None else document["permitted"]
        headers = setting.headers[caller]
        answer = await client.get(f"{BASE}/{path}/handOver", params=to, headers=headers)
        assert answer.is_success == ("handOver" in permitted), (caller, answer.text)
        if document is not None:
            listed = await client.get(f"{BASE}/persons?pageSize=200", headers=headers)
            (row,) = [each for each in listed.json()["items"] if each["id"] == document["id"]]
            query = f'{{ person(id: "{document["id"]}") {{ permitted }} }}'
            twin = await client.post("/graphql", json={"query": query}, headers=headers)
            assert row["permitted"] == twin.json()["data"]["person"]["permitted"] == permitted
        offered |= {caller} if "handOver" in permitted else set()
    assert offered == {"grnt"}


async def make_rows(setting: Setting, is_closed: bool) -> dict[str, UUID]:
    """A plan with a draft objective, a claim, a placement, a task and a budget line, open or closed."""
    commune = setting.commune
    plan = await make_plan(commune)
    action = await make_action(commune, unit="works")
    rows = {
        "objectives": await make_objective(commune, plan, status="draft"),
        "placements": await make_placement(commune, action, plan),
        "tasks": await make(commune, "task", action_id=action, title="Ligne"),
        "plans": plan,
    }
    other = await make_action(commune)
    rows["planActions"] = await make(commune, "planAction", plan_id=plan, action_id=other)
    if is_closed:
        await change(commune, "plan", plan, is_closed=True)
    return rows


@pytest.mark.parametrize("is_closed", [False, True])
async def test_permitted_on_the_rows_of_a_plan_is_what_succeeds_open_or_closed(
    client: httpx.AsyncClient, setting: Setting, is_closed: bool
) -> None:
    writes = dict.fromkeys(("objectives", "placements", "planActions"), {"admn", "grnt"} if not is_closed else set())
    writes["tasks"] = {"admn", "grnt", "agnt"}
    for caller in ("coll", "admn", "grnt", "agnt", "cpas"):
        rows = await make_rows(setting, is_closed)
        for kind, identifier in rows.items():
            if kind == "plans":
                continue
            document = await read(client, setting, f"{kind}/{identifier}", caller)
            told = document["permitted"] if document else []
            permitted = {p[:6] for p in told} - {"create"}
            assert permitted == ({"update", "delete"} if caller in writes[kind] else set()), (caller, kind)
            words = {"weight": 2} if kind == "placements" else change_of(kind)
            answer = await patch(client, setting, f"{kind}/{identifier}", caller, words, 1)
            assert answer.is_success == ("update" in permitted), (caller, kind, answer.text)
            version = answer.json().get("version", 1)
            headers = {**setting.headers[caller], "If-Match": f'"{version}"'}
            removed = await client.delete(f"{BASE}/{kind}/{identifier}", headers=headers)
            assert removed.is_success == ("delete" in permitted), (caller, kind, removed.text)
            if is_closed and caller == "admn" and kind in ("objectives", "placements", "planActions"):
                assert (answer.status_code, answer.json()["type"]) == (409, "urn:problem-type:pst:planFrozen")


async def test_permitted_is_told_alike_by_document_and_list_and_without_additions_by_the_tree(
    client: httpx.AsyncClient, setting: Setting
) -> None:
    plan = setting.documents["plans"]
    for caller in ("coll", "admn", "agnt", "cpas", "prtn", "coun", "regn"):
        tree = await read(client, setting, f"plans/{plan}/tree", caller)
        assert tree is not None
        for kind in ("objectives", "placements", "actions"):
            for entry in tree[kind]:
                document = await read(client, setting, f"{kind}/{entry['id']}", caller)
                assert document is not None
                assert done_with(document["permitted"]) == entry["permitted"], (caller, kind)
                assert document.get("nextStatuses") == entry.get("nextStatuses"), (caller, kind)
            page = await client.get(f"{BASE}/{kind}?planId={plan}&pageSize=200", headers=setting.headers[caller])
            listed = {item["id"]: item["permitted"] for item in page.json()["items"]}
            assert all(done_with(listed[e["id"]]) == e["permitted"] for e in tree[kind]), (caller, kind)
            for identifier, permitted in listed.items():
                document = await read(client, setting, f"{kind}/{identifier}", caller)
                assert document is not None
                assert document["permitted"] == permitted, (caller, kind)
