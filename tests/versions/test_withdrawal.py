"""Publications are withdrawn, an older version is shown again, and acts dated ahead take effect on their day."""

from datetime import UTC, date, datetime
from uuid import UUID

import httpx
import pytest

from api.settings import Settings
from api.sync.schedule import Schedule
from tests.factories import Commune, change, freeze_and_publish, make, make_action, make_plan
from tests.plans.asking import Desk, refused
from tests.rights.making import make_attachment
from tests.versions.doors import Readers


@pytest.fixture
def readers(client: httpx.AsyncClient, town: Commune) -> Readers:
    return Readers(client, town)


async def act(office: Desk, version: UUID, kind: str, organ: str = "administration", on: str = "2025-07-01") -> dict:  # type: ignore[type-arg]
    return await office.create(
        "acts", versionId=version, kind=kind, organ=organ, decidedOn=on, organisationId=office.commune.municipality
    )


async def shown_to(office: Desk, version: UUID) -> tuple[bool, bool]:
    told = await office.read(f"planVersions/{version}")
    return told["isShownToCouncil"], told["isShownToPublic"]


async def test_a_publication_withdrawn_vanishes_from_the_public_at_once_with_its_files(
    office: Desk, town: Commune, readers: Readers
) -> None:
    plan = await make_plan(town)
    action = await make_action(town, plan, audience="public")
    paper = await make_attachment(town, action_id=action, title="Plan", file_name="a.txt", audience="public")
    version = await freeze_and_publish(town, plan)
    assert (await readers.rest("public", f"attachments/{paper}/content")).status_code == 200
    withdrawn = await act(office, version, "withdrawn")
    assert withdrawn["isInEffect"] is True
    for reader in ("public", "region", "integrator"):
        for path in (f"plans/{plan}", f"plans/{plan}/tree", f"actions/{action}", f"attachments/{paper}/content",
                     f"planVersions/{version}"):  # fmt: skip
            assert (await readers.rest(reader, path)).status_code == 404, (reader, path)
        assert await readers.ids(reader, "actions", planId=str(plan)) == set()
        assert await readers.title(reader, action) is None
    assert (await readers.rest("council", f"plans/{plan}")).status_code == 200
    told = await office.read(f"planVersions/{version}")
    assert (told["isPublished"], told["isShownToPublic"], told["isShownToCouncil"]) == (False, False, True)
    entries = await office.read(f"journalEntries?entityId={version}&pageSize=200")
    assert entries["items"][-1]["command"] == "createAct" or entries["items"][0]["command"] == "createAct"


async def test_only_what_is_published_is_withdrawn_and_neither_act_is_removed_or_postponed(
    office: Desk, town: Commune
) -> None:
    version = await make(town, "planVersion", plan_id=await make_plan(town))
    words = {"versionId": version, "organ": "administration", "decidedOn": "2025-07-01",
             "organisationId": town.municipality}  # fmt: skip
    before = await office.everything()
    assert refused(await office.post("acts", kind="withdrawn", **words)) == (409, "notPublished")
    assert await office.everything() == before
    published = await office.create("acts", kind="published", **words)
    withdrawn = await office.create("acts", kind="withdrawn", **words)
    before = await office.everything()
    assert refused(await office.delete(f"acts/{published['id']}")) == (409, "alreadyPublished")
    assert refused(await office.delete(f"acts/{withdrawn['id']}")) == (409, "alreadyWithdrawn")
    postponed = await office.try_patch(f"acts/{published['id']}", decidedOn="2035-01-01")
    assert refused(postponed) == (409, "alreadyPublished")
    assert await office.everything() == before


async def test_withdrawing_the_newer_version_shows_the_older_that_is_still_published(
    office: Desk, town: Commune, readers: Readers
) -> None:
    plan = await make_plan(town, title="Premier")
    first = await freeze_and_publish(town, plan)
    await change(town, "plan", plan, title="Second")
    second = await freeze_and_publish(town, plan)
    assert [await shown_to(office, v) for v in (first, second)] == [(False, False), (True, True)]
    await act(office, second, "withdrawn")
    assert [await shown_to(office, v) for v in (first, second)] == [(False, True), (True, False)]
    for reader, title in (("public", "Premier"), ("region", "Premier"), ("council", "Second")):
        assert (await readers.rest(reader, f"plans/{plan}")).json()["title"] == title


async def test_publishing_an_older_version_makes_it_the_one_that_is_shown(
    office: Desk, town: Commune, readers: Readers
) -> None:
    plan = await make_plan(town, title="Premier")
    first = await freeze_and_publish(town, plan)
    await change(town, "plan", plan, title="Second")
    second = await freeze_and_publish(town, plan)
    await act(office, first, "published", on="2025-06-30")
    assert [await shown_to(office, v) for v in (first, second)] == [(True, True), (False, False)]
    for reader in ("council", "region", "integrator", "public"):
        assert (await readers.rest(reader, f"plans/{plan}")).json()["title"] == "Premier"
        listed = (await readers.rest(reader, "planVersions", planId=str(plan))).json()["items"]
        assert [(v["number"], v["isShownToPublic"]) for v in listed] == [(1, True), (2, False)]
    await act(office, second, "published", on="2025-06-29")
    assert await shown_to(office, first) == (True, True), "an act of the day before comes before"


async def test_an_act_dated_ahead_takes_effect_on_its_day_and_is_journaled(
    office: Desk, town: Commune, readers: Readers, settings: Settings
) -> None:
    plan = await make_plan(town)
    version = await make(town, "planVersion", plan_id=plan)
    noted = await act(office, version, "acknowledged", "council", on="2035-05-02")
    published = await act(office, version, "published", on="2035-05-03")
    assert (noted["isInEffect"], published["isInEffect"]) == (False, False)
    told = await office.read(f"planVersions/{version}")
    assert (told["state"], told["isBeforeCouncil"], told["isPublished"]) == ("frozen", False, False)
    for reader in ("council", "region", "integrator", "public"):
        assert (await readers.rest(reader, f"plans/{plan}")).status_code == 404
    schedule = Schedule(town.database, settings)
    await schedule.look(datetime(2035, 5, 2, 8, tzinfo=UTC))
    found = {r: (await readers.rest(r, f"plans/{plan}")).status_code for r in ("council", "region", "public")}
    assert found == {"council": 200, "region": 404, "public": 404}
    await schedule.look(datetime(2035, 5, 3, 8, tzinfo=UTC))
    await schedule.look(datetime(2035, 5, 3, 9, tzinfo=UTC))
    assert (await readers.rest("public", f"plans/{plan}")).status_code == 200
    assert await shown_to(office, version) == (True, True)
    async with town.acting() as (connection, _):
        commands = await connection.fetch(
            "select command, origin, entity, entity_id from journal_entry where workspace_id = $1 and entity = 'act'"
            " and entity_id = $2 order by position", town.workspace_id, UUID(published["id"]),
        )  # fmt: skip
    assert [(c["command"], c["origin"]) for c in commands] == [("createAct", "api"), ("takeEffect", "schedule")]


async def test_an_act_dated_ahead_may_be_removed_and_brought_forward(office: Desk, town: Commune) -> None:
    version = await make(town, "planVersion", plan_id=await make_plan(town))
    ahead = await act(office, version, "published", on="2035-05-03")
    await office.patch(f"acts/{ahead['id']}", decidedOn=date(2025, 1, 1).isoformat())
    assert await shown_to(office, version) == (True, True)
    other = await make(town, "planVersion", plan_id=await make_plan(town))
    ahead = await act(office, other, "published", on="2035-05-03")
    assert (await office.delete(f"acts/{ahead['id']}")).status_code == 204
    assert await shown_to(office, other) == (False, False)
