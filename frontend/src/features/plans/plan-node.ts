import type { Schemas } from "@/api/contract";

/** What a row stands for: a level of the plan by its meaning, a strand, actions, or the shelf of what has no place. */
export type NodeKind = Schemas["LevelMeaning"] | "strand" | "unplaced" | "action" | "subAction";

export type NodeOperation = "rename" | "move" | "addInside" | "addAfter" | "remove" | "open" | "publish";

/** What the service knows the row by, and the version that was read. */
export type NodeSource =
  | { type: "strand"; strandId: string | null }
  | { type: "objective"; level: number; version: number }
  | {
      type: "action";
      actionId: string;
      actionVersion: number;
      /** Where it stands in this plan; null for a sub-action, which stands in its action. */
      placementVersion: number | null;
    };

/** A row of the plan tree, as the tree needs it. */
export interface PlanNode {
  /** The objective, or the placement of the action: one action may stand in several places. */
  id: string;
  kind: NodeKind;
  source: NodeSource;
  /** The plan's own word for this level. */
  kindName?: string;
  /** Empty for what has no number. */
  code: string;
  name: string;
  status: Schemas["ActionStatus"] | null;
  isDraft?: boolean;
  /** 0 to 100; null when it cannot be computed. */
  progress: number | null;
  /** null: nobody answers for it; undefined: this reader is not told. */
  owner: string | null | undefined;
  due: string | null;
  isDueDerived: boolean;
  isLate: boolean;
  /** The other plans that claim it. */
  marks: readonly { code: string; name: string }[];
  /** What its reader may do, as the service says. */
  permitted: readonly NodeOperation[];
  children: readonly PlanNode[];
}

export const kindWords = {
  strand: "plans.strandExternal",
  unplaced: "plans.unplaced",
  above: "plans.group",
  strategic: "plans.strategic",
  operational: "plans.operational",
  axis: "plans.axis",
  theme: "plans.theme",
  measure: "plans.measure",
  action: "plans.action",
  subAction: "plans.subAction",
} as const satisfies Record<NodeKind, `plans.${string}`>;

export const isAction = (kind: NodeKind): boolean => kind === "action" || kind === "subAction";

/** Rows that only gather others: no number, and numbers run on through them. */
export const isShelf = (kind: NodeKind): boolean => kind === "strand" || kind === "unplaced";
