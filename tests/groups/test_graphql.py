"""The same through GraphQL: offers, taking up, following, refusals."""

from typing import Any

from tests.factories import Headers
from tests.groups.scene import ABSENT, Scene

TAKE_UP = """mutation($input: CounterpartCreate!) { createCounterpart(input: $input) {
    id isReleased actionId action { title status progress isCounterpart nextStatuses unchangeable } } }"""
OFFERS = """{ groupActions(first: 10) { totalCount nodes { id title status groupName isTakenUp
    codes { planTitle ownCode periodItemId } } } }"""


async def ask(scene: Scene, headers: Headers, query: str, **variables: Any) -> dict[str, Any]:
    answer = await scene.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def words(scene: Scene, who: int, action: object) -> dict[str, Any]:
    commune = scene.communes[who]
    return {
        "originActionId": str(action), "organisationId": str(commune.municipality),
        "planId": str(scene.psts[commune.workspace_id]), "objectiveId": str(scene.objectives[commune.workspace_id]),
    }  # fmt: skip


async def test_a_member_takes_up_and_follows(scene: Scene) -> None:
    action = await scene.action()
    mine = scene.communes[0].as_("administration")
    offered = (await ask(scene, mine, OFFERS))["data"]["groupActions"]
    assert (offered["totalCount"], offered["nodes"][0]["title"]) == (1, "Navette des aînés")
    assert offered["nodes"][0]["codes"][0]["periodItemId"] == str(scene.items["7.4.01"])
    one = await ask(scene, mine, "query($id: UUID!) { groupAction(id: $id) { title } }", id=str(action))
    assert one["data"]["groupAction"] == {"title": "Navette des aînés"}
    made = (await ask(scene, mine, TAKE_UP, input=words(scene, 0, action)))["data"]["createCounterpart"]
    assert made["action"]["isCounterpart"] is True
    assert made["action"]["nextStatuses"] == []
    changed = await ask(
        scene, scene.group.as_("administration"),
        "mutation($id: UUID!, $v: Int!) { updateAction(id: $id, expectedVersion: $v, patch: {status: inProgress})"
        " { status uptakes(first: 5) { nodes { organisationName isReleased } } } }",
        id=str(action), v=1,
    )  # fmt: skip
    assert changed["data"]["updateAction"]["uptakes"]["nodes"] == [
        {"organisationName": f"municipality {scene.communes[0].name}", "isReleased": False}
    ]
    copy = await ask(
        scene, mine, "query($id: UUID!) { action(id: $id) { status version permitted } }", id=made["actionId"]
    )
    assert copy["data"]["action"]["status"] == "inProgress"
    refused = await ask(
        scene, mine,
        "mutation($id: UUID!, $v: Int!) { updateAction(id: $id, expectedVersion: $v, patch: {title: \"X\"}) { id } }",
        id=made["actionId"], v=copy["data"]["action"]["version"],
    )  # fmt: skip
    problem = refused["errors"][0]["extensions"]
    assert (problem["type"].split(":")[-1], problem["status"], problem["fields"]) == ("followsGroup", 409, ["title"])
    released = await ask(
        scene, mine,
        "mutation($id: UUID!) { updateCounterpart(id: $id, expectedVersion: 1, patch: {isReleased: true})"
        " { isReleased action { isCounterpart } } }",
        id=made["id"],
    )  # fmt: skip
    assert released["data"]["updateCounterpart"] == {"isReleased": True, "action": {"isCounterpart": False}}


async def test_a_stranger_and_a_wrong_origin_are_refused_alike(scene: Scene) -> None:
    action = await scene.action()
    stranger = scene.stranger.as_("administration")
    assert (await ask(scene, stranger, OFFERS))["data"]["groupActions"] == {"totalCount": 0, "nodes": []}
    one = await ask(scene, stranger, "query($id: UUID!) { groupAction(id: $id) { title } }", id=str(action))
    assert one["errors"][0]["extensions"]["status"] == 404
    said = {
        **words(scene, 0, action), "organisationId": str(scene.stranger.municipality),
        "planId": str(scene.psts[scene.stranger.workspace_id]),
        "objectiveId": str(scene.objectives[scene.stranger.workspace_id]),
    }  # fmt: skip
    told = []
    for origin in (str(action), ABSENT):
        answer = await ask(scene, stranger, TAKE_UP, input={**said, "originActionId": origin})
        (issue,) = answer["errors"][0]["extensions"]["issues"]
        assert issue.pop("value") == origin
        told.append(issue)
    assert told[0] == told[1]
    acting = {**scene.communes[0].as_("administration"), "Pst-Acting-As": f"workspace/{scene.group.workspace_id}"}
    refused = await scene.client.post("/graphql", json={"query": OFFERS}, headers=acting)
    assert "actAs" in refused.text
