"""A token of one commune can neither see, name, move to, filter by, count nor infer anything of another."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.db import Database
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.sql.listing import column_filters
from tests.factories import Headers, make_action, snapshot_of_everything
from tests.tenancy.scene import ABSENT, BASE, TENANTS, Scene, bodies, make_scene

WRITABLE = [r for r in TENANTS if r.create is not None]
Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
async def scene(database: Database) -> Scene:
    return await make_scene(database)


def me(scene: Scene) -> Headers:
    return scene.mine.as_("administration")


def refusal_of(answer: httpx.Response, value: str) -> str:
    """A refusal without its own number and without the value that was asked."""
    problem = {k: v for k, v in answer.json().items() if k != "instance"}
    return json.dumps([answer.status_code, problem]).replace(value, "…")


@pytest.mark.parametrize("resource", [*TENANTS, BY_NAME["client"]], ids=lambda r: r.name)
async def test_a_document_of_another_commune_answers_as_one_that_does_not_exist(
    client: httpx.AsyncClient, scene: Scene, resource: Resource
) -> None:
    identifier = str(scene.rows[resource.name])
    before = await snapshot_of_everything(scene.theirs.database, scene.theirs.workspace_id)
    methods = ["GET", *(["PATCH"] if resource.patch else []), *(["DELETE"] if resource.can_delete else [])]
    for role in ("administration", "college", "agent", "council"):
        headers = {**scene.mine.as_(role), "If-Match": '"1"'}
        for method in methods if resource.create else ["GET"]:
            said: dict[str, Any] = {"json": {}} if method == "PATCH" else {}
            url = f"{BASE}/{resource.plural}/"
            theirs = await client.request(method, url + identifier, headers=headers, **said)
            absent = await client.request(method, url + ABSENT, headers=headers, **said)
            assert refusal_of(theirs, identifier) == refusal_of(absent, ABSENT), (role, method)
            assert theirs.status_code in (404, 403, 405), (role, method)
            assert role != "administration" or theirs.status_code in (404, 405), (role, method)
    assert await snapshot_of_everything(scene.theirs.database, scene.theirs.workspace_id) == before


@pytest.mark.parametrize("path", ["plans/{}/tree", "planVersions/{}/content"])
async def test_what_hangs_on_their_documents_does_not_exist_either(
    client: httpx.AsyncClient, scene: Scene, path: str
) -> None:
    identifier = scene.rows["plan" if path.startswith("plans") else "planVersion"]
    for role in ("administration", "college", "agent", "council"):
        answer = await client.get(f"{BASE}/{path.format(identifier)}", headers=scene.mine.as_(role))
        assert answer.status_code == 404, role


@pytest.mark.parametrize("resource", [*TENANTS, BY_NAME["client"]], ids=lambda r: r.name)
async def test_lists_counts_and_searches_hold_nothing_of_theirs(
    client: httpx.AsyncClient, scene: Scene, resource: Resource
) -> None:
    for role in ("administration", "college", "agent", "council"):
        for query in ("", "&q=Shuttle", "&q=works", "&isArchived=true&isArchived=false"):
            url = f"{BASE}/{resource.plural}?total=true&pageSize=200{query}"
            answer = await client.get(url, headers=scene.mine.as_(role))
            if answer.status_code in (403, 400):
                continue
            page = answer.json()
            assert str(scene.theirs.workspace_id) not in answer.text, (role, query)
            assert str(scene.rows[resource.name]) not in answer.text, (role, query)
            assert page["total"] == len(page["items"]) or "next" in page


async def test_totals_do_not_move_when_another_commune_writes(client: httpx.AsyncClient, scene: Scene) -> None:
    async def totals() -> dict[str, Any]:
        found = {}
        for resource in TENANTS:
            answer = await client.get(f"{BASE}/{resource.plural}?total=true&pageSize=1", headers=me(scene))
            found[resource.name] = answer.json()["total"], answer.headers["etag"]
        return found

    before = await totals()
    await make_action(scene.theirs, scene.theirs.plans["pst"], title="Une de plus", status="draft")
    assert await totals() == before


def filters_by_id(resource: Resource) -> Iterator[tuple[str, str]]:
    """The filters whose values are ids, and the kind of thing that they name."""
    targets = {column: ref.target for column, ref in resource.refs.items()}
    declared = {"plan_id": "plan", "objective_id": "objective", "unit_id": "unit", "person_id": "person",
                "domain_id": "domain", "partner_id": "partner"}  # fmt: skip
    for column in [*column_filters(resource), *resource.filters]:
        target = targets.get(column) or (declared.get(column) if column in resource.filters else None)
        if target in BY_NAME and (BY_NAME[target].is_tenant or target == "workspace"):
            yield resource.wire(column), target


@pytest.mark.parametrize("resource", TENANTS, ids=lambda r: r.name)
async def test_filters_by_their_ids_answer_as_filters_by_unknown_ids(
    client: httpx.AsyncClient, scene: Scene, resource: Resource
) -> None:
    for name, target in filters_by_id(resource):
        theirs = scene.theirs.workspace_id if target == "workspace" else scene.rows[target]
        answers = []
        for value in (str(theirs), ABSENT):
            url = f"{BASE}/{resource.plural}"
            answer = await client.get(url, params={name: value, "total": "true"}, headers=me(scene))
            answers.append((answer.status_code, answer.text.replace(value, "…")))
        assert answers[0] == answers[1], name
        assert json.loads(answers[0][1])["items"] == []


def places(words: Any, path: Path = ()) -> Iterator[tuple[Path, UUID]]:
    """Every id in a body, with the way to it."""
    pairs = words.items() if isinstance(words, dict) else enumerate(words) if isinstance(words, list) else ()
    for key, value in pairs:
        if isinstance(value, UUID):
            yield (*path, key), value
        yield from places(value, (*path, key))


def put(words: dict[str, Any], path: Path, value: str) -> dict[str, Any]:
    """The body with one id replaced."""
    copy: Any = deepcopy(words)
    spot = copy
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    return json.loads(json.dumps(copy, default=str))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", [*(r.name for r in WRITABLE), "client"])
async def test_naming_something_of_theirs_is_refused_as_naming_nothing_and_changes_nothing(
    client: httpx.AsyncClient, scene: Scene, name: str
) -> None:
    body = bodies(scene).get(name)
    if body is None:
        targets = {ref.target for ref in BY_NAME[name].refs.values()}
        assert targets <= {"workspace", "organisation", "term"}, name
        return
    kinds = {identifier: kind for kind, identifier in scene.own.items()}
    before = await snapshot_of_everything(scene.mine.database, scene.mine.workspace_id)
    tried = 0
    for path, own in places(body):
        answers = []
        for value in (str(scene.rows[kinds[own]]), ABSENT):
            answer = await client.post(f"{BASE}/{BY_NAME[name].plural}", json=put(body, path, value), headers=me(scene))
            assert answer.status_code == 400, (path, answer.text)
            assert "referencedResourceNotFound" in answer.text, (path, answer.text)
            answers.append(refusal_of(answer, value))
        assert answers[0] == answers[1], path
        tried += 1
    assert tried
    assert await snapshot_of_everything(scene.mine.database, scene.mine.workspace_id) == before


MOVES: list[tuple[str, str, str]] = [
    ("objective", "parentId", "objective"), ("objective", "coversPlanId", "plan"),
    ("objective", "placeAfter", "objective"), ("action", "parentId", "action"),
    ("placement", "objectiveId", "objective"), ("placement", "placeAfter", "placement"),
    ("task", "assigneeUnitId", "unit"), ("task", "assigneePersonId", "person"), ("task", "placeAfter", "task"),
    ("unit", "parentId", "unit"), ("office", "unitId", "unit"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "target"), MOVES)
async def test_nothing_moves_to_another_commune(
    client: httpx.AsyncClient, scene: Scene, name: str, field: str, target: str
) -> None:
    url = f"{BASE}/{BY_NAME[name].plural}/{scene.own[name]}"
    version = (await client.get(url, headers=me(scene))).json()["version"]
    headers = {**me(scene), "If-Match": f'"{version}"'}
    before = await snapshot_of_everything(scene.mine.database, scene.mine.workspace_id)
    answers = []
    for value in (str(scene.rows[target]), ABSENT):
        answer = await client.patch(url, json={field: value}, headers=headers)
        assert answer.status_code == 400, answer.text
        assert "referencedResourceNotFound" in answer.text
        answers.append(refusal_of(answer, value))
    assert answers[0] == answers[1]
    assert await snapshot_of_everything(scene.mine.database, scene.mine.workspace_id) == before
