"""What a partner organisation writes: progress where it is granted, and outside references of its own."""

import httpx
import pytest

from tests.factories import Headers, make_action, make_partner, snapshot_of_everything
from tests.partners.scene import BASE, Scene, ids
from tests.rights.making import make_partnership


async def patch(client: httpx.AsyncClient, headers: Headers, path: str, words: dict[str, object]) -> httpx.Response:
    version = (await client.get(f"{BASE}/{path}", headers=headers)).json().get("version", 1)
    return await client.patch(f"{BASE}/{path}", json=words, headers={**headers, "If-Match": f'"{version}"'})


@pytest.mark.parametrize(
    ("state", "granted", "status"),
    [
        ("agreed", True, 200),
        ("agreed", False, 403),
        ("proposed", True, 403),
        ("planned", True, 404),
        ("ended", True, 404),
    ],
)
async def test_progress_is_written_only_where_it_is_granted_and_agreed(
    client: httpx.AsyncClient, scene: Scene, state: str, granted: bool, status: int
) -> None:
    commune = scene.communes[0]
    partner = await make_partner(commune.database)
    action = await make_action(commune, status="inProgress")
    await make_partnership(commune, action, partner, state, may_report_progress=granted)
    headers = commune.as_("partner", organisation=partner)
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    answer = await patch(client, headers, f"actions/{action}", {"progress": 40, "statusRemark": "En route"})
    assert answer.status_code == status, answer.text
    if status == 200:
        assert (answer.json()["progress"], answer.json()["statusRemark"]) == (40, "En route")
        told = [word for word in answer.json()["permitted"] if not word.startswith("create")]
        assert told == ["updateAction"]
    else:
        assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_a_partner_reports_and_changes_nothing_else(client: httpx.AsyncClient, scene: Scene) -> None:
    commune = scene.communes[0]
    partner = await make_partner(commune.database)
    action = await make_action(commune, status="inProgress")
    part = await make_partnership(commune, action, partner, may_report_progress=True)
    headers = commune.as_("partner", organisation=partner)
    before = await snapshot_of_everything(commune.database, commune.workspace_id)
    refused: list[dict[str, object]] = [
        {"title": "À nous"}, {"status": "completed"}, {"progress": 10, "title": "À nous"}, {"health": "blocked"},
        {"priority": 1}, {"internalNote": "x"}, {"audience": "public"}, {"responsibilities": []},
    ]  # fmt: skip
    for words in refused:
        answer = await patch(client, headers, f"actions/{action}", words)
        assert answer.status_code == 403, words
    raised = await patch(client, headers, f"partnerships/{part}", {"mayReportProgress": True, "state": "agreed"})
    assert raised.status_code == 403
    assert await snapshot_of_everything(commune.database, commune.workspace_id) == before


async def test_outside_references_of_a_partner_are_its_own(client: httpx.AsyncClient, scene: Scene) -> None:
    action = str(scene.seen[str(scene.communes[0].nis)])
    words = {"actionId": action, "system": "ERP", "reference": "42"}
    made = {}
    for partner in (scene.partner, scene.other):
        headers = scene.communes[0].as_("partner", organisation=partner)
        answer = await client.post(f"{BASE}/externalReferences", json=words, headers=headers)
        assert (answer.status_code, answer.json()["organisationId"]) == (201, str(partner))
        made[partner] = answer.json()["id"]
    assert await ids(client, scene.headers, "externalReferences") == {made[scene.partner]}
    theirs = f"externalReferences/{made[scene.other]}"
    assert (await client.get(f"{BASE}/{theirs}", headers=scene.headers)).status_code == 404
    assert (await patch(client, scene.headers, theirs, {"reference": "1"})).status_code == 404
    mine = f"externalReferences/{made[scene.partner]}"
    assert (await patch(client, scene.headers, mine, {"reference": "43"})).status_code == 200
    again = await client.post(f"{BASE}/externalReferences", json=words, headers=scene.headers)
    assert again.status_code == 409
    hidden = {**words, "actionId": str(next(iter(scene.hidden.values())))}
    refused = await client.post(f"{BASE}/externalReferences", json=hidden, headers=scene.headers)
    assert refused.status_code == 400
