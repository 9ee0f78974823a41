"""What each reader of versions is answered about a plan, through REST and GraphQL, which must say the same."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.factories import PUBLIC, Commune, Headers
from tests.versions.reading import BASE, circles

TREE = "{ placements { actionId objectiveId } actions { id title } objectives { id } }"
TOTALS = "{ total { expensesPlanned } own { expensesPlanned } declaredElsewhere { expensesPlanned } actionCount }"
PROGRESS = "{ total { percent actionCount } }"
SORTED = ("id", "actionId")


@dataclass
class Readers:
    """The readers of versions of a commune, and its administration, asking through both doors."""

    client: httpx.AsyncClient
    commune: Commune

    @property
    def all(self) -> dict[str, Headers]:
        return {"administration": self.commune.as_("administration"), **circles(self.commune)}

    async def rest(self, reader: str, path: str, **query: str) -> httpx.Response:
        headers = self.all[reader]
        door = f"{BASE}/public" if headers == PUBLIC else BASE
        return await self.client.get(f"{door}/{path}", params=query, headers=headers)

    async def graphql(self, reader: str, field: str) -> Any:
        answer = await self.client.post("/graphql", json={"query": f"{{ {field} }}"}, headers=self.all[reader])
        told = answer.json()
        assert told.keys() <= {"data", "extensions"}, told
        return next(iter(told["data"].values()))

    async def ids(self, reader: str, plural: str, **query: str) -> set[str]:
        """The ids of a list, through both doors."""
        answer = await self.rest(reader, plural, pageSize="200", total="true", **query)
        assert answer.status_code == 200, answer.text
        items = [item["id"] for item in answer.json()["items"]]
        given = ", ".join(f'{name}: "{value}"' for name, value in query.items())
        listed = await self.graphql(
            reader, f"{plural}(first: 200{f', filter: {{{given}}}' if given else ''}) {{ nodes {{ id }} totalCount }}"
        )
        assert [node["id"] for node in listed["nodes"]] == items
        assert listed["totalCount"] == answer.json()["total"] == len(items) == len(set(items))
        return set(items)

    async def title(self, reader: str, action: UUID) -> str | None:
        """The title of an action by its id; None where there is no such action to this reader."""
        answer = await self.rest(reader, f"actions/{action}")
        found: str | None = answer.json()["title"] if answer.status_code == 200 else None
        field = await self.client.post(
            "/graphql", json={"query": f'{{ action(id: "{action}") {{ title }} }}'}, headers=self.all[reader]
        )
        told = (field.json().get("data") or {}).get("action")
        assert (told or {}).get("title") == found
        return found

    async def tree(self, reader: str, plan: UUID) -> dict[str, list[dict[str, Any]]] | None:
        """Placements, actions and objectives of the tree; None where there is no such plan to this reader."""
        answer = await self.rest(reader, f"plans/{plan}/tree")
        if answer.status_code == 404:
            return None
        told = await self.graphql(reader, f'planTree(planId: "{plan}") {TREE}')
        for part, rows in told.items():
            names = list(rows[0]) if rows else []
            mine = [{name: row[name] for name in names} for row in answer.json()[part]]
            assert sorted(map(str, mine)) == sorted(map(str, rows)), part
        found: dict[str, list[dict[str, Any]]] = answer.json()
        return found

    async def figures(self, reader: str, plan: UUID) -> tuple[str, int, int | None]:
        """Planned expenses, the number of actions and the progress of a plan."""
        totals = (await self.rest(reader, f"plans/{plan}/totals")).json()
        progress = await self.progress(reader, plan)
        told = await self.graphql(reader, f'planTotals(planId: "{plan}") {TOTALS}')
        assert told["total"]["expensesPlanned"] == totals["total"]["expensesPlanned"]
        assert told["actionCount"] == totals["actionCount"]
        assert told["declaredElsewhere"]["expensesPlanned"] == totals["declaredElsewhere"]["expensesPlanned"]
        return totals["total"]["expensesPlanned"], totals["actionCount"], progress[0]

    async def progress(self, reader: str, plan: UUID) -> tuple[int | None, int]:
        """The percentage of a plan and the number of actions that it is the mean of."""
        told = (await self.rest(reader, f"plans/{plan}/progress")).json()["total"]
        through = await self.graphql(reader, f'planProgress(planId: "{plan}") {PROGRESS}')
        assert through["total"] == {"percent": told["percent"], "actionCount": told["actionCount"]}
        return told["percent"], told["actionCount"]
