"""Opening a workspace for a commune, a province or a group."""

from typing import Any
from uuid import UUID

from api.domain.actor import Actor
from api.domain.commands import documents
from api.domain.resources.organisations import WORKSPACE
from api.domain.schemas.organisations import WorkspaceCreate

Connection = Any


async def create_workspace(connection: Connection, actor: Actor, words: WorkspaceCreate) -> UUID:
    """Make a workspace with its houses, its usual lists and its journal; only an operator may.

    For the rest of the transaction row-level security admits it. What the rules add is in rules/workspaces.py,
    so a workspace made through REST is no poorer.
    """
    return await documents.create(connection, actor, WORKSPACE, words)
