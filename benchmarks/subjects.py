"""Who asks and what is asked for: the made-up communes of a database, and tokens for their administrations."""

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from api.identity.service import open_tokens
from api.settings import Settings

RENEW_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Subject:
    """A commune: its administration's account, its two plans, some of its actions."""

    workspace: UUID
    account: UUID
    plan: UUID
    actions: Sequence[UUID]


async def subjects_of(owner_address: str) -> list[Subject]:
    """The communes of a database in the order of their code."""
    connection: Any = await asyncpg.connect(owner_address)
    try:
        rows = await connection.fetch(
            "select w.id, m.account_id, p.id as plan_id, array(select a.id from action a where a.workspace_id = w.id"
            " and a.status = 'inProgress' and a.organisation_id = m.organisation_id order by a.id limit 40) as actions"
            " from workspace w join membership m on m.workspace_id = w.id and m.role = 'administration'"
            " join plan p on p.workspace_id = w.id and p.title like 'Programme%' order by w.nis"
        )
    finally:
        await connection.close()
    return [Subject(r["id"], r["account_id"], r["plan_id"], r["actions"]) for r in rows]


class Bearers:
    """Tokens for the administrations, made again before they end, as in production none lives ten minutes."""

    def __init__(self, settings: Settings) -> None:
        self._tokens = open_tokens(settings)
        self._made: dict[UUID, tuple[float, str]] = {}

    def of(self, subject: Subject) -> dict[str, str]:
        """The headers of a request by the commune's administration."""
        made_at, token = self._made.get(subject.account, (0.0, ""))
        if time.monotonic() - made_at > RENEW_SECONDS or not token:
            token = self._tokens.issue(subject.account, is_machine=False)
            self._made[subject.account] = (time.monotonic(), token)
        return {"Authorization": f"Bearer {token}"}

    @property
    def jwks(self) -> dict[str, Any]:
        """The public half of the keys that sign them."""
        return self._tokens.keys.jwks()


def rotating(subjects: Sequence[Subject]) -> Iterator[Subject]:
    """All communes, again and again."""
    return itertools.cycle(subjects)
