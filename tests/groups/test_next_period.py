"""A group’s PCS goes on under the next period: its offer tells the new claims, its members’ parts wait for it."""

from tests.factories import world_of
from tests.groups.scene import BASE, Scene
from tests.periods.scene import NEW_ITEMS, Caller, enter_catalogue


async def test_a_groups_plan_goes_on_and_its_offer_tells_the_plans_that_claim_the_action(scene: Scene) -> None:
    action, member = await scene.action(), scene.communes[0]
    copy = await scene.taken(member, action)
    region = Caller(scene.client, world_of(scene.group.database).region)
    period, _ = await enter_catalogue(region, f"2040-{member.nis}", "2040-01-01", "2045-12-31", NEW_ITEMS)
    own = Caller(scene.client, scene.group.as_("administration"))
    path, words = f"plans/{scene.pcs}/continuations", {"kind": "successor", "periodId": period}

    async def offered() -> set[str]:
        found = await scene.read(member, f"groupActions/{action}")
        return {code["planId"] for code in found["codes"]}

    told = await own.ask("GET", f"{path}/preview", params=words)
    made = await own.ask("POST", path, words, headers={"If-Match": told.headers["etag"]})
    assert made.status_code == 201, made.text
    assert await offered() == {str(scene.pcs), made.json()["nextPlanId"]}
    parts = (await scene.read(member, "plans?pageSize=200"))["items"]
    (part,) = [plan["id"] for plan in parts if plan["originPlanId"] == str(scene.pcs)]
    refused = await scene.client.get(
        f"{BASE}/plans/{part}/continuations/preview", params=words, headers=member.as_("administration")
    )
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:pst:planFollowsGroup")
    undone = await own.ask("POST", f"{path}/{made.json()['id']}/undo")
    assert undone.status_code == 200, undone.text
    assert await offered() == {str(scene.pcs)}
    assert (await scene.read(member, f"actions/{copy['id']}"))["id"] == copy["id"]
