"""After any sequence of commands, the journal alone tells what the tables hold, then and at any earlier point."""

import random
from typing import Any
from uuid import UUID

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db import Database
from tests.factories import Commune, make_commune
from tests.journal.entries import assert_chained, assert_gapless, entries_of, position_of, rebuilt, stored

STEPS = 30
STATUSES = ("draft", "notStarted", "waiting", "inProgress", "suspended", "completed", "cancelled")
KINDS = ("actions", "objectives", "placements", "tasks", "budgetLines", "planActions", "followUps")
Words = dict[str, Any]


class Somebody:
    """Does one thing after another at random; what is refused is refused, and must leave no trace."""

    def __init__(self, client: httpx.AsyncClient, commune: Commune, chance: random.Random) -> None:
        self.client, self.commune, self.chance = client, commune, chance
        self.headers = commune.as_("administration")
        self.made: dict[str, list[str]] = {"plans": [str(commune.plans["pst"]), str(commune.plans["pcs"])]}
        self.made["objectives"] = [str(i) for i in commune.objectives.values()]
        self.made["actions"] = [str(i) for i in commune.actions.values()]

    async def do_something(self) -> None:
        deed = self.chance.choices(
            (self.create, self.change, self.move, self.remove, self.freeze), weights=(9, 9, 4, 3, 1)
        )[0]
        answer = await deed()
        assert answer.status_code < 500, answer.text

    async def create(self) -> httpx.Response:
        kind = self.chance.choice(
            ("actions", "objectives", "placements", "tasks", "budgetLines", "planActions", "followUps")
        )
        answer = await self.client.post(f"/pst/v1/{kind}", json=self._words(kind), headers=self.headers)
        if answer.status_code == 201:
            self.made.setdefault(kind, []).append(answer.json()["id"])
        return answer

    def _words(self, kind: str) -> Words:
        action = {"actionId": self._any("actions")}
        plan = {"planId": self._any("plans")}
        title = {"title": f"T{self.chance.randrange(1000)}"}
        said: dict[str, Words] = {
            "actions": {
                **title,
                "organisationId": str(self.commune.municipality),
                "sdgs": [self.chance.randint(1, 17)],
            },
            "objectives": {**title, **plan, "level": self.chance.randint(1, 3), "status": "open"},
            "placements": {
                **action,
                **plan,
                "objectiveId": self._any("objectives"),
                "weight": self.chance.randint(0, 3),
            },
            "tasks": {**action, **title},
            "budgetLines": {
                **action,
                "fiscalYear": 2026,
                "source": "wallonia",
                "service": "ordinary",
                "planned": "9.50",
            },
            "planActions": {**action, **plan},
            "followUps": {
                **action,
                "text": title["title"],
                "progress": self.chance.randint(0, 100),
                "actionVersion": self.chance.randint(1, 3),
            },
        }
        return said[kind]

    async def change(self) -> httpx.Response:
        kind = self.chance.choice([k for k, made in self.made.items() if made])
        text = f"C{self.chance.randrange(1000)}"
        said: dict[str, Words] = {
            "actions": self.chance.choice(
                [
                    {"status": self.chance.choice(STATUSES), "statusReason": text},
                    {"title": text, "places": [text], "domainIds": []},
                    {"plannedEnd": f"2027-0{self.chance.randint(1, 9)}-01"},
                    {"plannedEnd": f"2028-0{self.chance.randint(1, 9)}-01", "plannedEndReason": text},
                    {"isArchived": self.chance.random() < 0.5},
                ]
            ),
            "placements": {"weight": self.chance.randint(0, 2), "isMain": self.chance.random() < 0.5},
            "planActions": {"label": text, "isWithdrawn": self.chance.random() < 0.3},
            "followUps": {"text": text, "notedOn": "2026-01-15"},
            "budgetLines": {"planned": f"{self.chance.randrange(10**6)}.25", "comment": text},
        }
        return await self._patch(kind, said.get(kind, {"title": text}))

    async def move(self) -> httpx.Response:
        kind = self.chance.choice(("objectives", "placements", "tasks"))
        words: Words = {"placeAfter": self.chance.choice([None, self._any(kind)])}
        if kind == "objectives":
            words |= {"parentId": self._any(kind), "level": self.chance.randint(1, 4)}
        if kind == "placements":
            words |= {"objectiveId": self._any("objectives")}
        return await self._patch(kind, words)

    async def remove(self) -> httpx.Response:
        kind = self.chance.choice(list(self.made))
        path = f"/pst/v1/{kind}/{self._any(kind)}"
        return await self.client.delete(path, headers={**self.headers, "If-Match": await self._tag(path)})

    async def freeze(self) -> httpx.Response:
        words = {"planId": self._any("plans")}
        return await self.client.post("/pst/v1/planVersions", json=words, headers=self.headers)

    async def _patch(self, kind: str, words: Words) -> httpx.Response:
        path = f"/pst/v1/{kind}/{self._any(kind)}"
        return await self.client.patch(path, json=words, headers={**self.headers, "If-Match": await self._tag(path)})

    async def _tag(self, path: str) -> str:
        return str((await self.client.get(path, headers=self.headers)).headers.get("ETag", '"1"'))

    def _any(self, kind: str) -> str:
        return self.chance.choice(self.made.get(kind) or [str(UUID(int=7))])


@given(st.integers(0, 2**32))
@settings(max_examples=6, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
async def test_the_journal_alone_tells_what_the_tables_hold(
    client: httpx.AsyncClient, database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    commune = await make_commune(database, approach=chance.choice(("grouped", "distributed", "singleObjective")))
    workspace = commune.workspace_id
    somebody = Somebody(client, commune, chance)
    assert await rebuilt(database, workspace) == await stored(database, workspace)
    moments = {}
    for step in range(STEPS):
        await somebody.do_something()
        if step % 10 == 5:
            moments[await position_of(database, workspace)] = await stored(database, workspace)
    assert await rebuilt(database, workspace) == await stored(database, workspace)
    for position, state in moments.items():
        assert await rebuilt(database, workspace, position) == state
    entries = await entries_of(database, workspace)
    assert_gapless(entries)
    assert_chained(entries)
