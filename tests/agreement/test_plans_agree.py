"""List, tree, totals, progress, versions and public answers say the same of a plan, to each of its nine readers."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from tests.agreement.reading import Reading, read_plan
from tests.agreement.scene import PLANS, Scene
from tests.articulation.asking import Asking
from tests.factories import freeze_and_publish
from tests.rollups.fresh import Rows, counted, rows_of
from tests.rollups.fresh_figures import NAMES, lines_of, money

SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 48))]
FORMS = ("singleObjective", "grouped", "distributed")
LIVING = ("administration", "cpas", "college", "agent")
SHOWN = {"council": {"council", "public"}, "region": {"public"}, "integrator": {"public"}, "public": {"public"}}
"""The readers of versions, and the audiences that reach each of them."""


@pytest.fixture(params=SEEDS)
async def scene(request: pytest.FixtureRequest, database: Database) -> Scene:
    return await Scene.build(database, request.param)


async def read_all(client: httpx.AsyncClient, scene: Scene) -> dict[tuple[str, str], Reading]:
    return {
        (reader, kind): await read_plan(client, headers, scene.commune.plans[kind])
        for reader, headers in scene.readers().items()
        for kind in PLANS
    }


async def test_every_way_of_reading_a_plan_agrees(client: httpx.AsyncClient, scene: Scene) -> None:
    frozen: dict[str, Rows] = {}
    for kind in scene.random.sample(PLANS, 2):
        await freeze_and_publish(scene.commune, scene.commune.plans[kind])
        frozen[kind] = await rows_of(scene.commune)
        await scene.edit()
    readings = await read_all(client, scene)
    for (reader, kind), reading in readings.items():
        _check_ways(reading, f"{reader} reads the {kind}")
        _check_seclusion(scene, reader, reading)
    rows = await rows_of(scene.commune)
    for kind in PLANS:
        plan = scene.commune.plans[kind]
        whole = await read_plan(client, scene.everything, plan)
        _check_ways(whole, f"all of the {kind}")
        _check_figures(whole, rows, plan)
        for reader, audiences in SHOWN.items():
            _check_version(readings[reader, kind], _reaching(frozen[kind], audiences), plan)


def _check_ways(reading: Reading, what: str) -> None:
    """Tree and list, REST and GraphQL hold the same actions and objectives; placements lead to both."""
    assert reading.listed == reading.living, what
    assert reading.by_graphql == (reading.actions, reading.listed), what
    if reading.tree is None:
        return
    objectives = {objective["id"] for objective in reading.tree["objectives"]}
    assert objectives == reading.objectives
    for placement in reading.tree["placements"]:
        assert placement["actionId"] in reading.actions
        assert placement["objectiveId"] is None or placement["objectiveId"] in objectives
    numbers = [each["number"] for each in reading.tree["objectives"] if each["number"] is not None]
    assert len(numbers) == len(set(numbers))


def _check_seclusion(scene: Scene, reader: str, reading: Reading) -> None:
    """Nothing that is restricted to its house is read outside it, in whatever words."""
    houses = {"administration": {"municipality"}, "cpas": {"cpas"}}.get(reader, set())
    for action, audience in scene.audiences.items():
        if audience == "restricted" and scene.houses[action] not in houses:
            for body in reading.bodies:
                assert scene.titles[action] not in body, reader
                assert str(action) not in body, reader


def _check_figures(reading: Reading, rows: Rows, plan: UUID) -> None:
    """Money and counts are those of a fresh computation, and what is left out is told with its reason."""
    assert reading.totals is not None
    assert reading.progress is not None
    fresh = money(rows, plan)
    assert reading.totals["total"] == fresh[None]
    assert {o["objectiveId"]: o["total"] for o in reading.totals["objectives"]} == {
        str(key): sums for key, sums in fresh.items() if key is not None
    }
    assert reading.totals["actionCount"] == len({action for node, action in counted(rows, plan) if node is None})
    for figure in (reading.totals, reading.progress["total"]):
        told = sum(each["actionCount"] for each in figure["excluded"])
        assert figure["actionCount"] + told == len(reading.actions), figure["excluded"]
    for name in fresh[None]:
        told = sum(Decimal(each[name]) for each in (reading.totals["total"], *reading.totals["excluded"]))
        assert told == _whole(rows, plan, name, reading.actions), reading.totals["excluded"]


def _whole(rows: Rows, plan: UUID, name: str, actions: set[str]) -> Decimal:
    """All lines of the plan's years, whatever counts: of the plan, its objectives and every action that it claims."""
    objectives = {o["id"] for o in rows.tables["objective"] if o["plan_id"] == plan}
    whole = Decimal("0.00")
    for line in lines_of(rows, plan):
        is_of_plan = line["plan_id"] == plan or line["objective_id"] in objectives or str(line["action_id"]) in actions
        state = next((state for state, sum_of in NAMES[line["nature"]].items() if sum_of == name), None)
        if is_of_plan and state is not None:
            whole += line[state] or 0
    return whole


def _check_version(reading: Reading, rows: Rows, plan: UUID) -> None:
    """A reader of versions reads the figures of the day on which its version was frozen."""
    assert reading.tree is not None
    shares = counted(rows, plan)
    standing = {str(action) for node, action in shares if node is None}
    assert standing <= reading.actions
    if reading.totals is not None:
        assert reading.totals["total"] == money(rows, plan)[None]
        assert reading.totals["actionCount"] == len(standing)
    if reading.progress is not None:
        told = sum(each["actionCount"] for each in reading.progress["total"]["excluded"])
        assert reading.progress["total"]["actionCount"] + told == len(reading.actions)


def _reaching(rows: Rows, audiences: set[str]) -> Rows:
    """The rows without the actions whose audience does not reach the reader."""
    reached = [a for a in rows.tables["action"] if a["audience"] in audiences]
    ids = {action["id"] for action in reached}
    rows = Rows(dict(rows.tables))
    rows.tables["action"] = [a for a in reached if a["parent_id"] is None or a["parent_id"] in ids]
    return rows


async def test_freezing_or_converting_one_plan_leaves_what_others_read_of_the_other(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    """Readers of versions see no change of a plan until that plan itself is frozen anew."""
    first, second = scene.random.sample(PLANS, 2)
    await freeze_and_publish(scene.commune, scene.commune.plans[first])
    before = {reader: await _shown(client, scene, reader, first) for reader in SHOWN}
    await scene.edit()
    await freeze_and_publish(scene.commune, scene.commune.plans[second])
    await scene.edit()
    assert {reader: await _shown(client, scene, reader, first) for reader in SHOWN} == before


async def _shown(client: httpx.AsyncClient, scene: Scene, reader: str, kind: str) -> str:
    """All that the reader is answered of the plan, less the names of the other plans that claim an action."""
    reading = await read_plan(client, scene.readers()[reader], scene.commune.plans[kind])
    other = {str(plan) for name, plan in scene.commune.plans.items() if name != kind}

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without(each) for key, each in value.items() if key != "planIds"}
        if isinstance(value, list):
            return [without(each) for each in value if not (isinstance(each, str) and each in other)]
        return value

    return json.dumps([without(reading.tree), without(reading.totals), without(reading.progress)])


async def test_a_conversion_that_is_undone_leaves_every_figure_of_both_plans(
    client: httpx.AsyncClient, scene: Scene
) -> None:
    """Sub-actions, drafts, archives and withdrawn claims come back to the cent; readers of versions never saw it."""
    for kind in PLANS:
        await freeze_and_publish(scene.commune, scene.commune.plans[kind])
    before = await _figures(client, scene)
    asking = Asking(
        client, scene.commune.database, scene.commune.workspace_id, scene.commune.plans["pst"], scene.everything
    )
    converted = await _convert(asking, scene, scene.random.choice(FORMS))
    if converted.status_code == 400:  # nowhere to put what matches no objective: refused, and nothing changed
        assert await _figures(client, scene) == before
        return
    assert converted.status_code == 201, converted.text
    for (reader, _), reading in (await read_all(client, scene)).items():
        _check_ways(reading, reader)
        _check_seclusion(scene, reader, reading)
    undone = await asking.undo(converted.json()["id"])
    assert undone.status_code == 200, undone.text
    assert await _figures(client, scene) == before


async def _convert(asking: Asking, scene: Scene, form: str) -> httpx.Response:
    """Convert; what matches no objective goes to the best suggestion, or to any objective of the PST."""
    preview = await asking.preview(form)
    assert preview.status_code == 200, preview.text
    assigned = {}
    for unmatched in preview.json()["unmatched"]:
        suggested = [each["objectiveId"] for each in unmatched["suggestions"]]
        assigned[unmatched["actionId"]] = [*suggested, str(scene.objectives["pst"][0])][0]
    return await asking.apply(form, preview.headers["etag"], assigned)


async def _figures(client: httpx.AsyncClient, scene: Scene) -> dict[str, Any]:
    """What each reader is answered of both plans: who stands where, the numbers, and every figure."""
    readings = await read_all(client, scene) | {
        ("everything", kind): await read_plan(client, scene.everything, scene.commune.plans[kind]) for kind in PLANS
    }
    return {
        f"{reader} {kind}": (
            sorted(reading.listed),
            sorted((p["actionId"], p["objectiveId"] or "", p["number"] or "", p["isMain"]) for p in reading.placements),
            reading.totals,
            reading.progress,
        )
        for (reader, kind), reading in readings.items()
    }
