"""A version holds what the plan was at its journal position, whoever writes meanwhile."""

import asyncio
import hashlib
import itertools
import json
from typing import Any

import httpx

from api.db import Database
from api.domain.resources.catalogue import NUMBERED
from tests.concurrency.together import Desk
from tests.factories import Commune, make_commune
from tests.journal.entries import rebuilt


async def test_a_version_frozen_under_writes_is_the_state_at_its_position(
    client: httpx.AsyncClient, database: Database
) -> None:
    commune = await make_commune(database, approach="distributed")
    desk, plan = Desk(client, commune), commune.plans["pst"]
    is_over = asyncio.Event()
    written: list[str] = []
    writers = [asyncio.create_task(_write(desk, is_over, n, written)) for n in range(4)]
    versions: list[dict[str, Any]] = []
    while len(versions) < 6 or len(written) <= 10:
        answer = await desk.create("planVersions", planId=plan)
        assert answer.status_code == 201, answer.text
        versions.append(answer.json())
    is_over.set()
    await asyncio.gather(*writers)
    assert [v["number"] for v in versions] == list(range(1, len(versions) + 1))
    positions = [v["journalPosition"] for v in versions]
    assert positions == sorted(set(positions))
    for version in versions:
        await _is_the_state_of_its_position(desk, database, version["id"])


async def test_versions_frozen_at_once_have_numbers_without_gap(client: httpx.AsyncClient, database: Database) -> None:
    commune = await make_commune(database, approach="grouped")
    desk = Desk(client, commune)
    answers = await asyncio.gather(*(desk.create("planVersions", planId=commune.plans["pst"]) for _ in range(5)))
    assert sorted(a.json()["number"] for a in answers) == [1, 2, 3, 4, 5]


async def _write(desk: Desk, is_over: asyncio.Event, number: int, written: list[str]) -> None:
    """Change titles, and add and remove placed actions, until it is over; notes what was written."""
    commune: Commune = desk.commune
    for turn in itertools.count():
        if is_over.is_set():
            return
        objective = f"objectives/{commune.objectives['os1' if number % 2 else 'oo1']}"
        answer = await desk.change(objective, await desk.tag(objective), title=f"{number}.{turn}")
        written += ["title"] if answer.status_code == 200 else []
        action = await desk.create(
            "actions", title=f"{number}.{turn}", organisationId=commune.municipality, status="notStarted"
        )
        words = {"planId": commune.plans["pst"], "objectiveId": commune.objectives["oo2"]}
        placed = await desk.create("placements", actionId=action.json()["id"], **words)
        written += ["placement"] if placed.status_code == 201 else []


async def _is_the_state_of_its_position(desk: Desk, database: Database, version_id: str) -> None:
    version = (await desk.read(f"planVersions/{version_id}")).json()
    answer = await desk.read(f"planVersions/{version_id}/content")
    assert hashlib.sha256(answer.content).hexdigest() == version["sha256"]
    content = json.loads(answer.content)
    state = await rebuilt(database, desk.commune.workspace_id, version["journalPosition"])
    frozen, aside = _images(content), _images(content["countedOnly"])
    assert frozen == {key: image for key, image in state.items() if key in frozen}
    assert aside == {key: image for key, image in state.items() if key in aside}
    assert not frozen.keys() & aside.keys()
    plan = version["planId"]
    for entity in ("objective", "placement", "planAction"):
        of_plan = {k for k, image in state.items() if k[0] == entity and image["plan_id"] == plan}
        assert {key for key in frozen if key[0] == entity} == of_plan
    claimed = {image["action_id"] for key, image in frozen.items() if key[0] == "planAction"}
    assert {key[1] for key in frozen if key[0] == "action"} == claimed


def _images(content: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a content by kind and id, as the journal holds them: without the number they have in the plan."""
    found = {}
    for entity in content.keys() - {"names", "countedOnly"}:
        for row in content[entity]:
            beside = {"number"} if entity in NUMBERED else set()
            assert row.keys() >= beside
            found[entity, row["id"]] = {name: value for name, value in row.items() if name not in beside}
    return found
