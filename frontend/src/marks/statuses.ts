import type { Schemas } from "@/api/contract";
import type { IconName } from "@/ui/icons";
import type { Tone } from "@/ui/StatusBadge";

/** How each status of an action looks and is named; which moves are open is told by the service, never known here. */
export const statuses = {
  draft: { icon: "dotted", tone: "neutral", word: "actions.statusDraft" },
  notStarted: { icon: "circle", tone: "info", word: "actions.statusNotStarted" },
  waiting: { icon: "clock", tone: "wait", word: "actions.statusWaiting" },
  inProgress: { icon: "half", tone: "progress", word: "actions.statusInProgress" },
  suspended: { icon: "pause", tone: "warning", word: "actions.statusSuspended" },
  completed: { icon: "checkCircle", tone: "success", word: "actions.statusCompleted" },
  cancelled: { icon: "ban", tone: "neutral", word: "actions.statusCancelled" },
} as const satisfies Record<
  Schemas["ActionStatus"],
  { icon: IconName; tone: Tone; word: `actions.status${string}` }
>;

export type ActionStatus = Schemas["ActionStatus"];

export const isStatus = (word: unknown): word is ActionStatus =>
  typeof word === "string" && Object.hasOwn(statuses, word);

export const healths = {
  good: { icon: "check", tone: "success", word: "actions.healthGood" },
  atRisk: { icon: "warning", tone: "warning", word: "actions.healthAtRisk" },
  blocked: { icon: "error", tone: "danger", word: "actions.healthBlocked" },
} as const satisfies Record<
  Schemas["Action"]["health"],
  { icon: IconName; tone: Tone; word: `actions.health${string}` }
>;

export type Health = Schemas["Action"]["health"];

export const isHealth = (word: unknown): word is Health =>
  typeof word === "string" && Object.hasOwn(healths, word);
