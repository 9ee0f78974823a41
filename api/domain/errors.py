"""Every way the domain says no. A refusal names its reason and its facts; doors choose words and codes.

Refusal
├── NotFound          what you may not see does not exist
├── Forbidden         you see it and may not touch it
├── Invalid           the words cannot be true (one issue per field)
├── Conflict          a rule or a state forbids it now
├── StaleVersion      somebody changed it since you read it
└── PreconditionRequired, IdempotencyMismatch, CursorInvalid, CursorExpired, Unauthenticated
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


class Refusal(Exception):
    """The domain says no, for a reason with a code of `api.md` §2 and facts that become typed extras."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(Refusal):
    def __init__(self, kind: str, identifier: UUID | str) -> None:
        super().__init__("resourceNotFound", kind=kind, id=str(identifier))


class Forbidden(Refusal):
    def __init__(self, permission: str, fields: Sequence[str] = ()) -> None:
        super().__init__("missingPermission", permission=permission, fields=sorted(fields))


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong in what was said: where (`body`, `query`, `path`, `header`), which name, why (a code)."""

    code: str
    where: str
    name: str
    value: Any = None
    facts: tuple[tuple[str, Any], ...] = ()


class Invalid(Refusal):
    def __init__(self, *issues: Issue) -> None:
        super().__init__("badRequest")
        self.issues = issues


def invalid(code: str, name: str, value: Any = None, where: str = "body", **facts: Any) -> Invalid:
    """One issue about one field."""
    return Invalid(Issue(code, where, name, value, tuple(facts.items())))


class Conflict(Refusal):
    """A rule or a state forbids it: `illegalMove`, `planFrozen`, `shareTotal`, `inUse`, `duplicate`…"""


class StaleVersion(Refusal):
    def __init__(self, current_version: int, fields: Sequence[str] = ()) -> None:
        super().__init__("preconditionFailed", currentVersion=current_version, fields=sorted(fields))


class Unauthenticated(Refusal):
    """`noAccessToken`, `invalidAccessToken` or `expiredAccessToken`."""
