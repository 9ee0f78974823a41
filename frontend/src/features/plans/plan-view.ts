import type { Schemas } from "@/api/contract";
import type { NodeOperation, PlanNode } from "./plan-node";

type Tree = Schemas["PlanTree"];
type TreeAction = Tree["actions"][number];
type TreePlacement = Tree["placements"][number];
type TreeObjective = Tree["objectives"][number];

export interface TreeWords {
  names: ReadonlyMap<string, { code: string; name: string }>;
  /** Who answers for an action, where the reader may know. */
  owners: ReadonlyMap<string, string>;
  unplaced: string;
}

/** The flat answer of the service as rows under rows, in the order it gave. */
export function nodesOf(tree: Tree, words: TreeWords): readonly PlanNode[] {
  const { plan } = tree;
  const mayAdd = plan.permitted.includes("updatePlan") && !plan.isClosed;
  const actions = new Map(tree.actions.flatMap((action) => (action.id ? [[action.id, action]] : [])));
  const placementsOf = groupBy(tree.placements, (placement) => placement.objectiveId ?? "");
  const childrenOf = groupBy(tree.objectives, (objective) => objective.parentId ?? "");
  // A sub-action that the plan claims on its own stands where it is placed, not with its action.
  const follows = (action: TreeAction) =>
    action.parentId !== null && actions.has(action.parentId) && !action.planIds.includes(plan.id);
  const subActionsOf = groupBy(tree.actions.filter(follows), (action) => action.parentId ?? "");
  const known = new Set(tree.objectives.map((objective) => objective.id));
  const placed = new Set(tree.placements.map((placement) => placement.actionId));

  const subNode = (action: TreeAction, under: string): PlanNode => ({
    ...actionNode(action, words),
    id: `${under}/${action.id}`,
    kind: "subAction",
    marks: [],
    children: (subActionsOf.get(action.id ?? "") ?? []).map((one) => subNode(one, `${under}/${action.id}`)),
  });

  const placementNode = (placement: TreePlacement): PlanNode[] => {
    const action = actions.get(placement.actionId ?? "");
    if (!action || !placement.id) return [];
    const node = actionNode(action, words, plan.id);
    const may = placement.permitted ?? [];
    return [
      {
        ...node,
        id: placement.id,
        source: { ...node.source, type: "action", placementVersion: placement.version } as PlanNode["source"],
        code: action.ownCode ?? placement.number ?? "",
        permitted: [
          ...node.permitted,
          ...(may.includes("updatePlacement") ? (["move"] as const) : []),
          ...(mayAdd ? (["addAfter"] as const) : []),
          ...(may.includes("deletePlacement") ? (["remove"] as const) : []),
        ],
        children: (subActionsOf.get(action.id ?? "") ?? []).map((one) => subNode(one, placement.id ?? "")),
      },
    ];
  };

  const objectiveNode = (objective: TreeObjective): PlanNode => {
    const level = plan.levels.find((one) => one.level === objective.level);
    const covered = objective.coversPlanId ? words.names.get(objective.coversPlanId) : undefined;
    const may = objective.permitted ?? [];
    const permitted: NodeOperation[] = [
      ...(may.includes("updateObjective") ? (["rename", "move"] as const) : []),
      ...(may.includes("updateObjective") && objective.status === "draft" ? (["publish"] as const) : []),
      ...(mayAdd ? (["addInside", "addAfter"] as const) : []),
      ...(may.includes("deleteObjective") ? (["remove"] as const) : []),
    ];
    return {
      id: objective.id ?? "",
      kind: level?.meaning ?? "above",
      ...(level ? { kindName: level.label } : {}),
      source: { type: "objective", level: objective.level ?? 1, version: objective.version ?? 0 },
      code: objective.ownCode ?? objective.number ?? "",
      name: objective.title ?? "",
      status: null,
      isDraft: objective.status === "draft",
      progress: null,
      owner: undefined,
      due: objective.dueBy ?? null,
      isDueDerived: false,
      isLate: false,
      marks: covered ? [covered] : [],
      permitted,
      children: [
        ...(childrenOf.get(objective.id ?? "") ?? []).map(objectiveNode),
        ...(placementsOf.get(objective.id ?? "") ?? []).flatMap(placementNode),
      ],
    };
  };

  const roots = tree.objectives.filter((one) => !one.parentId || !known.has(one.parentId));
  const unplaced: PlanNode[] = [
    ...tree.placements
      .filter((one) => !(one.objectiveId && known.has(one.objectiveId)))
      .flatMap(placementNode),
    ...tree.actions
      .filter((action) => !placed.has(action.id) && !follows(action))
      .map((action) => {
        const node = actionNode(action, words, plan.id);
        return mayAdd ? { ...node, permitted: [...node.permitted, "move" as const] } : node;
      }),
  ];
  return [
    ...plan.strands.map((strand) => ({
      ...shelf("strand", `strand:${strand.id}`, strand.label),
      source: { type: "strand" as const, strandId: strand.id ?? null },
      permitted: mayAdd ? (["addInside"] as const) : [],
      children: roots.filter((one) => one.strandId === strand.id).map(objectiveNode),
    })),
    ...roots.filter((one) => !plan.strands.some((strand) => strand.id === one.strandId)).map(objectiveNode),
    ...(unplaced.length > 0
      ? [{ ...shelf("unplaced", "unplaced", words.unplaced), children: unplaced }]
      : []),
  ];
}

function shelf(kind: "strand" | "unplaced", id: string, name: string): PlanNode {
  return {
    ...blank(id, name),
    kind,
    source: { type: "strand", strandId: null },
  };
}

/** A row that says nothing yet. */
export const blank = (id: string, name: string): PlanNode => ({
  id,
  kind: "action",
  source: { type: "strand", strandId: null },
  code: "",
  name,
  status: null,
  progress: null,
  owner: undefined,
  due: null,
  isDueDerived: false,
  isLate: false,
  marks: [],
  permitted: [],
  children: [],
});

function actionNode(action: TreeAction, words: TreeWords, ownPlanId?: string): PlanNode {
  const id = action.id ?? "";
  return {
    ...blank(id, action.title ?? ""),
    source: { type: "action", actionId: id, actionVersion: action.version ?? 0, placementVersion: null },
    code: action.ownCode ?? action.number ?? "",
    status: action.status ?? null,
    progress: action.progress ?? null,
    owner: words.owners.has(id) ? words.owners.get(id) || null : undefined,
    due: action.plannedEnd ?? null,
    isLate: action.isLate ?? false,
    marks: action.planIds
      .filter((planId) => planId !== ownPlanId)
      .flatMap((planId) => words.names.get(planId) ?? [])
      .toSorted((a, b) => a.code.localeCompare(b.code)),
    permitted: [
      "open" as const,
      ...((action.permitted ?? []).includes("updateAction") ? (["rename"] as const) : []),
    ],
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
