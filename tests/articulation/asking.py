"""Asking for the articulation of a commune through HTTP, and looking at what stands."""

from typing import Any
from uuid import UUID

import httpx

from api.accounts import open_workspace
from api.db import Connection, Database
from tests.factories import Commune, Headers

Answer = dict[str, Any]

STANDING = (
    "select l.id, l.action_id, l.objective_id, l.weight, l.is_main, l.position from placement l"
    " where l.workspace_id = $1 and l.state = 'active' order by l.id"
)
WRITTEN = """
select 'placement' as entity, id, version, state = 'active' as is_at_work, weight, is_main from placement
    where workspace_id = $1
union all select 'objective', id, version, not is_resting, null, null from objective where workspace_id = $1
union all select 'planAction', id, version, not is_withdrawn, null, null from plan_action where workspace_id = $1
"""


class Asking:
    """One commune, one PST, one caller."""

    def __init__(self, client: httpx.AsyncClient, database: Database, workspace: UUID, pst: UUID, who: Headers) -> None:
        self.client, self.database, self.workspace, self.pst, self.who = client, database, workspace, pst, who
        self.base = f"/pst/v1/plans/{pst}/articulation"

    @classmethod
    def of(cls, client: httpx.AsyncClient, commune: Commune, role: str = "administration") -> "Asking":
        return cls(client, commune.database, commune.workspace_id, commune.plans["pst"], commune.as_(role))

    async def detected(self) -> Answer:
        answer = await self.client.get(self.base, headers=self.who)
        assert answer.status_code == 200, answer.text
        (pair,) = answer.json()["articulations"]
        return dict(pair)

    async def preview(self, to: str, assign: dict[str, str] | None = None) -> httpx.Response:
        query = {"to": to, "assign": [f"{action}:{objective}" for action, objective in (assign or {}).items()]}
        return await self.client.get(f"{self.base}/preview", params=query, headers=self.who)

    async def apply(self, to: str, tag: str, assign: dict[str, str] | None = None) -> httpx.Response:
        assignments = [{"actionId": a, "objectiveId": o} for a, o in (assign or {}).items()]
        return await self.client.post(
            f"{self.base}/conversions",
            json={"to": to, "assignments": assignments},
            headers=self.who | {"If-Match": tag},
        )

    async def convert(self, to: str) -> Answer:
        """Preview, give every unmatched action its best suggestion (or the first policy), apply."""
        told = await self.preview(to)
        assert told.status_code == 200, told.text
        assign = {}
        for unmatched in told.json()["unmatched"]:
            assert unmatched["suggestions"], unmatched
            assign[unmatched["actionId"]] = unmatched["suggestions"][0]["objectiveId"]
        answer = await self.apply(to, told.headers["etag"], assign)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def undo(self, conversion: str) -> httpx.Response:
        return await self.client.post(f"{self.base}/conversions/{conversion}/undo", headers=self.who)

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        async with self.database.transaction() as connection:
            await open_workspace(connection, self.workspace)
            return [tuple(row) for row in await connection.fetch(sql, self.workspace)]

    async def standing(self) -> list[tuple[Any, ...]]:
        return await self.rows(STANDING)

    async def written(self) -> dict[tuple[str, str], tuple[Any, ...]]:
        return {(row[0], str(row[1])): row[2:] for row in await self.rows(WRITTEN)}


async def pst_of(connection: Connection, slug: str) -> tuple[UUID, UUID]:
    """The workspace and the PST of a demonstration commune."""
    workspace = await connection.fetchval("select id from workspace where slug = $1", slug)
    await open_workspace(connection, workspace)
    pst = await connection.fetchval(
        "select p.id from plan p join plan_type k on k.workspace_id = p.workspace_id and k.id = p.plan_type_id"
        " where p.workspace_id = $1 and k.reference_code = 'pst'",
        workspace,
    )
    return workspace, pst
