"""What a reader is answered about a plan by every way: tree, list, totals, progress, through REST and GraphQL."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.factories import PUBLIC, Headers

GRAPHQL = """
query Plan($plan: UUID!) {
  planTree(planId: $plan) { actions { id } objectives { id } }
  actions(filter: {planId: [$plan]}, first: 200) { edges { node { id } } }
}
"""


@dataclass
class Reading:
    """What one reader reads of one plan; what it has no right to read is None."""

    tree: dict[str, Any] | None
    listed: set[str]
    objectives: set[str]
    totals: dict[str, Any] | None
    progress: dict[str, Any] | None
    by_graphql: tuple[set[str], set[str]] = (set(), set())
    """The actions of the tree and of the list."""
    bodies: list[str] = field(default_factory=list)
    """Everything that was answered, word for word."""

    @property
    def placements(self) -> list[dict[str, Any]]:
        return self.tree["placements"] if self.tree else []

    @property
    def living(self) -> set[str]:
        """The actions of the tree that are not archived: what a list answers unless archived ones are asked for."""
        return {action["id"] for action in self.tree["actions"] if not action["isArchived"]} if self.tree else set()

    @property
    def actions(self) -> set[str]:
        return {action["id"] for action in self.tree["actions"]} if self.tree else set()


async def read_plan(client: httpx.AsyncClient, headers: Headers, plan: UUID) -> Reading:
    base = "/pst/v1/public" if headers == PUBLIC else "/pst/v1"
    bodies: list[str] = []

    async def ask(path: str, **query: Any) -> dict[str, Any] | None:
        answer = await client.get(f"{base}/{path}", params=query, headers=headers)
        assert answer.status_code in (200, 401, 403, 404), (path, answer.text)
        bodies.append(answer.text)
        return answer.json() if answer.status_code == 200 else None

    async def ids(path: str, **query: Any) -> set[str]:
        page = await ask(path, planId=str(plan), pageSize=200, **query)
        return {item["id"] for item in page["items"]} if page else set()

    asked = await client.post("/graphql", json={"query": GRAPHQL, "variables": {"plan": str(plan)}}, headers=headers)
    bodies.append(asked.text)
    return Reading(
        by_graphql=_ids_of(asked.json().get("data") or {}),
        tree=await ask(f"plans/{plan}/tree"),
        listed=await ids("actions"),
        objectives=await ids("objectives"),
        totals=await ask(f"plans/{plan}/totals"),
        progress=await ask(f"plans/{plan}/progress"),
        bodies=bodies,
    )


def _ids_of(data: dict[str, Any]) -> tuple[set[str], set[str]]:
    tree, page = data.get("planTree") or {"actions": []}, data.get("actions") or {"edges": []}
    return {action["id"] for action in tree["actions"]}, {edge["node"]["id"] for edge in page["edges"]}
