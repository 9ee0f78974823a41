import type { Schemas } from "@/api/contract";

type Action = Schemas["Action"];

/** An action as its sheet shows it: the contract's action, and the names of what it points to. */
export interface ActionView
  extends Pick<
    Action,
    | "id"
    | "title"
    | "status"
    | "statusRemark"
    | "statusReason"
    | "progress"
    | "health"
    | "healthReason"
    | "isLate"
    | "version"
  > {
  code: string;
  priority: number | null;
  start: string | null;
  due: string | null;
  description: string | null;
  /** undefined: this reader is not told who answers for it. */
  people: Record<"mandatary" | "lead" | "owner" | "units" | "partnerUnits", readonly string[]> | undefined;
  placements: readonly Standing[];
  marks: readonly { code: string; name: string }[];
  /** Where the status may go from here, as the service says. */
  nextStatuses: readonly Schemas["ActionStatus"][];
  mayUpdate: boolean;
  /** The fields that stay as they are for this reader, as the service says. */
  unchangeable: readonly string[];
}

/** Where the action stands in one plan. */
export interface Standing {
  id: string;
  planId: string;
  plan: string;
  mark: string;
  objectiveId: string | null;
  path: string;
  code: string;
  isPrincipal: boolean;
  /** Its share in this plan, in percent, where it stands at several places there. */
  share: number | null;
  href?: string;
}

/** What one « Mettre à jour » may say, by the names of the contract. */
export type ActionUpdate = Pick<
  Action,
  "status" | "progress" | "health" | "healthReason" | "statusRemark" | "statusReason"
>;

export const updateFields = [
  "status",
  "progress",
  "health",
  "healthReason",
  "statusRemark",
  "statusReason",
] as const satisfies readonly (keyof ActionUpdate)[];

export type UpdateField = (typeof updateFields)[number];

export const fieldWords = {
  status: "plans.status",
  progress: "plans.progress",
  health: "actions.health",
  healthReason: "actions.healthReason",
  statusRemark: "actions.comment",
  statusReason: "actions.reason",
} as const satisfies Record<UpdateField, string>;

/** Giving up and reopening are explained. */
export const asksReason = (from: Schemas["ActionStatus"], to: Schemas["ActionStatus"]): boolean =>
  to !== from && (to === "cancelled" || from === "completed" || from === "cancelled");
