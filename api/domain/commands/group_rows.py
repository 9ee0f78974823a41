"""Rows of a group and of its members, written across workspaces by one command and told in each one's journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.domain.commands import images
from api.domain.commands.context import ChangeContext, Image
from api.domain.identifiers import DIRECTORY
from api.domain.journal import Change, Elsewhere
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME


@dataclass(frozen=True, slots=True)
class CrossWorkspaceWriter:
    """A command at work in another workspace, which row-level security admits for the while."""

    under: ChangeContext
    workspace_id: UUID
    command: str

    async def image(self, name: str, identifier: UUID) -> Image:
        resource = BY_NAME[name]
        found: str = await self.under.connection.fetchval(
            f"select {images.image_of(resource, 't')}::text from {resource.table.name} t"
            " where t.workspace_id = $1::uuid and t.id = $2::uuid",
            self.workspace_id,
            identifier,
        )
        return images.loads(found)

    async def lock_rows(self, name: str, where: str, *values: Any) -> Sequence[Image]:
        """The rows of the workspace for which this holds (`$2` is the first value), locked in order of their id."""
        resource = BY_NAME[name]
        found = await self.under.connection.fetch(
            f"select {images.image_of(resource, 't')}::text from {resource.table.name} t"
            f" where t.workspace_id = $1::uuid and {where} order by t.id for no key update of t",
            self.workspace_id,
            *values,
        )
        return [images.loads(row[0]) for row in found]

    async def write(self, resource: Resource, before: Image, words: Mapping[str, Any]) -> None:
        """Change what differs, if anything does."""
        after = before | dict(words)
        if after == before:
            return
        await images.update(self.under.connection, resource, before, after, before["version"])
        self._tell(resource.name, before, await self.image(resource.name, UUID(before["id"])))

    async def insert(self, name: str, words: Mapping[str, Any]) -> None:
        resource = BY_NAME[name]
        image = images.complete_image(resource, {**words, "workspace_id": str(self.workspace_id)})
        await images.insert(self.under.connection, resource, image)
        self._tell(name, None, await self.image(name, UUID(image["id"])))

    def _tell(self, name: str, before: Image | None, after: Image) -> None:
        is_own = self.workspace_id == (self.under.workspace_id or DIRECTORY)
        elsewhere = None if is_own else Elsewhere(self.workspace_id, self.command)
        self.under.changes.append(Change(name, before, after, elsewhere))
