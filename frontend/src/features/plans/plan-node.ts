import type { ActionStatus } from "@/marks/statuses";

export type NodeKind = "strand" | "strategic" | "operational" | "axis" | "theme" | "action" | "subAction";

/** A row of the plan tree, as the tree needs it. */
export interface PlanNode {
  id: string;
  kind: NodeKind;
  /** Empty for a strand, which has no number. */
  code: string;
  name: string;
  status: ActionStatus | null;
  /** 0 to 100; null when it cannot be computed. */
  progress: number | null;
  owner: string | null;
  due: string | null;
  isDueDerived: boolean;
  isLate: boolean;
  /** The other plans that claim it. */
  marks: readonly { code: string; name: string }[];
  /** What its reader may do, as the service says. */
  permitted: readonly ("rename" | "move" | "addInside" | "addAfter" | "remove" | "open")[];
  children: readonly PlanNode[];
}

export const kindWords = {
  strand: "plans.strandExternal",
  strategic: "plans.strategic",
  operational: "plans.operational",
  axis: "plans.axis",
  theme: "plans.theme",
  action: "plans.action",
  subAction: "plans.subAction",
} as const satisfies Record<NodeKind, `plans.${string}`>;

export const isAction = (kind: NodeKind): boolean => kind === "action" || kind === "subAction";
