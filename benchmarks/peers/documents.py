"""The same questions in the words of each peer: all that is kept of an action, and the whole of a plan's tree.

`FEW` asks for what a narrow list shows: cost per field is what peers pay most, so it favours them.
"""

_ACTION = (
    "organisationId parentId title description kind status statusRemark statusReason progress health healthReason"
    " priority department isSynergy audience plannedStart plannedStartPrecision plannedStartText plannedEnd"
    " plannedEndPrecision plannedEndText actualStart actualEnd isOnRoadmap fullTimeEquivalents estimate internalNote"
    " places keywords postponements isArchived version createdAt updatedAt"
)
_FEW = "organisationId title description status progress priority plannedStart plannedEnd"
_BEARER = "kind officeId unitId personId"
_IN_TREE = (
    "title kind status progress health priority department isSynergy organisationId parentId plannedStart plannedEnd"
    " plannedEndPrecision isOnRoadmap isArchived version"
)
_OBJECTIVE = "parentId level strandId status title ownCode priority dueBy coversPlanId periodItemId version"
_PLACEMENT = "actionId objectiveId weight isMain version"

_OURS = "first: 50, sort: [plannedEnd], filter: {status: [inProgress]}"
_THEIRS = 'first: 50, orderBy: [PLANNED_END_ASC, ROW_ID_ASC], condition: {workspaceId: $w, status: "inProgress"}'

OUR_FEW = f"{{ actions({_OURS}) {{ nodes {{ id {_FEW} responsibilities {{ {_BEARER} }} }} }} }}"
OUR_LIST = (
    f"{{ actions({_OURS}) {{ nodes {{ id {_ACTION} domainIds sdgs findingIds responsibilities {{ {_BEARER} }} }} }} }}"
)
OUR_TREE = (
    f"query Tree($id: UUID!) {{ planTree(planId: $id) {{ plan {{ id title }}"
    f" objectives {{ id {_OBJECTIVE} domainIds sdgs }} placements {{ id {_PLACEMENT} }}"
    f" actions {{ id {_IN_TREE} planLabel ownCode periodItemId }} }} }}"
)


def _graphile(fields: str, more: str = "") -> str:
    bearers = f"actionResponsibilitiesByWorkspaceIdAndActionId {{ nodes {{ {_BEARER} }} }}"
    return f"query List($w: UUID!) {{ allActions({_THEIRS}) {{ nodes {{ rowId {fields} {bearers} {more} }} }} }}"


POSTGRAPHILE_FEW = _graphile(_FEW)
POSTGRAPHILE_LIST = _graphile(
    _ACTION,
    "actionDomainsByWorkspaceIdAndActionId { nodes { domainId } }"
    " actionSdgsByWorkspaceIdAndActionId { nodes { number } }"
    " actionFindingsByWorkspaceIdAndActionId { nodes { findingId } }",
)
POSTGRAPHILE_TREE = f"""query Tree($w: UUID!, $id: UUID!) {{ planByWorkspaceIdAndRowId(workspaceId: $w, rowId: $id) {{
  rowId title
  objectivesByWorkspaceIdAndPlanId {{ nodes {{ rowId {_OBJECTIVE}
    objectiveDomainsByWorkspaceIdAndObjectiveId {{ nodes {{ domainId }} }}
    objectiveSdgsByWorkspaceIdAndObjectiveId {{ nodes {{ number }} }} }} }}
  planActionsByWorkspaceIdAndPlanId {{ nodes {{ label ownCode periodItemId
    actionByWorkspaceIdAndActionId {{ rowId {_IN_TREE} }}
    placementsByWorkspaceIdAndPlanIdAndActionId {{ nodes {{ rowId {_PLACEMENT} }} }} }} }} }} }}"""

_STRAWBERRY = "actions(pagination: {limit: 50})"
STRAWBERRY_FEW = f"{{ {_STRAWBERRY} {{ id {_FEW} responsibilities {{ {_BEARER} }} }} }}"
STRAWBERRY_LIST = (
    f"{{ {_STRAWBERRY} {{ id {_ACTION} responsibilities {{ {_BEARER} }} domains {{ domainId }} sdgs {{ number }}"
    f" findings {{ findingId }} }} }}"
)
STRAWBERRY_TREE = (
    f"query Tree($id: ID!) {{ plans(id: $id) {{ id title"
    f" objectives {{ id {_OBJECTIVE} domains {{ domainId }} sdgs {{ number }} }} placements {{ id {_PLACEMENT} }}"
    f" planActions {{ label ownCode periodItemId action {{ id {_IN_TREE} }} }} }} }}"
)
