"""The history of an action is one list: its own changes and those of all that hangs on it, chained, for its readers."""

import httpx

from api.db import Database
from tests.factories import change, make, make_action, make_commune, make_partner
from tests.journal.entries import assert_chained
from tests.rights.making import make_partnership

BASE = "/pst/v1"


async def test_the_history_of_an_action_is_one_chained_list_with_its_true_authors(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database)
    action, other = await make_action(commune, status="inProgress"), await make_action(commune)
    partner = await make_partner(database)
    await make_partnership(commune, action, partner, may_report_progress=True)
    await change(commune, "action", action, title="Autre titre")
    note = {"actionId": str(action), "text": "Vu", "progress": 30, "actionVersion": 2}
    as_partner = commune.as_("partner", organisation=partner)
    assert (await client.post(f"{BASE}/followUps", json=note, headers=as_partner)).status_code == 201
    await make(commune, "actionLink", action_id=other, linked_action_id=action, kind="partOf")
    await make(commune, "task", action_id=other, title="D’une autre action")
    await make(commune, "followUp", action_id=action, text="Entre nous", audience="restricted")
    query = {"actionId": str(action), "sort": "position"}
    answer = await client.get(f"{BASE}/journalEntries", params=query, headers=commune.as_("administration"))
    entries = answer.json()["items"]
    assert [(e["command"], e["entity"]) for e in entries] == [
        ("createAction", "action"), ("createPartnership", "partnership"), ("updateAction", "action"),
        ("createFollowUp", "action"), ("createFollowUp", "followUp"), ("createActionLink", "actionLink"),
        ("createFollowUp", "followUp"),
    ]  # fmt: skip
    assert [e["roles"] for e in entries if e["command"] == "createFollowUp"][:2] == [["partner"], ["partner"]]
    assert all((e["accountId"] is None) != (e["clientId"] is None) for e in entries)
    names = {"entityId": "entity_id", "entityVersion": "entity_version"}
    assert_chained([{names.get(k, k): v for k, v in e.items()} for e in entries])
    college = await client.get(f"{BASE}/journalEntries", params=query, headers=commune.as_("college"))
    assert [e["id"] for e in college.json()["items"]] == [e["id"] for e in entries[:-1]]
