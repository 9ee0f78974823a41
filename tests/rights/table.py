"""Who may do what, said independently of `policy.py`: the reading of `domain.md` §2, route by route.

The expected status of every route for every kind of caller. The thing asked for is of the commune's own house,
stands in a published version, and one partner organisation has agreed to take part; the agent's unit manages
it. What is created belongs to that house too. What is deleted is new: nobody reads it in a version, and an
action or objective is a draft. 401 no token · 403 you may not · 404 what you may not see does not exist.

Other doors use the same table: `for operation in OPERATIONS: operation.expected[caller]`.
"""

from dataclasses import dataclass

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

TABLE = """
method path                                         coll coun admn grnt agnt cpas prtn pgrn regn intg oper anon

GET    /plans                                        200  200  200  200  200  200  200  200  200  200  403  401
POST   /plans                                        403  403  201  201  403  403  403  403  403  403  403  401
GET    /plans/{planId}                               200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /plans/{planId}                               403  403  200  200  403  403  403  403  403  403  403  401
DELETE /plans/{planId}                               403  404  204  204  403  403  404  404  404  404  403  401
GET    /plans/{planId}/tree                          200  200  200  200  200  200  200  200  200  200  403  401
GET    /plans/{planId}/articulation                  200  403  200  200  200  200  403  403  403  403  403  401
GET    /plans/{planId}/pcsReport                     200  403  200  200  200  200  403  403  403  403  403  401
GET    /transversal                                  200  403  200  200  200  200  403  403  403  403  403  401
GET    /articulationConversions                      200  403  200  200  200  200  403  403  403  403  403  401

GET    /objectives                                   200  200  200  200  200  200  200  200  200  200  403  401
POST   /objectives                                   403  403  201  201  403  403  403  403  403  403  403  401
GET    /objectives/{objectiveId}                     200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /objectives/{objectiveId}                     403  403  200  200  403  403  403  403  403  403  403  401
DELETE /objectives/{objectiveId}                     403  404  204  204  404  404  404  404  404  404  403  401

GET    /actions                                      200  200  200  200  200  200  200  200  200  200  403  401
POST   /actions                                      403  403  201  201  201  403  403  403  403  403  403  401
GET    /actions/{actionId}                           200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /actions/{actionId}                           200  403  200  200  200  403  200  200  403  403  403  401
DELETE /actions/{actionId}                           403  404  204  204  204  404  404  404  404  404  403  401

GET    /planActions                                  200  200  200  200  200  200  200  200  200  200  403  401
POST   /planActions                                  403  403  201  201  403  403  403  403  403  403  403  401
GET    /planActions/{planActionId}                   200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /planActions/{planActionId}                   403  403  200  200  403  403  403  403  403  403  403  401
DELETE /planActions/{planActionId}                   403  404  204  204  403  403  404  404  404  404  403  401

GET    /placements                                   200  200  200  200  200  200  200  200  200  200  403  401
POST   /placements                                   403  403  201  201  201  403  403  403  403  403  403  401
GET    /placements/{placementId}                     200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /placements/{placementId}                     403  403  200  200  403  403  403  403  403  403  403  401
DELETE /placements/{placementId}                     403  404  204  204  403  403  404  404  404  404  403  401

GET    /partnerships                                 200  200  200  200  200  200  200  200  200  200  403  401
POST   /partnerships                                 403  403  201  201  403  403  403  403  403  403  403  401
GET    /partnerships/{partnershipId}                 200  200  200  200  200  200  200  200  200  200  403  401
PATCH  /partnerships/{partnershipId}                 403  403  200  200  403  403  403  403  403  403  403  401
DELETE /partnerships/{partnershipId}                 403  404  204  204  403  403  404  404  404  404  403  401

GET    /tasks                                        200  403  200  200  200  200  403  403  403  403  403  401
POST   /tasks                                        403  403  201  201  201  403  403  403  403  403  403  401
GET    /tasks/{taskId}                               200  403  200  200  200  200  403  403  403  403  403  401
PATCH  /tasks/{taskId}                               403  403  200  200  200  403  403  403  403  403  403  401
DELETE /tasks/{taskId}                               403  403  204  204  204  403  403  403  403  403  403  401

GET    /budgetLines                                  200  200  200  200  200  200  403  403  403  403  403  401
POST   /budgetLines                                  403  403  201  201  403  403  403  403  403  403  403  401
GET    /budgetLines/{budgetLineId}                   200  200  200  200  200  200  403  403  403  403  403  401
PATCH  /budgetLines/{budgetLineId}                   403  403  200  200  403  403  403  403  403  403  403  401
DELETE /budgetLines/{budgetLineId}                   403  404  204  204  403  403  403  403  403  403  403  401

GET    /externalReferences                           200  403  200  200  200  200  200  200  403  403  403  401
POST   /externalReferences                           403  403  201  201  403  403  201  201  403  403  403  401
GET    /externalReferences/{externalReferenceId}     200  403  200  200  200  200  404  404  403  403  403  401
PATCH  /externalReferences/{externalReferenceId}     403  403  200  200  403  403  404  404  403  403  403  401
DELETE /externalReferences/{externalReferenceId}     403  403  204  204  403  403  404  404  403  403  403  401

GET    /planVersions                                 200  200  200  200  200  200  403  403  200  200  403  401
POST   /planVersions                                 403  403  201  201  403  403  403  403  403  403  403  401
GET    /planVersions/{planVersionId}                 200  200  200  200  200  200  403  403  200  200  403  401
PATCH  /planVersions/{planVersionId}                 403  403  200  200  403  403  403  403  403  403  403  401
GET    /planVersions/{planVersionId}/content         403  403  200  200  403  403  403  403  403  403  403  401

GET    /acts                                         200  200  200  200  200  200  403  403  200  200  403  401
POST   /acts                                         403  403  201  201  403  403  403  403  403  403  403  401
GET    /acts/{actId}                                 200  200  200  200  200  200  403  403  200  200  403  401
PATCH  /acts/{actId}                                 403  403  200  200  403  403  403  403  403  403  403  401
DELETE /acts/{actId}                                 403  403  204  204  403  403  403  403  403  403  403  401

GET    /findings                                     200  200  200  200  200  200  403  403  200  200  403  401
POST   /findings                                     403  403  201  201  403  403  403  403  403  403  403  401
GET    /findings/{findingId}                         200  200  200  200  200  200  403  403  200  200  403  401
PATCH  /findings/{findingId}                         403  403  200  200  403  403  403  403  403  403  403  401
DELETE /findings/{findingId}                         403  404  204  204  403  403  403  403  404  404  403  401

GET    /planFindings                                 200  200  200  200  200  200  403  403  200  200  403  401
POST   /planFindings                                 403  403  201  201  403  403  403  403  403  403  403  401
GET    /planFindings/{planFindingId}                 200  200  200  200  200  200  403  403  200  200  403  401
PATCH  /planFindings/{planFindingId}                 403  403  200  200  403  403  403  403  403  403  403  401
DELETE /planFindings/{planFindingId}                 403  404  204  204  403  403  403  403  404  404  403  401

GET    /journalEntries                               200  403  200  200  403  200  403  403  403  403  403  401
GET    /journalEntries/{journalEntryId}              200  403  200  200  403  200  403  403  403  403  403  401

GET    /organisations                                200  200  200  200  200  200  200  200  200  200  200  401
POST   /organisations                                403  403  201  201  403  201  403  403  403  403  201  401
GET    /organisations/{organisationId}               200  200  200  200  200  200  200  200  200  200  200  401
PATCH  /organisations/{organisationId}               403  403  200  200  403  200  403  403  403  403  200  401

GET    /workspaces                                   200  200  200  200  200  200  200  200  200  200  200  401
POST   /workspaces                                   403  403  403  403  403  403  403  403  403  403  201  401
GET    /workspaces/{workspaceId}                     200  200  200  200  200  200  200  200  200  200  200  401
PATCH  /workspaces/{workspaceId}                     403  403  403  200  403  403  403  403  403  403  200  401

GET    /units                                        200  403  200  200  200  200  403  403  403  403  403  401
POST   /units                                        403  403  403  201  403  403  403  403  403  403  403  401
GET    /units/{unitId}                               200  403  200  200  200  200  403  403  403  403  403  401
PATCH  /units/{unitId}                               403  403  403  200  403  403  403  403  403  403  403  401
DELETE /units/{unitId}                               403  403  403  204  403  403  403  403  403  403  403  401

GET    /persons                                      200  403  200  200  200  200  403  403  403  403  403  401
POST   /persons                                      403  403  403  201  403  403  403  403  403  403  403  401
GET    /persons/{personId}                           200  403  200  200  200  200  403  403  403  403  403  401
PATCH  /persons/{personId}                           403  403  403  200  403  403  403  403  403  403  403  401
DELETE /persons/{personId}                           403  403  403  204  403  403  403  403  403  403  403  401

GET    /offices                                      200  403  200  200  200  200  403  403  403  403  403  401
POST   /offices                                      403  403  403  201  403  403  403  403  403  403  403  401
GET    /offices/{officeId}                           200  403  200  200  200  200  403  403  403  403  403  401
PATCH  /offices/{officeId}                           403  403  403  200  403  403  403  403  403  403  403  401
DELETE /offices/{officeId}                           403  403  403  204  403  403  403  403  403  403  403  401

GET    /officeHoldings                               200  403  200  200  200  200  403  403  403  403  403  401
POST   /officeHoldings                               403  403  403  201  403  403  403  403  403  403  403  401
GET    /officeHoldings/{officeHoldingId}             200  403  200  200  200  200  403  403  403  403  403  401
PATCH  /officeHoldings/{officeHoldingId}             403  403  403  200  403  403  403  403  403  403  403  401
DELETE /officeHoldings/{officeHoldingId}             403  403  403  204  403  403  403  403  403  403  403  401

GET    /partners                                     200  403  200  200  200  200  200  200  403  403  403  401
POST   /partners                                     403  403  403  201  403  403  403  403  403  403  403  401
GET    /partners/{partnerId}                         200  403  200  200  200  200  200  200  403  403  403  401
PATCH  /partners/{partnerId}                         403  403  403  200  403  403  200  200  403  403  403  401
DELETE /partners/{partnerId}                         403  403  403  204  403  403  404  404  403  403  403  401

GET    /planTypes                                    200  200  200  200  200  200  403  403  403  403  403  401
POST   /planTypes                                    403  403  403  201  403  403  403  403  403  403  403  401
GET    /planTypes/{planTypeId}                       200  200  200  200  200  200  403  403  403  403  403  401
PATCH  /planTypes/{planTypeId}                       403  403  403  200  403  403  403  403  403  403  403  401
DELETE /planTypes/{planTypeId}                       403  403  403  204  403  403  403  403  403  403  403  401

GET    /domains                                      200  200  200  200  200  200  403  403  403  403  403  401
POST   /domains                                      403  403  403  201  403  403  403  403  403  403  403  401
GET    /domains/{domainId}                           200  200  200  200  200  200  403  403  403  403  403  401
PATCH  /domains/{domainId}                           403  403  403  200  403  403  403  403  403  403  403  401
DELETE /domains/{domainId}                           403  403  403  204  403  403  403  403  403  403  403  401

GET    /communes                                     200  200  200  200  200  200  200  200  200  200  200  401
GET    /communes/{communeId}                         200  200  200  200  200  200  200  200  200  200  200  401

GET    /sdgs                                         200  200  200  200  200  200  200  200  200  200  200  401
GET    /sdgs/{sdgId}                                 200  200  200  200  200  200  200  200  200  200  200  401

GET    /terms                                        200  200  200  200  200  200  200  200  200  200  200  401
POST   /terms                                        403  403  403  403  403  403  403  403  403  403  201  401
GET    /terms/{termId}                               200  200  200  200  200  200  200  200  200  200  200  401
PATCH  /terms/{termId}                               403  403  403  403  403  403  403  403  403  403  200  401
DELETE /terms/{termId}                               403  403  403  403  403  403  403  403  403  403  204  401

GET    /programmingPeriods                           200  200  200  200  200  200  200  200  200  200  200  401
POST   /programmingPeriods                           403  403  403  403  403  403  403  403  201  403  201  401
GET    /programmingPeriods/{programmingPeriodId}     200  200  200  200  200  200  200  200  200  200  200  401
PATCH  /programmingPeriods/{programmingPeriodId}     403  403  403  403  403  403  403  403  200  403  200  401
DELETE /programmingPeriods/{programmingPeriodId}     403  403  403  403  403  403  403  403  204  403  204  401

GET    /periodItems                                  200  200  200  200  200  200  200  200  200  200  200  401
POST   /periodItems                                  403  403  403  403  403  403  403  403  201  403  201  401
GET    /periodItems/{periodItemId}                   200  200  200  200  200  200  200  200  200  200  200  401
PATCH  /periodItems/{periodItemId}                   403  403  403  403  403  403  403  403  200  403  200  401
DELETE /periodItems/{periodItemId}                   403  403  403  403  403  403  403  403  204  403  204  401

GET    /accounts                                     403  403  403  200  403  403  403  403  403  403  200  401
POST   /accounts                                     403  403  403  201  403  403  403  403  403  403  201  401
GET    /accounts/{accountId}                         403  403  403  200  403  403  403  403  403  403  200  401
PATCH  /accounts/{accountId}                         403  403  403  403  403  403  403  403  403  403  200  401

GET    /memberships                                  403  403  403  200  403  403  403  403  403  403  403  401
POST   /memberships                                  403  403  403  201  403  403  403  403  403  403  403  401
GET    /memberships/{membershipId}                   403  403  403  200  403  403  403  403  403  403  403  401
PATCH  /memberships/{membershipId}                   403  403  403  200  403  403  403  403  403  403  403  401

GET    /organisationMembers                          403  403  403  403  403  403  403  200  403  403  200  401
POST   /organisationMembers                          403  403  403  403  403  403  403  201  403  403  201  401
GET    /organisationMembers/{organisationMemberId}   403  403  403  403  403  403  403  200  403  403  200  401
PATCH  /organisationMembers/{organisationMemberId}   403  403  403  403  403  403  403  200  403  403  200  401

GET    /clients                                      403  403  403  200  403  403  403  200  200  403  200  401
POST   /clients                                      403  403  403  201  403  403  403  201  201  403  201  401
GET    /clients/{clientId}                           403  403  403  200  403  403  403  404  404  403  200  401
PATCH  /clients/{clientId}                           403  403  403  200  403  403  403  404  404  403  403  401
POST   /clients/{clientId}/secrets                   403  403  403  201  403  403  403  404  404  403  403  401

GET    /partners/me/actions                          403  403  403  403  403  403  200  200  403  403  403  401

GET    /public/plans                                 200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/plans/{planId}                        200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/objectives                            200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/objectives/{objectiveId}              200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/actions                               200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/actions/{actionId}                    200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/planActions                           200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/planActions/{planActionId}            200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/placements                            200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/placements/{placementId}              200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/partnerships                          200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/partnerships/{partnershipId}          200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/planVersions                          200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/planVersions/{planVersionId}          200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/acts                                  200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/acts/{actId}                          200  200  200  200  200  200  200  200  200  200  200  200
GET    /public/plans/{planId}/tree                   200  200  200  200  200  200  200  200  200  200  200  200
GET    /health                                       200  200  200  200  200  200  200  200  200  200  200  200
"""

_ARTICULATION = "/plans/{planId}/articulation"

ELSEWHERE = frozenset({
    ("GET", "/auth/session"), ("POST", "/auth/session"), ("DELETE", "/auth/session"),
    ("GET", "/articulationConversions/{articulationConversionId}"), ("GET", f"{_ARTICULATION}/preview"),
    ("POST", f"{_ARTICULATION}/conversions"),
    ("POST", f"{_ARTICULATION}/conversions/{{articulationConversionId}}/undo"),
})  # fmt: skip
"""Who may sign in and out is said by tests/identity; who may convert an articulation, by tests/articulation."""


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
