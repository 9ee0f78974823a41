"""Asking as the administration of a commune, in few words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.factories import Commune, Headers, snapshot_of_everything

BASE = "/pst/v1"
Answer = httpx.Response


@dataclass
class Desk:
    """Somebody at work: reads, creates, patches at the version of now, deletes."""

    client: httpx.AsyncClient
    commune: Commune
    headers: Headers

    async def read(self, path: str) -> dict[str, Any]:
        answer = await self.client.get(f"{BASE}/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def create(self, path: str, **words: Any) -> dict[str, Any]:
        answer = await self.client.post(f"{BASE}/{path}", json=plain(words), headers=self.headers)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def try_patch(self, path: str, **words: Any) -> Answer:
        version = (await self.read(path))["version"]
        headers = {**self.headers, "If-Match": f'"{version}"'}
        return await self.client.patch(f"{BASE}/{path}", json=plain(words), headers=headers)

    async def patch(self, path: str, **words: Any) -> dict[str, Any]:
        answer = await self.try_patch(path, **words)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def delete(self, path: str) -> Answer:
        version = (await self.read(path))["version"]
        return await self.client.delete(f"{BASE}/{path}", headers={**self.headers, "If-Match": f'"{version}"'})

    async def post(self, path: str, **words: Any) -> Answer:
        return await self.client.post(f"{BASE}/{path}", json=plain(words), headers=self.headers)

    async def numbers(self, plan: UUID) -> dict[str, str]:
        """The number of every objective of the tree, by title."""
        tree = await self.read(f"plans/{plan}/tree")
        return {o["title"]: o["number"] for o in tree["objectives"]}

    async def everything(self) -> dict[str, str]:
        return await snapshot_of_everything(self.commune.database, self.commune.workspace_id)


def plain(words: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in words.items()}


def refused(answer: Answer) -> tuple[int, str]:
    """Status and last word of the type of the refusal, or of its first issue."""
    problem = answer.json()
    kind = problem["issues"][0]["type"] if problem.get("issues") else problem["type"]
    return answer.status_code, kind.split(":")[-1]
