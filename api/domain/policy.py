"""Who may do what: the one table that REST, GraphQL and SQL visibility consult.

A cell says the *scope* in which a role holds a permission, and after a slash the *group* of fields it is narrowed to
(`policy_fields.py`); without a group it covers every field, when it is a right to read only within the own house.
Rows are read and written nowhere without it. Source: `domain.md` §2, `model.md` §1 and §3.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from api.domain.actor import Actor, Membership, Role
from api.domain.errors import Forbidden, Refusal, Unauthenticated
from api.domain.policy_fields import COVERED
from api.domain.policy_table import TABLE


class Scope(StrEnum):
    """Which rows a permission covers."""

    ALL = "all"  # every row
    WORKSPACE = "workspace"  # rows of the own workspace; drafts and narrow audiences only in the own house
    HOUSE = "house"  # rows for which the own organisation answers, or both houses together
    UNIT = "unit"  # actions and objectives managed by the own units or answered for in person
    HEAD = "head"  # the same, where the person holds the office of head of a managing unit
    ADMINISTRATOR = "administrator"  # rows of the own workspace, with the administrator grant for any of its houses
    ADMINISTERED = "administered"  # rows of a house for which the administrator grant is held
    TAKEN_UP = "takenUp"  # rows for which the own house answers, and those that plans of the house take up
    STEWARD = "steward"  # organisations that are own houses, or that the own workspace entered
    PARTNERSHIP = "partnership"  # actions in which the own organisation takes part, and what stands above them
    GRANTED = "granted"  # actions and own rows of them, where the partnership is agreed and grants reporting
    OWN = "own"  # rows of the own organisation or service
    VERSIONS = "versions"  # what versions put before the council of the own workspace show
    MEMBER = "member"  # what groups offer the own houses that are members now; for a group, its own offers
    PUBLISHED = "published"  # what published versions show


OF_ADMINISTRATORS = frozenset({Scope.ADMINISTRATOR, Scope.ADMINISTERED})
"""The scopes that the administrator grant opens."""

HOUSE_ROLES = frozenset({Role.COLLEGE, Role.ADMINISTRATION, Role.AGENT})
HOUSE_SCOPES = frozenset({Scope.WORKSPACE, *OF_ADMINISTRATORS})
"""Who reads a field that no list names: those who work in the workspace, in the rows of the workspace."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role holds a permission within a scope, for some fields of the resource."""

    role: Role
    permission: str
    scope: Scope
    group: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the grant covers every field, also those to come: what is changed, and what the own house reads."""
        if self.group is not None:
            return False
        is_reading = self.permission.endswith(":read")
        return not is_reading or (self.role in HOUSE_ROLES and self.scope in HOUSE_SCOPES)

    def covers(self, resource: str, field: str) -> bool:
        """Whether the grant reaches this field, or this member (`array.member`) of an array of objects."""
        return self.is_whole or field in COVERED.get((self.group or "", resource), ())


def _grants() -> Iterator[Grant]:
    heading, *lines = TABLE.strip().splitlines()
    roles = [Role(word) for word in heading.split()[1:]]
    for line in lines:
        permission, *cells = line.split()
        for role, cell in zip(roles, cells, strict=True):
            if cell != "-":
                scope, _, group = cell.partition("/")
                yield Grant(role, permission, Scope(scope), group or None)


POLICY: dict[tuple[Role, str], Grant] = {(g.role, g.permission): g for g in _grants()}
PERMISSIONS: tuple[str, ...] = tuple(dict.fromkeys(g.permission for g in POLICY.values()))


def can_be_withheld(resource: str, field: str) -> bool:
    """Whether some role that reads the resource does not read this field of it."""
    return any(g.permission == f"{resource}:read" and not g.covers(resource, field) for g in POLICY.values())


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant together with the membership through which the actor holds it."""

    grant: Grant
    membership: Membership


def grants_of(actor: Actor, permission: str) -> tuple[HeldGrant, ...]:
    """Every way in which the actor holds this permission; empty when it has none at all."""
    if lacks_scope(actor, permission):
        return ()
    ways = ((POLICY.get((m.role, permission)), m) for m in actor.memberships)
    return tuple(HeldGrant(g, m) for g, m in ways if g and (g.scope not in OF_ADMINISTRATORS or m.is_administrator))


def covers(actor: Actor, permission: str, field: str) -> bool:
    """Whether some grant of the permission reaches this field."""
    resource = permission.partition(":")[0]
    return any(h.grant.covers(resource, field) for h in grants_of(actor, permission))


def reads_whole(actor: Actor, resource: str) -> bool:
    """Whether some grant lets the actor read every field of the resource, also those that no list names."""
    return any(h.grant.is_whole for h in grants_of(actor, f"{resource}:read"))


@dataclass(frozen=True, slots=True)
class MachineScopes:
    """The OAuth scopes that a machine's token needs to read and to write the documents of a concept (`api.md` §4)."""

    read: str | None
    """None: any token will do."""
    write: str = "admin"


OF_ACTIONS = MachineScopes("actions:read", "actions:write")
OF_PROGRESS = MachineScopes("actions:read", "progress:write")
OF_PLANS = MachineScopes("plans:read")
OF_IDENTITY = MachineScopes("admin")
OF_JOURNAL = MachineScopes("changes:read")
OPEN_TO_MACHINES = MachineScopes(None)
_DECLARED: dict[str, MachineScopes] = {}
"""What each concept declares, by its name."""


def declare_scopes(scopes: Mapping[str, MachineScopes]) -> None:
    """What the catalogue of concepts passes in; from then on, permissions of no concept are of computed answers."""
    _DECLARED.update(scopes)
    needed_scope.cache_clear()


@lru_cache(maxsize=1024)
def needed_scope(permission: str) -> str | None:
    """The OAuth scope that a machine's token must carry for a permission; None when any will do."""
    assert _DECLARED, "the catalogue of concepts declares the scopes"
    resource, verb = permission.split(":")
    scopes = _DECLARED.get(resource, OF_PLANS)
    if verb.startswith("read"):
        return scopes.read
    if verb == "answer":  # said by the action that answers it
        return OF_ACTIONS.write
    return scopes.write


def lacks_scope(actor: Actor, permission: str) -> bool:
    """Whether a machine's token does not reach this permission, whatever its rights are."""
    needed = needed_scope(permission)
    return actor.scopes is not None and needed is not None and needed not in actor.scopes


def refusal(actor: Actor, permission: str, fields: Sequence[str] = ()) -> Refusal:
    """Why the actor does not hold a permission: it has no token, one of too narrow a scope, or a role without it."""
    if Role.PUBLIC in actor.roles:
        return Unauthenticated("noAccessToken")
    if lacks_scope(actor, permission):
        return Refusal("missingScope", scope=needed_scope(permission), permission=permission)
    return Forbidden(permission, fields)
