"""A creation under an Idempotency-Key is done once, however often it is asked."""

from uuid import uuid4

import pytest

from tests.conventions.estate import TEXTS, WRITABLE, Estate
from tests.conventions.refused import problem


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


@pytest.mark.parametrize("name", WRITABLE)
async def test_asking_again_replays_the_answer_and_changes_nothing(estate: Estate, name: str) -> None:
    own, words = key(), await estate.words(name)
    first = await estate.post(name, words, **own)
    assert (first.status_code, first.headers.get("Idempotency-Replayed")) == (201, None), first.text
    before = await estate.snapshot()
    again = await estate.post(name, words, **own)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    for kept in ("ETag", "Location", "Content-Type", "Content-Language"):
        assert again.headers[kept] == first.headers[kept]
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", WRITABLE)
async def test_the_same_key_for_something_else_is_422(estate: Estate, name: str) -> None:
    own = key()
    assert (await estate.post(name, **own)).status_code == 201
    words = await estate.words(name) | {TEXTS.get(name, "isArchived"): "Autre"}
    before = await estate.snapshot()
    answer = await estate.post(name, words, **own)
    problem(answer, 422 if name in TEXTS else 400)
    assert await estate.snapshot() == before


async def test_a_key_belongs_to_who_used_it_and_where(estate: Estate) -> None:
    own, words = key(), await estate.words("action")
    made = {(await estate.post("action", words, **own)).json()["id"]}
    of_cpas = words | {"organisationId": str(estate.commune.cpas), "department": "cpas"}
    for said, who in ((words, ("agent",)), (of_cpas, ("administration", "cpas"))):
        answer = await estate.post("action", said, **estate.commune.as_(*who), **own)
        assert answer.status_code == 201, answer.text
        assert "Idempotency-Replayed" not in answer.headers
        made.add(answer.json()["id"])
    elsewhere = await estate.post("domain", **own)
    assert (elsewhere.status_code, elsewhere.headers.get("Idempotency-Replayed")) == (201, None)
    assert len(made) == 3


async def test_what_was_refused_is_not_kept_under_its_key(estate: Estate) -> None:
    own, words = key(), await estate.words("task")
    problem(await estate.post("task", words | {"dueBy": "no day"}, **own), 400)
    problem(await estate.post("task", words | {"actionId": str(uuid4())}, **own), 400)
    answer = await estate.post("task", words, **own)
    assert (answer.status_code, answer.headers.get("Idempotency-Replayed")) == (201, None)


async def test_without_a_key_asking_twice_makes_two(estate: Estate) -> None:
    words = await estate.words("task")
    first, second = await estate.post("task", words), await estate.post("task", words)
    assert first.json()["id"] != second.json()["id"]


async def test_a_replay_tells_the_thing_as_its_author_reads_it_now(estate: Estate) -> None:
    own, words = key(), await estate.words("task")
    first = await estate.post("task", words, **own)
    path = f"/pst/v1/tasks/{first.json()['id']}"
    headers = {**estate.writer("task"), "If-Match": first.headers["ETag"]}
    assert (await estate.client.patch(path, json={"title": "Autre"}, headers=headers)).status_code == 200
    again = await estate.post("task", words, **own)
    assert (again.json()["title"], again.headers["Idempotency-Replayed"]) == ("Autre", "true")
    assert again.json()["id"] == first.json()["id"]
