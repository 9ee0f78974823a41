"""Who is asking: a person or a machine, and the rights it holds where it acts."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The bodies and parties of `domain.md` §2, in their wire spelling."""

    COLLEGE = "college"
    COUNCIL = "council"
    ADMINISTRATION = "administration"
    AGENT = "agent"
    PARTNER = "partner"
    REGION = "region"
    INTEGRATOR = "integrator"
    PUBLIC = "public"
    OPERATOR = "operator"


LIVING_ROLES = frozenset({Role.COLLEGE, Role.ADMINISTRATION, Role.AGENT})
"""The roles that read and write the living plan of their own workspace."""

WORKSPACE_ROLES = LIVING_ROLES | {Role.COUNCIL}
"""The roles held by a membership in one workspace."""

VERSION_ROLES = frozenset({Role.COUNCIL, Role.REGION, Role.INTEGRATOR, Role.PUBLIC})
"""The roles that never read living rows: only versions put before them or published."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One right to act: a role, the house it is held in, and what narrows it.

    `plans` is None when the membership covers every plan of the house.
    """

    role: Role
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    units: frozenset[UUID] = frozenset()
    plans: frozenset[UUID] | None = None
    is_administrator: bool = False
    """May give and withdraw rights in that house."""
    administers_all_houses: bool = False
    """The same in every house of the workspace, present and to come."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An account or a client acting in one workspace, for one organisation, or at large.

    Legal forms: a workspace and memberships of workspace roles; an organisation and one partner
    membership; or neither, for region, integrator, public and operator. No other form can be made.
    """

    memberships: tuple[Membership, ...]
    account_id: UUID | None = None
    client_id: UUID | None = None
    workspace_id: UUID | None = None
    organisation_id: UUID | None = None
    scopes: frozenset[str] | None = None
    """OAuth scopes of a machine's token; None for a person, whom scopes do not narrow."""
    origin: str = "api"
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        roles = frozenset(m.role for m in self.memberships)
        object.__setattr__(self, "roles", roles)
        if self.account_id is not None and self.client_id is not None:
            raise ValueError("an actor is a person or a machine, not both")
        if (self.workspace_id is not None) != bool(roles & WORKSPACE_ROLES):
            raise ValueError("workspace roles act in exactly one workspace")
        if (self.organisation_id is not None) != (Role.PARTNER in roles):
            raise ValueError("a partner acts for exactly one organisation")
        if self.workspace_id is not None and self.organisation_id is not None:
            raise ValueError("an actor acts in a workspace or for a partner, not both")
        if any(m.organisation_id is None for m in self.memberships if m.role in WORKSPACE_ROLES):
            raise ValueError("a membership of a workspace names its house")

    @property
    def reads_living(self) -> bool:
        """Whether living rows are read; otherwise only versions (a partner reads its living actions)."""
        return bool(self.roles & LIVING_ROLES) or Role.PARTNER in self.roles

    @property
    def is_administrator(self) -> bool:
        return any(m.is_administrator for m in self.memberships)

    @property
    def principal(self) -> str:
        """A stable name of who asks, for idempotency, cursors and remembered answers."""
        who = self.account_id or self.client_id or "public"
        where = self.workspace_id or self.organisation_id or ",".join(sorted(self.roles))
        return f"{who}@{where}"

    def houses(self, *roles: Role) -> list[UUID]:
        """The organisations in which one of these roles is held."""
        return sorted({m.organisation_id for m in self.memberships if m.role in roles and m.organisation_id})


PUBLIC = Actor(memberships=(Membership(Role.PUBLIC),))
