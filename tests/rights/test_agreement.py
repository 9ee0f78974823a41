"""The table of the tests and the table of the program say the same, each in its own words."""

from api.domain.actor import Role
from api.domain.policy import OF_ADMINISTRATORS, POLICY, Grant, Scope
from api.domain.resources.catalogue import RESOURCES
from api.domain.rules.action_statuses import MOVES, verb_of
from tests.rights.moves import WHO_MOVES
from tests.rights.table import OPERATIONS, Operation

ROLE_OF = {
    "coll": Role.COLLEGE, "coun": Role.COUNCIL, "admn": Role.ADMINISTRATION, "grnt": Role.ADMINISTRATION,
    "agnt": Role.AGENT, "cpas": Role.ADMINISTRATION, "prtn": Role.PARTNER, "pgrn": Role.PARTNER,
    "regn": Role.REGION, "intg": Role.INTEGRATOR, "oper": Role.OPERATOR, "anon": Role.PUBLIC,
}  # fmt: skip
WITH_GRANT = ("grnt", "pgrn")
OF_ANOTHER = {("cpas", Scope.HOUSE), ("agnt", Scope.HEAD)}
"""What the table asks about belongs to the commune's house, not to the CPAS; the agent heads no unit."""

NARROWER = {
    ("prtn", "externalReference:read"): "reads its own alone",
    ("prtn", "externalReference:update"): "its own alone",
    ("prtn", "externalReference:delete"): "its own alone",
    ("pgrn", "externalReference:read"): "reads its own alone",
    ("pgrn", "externalReference:update"): "its own alone",
    ("pgrn", "externalReference:delete"): "its own alone",
    ("prtn", "followUp:update"): "what it wrote itself",
    ("prtn", "followUp:delete"): "what it wrote itself",
    ("pgrn", "followUp:update"): "what it wrote itself",
    ("pgrn", "followUp:delete"): "what it wrote itself",
    ("pgrn", "client:read"): "the machines of its own organisation",
    ("pgrn", "client:update"): "the machines of its own organisation",
    ("regn", "client:read"): "the machines of the Region",
    ("regn", "client:update"): "the machines of the Region",
    ("oper", "client:update"): "the machines of the operator",
    ("prtn", "organisation:update"): "its own entry",
    ("pgrn", "organisation:update"): "its own entry",
    ("grnt", "groupMember:update"): "the members of its own group",
    **{(c, "uptake:read"): "what members of its own group took up" for c in ("coll", "admn", "grnt", "agnt", "cpas")},
}
"""Where a role holds a right, but not on the document that the table asks about."""

VERBS = {"list": "read", "tree": "read", "content": "readContent", "secrets": "update", "actions": "read"}


OF_ITS_OWN = {
    "/transversal": "transversal:read",
    "/actions/{actionId}/indicatorValues": "indicatorValues:read",
    "/plans/{planId}/indicatorValues": "planIndicatorValues:read",
    "/transversal/actions": "transversal:read",
    "/reminders": "reminder:read",
    "/plans/{planId}/articulation": "articulation:read",
    "/plans/{planId}/pcsReport": "pcsReport:read",
    "/plans/{planId}/diagnostic": "diagnostic:read",
    "/synergies": "synergy:read",
    "/plans/{planId}/totals": "totals:read",
    "/plans/{planId}/progress": "progress:read",
    "/public/plans/{planId}/progress": "progress:read",
    "/plans/{planId}/quality": "quality:read",
    "/totals": "workspaceTotals:read",
    "/dpcs/{dpcId}/coverage": "dpc:readCoverage",
    "/attachments/{attachmentId}/content": "attachment:read",
    "/public/attachments/{attachmentId}/content": "attachment:read",
}
"""Routes with a right that is no document's."""


def permission_of(operation: Operation) -> str | None:
    names = {r.plural: r.name for r in RESOURCES}
    if operation.path in OF_ITS_OWN:
        return OF_ITS_OWN[operation.path]
    if operation.path == "/partners/me/actions":
        return "action:read"
    if operation.collection not in names:
        return None
    return f"{names[operation.collection]}:{VERBS.get(operation.verb, operation.verb)}"


def reaches(caller: str, permission: str, verb: str) -> bool:
    """Whether the policy gives the caller this right on the table's document."""
    grant: Grant | None = POLICY.get((ROLE_OF[caller], permission))
    if grant is None or (grant.scope in OF_ADMINISTRATORS and caller not in WITH_GRANT):
        return False
    if verb != "list" and (caller, permission) in NARROWER:
        return False
    return (caller, grant.scope) not in OF_ANOTHER


def test_the_table_and_the_policy_agree_on_every_route_and_caller() -> None:
    differing = []
    for o in OPERATIONS:
        permission = permission_of(o)
        if permission is None or o.path == "/partners/me/actions":
            continue
        for caller, status in o.expected.items():
            asked_as = "anon" if o.is_public else caller
            expected = reaches(asked_as, permission, o.verb)
            if caller == "anon" and not o.is_public:
                expected = False  # the doors that are not public ask for a token before any right
            if expected != (status < 400):
                differing.append((str(o), caller, status))
    assert differing == []


def test_every_right_of_the_policy_stands_behind_a_route_or_a_move_of_the_table() -> None:
    said = {permission_of(o) for o in OPERATIONS}
    moves = {
        f"{r.name}:{r.lifecycle.verb(current, wanted)}"
        for r in RESOURCES if r.lifecycle is not None
        for current, reached in r.lifecycle.moves.items() for wanted in reached
    }  # fmt: skip
    beyond = {permission for _, permission in POLICY} - said - moves
    # By tests/identity, tests/articulation, tests/handover, tests/periods; who answers, by tests/rights.
    assert beyond == {
        "client:disable", "articulation:convert", "person:handOver", "workspace:nameAdministrator",
        "plan:continuePlan", "programmingPeriod:amendEnd", "finding:answer", "dpcItem:answer",
    }  # fmt: skip


def test_the_table_of_moves_knows_every_move_of_the_lifecycle_and_no_other() -> None:
    assert set(WHO_MOVES) == {(current.value, wanted.value) for current, to in MOVES.items() for wanted in to}


def test_the_table_of_moves_and_the_policy_agree() -> None:
    for current, to in MOVES.items():
        for wanted in to:
            permission = f"action:{verb_of(current, wanted)}"
            holders = {caller for caller in ROLE_OF if reaches(caller, permission, "move")}
            assert set(WHO_MOVES[current, wanted]) == holders, (current, wanted)


def test_a_permission_withheld_is_never_wider_than_the_scope_of_the_role() -> None:
    """Region, integrators, the public and the council hold nothing but published or noted versions of plans."""
    of_plans = {"plan", "objective", "action", "planAction", "placement", "partnership", "budgetLine", "planVersion"}
    outside = (Role.REGION, Role.INTEGRATOR, Role.PUBLIC, Role.COUNCIL)
    for (role, permission), grant in POLICY.items():
        if permission.partition(":")[0] in of_plans | {"act"} and role in outside:
            assert grant.scope in (Scope.PUBLISHED, Scope.VERSIONS), (role, permission)
            assert permission.endswith(":read"), (role, permission)
