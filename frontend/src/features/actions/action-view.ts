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
  people: { mandatary: string | null; lead: string | null; units: readonly string[] } | undefined;
  partners: readonly { id: string; name: string; role: Schemas["PartnershipRole"] }[];
  placements: readonly {
    id: string;
    plan: string;
    mark: string;
    path: string;
    isPrincipal: boolean;
    href?: string;
  }[];
  marks: readonly { code: string; name: string }[];
  /** undefined: not for this reader. */
  tasks:
    | readonly { id: string; title: string; assignee: string; due: string | null; isDone: boolean }[]
    | undefined;
  budget: readonly BudgetView[] | undefined;
  /** Where the status may go from here, as the service says. */
  nextStatuses: readonly Schemas["ActionStatus"][];
  mayUpdate: boolean;
}

export type BudgetView = Pick<
  Schemas["BudgetLine"],
  "id" | "source" | "nature" | "planned" | "committed" | "spent"
> & { year: number };

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

/** Only what differs: a field that nobody touched is not sent, and cannot overwrite anybody. */
export function changesIn(base: ActionUpdate, update: ActionUpdate): Partial<ActionUpdate> {
  return Object.fromEntries(
    updateFields.filter((field) => base[field] !== update[field]).map((field) => [field, update[field]]),
  );
}

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
