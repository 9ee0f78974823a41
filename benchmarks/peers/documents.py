"""The same questions in the words of each peer."""

POSTGRAPHILE_LIST = """query List($w: UUID!) { allActionsList(first: 50, orderBy: [PLANNED_END_ASC, ID_ASC],
  condition: {workspaceId: $w, status: "inProgress"}) { rowId organisationId title description status progress priority
  plannedStart plannedEnd actionResponsibilitiesByWorkspaceIdAndActionIdList(orderBy: RANK_ASC) {
    kind officeId unitId personId } } }"""
POSTGRAPHILE_TREE = """query Tree($w: UUID!, $id: UUID!) { planByWorkspaceIdAndRowId(workspaceId: $w, rowId: $id) {
  rowId title objectivesByWorkspaceIdAndPlanIdList { rowId title parentId }
  placementsList { rowId objectiveId actionId action { rowId title status progress } } } }"""
STRAWBERRY_LIST = """query List { actions { id organisationId title description status progress priority
  plannedStart plannedEnd responsibilities { kind officeId unitId personId } } }"""
STRAWBERRY_TREE = """query Tree($id: ID!) { plans(id: $id) { id title objectives { id title parentId }
  placements { id objectiveId action { id title status progress } } } }"""
