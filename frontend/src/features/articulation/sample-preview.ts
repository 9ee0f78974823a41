import type { Schemas } from "@/api/contract";

type TreeObjective = Schemas["PlanTree"]["objectives"][number];

const objective = (id: string, title: string, parentId: string | null): TreeObjective => ({
  id,
  title,
  parentId,
  level: parentId === null ? 1 : 2,
  strandId: null,
  status: "open",
  ownCode: null,
  priority: 0,
  dueBy: null,
  coversPlanId: null,
  periodItemId: null,
  domainIds: [],
  sdgs: [],
  version: 1,
  permitted: [],
  number: null,
});

/** A PST with a home for the PCS, and a policy with two places. */
export const sampleObjectives: TreeObjective[] = [
  objective("home", "Cohésion sociale", null),
  objective("alone", "Isolement", "home"),
  objective("mobility", "Mobilité", null),
  objective("bus", "Transports publics", "mobility"),
  objective("paths", "Sentiers", "mobility"),
];

const told = (
  id: string,
  title: string,
  parent: string | null,
  change: Schemas["Change"],
): Schemas["PreviewedObjective"] => ({
  change,
  objective: id,
  parent,
  level: parent === null ? 1 : 2,
  title,
  periodItemId: null,
  coversPlanId: null,
  version: 1,
});

/** Grouped becomes distributed: one action moves, one is added, one waits for a place. */
export const samplePreview: Schemas["ArticulationPreview"] = {
  basis: "0123456789abcdef01234567",
  planId: "pst",
  withPlanId: "pcs",
  fromApproach: "grouped",
  toApproach: "distributed",
  isApplicable: false,
  actions: [
    {
      actionId: "navettes",
      title: "Navettes",
      change: "moved",
      fromObjectiveIds: ["alone"],
      toObjectives: ["bus"],
    },
    { actionId: "permis", title: "Permis", change: "added", fromObjectiveIds: [], toObjectives: ["bus"] },
    {
      actionId: "potager",
      title: "Potager",
      change: "kept",
      fromObjectiveIds: ["alone"],
      toObjectives: ["alone"],
    },
  ],
  placements: [
    {
      change: "added",
      placementId: null,
      actionId: "navettes",
      objective: "bus",
      weight: 1,
      isMain: true,
      version: null,
    },
  ],
  objectives: [
    told("home", "Cohésion sociale", null, "rested"),
    told("alone", "Isolement", "home", "rested"),
    told("mobility", "Mobilité", null, "kept"),
    told("bus", "Transports publics", "mobility", "kept"),
  ],
  claims: [],
  unmatched: [{ actionId: "potager", title: "Potager", suggestions: [] }],
  placeIds: ["bus", "paths"],
};
