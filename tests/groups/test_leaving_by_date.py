"""An end to come of a membership of a group is made true by the service’s clock, with all that leaving entails."""

from datetime import UTC, datetime, timedelta

from api.domain.commands.context import BRUSSELS, today
from api.domain.identifiers import DIRECTORY
from api.settings import Settings
from api.sync.schedule import Schedule
from tests.groups.scene import Scene
from tests.journal.entries import entries_of


async def test_a_body_leaves_its_group_on_the_day_that_was_decided(scene: Scene, settings: Settings) -> None:
    one = scene.communes[0]
    action = await scene.action()
    mine = await scene.taken(one, action)
    members = (await scene.read(scene.group, f"groupMembers?groupId={scene.group.workspace_id}"))["items"]
    member = next(m for m in members if m["organisationId"] == str(one.municipality))
    tomorrow = today() + timedelta(1)
    await scene.change(scene.group, f"groupMembers/{member['id']}", endsOn=str(tomorrow))
    for day, is_ended in ((today(), False), (tomorrow, True), (tomorrow, True)):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=BRUSSELS)
        await Schedule(scene.database, settings).look(noon.astimezone(UTC))
        assert (await scene.read(one, f"groupMembers/{member['id']}"))["isEnded"] is is_ended
        assert (await scene.read(one, f"actions/{mine['id']}"))["isCounterpart"] is not is_ended
        assert (await scene.read(one, "groupActions?total=true"))["total"] == (0 if is_ended else 1)
    (told,) = [e for e in await entries_of(scene.database, DIRECTORY) if e["entity_id"] == member["id"]][-1:]
    assert (told["command"], told["origin"], told["after"]["ends_on"]) == ("endGroupMember", "schedule", str(tomorrow))
    (own,) = [e for e in await entries_of(scene.database, one.workspace_id) if e["entity"] == "counterpart"][-1:]
    assert (own["origin"], own["after"]["released_at"] is not None) == ("group", True)
