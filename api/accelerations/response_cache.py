"""Answers remembered as bytes, for as long as nothing they were read from has changed.

The key is all that an answer depends on: the journal position of what was read, the day in Brussels, the
reader's audience and language, and the question. Nothing is ever invalidated: a new position is a new key.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from api.domain.actor import Actor, Role
from api.domain.commands.context import today

MAX_ONE = 4 * 1024 * 1024
BESIDE = 1_000
"""Bytes that an answer takes beside its body: its key and its place."""
MOST_QUESTIONS = 20_000


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """The body of a 200 answer and its ETag."""

    body: bytes
    etag: str

    @property
    def weight(self) -> int:
        return len(self.body) + BESIDE


@lru_cache(maxsize=4_096)
def audience_key(actor: Actor) -> Hashable:
    """Readers with the same audience are answered the same bytes; the person counts only where scopes are personal."""
    members = frozenset(
        (m.role, m.organisation_id, m.units if m.role is Role.AGENT else None,
         m.person_id if m.role is Role.AGENT else None, m.plans, m.is_administrator, m.administers_all_houses)
        for m in actor.memberships
    )  # fmt: skip
    return actor.workspace_id, actor.organisation_id, members, actor.scopes


class ResponseCache:
    """A bounded store of answers, the least recently used forgotten first."""

    def __init__(self, max_bytes: int) -> None:
        self._answers: OrderedDict[Hashable, CachedAnswer] = OrderedDict()
        self._questions: OrderedDict[Hashable, None] = OrderedDict()
        self._max_bytes = max_bytes
        self._bytes = 0

    def knows(self, question: Hashable) -> bool:
        """Whether this question was answered lately: then looking at the position first pays."""
        return question in self._questions

    def note(self, question: Hashable) -> None:
        """The question was answered; who asked may be a part of it."""
        self._questions[question] = None
        if len(self._questions) > MOST_QUESTIONS:
            self._questions.popitem(last=False)

    def find(self, actor: Actor, position: str | None, language: str, question: str) -> CachedAnswer | None:
        if position is None:
            return None
        readers = audience_key(actor)
        for person in (None, actor.principal):
            key = (position, today(), language, readers, person, question)
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
                return answer
        return None

    def keep(
        self,
        actor: Actor,
        position: str | None,
        language: str,
        question: str,
        answer: CachedAnswer,
        *,
        day: date,
        is_personal: bool = False,
    ) -> None:
        """Remember an answer for its audience, or for its reader alone when it is personal.

        The day is the one on which reading began: what was read before midnight is not tomorrow's answer.
        """
        if position is None or answer.weight > min(MAX_ONE, self._max_bytes):
            return
        readers = audience_key(actor)
        key = (position, day, language, readers, actor.principal if is_personal else None, question)
        self.note(question)
        self.note((readers, question))
        if key in self._answers:
            return
        self._answers[key] = answer
        self._bytes += answer.weight
        while self._bytes > self._max_bytes:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= oldest.weight
