"""The same questions in the words of each peer."""

POSTGRAPHILE_LIST = """query List($w: UUID!) { allActions(first: 50, orderBy: [PLANNED_END_ASC, ROW_ID_ASC],
  condition: {workspaceId: $w, status: "inProgress"}) { nodes { rowId organisationId title description status progress
  priority plannedStart plannedEnd actionResponsibilitiesByWorkspaceIdAndActionId { nodes {
    kind officeId unitId personId } } } } }"""
POSTGRAPHILE_TREE = """query Tree($w: UUID!, $id: UUID!) { planByWorkspaceIdAndRowId(workspaceId: $w, rowId: $id) {
  rowId title objectivesByWorkspaceIdAndPlanId { nodes { rowId title parentId } }
  planActionsByWorkspaceIdAndPlanId { nodes { actionByWorkspaceIdAndActionId { rowId title status progress }
    placementsByWorkspaceIdAndPlanIdAndActionId { nodes { rowId objectiveId actionId } } } } } }"""
STRAWBERRY_LIST = """query List { actions(pagination: {limit: 50}) { id organisationId title description status progress
  priority plannedStart plannedEnd responsibilities { kind officeId unitId personId } } }"""
STRAWBERRY_TREE = """query Tree($id: ID!) { plans(id: $id) { id title objectives { id title parentId }
  placements { id objectiveId action { id title status progress } } } }"""
