"""Who may do what, said independently of `policy.py`: the reading of `domain.md` §2, route by route.

The expected status of every route for every kind of caller. The thing asked for is of the commune's own house,
stands in a published version, and one partner organisation has agreed to take part; the agent's unit manages
it. What is created belongs to that house too. What is deleted is new: nobody reads it in a version, and an
action or objective is a draft. 401 no token · 403 you may not · 404 what you may not see does not exist.

Other doors use the same table: `for operation in OPERATIONS: operation.expected[caller]`.
"""

from dataclasses import dataclass
from pathlib import Path

CALLERS = {
    "coll": "college of the commune",
    "coun": "council of the commune",
    "admn": "administration of the commune",
    "grnt": "administration of the commune, with the administrator grant",
    "agnt": "agent of the commune, of the unit that manages the thing",
    "cpas": "administration of the CPAS",
    "prtn": "machine of the partner organisation",
    "pgrn": "administrator of the partner organisation",
    "regn": "machine of the Region",
    "intg": "machine of an integrator",
    "oper": "operator of the installation",
    "anon": "nobody: no token",
}

TABLE = (Path(__file__).parent / "table.txt").read_text(encoding="utf-8")


_ARTICULATION = "/plans/{planId}/articulation"
_CONTINUATIONS = "/plans/{planId}/continuations"
_AMENDMENTS = "/programmingPeriods/{programmingPeriodId}/amendments"

ELSEWHERE = frozenset({
    ("POST", "/files"),  # tests/attachments
    ("GET", "/auth/session"), ("POST", "/auth/session"), ("DELETE", "/auth/session"),
    ("POST", "/auth/password"), ("POST", "/auth/passwordResets"), ("POST", "/auth/newPassword"),
    ("POST", "/workspaces/{workspaceId}/administrators"),
    ("GET", "/articulationConversions/{articulationConversionId}"), ("GET", f"{_ARTICULATION}/preview"),
    ("GET", "/planContinuations/{planContinuationId}"), ("GET", f"{_CONTINUATIONS}/preview"),
    ("POST", _CONTINUATIONS), ("POST", f"{_CONTINUATIONS}/{{planContinuationId}}/undo"),
    ("GET", "/periodAmendments/{periodAmendmentId}"), ("GET", "/public/periodAmendments/{periodAmendmentId}"),
    ("GET", f"{_AMENDMENTS}/preview"), ("POST", _AMENDMENTS), ("POST", f"{_AMENDMENTS}/{{periodAmendmentId}}/undo"),
    ("POST", f"{_ARTICULATION}/conversions"), ("GET", "/search"), ("GET", "/public/search"),
    ("POST", "/reminders/read"), ("GET", "/invitations"), ("POST", "/invitations/answer"),
    ("POST", f"{_ARTICULATION}/conversions/{{articulationConversionId}}/undo"),
    ("GET", "/persons/{personId}/handOver"), ("POST", "/persons/{personId}/handOver"),
})  # fmt: skip
"""Who may sign in and out, and who is invited, is said by tests/identity; who may convert an articulation, by
tests/articulation; who lets a plan go on and amends a period, by tests/periods; who finds what, by tests/search;
who reads its reminders, by tests/reminders; who hands over what a person carries, by tests/handover."""


@dataclass(frozen=True)
class Operation:
    """One route, and what each caller is answered."""

    method: str
    path: str
    expected: dict[str, int]

    @property
    def segments(self) -> list[str]:
        return self.path.strip("/").split("/")

    @property
    def is_public(self) -> bool:
        return self.segments[0] == "public"

    @property
    def collection(self) -> str:
        """`plans` of `/plans/{planId}/tree`, and of `/public/plans` too."""
        return self.segments[1 if self.is_public else 0]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def verb(self) -> str:
        """list, create, read, update, delete, or the name of what hangs on a document: tree, content."""
        rest = self.segments[2 if self.is_public else 1 :]
        if not rest:
            return {"GET": "list", "POST": "create"}[self.method]
        if len(rest) > 1:
            return rest[1]
        return {"GET": "read", "PATCH": "update", "DELETE": "delete"}[self.method]


def _operations() -> tuple[Operation, ...]:
    heading, *lines = [line for line in TABLE.splitlines() if line.strip()]
    callers = heading.split()[2:]
    assert callers == list(CALLERS)
    out = []
    for line in lines:
        method, path, *cells = line.split()
        out.append(Operation(method, path, dict(zip(callers, map(int, cells), strict=True))))
    return tuple(out)


OPERATIONS = _operations()
