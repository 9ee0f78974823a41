"""Who may do what: the one table that REST, GraphQL and SQL visibility consult.

A cell says the *scope* in which a role holds a permission, and after a slash the *fields* it is narrowed to.
Rows are read and written nowhere without it. Source: `domain.md` §2, `model.md` §1 and §3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from api.domain.actor import Actor, Membership, Role
from api.domain.errors import Forbidden, Refusal


class Scope(StrEnum):
    """Which rows a permission covers."""

    ALL = "all"  # every row
    WORKSPACE = "workspace"  # rows of the own workspace; drafts and narrow audiences only in the own house
    HOUSE = "house"  # rows for which the own organisation answers, or both houses together
    UNIT = "unit"  # actions and objectives managed by the own units or answered for in person
    ADMINISTRATOR = "administrator"  # rows of the own workspace, with the administrator grant
    STEWARD = "steward"  # organisations that are own houses, or that the own workspace entered
    PARTNERSHIP = "partnership"  # actions in which the own organisation takes part, and what stands above them
    GRANTED = "granted"  # the same, where the partnership is agreed and grants reporting
    OWN = "own"  # rows of the own organisation or service
    VERSIONS = "versions"  # what versions put before the council of the own workspace show
    PUBLISHED = "published"  # what published versions show


TABLE = """
permission                college         council    administration  agent      partner              region          integrator      public     operator
commune:read              all             all        all             all        all                  all             all             all        all
term:read                 all             all        all             all        all                  all             all             all        all
term:create               -               -          -               -          -                    -               -               -          all
term:update               -               -          -               -          -                    -               -               -          all
term:delete               -               -          -               -          -                    -               -               -          all
sdg:read                  all             all        all             all        all                  all             all             all        all
programmingPeriod:read    all             all        all             all        all                  all             all             all        all
programmingPeriod:create  -               -          -               -          -                    all             -               -          all
programmingPeriod:update  -               -          -               -          -                    all             -               -          all
programmingPeriod:delete  -               -          -               -          -                    all             -               -          all
periodItem:read           all             all        all             all        all                  all             all             all        all
periodItem:create         -               -          -               -          -                    all             -               -          all
periodItem:update         -               -          -               -          -                    all             -               -          all
periodItem:delete         -               -          -               -          -                    all             -               -          all
organisation:read         all             all        all             all        all                  all             all             all        all
organisation:create       -               -          all             -          -                    -               -               -          all
organisation:update       -               -          steward         -          own/contact          -               -               -          all
workspace:read            workspace       workspace  workspace       workspace  partnership          all             all             all        all
workspace:create          -               -          -               -          -                    -               -               -          all
workspace:update          -               -          administrator   -          -                    -               -               -          all
unit:read                 workspace       -          workspace       workspace  -                    -               -               -          -
unit:create               -               -          administrator   -          -                    -               -               -          -
unit:update               -               -          administrator   -          -                    -               -               -          -
unit:delete               -               -          administrator   -          -                    -               -               -          -
person:read               workspace       -          workspace       workspace  -                    -               -               -          -
person:create             -               -          administrator   -          -                    -               -               -          -
person:update             -               -          administrator   -          -                    -               -               -          -
person:delete             -               -          administrator   -          -                    -               -               -          -
office:read               workspace       -          workspace       workspace  -                    -               -               -          -
office:create             -               -          administrator   -          -                    -               -               -          -
office:update             -               -          administrator   -          -                    -               -               -          -
office:delete             -               -          administrator   -          -                    -               -               -          -
officeHolding:read        workspace       -          workspace       workspace  -                    -               -               -          -
officeHolding:create      -               -          administrator   -          -                    -               -               -          -
officeHolding:update      -               -          administrator   -          -                    -               -               -          -
officeHolding:delete      -               -          administrator   -          -                    -               -               -          -
partner:read              workspace       -          workspace       workspace  own                  -               -               -          -
partner:create            -               -          administrator   -          -                    -               -               -          -
partner:update            -               -          administrator   -          own/contact          -               -               -          -
partner:delete            -               -          administrator   -          -                    -               -               -          -
planType:read             workspace       workspace  workspace       workspace  -                    -               -               -          -
planType:create           -               -          administrator   -          -                    -               -               -          -
planType:update           -               -          administrator   -          -                    -               -               -          -
planType:delete           -               -          administrator   -          -                    -               -               -          -
domain:read               workspace       workspace  workspace       workspace  -                    -               -               -          -
domain:create             -               -          administrator   -          -                    -               -               -          -
domain:update             -               -          administrator   -          -                    -               -               -          -
domain:delete             -               -          administrator   -          -                    -               -               -          -
account:read              -               -          administrator/colleague -  -                    -               -               -          all
account:create            -               -          administrator   -          -                    -               -               -          all
account:update            -               -          -               -          -                    -               -               -          all
membership:read           -               -          administrator   -          -                    -               -               -          -
membership:create         -               -          administrator   -          -                    -               -               -          -
membership:update         -               -          administrator   -          -                    -               -               -          -
organisationMember:read   -               -          -               -          administrator        -               -               -          all
organisationMember:create -               -          -               -          administrator        -               -               -          all
organisationMember:update -               -          -               -          administrator        -               -               -          all
client:read               -               -          administrator   -          administrator        own             -               -          all
client:create             -               -          administrator   -          administrator        own             -               -          own
client:update             -               -          administrator   -          administrator        own             -               -          own
client:disable            -               -          administrator   -          administrator        own             -               -          all
plan:read                 workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
plan:create               -               -          house           -          -                    -               -               -          -
plan:update               -               -          house           -          -                    -               -               -          -
plan:delete               -               -          house           -          -                    -               -               -          -
objective:read            workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
objective:create          -               -          house           -          -                    -               -               -          -
objective:update          -               -          house           -          -                    -               -               -          -
objective:delete          -               -          house           -          -                    -               -               -          -
action:read               workspace/noted versions/council workspace workspace  partnership/partner  published/public published/public published/public -
action:create             -               -          house           unit       -                    -               -               -          -
action:update             house/opinion   -          house           unit       granted/report       -               -               -          -
action:delete             -               -          house           unit       -                    -               -               -          -
action:publish            -               -          house           -          -                    -               -               -          -
action:start              -               -          house           unit       -                    -               -               -          -
action:complete           -               -          house           unit       -                    -               -               -          -
action:suspend            -               -          house           unit       -                    -               -               -          -
action:cancel             -               -          house           -          -                    -               -               -          -
action:reopen             -               -          house           -          -                    -               -               -          -
planAction:read           workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
planAction:create         -               -          house           -          -                    -               -               -          -
planAction:update         -               -          house           -          -                    -               -               -          -
planAction:delete         -               -          house           -          -                    -               -               -          -
placement:read            workspace       versions   workspace       workspace  partnership          published       published       published  -
placement:create          -               -          house           unit       -                    -               -               -          -
placement:update          -               -          house           -          -                    -               -               -          -
placement:delete          -               -          house           -          -                    -               -               -          -
partnership:read          workspace       versions/public workspace  workspace  own                  published/public published/public published/public -
partnership:create        -               -          house           -          -                    -               -               -          -
partnership:update        -               -          house           -          -                    -               -               -          -
partnership:delete        -               -          house           -          -                    -               -               -          -
task:read                 workspace       -          workspace       workspace  -                    -               -               -          -
task:create               -               -          house           unit       -                    -               -               -          -
task:update               -               -          house           unit       -                    -               -               -          -
task:delete               -               -          house           unit       -                    -               -               -          -
budgetLine:read           workspace       versions   workspace       workspace  -                    -               -               -          -
budgetLine:create         -               -          house           -          -                    -               -               -          -
budgetLine:update         -               -          house           -          -                    -               -               -          -
budgetLine:delete         -               -          house           -          -                    -               -               -          -
externalReference:read    workspace       -          workspace       workspace  own                  -               -               -          -
externalReference:create  -               -          house           -          own                  -               -               -          -
externalReference:update  -               -          house           -          own                  -               -               -          -
externalReference:delete  -               -          house           -          own                  -               -               -          -
planVersion:read          workspace       versions   workspace       workspace  -                    published       published       published  -
planVersion:readContent   -               -          house           -          -                    -               -               -           -
planVersion:create        -               -          house           -          -                    -               -               -          -
planVersion:update        -               -          house           -          -                    -               -               -          -
act:read                  workspace       versions   workspace       workspace  -                    published       published       published  -
act:create                -               -          house           -          -                    -               -               -          -
act:update                -               -          house           -          -                    -               -               -          -
act:delete                -               -          house           -          -                    -               -               -          -
finding:read              workspace       versions   workspace       workspace  -                    published       published       published  -
finding:create            -               -          house           -          -                    -               -               -          -
finding:update            -               -          house           -          -                    -               -               -          -
finding:delete            -               -          house           -          -                    -               -               -          -
planFinding:read          workspace       versions   workspace       workspace  -                    published       published       published  -
planFinding:create        -               -          house           -          -                    -               -               -          -
planFinding:update        -               -          house           -          -                    -               -               -          -
planFinding:delete        -               -          house           -          -                    -               -               -          -
articulation:read         workspace       -          workspace       workspace  -                    -               -               -          -
pcsReport:read            workspace       -          workspace       workspace  -                    -               -               -          -
transversal:read          workspace       -          workspace       workspace  -                    -               -               -          -
articulation:convert      -               -          house           -          -                    -               -               -          -
articulationConversion:read workspace     -          workspace       workspace  -                    -               -               -          -
journalEntry:read         workspace       -          workspace       -          -                    -               -               -          -
"""  # noqa: E501

ONLY: dict[tuple[str, str], frozenset[str]] = {
    ("titles", "plan"): frozenset({"workspace_id", "plan_type_id", "organisation_id", "title", "levels", "strands",
                                   "starts_on", "ends_on", "is_archived"}),
    ("titles", "objective"): frozenset({"workspace_id", "plan_id", "parent_id", "level", "strand_id", "title",
                                        "own_code", "position", "status"}),
    ("titles", "planAction"): frozenset({"plan_id", "action_id", "label", "own_code", "period_item_id"}),
    ("opinion", "action"): frozenset({"priority", "status_remark"}),
    ("report", "action"): frozenset({"progress", "status_remark"}),
    ("contact", "partner"): frozenset({"contact_name", "contact_email"}),
    ("contact", "organisation"): frozenset({"email", "website"}),
}  # fmt: skip
"""Groups that name the only fields a permission covers."""

ALL_BUT: dict[tuple[str, str], frozenset[str]] = {
    ("noted", "action"): frozenset({"internal_note"}),
    ("council", "action"): frozenset({"internal_note", "estimate", "audience"}),
    ("partner", "action"): frozenset(
        {"internal_note", "estimate", "priority", "audience", "full_time_equivalents", "responsibilities",
         "finding_ids",
         "warnings"}
    ),
    ("public", "action"): frozenset({"internal_note", "estimate", "audience", "full_time_equivalents", "status_reason",
                                     "health_reason", "responsibilities", "postponements", "finding_ids"}),
    ("public", "partnership"): frozenset({"note", "may_report_progress"}),
    ("colleague", "account"): frozenset({"global_role"}),
}  # fmt: skip
"""Groups that name the fields a permission does not cover."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role holds a permission within a scope, for some fields of the resource."""

    role: Role
    permission: str
    scope: Scope
    group: str | None = None

    def covers(self, resource: str, field: str) -> bool:
        if self.group is None:
            return True
        if (only := ONLY.get((self.group, resource))) is not None:
            return field in only
        return field not in ALL_BUT[(self.group, resource)]


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
class Held:
    """A grant together with the membership through which the actor holds it."""

    grant: Grant
    membership: Membership


def held(actor: Actor, permission: str) -> tuple[Held, ...]:
    """Every way in which the actor holds this permission; empty when it has none at all."""
    if lacks_scope(actor, permission):
        return ()
    ways = ((POLICY.get((m.role, permission)), m) for m in actor.memberships)
    return tuple(Held(g, m) for g, m in ways if g and (g.scope is not Scope.ADMINISTRATOR or m.is_administrator))


def covers(actor: Actor, permission: str, field: str) -> bool:
    """Whether some grant of the permission reaches this field."""
    resource = permission.partition(":")[0]
    return any(h.grant.covers(resource, field) for h in held(actor, permission))


_OF_ACTIONS = frozenset({"action", "planAction", "placement", "partnership", "task", "budgetLine", "externalReference"})
_OF_IDENTITY = frozenset({"account", "membership", "organisationMember", "client"})
_OPEN = frozenset({"commune", "term", "sdg", "programmingPeriod", "periodItem", "organisation", "workspace"})


@lru_cache(maxsize=1024)
def needed_scope(permission: str) -> str | None:
    """The OAuth scope that a machine's token must carry for a permission (`api.md` §4); None when any will do."""
    resource, verb = permission.split(":")
    if verb.startswith("read") and resource not in _OF_IDENTITY:
        if resource == "journalEntry":
            return "changes:read"
        if resource in _OPEN:
            return None
        return "actions:read" if resource in _OF_ACTIONS else "plans:read"
    return "actions:write" if resource in _OF_ACTIONS else "admin"


def lacks_scope(actor: Actor, permission: str) -> bool:
    """Whether a machine's token does not reach this permission, whatever its rights are."""
    needed = needed_scope(permission)
    return actor.scopes is not None and needed is not None and needed not in actor.scopes


def refusal(actor: Actor, permission: str, fields: Sequence[str] = ()) -> Refusal:
    """Why the actor does not hold a permission: its token's scope is too narrow, or its role has no such right."""
    if lacks_scope(actor, permission):
        return Refusal("missingScope", scope=needed_scope(permission), permission=permission)
    return Forbidden(permission, fields)
