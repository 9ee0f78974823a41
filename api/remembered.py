"""Answers remembered as bytes, for as long as nothing they were read from has changed.

The key is all that an answer depends on: the journal position of what was read, the day in Brussels, the
reader's audience and language, and the question. Nothing is ever invalidated: a new position is a new key.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from api.domain.actor import Actor, Role
from api.domain.commands.change import today

MAX_BYTES = 64 * 1024 * 1024
MAX_ONE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a 200 answer and its ETag."""

    body: bytes
    etag: str


def audience(actor: Actor) -> Hashable:
    """Readers with the same audience are answered the same bytes; the person counts only where scopes are personal."""
    members = frozenset(
        (m.role, m.organisation_id, m.units if m.role is Role.AGENT else None,
         m.person_id if m.role is Role.AGENT else None, m.plans, m.is_administrator)
        for m in actor.memberships
    )  # fmt: skip
    return actor.workspace_id, actor.organisation_id, members, actor.scopes


class Memory:
    """A bounded store of answers, the least recently used forgotten first."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._questions: OrderedDict[str, None] = OrderedDict()
        self._max_bytes = max_bytes
        self._bytes = 0

    def knows(self, question: str) -> bool:
        """Whether this question was answered lately for anybody: then looking at the position first pays."""
        return question in self._questions

    def find(self, actor: Actor, position: str | None, language: str, question: str) -> Answer | None:
        if position is None:
            return None
        key = (position, today(), language, audience(actor), question)
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, actor: Actor, position: str | None, language: str, question: str, answer: Answer) -> None:
        if position is None or len(answer.body) > MAX_ONE:
            return
        key = (position, today(), language, audience(actor), question)
        if key in self._answers:
            return
        self._answers[key] = answer
        self._bytes += len(answer.body)
        self._questions[question] = None
        while self._bytes > self._max_bytes:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.body)
        while len(self._questions) > 20_000:
            self._questions.popitem(last=False)
